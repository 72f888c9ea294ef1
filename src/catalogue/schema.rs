//! A control's file as it is written. The build script reads the built-in ones, so this knows TOML and nothing of patterns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::version::Version;

/// A control's file, of one kind or the other.
pub(super) enum AnyControlFile {
    /// That asks a person to be told of events.
    Events(ControlFile<EventEdition>),
    /// That asks Security Hub to be enabled.
    SecurityHub(ControlFile<SecurityHubEdition>),
}

impl AnyControlFile {
    /// Reads a file's text.
    pub(super) fn read(text: &str) -> Result<Self, toml::de::Error> {
        Ok(match toml::from_str::<Header>(text)?.requires {
            RequiresKind::Events => Self::Events(toml::from_str(text)?),
            RequiresKind::SecurityHub => Self::SecurityHub(toml::from_str(text)?),
        })
    }
}

/// The one member that says what the others are.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    requires: RequiresKind,
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
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
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
    pub _requires: RequiresKind,
    /// The event sources of the services that the control is about; of all services if there are none.
    #[serde(default)]
    pub services: Vec<NonEmptyText>,
    /// Where that is said.
    pub services_source: Option<NonEmptyText>,
    #[serde(default)]
    pub patterns: BTreeMap<String, PatternTable>,
    pub versions: Spanned<BTreeMap<Version, Spanned<E>>>,
    #[serde(default)]
    pub similar: Vec<SimilarTable>,
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    pub policy: Option<Policy>,
}

/// A filter pattern.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternTable {
    pub text: Spanned<String>,
    pub unsound: Option<NonEmptyText>,
    pub sound: Option<Spanned<String>>,
}

/// Another tool's check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SimilarTable {
    pub tool: String,
    pub id: String,
    pub note: Option<String>,
    pub pattern: Option<Spanned<String>>,
    #[serde(default)]
    pub exact_in: Vec<Version>,
    #[serde(default)]
    pub must_log: Vec<String>,
    pub source: String,
}

/// How the benchmark says that a control is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Assessment {
    /// 1.2.0: counts towards the score.
    Scored,
    /// Can be assessed by a tool.
    Automated,
    /// Needs a person, says the benchmark.
    Manual,
}

/// Requirements of another framework.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// `SOC 2`
    pub framework: String,
    /// The requirements' ids, as the source spells them.
    pub requirements: Vec<String>,
    /// Who says so. Sources disagree widely.
    pub source: String,
}

/// The policy that a control was first written as, in the catalogue it comes from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its path there.
    pub id: String,
    /// Its name there.
    pub name: String,
    /// `COMPLIANCE_POLICY`
    #[serde(rename = "type")]
    pub kind: String,
    /// `SECURITY`
    pub category: String,
    /// Internal rules alike.
    pub similar: Vec<String>,
    /// The framework sections that it is mapped to.
    pub frameworks: Vec<String>,
    /// Where this was read.
    pub source: String,
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
