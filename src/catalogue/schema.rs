//! A control's file as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::{Assessment, Mapping, Policy, Similar, Version};

/// The one member that says what the others are.
#[derive(Deserialize)]
pub(super) struct Header {
    #[serde(default)]
    pub requires: RequiresKind,
}

/// What a control requires.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RequiresKind {
    #[default]
    Events,
    SecurityHub,
}

/// The whole file, with what it says of each version.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ControlFile<E> {
    pub key: Spanned<String>,
    pub number: u32,
    pub title: NonEmptyText,
    pub description: NonEmptyText,
    pub rationale: NonEmptyText,
    pub impact: NonEmptyText,
    pub remediation: NonEmptyText,
    /// Read before, as the [`Header`].
    #[serde(default, rename = "requires")]
    _requires: IgnoredAny,
    #[serde(default)]
    pub patterns: BTreeMap<String, PatternTable>,
    pub versions: Spanned<BTreeMap<Version, Spanned<E>>>,
    #[serde(default)]
    pub similar: Vec<Similar>,
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    pub policy: Option<Policy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternTable {
    pub text: Spanned<String>,
    pub unsound: Option<NonEmptyText>,
    pub sound: Option<Spanned<String>>,
}

/// A version of a control that is about events.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventEdition {
    pub id: Id,
    pub title: NonEmptyText,
    pub level: Level,
    pub assessment: Assessment,
    pub audit: Spanned<Vec<Spanned<String>>>,
    pub remediation: Spanned<Vec<Spanned<String>>>,
    pub source: NonEmptyText,
}

/// A version of any other control.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecurityHubEdition {
    pub id: Id,
    pub title: NonEmptyText,
    pub level: Level,
    pub assessment: Assessment,
    pub source: NonEmptyText,
}

/// A text that says something.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct NonEmptyText(pub String);

impl TryFrom<String> for NonEmptyText {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() { Err("the text is empty") } else { Ok(Self(text)) }
    }
}

/// An id that can stand in a list with commas and in a table.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Id(pub String);

impl TryFrom<String> for Id {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        let breaks = |c: char| c.is_whitespace() || c.is_control() || c == ',';
        if id.is_empty() || id.contains(breaks) { Err("an id is one word without commas") } else { Ok(Self(id)) }
    }
}

/// A profile of the benchmark.
#[derive(Deserialize)]
#[serde(try_from = "i64")]
pub(super) struct Level(pub u8);

impl TryFrom<i64> for Level {
    type Error = &'static str;

    fn try_from(level: i64) -> Result<Self, Self::Error> {
        match level {
            1 => Ok(Self(1)),
            2 => Ok(Self(2)),
            _ => Err("a level is 1 or 2"),
        }
    }
}
