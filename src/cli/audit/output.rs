//! The report on standard output or in a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::audit_plan::AuditPlan;
use crate::cli::destination::whole;
use crate::cli::diagnostic::Diagnostic;
use crate::estate::Estate;
use crate::render::{Format, Options, render};
use crate::report::{Report, Summary};

/// Why a report could not be written to a file.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriteError {
    #[error("`--output` takes exactly one `--format`")]
    SeveralFormats,
    #[error("the report cannot be written: {error}")]
    File { path: PathBuf, error: io::Error },
}

impl Diagnostic for WriteError {
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

/// Refuses several formats in one file.
pub(super) fn check(formats: &[Format], path: Option<&Path>) -> Result<(), WriteError> {
    if path.is_some() && formats.len() != 1 { Err(WriteError::SeveralFormats) } else { Ok(()) }
}

/// Writes the report in all formats. The outer error is one of writing to `out`.
pub(super) fn write(
    report: &Report,
    formats: &[Format],
    path: Option<&Path>,
    details: bool,
    out: &mut dyn Write,
) -> io::Result<Result<(), WriteError>> {
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
            Ok(written.map_err(|error| WriteError::File { path: path.to_owned(), error }))
        }
        (Some(_), _) => Ok(Err(WriteError::SeveralFormats)),
    }
}

/// Writes the report as JSON while it is made, and returns its summary. The outer error is one of writing to `out`.
pub(super) fn write_as_made(
    plan: &AuditPlan,
    estate: &Estate,
    path: Option<&Path>,
    out: &mut dyn Write,
) -> io::Result<Result<Summary, WriteError>> {
    let Some(path) = path else { return plan.write_json(estate, out).map(Ok) };
    let mut summary = Summary::default();
    let written = whole(path, |file| {
        summary = plan.write_json(estate, file)?;
        Ok(())
    });
    let problem = |error| WriteError::File { path: path.to_owned(), error };
    Ok(written.map(|()| summary).map_err(problem))
}
