//! What can be wrong with a catalogue, and with a question to it.

use std::ops::Range;

use super::Version;
use crate::pattern::ParseError;

/// A file of the catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct CatalogueError {
    /// The file.
    pub file: String,
    /// The place in it, in bytes, where it is known.
    pub span: Option<Range<usize>>,
    /// The line of that place, from 1.
    pub line: Option<usize>,
    /// What is wrong there.
    pub kind: Box<CatalogueErrorKind>,
}

/// What is wrong with a file of the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueErrorKind {
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
    /// A procedure of a version that names no pattern.
    #[error("`{0}` names no pattern")]
    NoneNamed(&'static str),
    /// A pattern that nothing refers to.
    #[error("no version names the pattern `{0}`")]
    Unused(String),
    /// A pattern given as another's sound form that is unsound itself.
    #[error("the pattern `{0}` is no sound form: it is unsound itself")]
    Unsound(String),
    /// A pattern with a sound form that is not said to be unsound.
    #[error("the pattern has the sound form `{0}`, but it is not said why it is unsound")]
    SoundWithoutWhy(String),
    /// A control that says which services it is about, but not where that is said.
    #[error("`services` has no `services-source`: where is it said which services the control is about?")]
    ServicesWithoutSource,
    /// A pattern that nothing matches, so that every account would pass.
    #[error("no CloudTrail record matches the pattern `{0}`, so every account would pass")]
    AsksForNothing(String),
    /// A control that is in no benchmark version, and so never audited.
    #[error("the control is in no version of the benchmark")]
    InNoVersion,
    /// A key that is not in kebab-case.
    #[error("`{0}` is not a key: a key has small letters, digits and single hyphens")]
    Key(String),
    /// A control that two files define.
    #[error("there is a control `{0}` already")]
    Duplicate(String),
    /// An id that two controls of a version have.
    #[error("{version} has a control `{id}` already: `{other}`")]
    SameId {
        /// The id.
        id: String,
        /// The benchmark version.
        version: Version,
        /// The key of the control that has it.
        other: String,
    },
    /// A version that the benchmark does not have.
    #[error("there is no benchmark version {version}; known are {}", .known.join(", "))]
    NoVersion {
        /// The version.
        version: Version,
        /// Those that there are.
        known: Vec<String>,
    },
}

impl CatalogueError {
    /// The error in a file with this text.
    pub(super) fn new(file: &str, text: &str, span: Option<Range<usize>>, kind: CatalogueErrorKind) -> Self {
        let before = span.as_ref().and_then(|span| text.get(..span.start));
        let line = before.map(|before| 1 + before.matches('\n').count());
        Self { file: file.to_owned(), span, line, kind: Box::new(kind) }
    }

    /// The file, and the line where it is known.
    pub fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}, line {line}", self.file))
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self.kind.as_ref() {
            CatalogueErrorKind::Toml(_) => "docs/controls.md shows a whole file".to_owned(),
            CatalogueErrorKind::Record(_) => "this is a fault of trailproof; please report it".to_owned(),
            CatalogueErrorKind::Pattern { error, .. } => {
                error.help().unwrap_or_else(|| "`trailproof pattern explain` shows where".to_owned())
            }
            CatalogueErrorKind::NoPattern(name) => format!("add `[patterns.{name}]`, or name one that there is"),
            CatalogueErrorKind::NoneNamed(_) => "name one or more patterns of the file".to_owned(),
            CatalogueErrorKind::Unused(name) => format!("name it in `audit` or `remediation` of a version, or leave out `{name}`"),
            CatalogueErrorKind::Unsound(_) => "name a pattern that says what is meant".to_owned(),
            CatalogueErrorKind::SoundWithoutWhy(_) => "say it in `unsound`, or leave out `sound`".to_owned(),
            CatalogueErrorKind::AsksForNothing(_) => {
                "look for names that are not written as CloudTrail writes them, or for conditions that exclude each other"
                    .to_owned()
            }
            CatalogueErrorKind::ServicesWithoutSource => "add `services-source`".to_owned(),
            CatalogueErrorKind::InNoVersion => "add a table such as `[versions.\"7.0.0\"]`".to_owned(),
            CatalogueErrorKind::Key(_) => "write it like `transit-gateway-changes`".to_owned(),
            CatalogueErrorKind::Duplicate(_) => "choose another key; those of the benchmark cannot be replaced".to_owned(),
            CatalogueErrorKind::SameId { .. } => "choose another id, such as `OWN.1`".to_owned(),
            CatalogueErrorKind::NoVersion { .. } => "name the versions with which the control is to be audited".to_owned(),
        }
    }
}

/// A name that the catalogue does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownNameError {
    /// Of no control in the version.
    #[error("there is no control `{name}`")]
    Control {
        /// The name as it was given.
        name: String,
        /// The keys that there are.
        known: Vec<String>,
    },
    /// Of a control in another version.
    #[error("there is no control `{id}` in {version}")]
    IdElsewhere {
        /// The id as it was given.
        id: String,
        /// The version that was asked about.
        version: Version,
        /// The key of the control that has it elsewhere.
        key: String,
        /// The newest version in which it has it.
        elsewhere: Version,
        /// What its id is in the version that was asked about, if that has the control.
        here: Option<String>,
    },
    /// Of no version.
    #[error("there is no benchmark version `{name}`")]
    Version {
        /// The name as it was given.
        name: String,
        /// The versions that there are, newest first.
        known: Vec<String>,
    },
}

impl UnknownNameError {
    /// What to ask for instead.
    pub fn help(&self) -> String {
        match self {
            Self::Control { name, known } => {
                near(name, known).unwrap_or_else(|| "`trailproof controls list` shows those that there are".to_owned())
            }
            Self::Version { name, known } => {
                near(name, known).unwrap_or_else(|| format!("known are {}", known.join(", ")))
            }
            Self::IdElsewhere { id, version, key, elsewhere, here } => {
                let is = format!("in {elsewhere} `{id}` is `{key}`");
                match here {
                    Some(here) => format!("{is}, which is `{here}` in {version}"),
                    None => format!("{is}, which {version} does not have"),
                }
            }
        }
    }
}

/// Asks whether that was meant which is most like `name`, if anything is like it.
fn near(name: &str, known: &[String]) -> Option<String> {
    let alike = |one: &String| strsim::jaro_winkler(&one.to_ascii_lowercase(), &name.to_ascii_lowercase());
    let nearest = known.iter().rev().max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    (alike(nearest) > 0.9).then(|| format!("did you mean `{nearest}`?"))
}
