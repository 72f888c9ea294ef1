//! What accounts are held against, for the commands that hold accounts against something.

use std::io;

use super::complaint::Complaint;
use crate::account::Account;
use crate::account::collect::collect;
use crate::bundle::{self, CatalogueSeal, Manifest, Tool};
use crate::control::{Catalogue, CatalogueError, Control, Unknown, Version};
use crate::evaluate::{self, Question};
use crate::provider::recorded::{Recording, RecordingError};
use crate::render::{Format, render};
use crate::report::Report;

/// What accounts are held against.
#[derive(Debug)]
pub(super) struct Standard {
    catalogue: Catalogue,
    version: Version,
    /// The keys of the controls.
    controls: Vec<String>,
    strict: bool,
}

/// Why accounts cannot be held against it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error(transparent)]
    Recording(#[from] RecordingError),
    #[error("the audit cannot be started: {0}")]
    Runtime(#[from] io::Error),
}

impl Standard {
    /// A version of the benchmark, the newest if none is named, and of its controls those that are named, or all.
    pub(super) fn new(benchmark: Option<&str>, controls: &[String], strict: bool) -> Result<Self, Problem> {
        let catalogue = Catalogue::builtin()?;
        let version = catalogue.version(benchmark)?;
        let controls = catalogue.select(version, controls)?.into_iter().map(|control| control.key.clone()).collect();
        Ok(Self { catalogue, version, controls, strict })
    }

    /// What an evaluation is asked.
    pub(super) fn question(&self) -> Question<'_> {
        Question { version: self.version, records: &self.catalogue.records, strict: self.strict }
    }

    /// The controls, in the benchmark's order.
    pub(super) fn controls(&self) -> Vec<&Control> {
        self.catalogue.controls.iter().filter(|control| self.controls.contains(&control.key)).collect()
    }

    /// The report on the accounts.
    pub(super) fn report<'a>(&self, accounts: impl IntoIterator<Item = &'a Account>) -> Report {
        evaluate::report(accounts, &self.controls(), self.question())
    }

    /// How a bundle says it.
    pub(super) fn manifest(&self) -> Manifest {
        Manifest {
            format: bundle::FORMAT.to_owned(),
            tool: Tool::this(),
            catalogue: CatalogueSeal::of(Catalogue::files()),
            benchmark: self.version.to_string(),
            controls: self.controls.clone(),
            strict: self.strict,
        }
    }
}

/// The accounts as they were recorded.
pub(super) fn accounts<'a>(recordings: impl IntoIterator<Item = &'a Recording>) -> io::Result<Vec<Account>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(recordings.into_iter().map(|recording| runtime.block_on(collect(recording))).collect())
}

/// The report as `trailproof-report/1`.
pub(super) fn json(report: &Report) -> io::Result<String> {
    let mut text = Vec::new();
    render(report, Format::Json, false, &mut text)?;
    String::from_utf8(text).map_err(io::Error::other)
}

impl Complaint for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Recording(error) => error.place(),
            Self::Catalogue(_) | Self::Unknown(_) | Self::Runtime(_) => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unknown(unknown) => Some(unknown.help()),
            Self::Recording(error) => error.help(),
            Self::Catalogue(_) | Self::Runtime(_) => None,
        }
    }
}
