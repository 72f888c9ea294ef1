//! CloudWatch Logs filter patterns: parsed, matched, explained and decided.

pub mod ast;
mod error;
pub mod explain;
mod glob;
mod lex;
pub mod lint;
mod matches;
mod meaning;
pub mod normalize;
mod parse;
mod pattern;
mod print;
mod questions;
pub mod regex;
mod value;

/// The example of the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use error::{ErrorKind, ParseError, RegexError, StructureError, TermError};
pub use event_sets::Reading;
pub use matches::Matcher;
pub use pattern::Pattern;
pub use questions::{covers, equivalent};
