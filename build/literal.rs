//! Values as the Rust expressions that make them.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::facts::{EmittedBy, FactTable, FactsFile, ForReaders, Free, Partition, ReadOnly, Usual};
use crate::schema::{
    AnyControlFile, Assessment, ControlFile, EventEdition, Id, Level, Mapping, NonEmptyText, PatternTable, Policy,
    RequiresKind, SecurityHubEdition, SimilarTable,
};
use crate::version::Version;

/// A value that can be written as a Rust expression.
pub(crate) trait Literal {
    /// The expression.
    fn literal(&self) -> String;
}

impl Literal for String {
    fn literal(&self) -> String {
        format!("{self:?}.to_owned()")
    }
}

impl Literal for bool {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Literal for u8 {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Literal for u32 {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl<T: Literal> Literal for Option<T> {
    fn literal(&self) -> String {
        self.as_ref().map_or_else(|| "None".to_owned(), |value| format!("Some({})", value.literal()))
    }
}

impl<T: Literal> Literal for Vec<T> {
    fn literal(&self) -> String {
        format!("vec![{}]", self.iter().map(T::literal).collect::<Vec<_>>().join(", "))
    }
}

impl<K: Literal, V: Literal> Literal for BTreeMap<K, V> {
    fn literal(&self) -> String {
        let entries = self.iter().map(|(key, value)| format!("({}, {})", key.literal(), value.literal()));
        format!("[{}].into()", entries.collect::<Vec<_>>().join(", "))
    }
}

impl<T: Literal> Literal for Spanned<T> {
    fn literal(&self) -> String {
        format!("Spanned::new({:?}, {})", self.span(), self.get_ref().literal())
    }
}

impl Literal for Version {
    fn literal(&self) -> String {
        format!("Version::new({})", self.to_string().replace('.', ", "))
    }
}

impl Literal for Assessment {
    fn literal(&self) -> String {
        format!("Assessment::{self:?}")
    }
}

impl Literal for RequiresKind {
    fn literal(&self) -> String {
        let name = match self {
            Self::Events => "Events",
            Self::SecurityHub => "SecurityHub",
        };
        format!("RequiresKind::{name}")
    }
}

impl Literal for ForReaders {
    fn literal(&self) -> String {
        "ForReaders".to_owned()
    }
}

impl Literal for AnyControlFile {
    fn literal(&self) -> String {
        match self {
            Self::Events(file) => format!("AnyControlFile::Events({})", file.literal()),
            Self::SecurityHub(file) => format!("AnyControlFile::SecurityHub({})", file.literal()),
        }
    }
}

/// Writes types of one unnamed member.
macro_rules! newtypes {
    ($($name:ident),*) => {$(
        impl Literal for $name {
            fn literal(&self) -> String {
                format!("{}({})", stringify!($name), self.0.literal())
            }
        }
    )*};
}

/// Writes types of named members.
macro_rules! structs {
    ($($name:ident $(<$kind:ident>)? { $($member:ident),* $(,)? })*) => {$(
        impl $(<$kind: Literal>)? Literal for $name $(<$kind>)? {
            fn literal(&self) -> String {
                let Self { $($member),* } = self;
                let members = [$(format!("{}: {}", stringify!($member), $member.literal())),*];
                format!("{} {{ {} }}", stringify!($name), members.join(", "))
            }
        }
    )*};
}

newtypes!(NonEmptyText, Id, Level);

structs! {
    ControlFile<E> {
        key, number, title, description, rationale, impact, remediation, _requires, services, services_source, patterns,
        versions, similar, mappings, policy,
    }
    PatternTable { text, unsound, sound }
    EventEdition { id, title, level, assessment, audit, remediation, source }
    SecurityHubEdition { id, title, level, assessment, source }
    SimilarTable { tool, id, note, pattern, exact_in, must_log, source }
    Mapping { framework, requirements, source }
    Policy { id, name, kind, category, similar, frameworks, source }
    FactsFile { fact, emitted_by, read_only, partition, usual, free }
    FactTable {
        partition, given, always_text, boolean, always_boolean, one_of, always, absent, matches, statement, source,
    }
    EmittedBy { sources, service_events, events, statement, source }
    ReadOnly { value, service, events, statement, source }
    Partition { name, regions }
    Usual { field, values, _source }
    Free { fields, _why, _source }
}
