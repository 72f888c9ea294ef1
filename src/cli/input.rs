//! Files that a command reads whole, within a limit.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::provider::text::{NotText, decode};

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("the file is larger than {} MiB", .0 >> 20)]
    TooLarge(usize),
    #[error(transparent)]
    NotText(#[from] NotText),
}

impl ReadError {
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Io(_) => "check that the path exists and that you may read it",
            Self::TooLarge(_) => "check that this is the file you mean",
            Self::NotText(error) => error.help(),
        }
    }
}

/// The text of a file, without its byte order mark.
pub(super) fn text(path: &Path, limit: usize) -> Result<String, ReadError> {
    Ok(decode(read(path, limit)?)?)
}

/// The bytes of a file, refused before it is read if it is too large.
pub(super) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, ReadError> {
    let file = File::open(path)?;
    if file.metadata()?.len() > limit as u64 {
        return Err(ReadError::TooLarge(limit));
    }
    let mut bytes = Vec::new();
    // A pipe has no length to begin with.
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit { Err(ReadError::TooLarge(limit)) } else { Ok(bytes) }
}
