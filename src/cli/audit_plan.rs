//! Which controls are audited, in which version, how strictly: for all commands that audit.

use std::io::{self, Write};
use std::path::PathBuf;

use toml::value::Date;

use super::config::ConfigError;
use super::diagnostic::Diagnostic;
use super::input::ReadError;
use super::settings::Settings;
#[cfg(feature = "live")]
use crate::account::collect::Wanted;
use crate::account::collect::collect;
use crate::audit;
use crate::bundle::{self, CatalogueSeal, Manifest, Tool};
#[cfg(feature = "live")]
use crate::control::Requires;
use crate::control::{Catalogue, CatalogueError, Control, Unknown, Version};
use crate::estate::Estate;
use crate::judge::{self, Judge, Question};
use crate::provider::recorded::{Recording, RecordingError};
use crate::render::JsonStream;
use crate::report::{Attested, Finding, Report, Summary, attest};

/// Which controls are audited, in which version of the benchmark, and how strictly.
#[derive(Debug)]
pub(super) struct AuditPlan {
    catalogue: Catalogue,
    version: Version,
    /// The keys of the controls.
    controls: Vec<String>,
    strict: bool,
    letter: bool,
    attestations: Vec<Attested>,
    /// Whether some of the controls are the user's.
    own: bool,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error(transparent)]
    Recording(#[from] RecordingError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{error}")]
    File { path: PathBuf, error: ReadError },
    #[error("cannot read the directory of controls: {error}")]
    Directory { path: PathBuf, error: io::Error },
    #[error("the directory holds no control")]
    NoControls(PathBuf),
    #[error("cannot start the audit: {0}")]
    Runtime(#[from] io::Error),
}

impl AuditPlan {
    /// A version of the benchmark, the newest if none is named, and of its controls those that are named, or all.
    pub(super) fn new(
        benchmark: Option<&str>,
        controls: &[String],
        strict: bool,
        letter: bool,
    ) -> Result<Self, Problem> {
        let catalogue = Catalogue::builtin()?;
        let version = catalogue.version(benchmark)?;
        let controls = catalogue.select(version, controls)?.into_iter().map(|control| control.key.clone()).collect();
        Ok(Self { catalogue, version, controls, strict, letter, attestations: Vec::new(), own: false })
    }

    /// The same with a configuration, which arguments go before, and with what it attests `today`.
    pub(super) fn configured(
        settings: Settings,
        benchmark: Option<&str>,
        controls: &[String],
        strict: bool,
        letter: bool,
        today: Date,
    ) -> Result<Self, Problem> {
        let version = settings.version(benchmark)?;
        let Settings { catalogue, config, own } = settings;
        let attestations = config.attestations(&catalogue, version, today)?;
        let controls = match controls {
            [] => config.controls(&catalogue, version)?,
            named => catalogue.select(version, named)?.into_iter().map(|control| control.key.clone()).collect(),
        };
        let letter = letter || config.letter();
        Ok(Self { catalogue, version, controls, strict, letter, attestations, own: own.is_some() })
    }

    /// Whether this program comes to the same findings by itself, without what the user adds.
    pub(super) fn is_reproducible(&self) -> bool {
        !self.own && self.attestations.is_empty()
    }

    /// What an evaluation is asked.
    pub(super) fn question(&self) -> Question<'_> {
        Question { version: self.version, prover: &self.catalogue.records, strict: self.strict, letter: self.letter }
    }

    /// The controls, in the benchmark's order.
    pub(super) fn controls(&self) -> Vec<&Control> {
        self.catalogue.controls.iter().filter(|control| self.controls.contains(&control.key)).collect()
    }

    /// What a live account is asked for beside the ways of its events.
    #[cfg(feature = "live")]
    pub(super) fn wanted(&self) -> Wanted {
        let editions = self.controls().into_iter().filter_map(|control| control.editions.get(&self.version));
        Wanted { security_hub: editions.into_iter().any(|edition| matches!(edition.requires, Requires::SecurityHub)) }
    }

    /// The report on the accounts.
    pub(super) fn report(&self, estate: &Estate) -> Report {
        let judge = Judge::new(&self.controls(), self.question());
        audit::report(estate, &judge).attested(&self.attestations)
    }

    /// Writes the report on the accounts as JSON, each finding as soon as it is made, and returns its summary.
    pub(super) fn write_json(&self, estate: &Estate, out: &mut dyn Write) -> io::Result<Summary> {
        let judge = Judge::new(&self.controls(), self.question());
        let mut report = Report::new(judge.benchmark(), estate.accounts().map(judge::audited).collect(), Vec::new());
        let mut stream = JsonStream::begin(&report, out)?;
        let make = |mut findings: Vec<Finding>| {
            attest(&mut findings, &self.attestations);
            Ok((Summary::of(&findings), JsonStream::text(&findings)?))
        };
        audit::in_parts(estate, &judge, audit::threads_for(estate), make, |part: io::Result<(Summary, String)>| {
            let (summary, findings) = part?;
            report.summary += summary;
            stream.push(&findings)
        })?;
        stream.end(&report)?;
        Ok(report.summary)
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
            letter: self.letter,
        }
    }
}

/// The accounts as they were recorded.
pub(super) fn estate<'a>(recordings: impl IntoIterator<Item = &'a Recording>) -> io::Result<Estate> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(recordings.into_iter().map(|recording| runtime.block_on(collect(recording))).collect())
}

impl Diagnostic for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Recording(error) => error.place(),
            Self::Catalogue(error) => Some(error.place()),
            Self::Config(error) => error.place(),
            Self::File { path, .. } | Self::Directory { path, .. } | Self::NoControls(path) => {
                Some(path.display().to_string())
            }
            Self::Unknown(_) | Self::Runtime(_) => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unknown(unknown) => Some(unknown.help()),
            Self::Recording(error) => error.help(),
            Self::Catalogue(error) => Some(error.help()),
            Self::Config(error) => error.help(),
            Self::File { error, .. } => Some(error.help().to_owned()),
            Self::Directory { .. } => Some("check that the path exists and that you may read it".to_owned()),
            Self::NoControls(_) => Some("a control is a file `*.toml`; docs/controls.md shows one".to_owned()),
            Self::Runtime(_) => None,
        }
    }
}
