//! The evidence of an audit in one file.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Seen;
use crate::bundle::{Bundle, BundleError, Manifest, Part, sha256};
use crate::cli::destination::whole;
use crate::cli::diagnostic::Diagnostic;
use crate::cli::verify;

/// Why there is no evidence.
#[derive(Debug, thiserror::Error)]
pub(super) enum EvidenceError {
    #[error("account {0} is audited twice, and a bundle holds an account once")]
    Twice(String),
    #[error(transparent)]
    Bundle(#[from] BundleError),
    #[error("the bundle does not pass its own verification: {0}")]
    Doubtful(String),
    #[error("cannot write the bundle: {error}")]
    File { path: PathBuf, error: io::Error },
}

/// Writes the bundle, once it has been verified, and returns its digest.
pub(super) fn write(path: &Path, manifest: Manifest, seen: &[Seen], report: String) -> Result<String, EvidenceError> {
    let mut accounts = BTreeSet::new();
    let mut recordings = Vec::new();
    for Seen { asked, text, .. } in seen {
        let Some(asked) = asked else { continue };
        let account = asked.identity().account.as_str();
        if !accounts.insert(account) {
            return Err(EvidenceError::Twice(account.to_owned()));
        }
        let text = text.clone().or_else(|| serde_json::to_string_pretty(asked).ok().map(|text| text + "\n"));
        recordings.push(Part::recording(account, text.unwrap_or_default()));
    }
    recordings.sort();
    let bundle = Bundle { manifest, recordings, report };
    let bytes = bundle.to_bytes()?;
    verify::doubts(&bundle).first().map_or(Ok(()), |doubt| Err(EvidenceError::Doubtful(doubt.clone())))?;
    whole(path, |file| file.write_all(&bytes)).map_err(|error| EvidenceError::File { path: path.to_owned(), error })?;
    Ok(sha256(&bytes))
}

impl Diagnostic for EvidenceError {
    fn place(&self) -> Option<String> {
        match self {
            Self::File { path, .. } => Some(path.display().to_string()),
            Self::Twice(_) | Self::Bundle(_) | Self::Doubtful(_) => None,
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::File { .. } => "give a path in a directory that exists and that you may write to".to_owned(),
            Self::Twice(_) | Self::Bundle(_) => "make a bundle for fewer accounts at once".to_owned(),
            Self::Doubtful(_) => "this is a bug in trailproof; please report it".to_owned(),
        })
    }
}
