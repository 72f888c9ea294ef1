//! Feature files: those that come with the program, and those of a user.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cucumber::feature::{ExpandExamplesError, Ext as _};
use cucumber::gherkin::{Feature, GherkinEnv};

use super::Against;
use super::shape::{self, ShapeError};
use crate::provider::text::{NotText, decode};

/// The tag of scenarios that make sense against a recording alone.
const RECORDED: &str = "recorded";

/// Features with at least one scenario, outlines expanded.
#[derive(Clone, Debug)]
pub struct Features(Vec<Feature>);

/// Features that cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum FeatureError {
    /// A file or directory cannot be read.
    #[error("cannot read the feature: {error}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A file is not text.
    #[error("{error}")]
    NotText {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        error: NotText,
    },
    /// A file is not Gherkin.
    #[error("the file is not a feature")]
    NotGherkin {
        /// Which.
        path: PathBuf,
        /// Line and column, in words.
        place: String,
    },
    /// A scenario would check nothing, or less than it seems to.
    #[error("{error}")]
    Shape {
        /// The file.
        path: PathBuf,
        /// Where.
        line: usize,
        /// What is wrong.
        error: ShapeError,
    },
    /// An outline has a placeholder that its examples lack.
    #[error("the examples have no column `{name}`")]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// Where the placeholder is.
        line: usize,
        /// The placeholder.
        name: String,
    },
    /// Nothing would be run.
    #[error("there is no scenario")]
    Nothing {
        /// Where.
        path: PathBuf,
    },
}

impl FeatureError {
    /// The file, and the place in it.
    pub fn place(&self) -> String {
        match self {
            Self::Unreadable { path, .. } | Self::Nothing { path } => path.display().to_string(),
            Self::NotGherkin { path, place } => format!("{}, {place}", path.display()),
            Self::NotText { path, error } => format!("{}, line {}", path.display(), error.line),
            Self::Shape { path, line, .. } | Self::NoColumn { path, line, .. } => {
                format!("{}, line {line}", path.display())
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable { .. } => "check that the path exists and that you may read it".to_owned(),
            Self::NotText { error, .. } => error.help().to_owned(),
            Self::NotGherkin { .. } => "a feature begins with `Feature:`, a scenario in it with `Scenario:`".to_owned(),
            Self::Shape { error, .. } => error.help().to_owned(),
            Self::NoColumn { name, .. } => format!("add a column `{name}`, or remove `<{name}>`"),
            Self::Nothing { .. } => {
                "a feature is a file whose name ends in `.feature`, with scenarios in it".to_owned()
            }
        }
    }
}

impl Features {
    /// The features that come with the program.
    ///
    /// Fails only if a file under `features/` is wrong, which a test rules out.
    pub fn builtin() -> Result<Self, FeatureError> {
        let features = FILES.iter().map(|(path, text)| parse(Path::new(path), text));
        features.collect::<Result<_, _>>().map(Self)
    }

    /// The features in files and directories.
    pub fn read(paths: &[PathBuf]) -> Result<Self, FeatureError> {
        let mut features = Vec::new();
        for path in paths {
            let before = features.len();
            for file in list(path)? {
                let bytes = fs::read(&file).map_err(|error| FeatureError::Unreadable { path: file.clone(), error })?;
                let text = decode(bytes).map_err(|error| FeatureError::NotText { path: file.clone(), error })?;
                features.push(parse(&file, &text)?);
            }
            let found = features.get(before..).unwrap_or_default();
            if found.iter().all(|feature| feature.count_scenarios() == 0) {
                return Err(FeatureError::Nothing { path: path.clone() });
            }
        }
        Ok(Self(features))
    }

    /// Where the features were read.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|feature| feature.path.as_deref())
    }

    /// Only the feature that was read there.
    pub fn only(mut self, path: &Path) -> Self {
        self.0.retain(|feature| feature.path.as_deref() == Some(path));
        self
    }

    /// The features without the scenarios that make no sense against the provider: a live account has no calls that
    /// nobody recorded.
    pub(super) fn for_provider(self, against: &Against) -> Vec<Feature> {
        let mut features = self.0;
        if !matches!(against, Against::Recorded) {
            for feature in &mut features {
                feature.scenarios.retain(|scenario| !scenario.tags.iter().any(|tag| tag == RECORDED));
                for rule in &mut feature.rules {
                    rule.scenarios.retain(|scenario| !scenario.tags.iter().any(|tag| tag == RECORDED));
                }
            }
        }
        features
    }
}

/// The feature files that a path names: a file itself, a directory those in it and below, sorted.
fn list(path: &Path) -> Result<Vec<PathBuf>, FeatureError> {
    let unreadable = |error| FeatureError::Unreadable { path: path.to_owned(), error };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries: Vec<_> = fs::read_dir(path).and_then(Iterator::collect).map_err(unreadable)?;
    let mut entries: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            files.append(&mut list(&entry)?);
        } else if entry.extension().is_some_and(|extension| extension == "feature") {
            files.push(entry);
        }
    }
    Ok(files)
}

fn parse(path: &Path, text: &str) -> Result<Feature, FeatureError> {
    let mut feature =
        Feature::parse(text, GherkinEnv::default()).map_err(|error| not_gherkin(path, &error.to_string()))?;
    feature.path = Some(path.to_owned());
    shape::check(&feature, text).map_err(|(line, error)| FeatureError::Shape { path: path.to_owned(), line, error })?;
    feature.expand_examples().map_err(|ExpandExamplesError { pos, name, .. }| FeatureError::NoColumn {
        path: path.to_owned(),
        line: pos.line,
        name,
    })
}

/// The parser keeps the place to itself, but begins its sentence with it: `Error at 3:5: …`.
fn not_gherkin(path: &Path, sentence: &str) -> FeatureError {
    let place = sentence.trim_start_matches("Error at ").split(':').take(2).collect::<Vec<_>>().join(", column ");
    FeatureError::NotGherkin { path: path.to_owned(), place: format!("line {place}") }
}

// `FILES`: the path and the text of each `features/**/*.feature`, listed by the build script.
include!(concat!(env!("OUT_DIR"), "/features.rs"));
