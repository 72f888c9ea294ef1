//! The report on standard output, or in a file that is written whole or not at all.

use std::fs::{File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::complaint::Complaint;
use crate::render::{Format, Options, render};
use crate::report::Report;

/// Why a report could not be written to a file.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unwritten {
    #[error("one file takes one format")]
    SeveralFormats,
    #[error("the report cannot be written: {error}")]
    File { path: PathBuf, error: io::Error },
}

impl Complaint for Unwritten {
    fn place(&self) -> Option<String> {
        match self {
            Self::SeveralFormats => None,
            Self::File { path, .. } => Some(path.display().to_string()),
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::SeveralFormats => "run the audit once for each format".to_owned(),
            Self::File { .. } => "give a path in a directory that exists and that you may write to".to_owned(),
        })
    }
}

/// Writes the report in all formats. The outer error is one of writing to `out`.
pub(super) fn write(
    report: &Report,
    formats: &[Format],
    path: Option<&Path>,
    details: bool,
    out: &mut dyn Write,
) -> io::Result<Result<(), Unwritten>> {
    match (path, formats) {
        (None, formats) => {
            for &format in formats {
                render(report, format, Options { coloured: true, details }, out)?;
            }
            Ok(Ok(()))
        }
        (Some(path), &[format]) => {
            let options = Options { coloured: false, details };
            let written = whole(path, |file| render(report, format, options, file));
            Ok(written.map_err(|error| Unwritten::File { path: path.to_owned(), error }))
        }
        (Some(_), _) => Ok(Err(Unwritten::SeveralFormats)),
    }
}

/// Writes a file whole or not at all.
pub(in crate::cli) fn whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let special = |metadata: &Metadata| !metadata.is_file() && !metadata.is_dir();
    if path.metadata().is_ok_and(|metadata| special(&metadata)) {
        // A pipe or a terminal: there is nothing to keep whole, and nothing to put in its place.
        return write(&mut File::options().write(true).open(path)?);
    }
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = ordinary().tempfile_in(directory)?;
    write(&mut file)?;
    file.flush()?;
    file.persist(path)?;
    Ok(())
}

/// A temporary file that whoever may read other new files may read too.
fn ordinary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
