//! How an audit was made.

use serde::{Deserialize, Serialize};

use super::{BundleError, sha256};

/// The name and version of the format.
pub const FORMAT: &str = "trailproof-bundle/1";

/// How an audit was made: what its report depends on beside the accounts. Members of versions to come are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Manifest {
    /// `trailproof-bundle/1`
    pub format: String,
    /// What made it.
    pub tool: Tool,
    /// The catalogue of controls that it was made with.
    pub catalogue: CatalogueSeal,
    /// The benchmark version.
    pub benchmark: String,
    /// The keys of the controls that were asked for.
    pub controls: Vec<String>,
    /// Whether a check that was not made kept a control from passing.
    pub strict: bool,
    /// Whether the benchmark's audit procedure had to be followed to the letter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub letter: bool,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Tool {
    /// `trailproof`
    pub name: String,
    /// `1.2.3`
    pub version: String,
}

/// A catalogue of controls, which comes with a version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct CatalogueSeal {
    /// The version.
    pub version: String,
    /// The digest of its files.
    pub sha256: String,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl CatalogueSeal {
    /// The seal of a catalogue of this program, given its files: each a name and a text.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let lines = files.into_iter().map(|(name, text)| format!("{}  {name}\n", sha256(text.as_bytes())));
        Self { version: Tool::this().version, sha256: sha256(lines.collect::<String>().as_bytes()) }
    }
}

impl Manifest {
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).map_or_else(|_| String::new(), |text| text + "\n")
    }

    pub(super) fn from_text(text: &str) -> Result<Self, BundleError> {
        let manifest: Self = serde_json::from_str(text).map_err(|error| BundleError::Manifest(error.to_string()))?;
        if manifest.format == FORMAT { Ok(manifest) } else { Err(BundleError::WrongFormat(manifest.format)) }
    }
}
