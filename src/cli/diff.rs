//! `trailproof diff`: what became better and what became worse.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::audit_plan::{self, AuditPlan};
use super::diagnostic::{Diagnostic, report_error};
use super::input::{self, ReadError};
use crate::bundle::{self, Bundle, BundleError};
use crate::exit::Exit;
use crate::provider::recorded::Recording;
use crate::provider::text::decode;
use crate::render::{DiffFormat, json, render_diff};
use crate::report::diff::Diff;
use crate::report::{StoredReport, StoredReportError};

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The earlier report (JSON), bundle, recording, or directory of recordings
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The later one
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: DiffFormat,

    /// Benchmark version to audit recordings against; the newest by default
    #[arg(long, value_name = "VERSION")]
    benchmark: Option<String>,
}

impl Compare {
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let diff = match self.report(&self.old).and_then(|old| Ok(Diff::between(&old, &self.report(&self.new)?))) {
            Ok(diff) => diff,
            Err(problem) => return report_error(&problem, err),
        };
        render_diff(&diff, self.format, out)?;
        Ok(if diff.is_worse() { Exit::Failure } else { Exit::Success })
    }

    /// The report that a path is, holds or leads to.
    fn report(&self, path: &Path) -> Result<StoredReport, Problem> {
        let is_recording = |error: &StoredReportError| match error {
            StoredReportError::WrongFormat(Some(format)) => format.starts_with("trailproof-recording/"),
            _ => false,
        };
        if path.is_dir() {
            return self.audited(path);
        }
        match read(path) {
            Err(Kind::Report(error)) if is_recording(&error) => self.audited(path),
            read => read.map_err(|kind| Problem::File { path: path.to_owned(), kind }),
        }
    }

    /// The report of an audit of recordings.
    fn audited(&self, path: &Path) -> Result<StoredReport, Problem> {
        let audit = || {
            let plan = AuditPlan::new(self.benchmark.as_deref(), &[], false, false)?;
            let recordings = Recording::read(path).map_err(audit_plan::Problem::from)?;
            let report = plan.report(&audit_plan::estate(&recordings)?);
            Ok(json(&report)?)
        };
        let text = audit().map_err(Problem::Audit)?;
        text.parse().map_err(|error| Problem::File { path: path.to_owned(), kind: Kind::Report(error) })
    }
}

/// The report that a file is or holds.
fn read(path: &Path) -> Result<StoredReport, Kind> {
    let bytes = input::read(path, bundle::SIZE_LIMIT)?;
    if !bytes.starts_with(bundle::MAGIC) {
        return Ok(decode(bytes).map_err(ReadError::from)?.parse()?);
    }
    match Bundle::read(&bytes)? {
        (bundle, changed) if changed.is_empty() => Ok(bundle.report.parse()?),
        (_, changed) => Err(Kind::Changed(changed.join(", "))),
    }
}

/// Why nothing was compared.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("{kind}")]
    File { path: PathBuf, kind: Kind },
    #[error(transparent)]
    Audit(audit_plan::Problem),
}

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error(transparent)]
    Report(#[from] StoredReportError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
    #[error("the bundle was changed: {0}")]
    Changed(String),
}

impl Diagnostic for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::File { path, .. } => Some(path.display().to_string()),
            Self::Audit(problem) => problem.place(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::File { kind: Kind::Unreadable(unread), .. } => Some(unread.help().to_owned()),
            Self::File { kind: Kind::Changed(_), .. } => Some("`trailproof verify` says what differs".to_owned()),
            Self::File { .. } => {
                Some("give a report (`--format json`), a bundle, a recording or a directory of recordings".to_owned())
            }
            Self::Audit(problem) => problem.help(),
        }
    }
}
