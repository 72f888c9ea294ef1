//! The built-in files, as the build script read them: nothing is left to parse but the patterns.

use toml::Spanned;

use super::facts::schema::{EmittedBy, FactTable, FactsFile, ForReaders, Free, Partition, ReadOnly, Usual};
use super::schema::{
    AnyControlFile, Assessment, ControlFile, EventEdition, Id, Level, Mapping, NonEmptyText, PatternTable, Policy,
    RequiresKind, SecurityHubEdition, SimilarTable,
};
use super::version::Version;

// `CONTROLS`: the name, the text and the content of each `controls/*.toml`. `facts()`: the content of the file of facts.
/// A built-in control: its file, the text, and what the text says.
type BuiltinControl = (&'static str, &'static str, fn() -> AnyControlFile);

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
