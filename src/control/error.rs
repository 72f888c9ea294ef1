//! What can be wrong with a catalogue, and with a question to it.

use std::ops::Range;

use crate::pattern::ParseError;

/// A file of the catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct CatalogueError {
    /// The file.
    pub file: String,
    /// The place in it, in bytes, where it is known.
    pub span: Option<Range<usize>>,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a file of the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It is not TOML, or has not the members that it must have.
    #[error("{0}")]
    Toml(String),
    /// The records that witnesses start from are not a list of JSON objects.
    #[error("not a list of JSON objects: {0}")]
    Record(serde_json::Error),
    /// A filter pattern that AWS would not accept.
    #[error("pattern `{name}`: {error}")]
    Pattern {
        /// The pattern's name.
        name: String,
        /// What AWS says.
        error: ParseError,
    },
    /// A pattern's name that nothing is written under.
    #[error("there is no pattern `{0}` in this file")]
    NoPattern(String),
    /// A pattern that nothing refers to.
    #[error("no version names the pattern `{0}`")]
    Unused(String),
    /// A pattern given as another's sound form that is unsound itself.
    #[error("the pattern `{0}` is no sound form: it is unsound itself")]
    Unsound(String),
    /// A field that is not a path into a record.
    #[error("`{0}` is not a path into a record")]
    Field(String),
    /// A control that two files define.
    #[error("control `{0}` is defined twice")]
    Duplicate(String),
}

/// A name that the catalogue does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} `{name}`")]
pub struct Unknown {
    /// `control`, `benchmark version`
    pub what: &'static str,
    /// The name as it was given.
    pub name: String,
    /// What it could have been, best first.
    pub known: Vec<String>,
}

impl Unknown {
    pub(super) fn new(what: &'static str, name: &str, known: impl IntoIterator<Item = String>) -> Self {
        let mut known: Vec<String> = known.into_iter().collect();
        known.sort_by(|a, b| strsim::jaro_winkler(b, name).total_cmp(&strsim::jaro_winkler(a, name)));
        Self { what, name: name.to_owned(), known }
    }

    /// What to ask for instead.
    pub fn help(&self) -> String {
        match self.known.first() {
            Some(nearest) if strsim::jaro_winkler(nearest, &self.name) > 0.8 => format!("did you mean `{nearest}`?"),
            _ => format!("known are {}", self.known.join(", ")),
        }
    }
}
