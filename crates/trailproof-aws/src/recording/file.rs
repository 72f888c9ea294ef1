//! From a path to the text of recordings.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::error::{RecordingError, RecordingProblem};
use crate::text::decode;

/// The largest recording that is read, in bytes. Recordings of real accounts are a hundredth of it.
pub const SIZE_LIMIT: u64 = 64 << 20;

/// The recordings that the paths name: a file stands for itself, a directory for its `*.json` files.
pub(super) fn list(paths: &[impl AsRef<Path>]) -> Result<Vec<PathBuf>, RecordingError> {
    let mut files = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        let at_path = |problem| RecordingError { file: path.to_owned(), problem };
        let unreadable = |error| at_path(RecordingProblem::Unreadable(error));
        if !fs::metadata(path).map_err(unreadable)?.is_dir() {
            files.push(path.to_owned());
            continue;
        }
        let entries: Vec<_> = fs::read_dir(path).and_then(Iterator::collect).map_err(unreadable)?;
        let mut recordings: Vec<_> =
            entries.into_iter().map(|entry| entry.path()).filter(|path| is_json(path)).collect();
        recordings.sort();
        for recording in &recordings {
            // A dangling link, a loop of links, a pipe: to leave it out would be to audit fewer accounts than are there.
            let problem = match fs::metadata(recording) {
                Ok(found) if found.is_file() => continue,
                Ok(_) => RecordingProblem::NotAFile,
                Err(error) => RecordingProblem::Unreadable(error),
            };
            return Err(RecordingError { file: recording.clone(), problem });
        }
        if recordings.is_empty() {
            return Err(at_path(RecordingProblem::EmptyDirectory));
        }
        files.append(&mut recordings);
    }
    Ok(files)
}

/// The text of a file, without its byte order mark; refused before it is read if it is too large.
pub(super) fn read(path: &Path) -> Result<String, RecordingProblem> {
    let file = File::open(path).map_err(RecordingProblem::Unreadable)?;
    let length = file.metadata().map_err(RecordingProblem::Unreadable)?.len();
    if length > SIZE_LIMIT {
        return Err(RecordingProblem::TooLarge);
    }
    let mut bytes = Vec::new();
    // A pipe has no length to begin with.
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(RecordingProblem::Unreadable)?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(RecordingProblem::TooLarge);
    }
    decode(bytes).map_err(RecordingProblem::NotText)
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}
