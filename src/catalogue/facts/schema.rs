//! The file of facts as it is written. The build script reads it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Everything that is known about CloudTrail records.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FactsFile {
    pub fact: Vec<FactTable>,
    pub emitted_by: Vec<EmittedBy>,
    pub read_only: Vec<ReadOnly>,
    pub partition: Vec<Partition>,
    pub usual: Vec<Usual>,
    pub free: Vec<Free>,
}

/// What is so of records with these texts. Fields are member names with dots in between.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FactTable {
    pub partition: Option<String>,
    #[serde(default)]
    pub given: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub always_text: Vec<String>,
    #[serde(default)]
    pub boolean: Vec<String>,
    #[serde(default)]
    pub always_boolean: BTreeMap<String, bool>,
    #[serde(default)]
    pub one_of: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub always: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub absent: Vec<String>,
    #[serde(default)]
    pub matches: BTreeMap<String, Vec<String>>,
    pub statement: String,
    pub source: String,
}

/// The services that emit events of these names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EmittedBy {
    /// As API calls.
    pub sources: Vec<String>,
    /// As events that are no API calls.
    #[serde(default)]
    pub service_events: Vec<String>,
    pub events: Vec<String>,
    pub statement: String,
    pub source: String,
}

/// What CloudTrail writes in `readOnly` for calls to a service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadOnly {
    pub value: bool,
    pub service: String,
    pub events: Vec<String>,
    pub statement: String,
    pub source: String,
}

/// A partition of AWS and some of its regions, the main one first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Partition {
    pub name: String,
    pub regions: Vec<String>,
}

/// Texts that occur in a field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Usual {
    pub field: String,
    pub values: Vec<String>,
    #[serde(rename = "source")]
    pub _source: ForReaders,
}

/// Fields in which any text can occur.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Free {
    pub fields: Vec<String>,
    #[serde(rename = "why")]
    pub _why: ForReaders,
    #[serde(rename = "source")]
    pub _source: ForReaders,
}

/// A text that has to be there, for those who read the file.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ForReaders;

impl TryFrom<String> for ForReaders {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() { Err("the text is empty") } else { Ok(Self) }
    }
}
