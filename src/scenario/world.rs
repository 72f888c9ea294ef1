//! What the steps of one scenario share: the account, then the report on it.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::draft::Draft;
use super::step::Mismatch;
use super::{Against, Audit};
use crate::account::Account;
use crate::account::collect::collect;
use crate::control::{Catalogue, CatalogueError};
use crate::estate::Estate;
use crate::judge::{self, Question};
use crate::provider::recorded::Recording;
use crate::render::{Format, Options, render};
use crate::report::{Finding, Report};

#[derive(Debug, Default)]
pub(super) struct World {
    pub against: Against,
    /// Where the feature file is.
    pub directory: Option<PathBuf>,
    pub account: Subject,
    pub audit: Option<Audit>,
}

/// What is audited.
#[derive(Debug, Default)]
pub(super) enum Subject {
    #[default]
    Nothing,
    /// An account that steps describe, audited for the one control that they speak of.
    Draft(Box<Draft>),
    /// An account that was recorded, audited for all controls.
    Recorded(Box<Recording>),
}

impl cucumber::World for World {
    type Error = Infallible;

    async fn new() -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

impl World {
    /// The account that steps describe.
    pub(super) fn draft(&mut self) -> Result<&mut Draft, Mismatch> {
        match &mut self.account {
            Subject::Draft(draft) => Ok(draft),
            Subject::Nothing => Err(Mismatch::new("no step has said which account this is about")),
            Subject::Recorded(_) => Err(Mismatch::new("a recorded account cannot be changed")),
        }
    }

    /// Reads a recorded account, relative to the feature file.
    pub(super) fn read(&mut self, path: &str) -> Result<(), Mismatch> {
        let path = self.directory.as_deref().unwrap_or(Path::new("")).join(path);
        let mut recordings = Recording::read(&path).map_err(|error| {
            let place = error.problem.place().map(|place| format!(", {place}")).unwrap_or_default();
            Mismatch(format!("{}{place}: {error}", error.file.display()))
        })?;
        match (recordings.pop(), recordings.is_empty()) {
            (Some(recording), true) => self.account = Subject::Recorded(Box::new(recording)),
            _ => return Err(Mismatch(format!("{} holds several accounts", path.display()))),
        }
        Ok(())
    }

    /// Audits the account. Without a version it is the newest.
    pub(super) async fn audit(&mut self, version: Option<&str>, strict: bool) -> Result<(), Mismatch> {
        let (recording, control) = match &self.account {
            Subject::Draft(draft) => (draft.recording()?, Some(draft.control.clone())),
            Subject::Recorded(recording) => (recording.as_ref().clone(), None),
            Subject::Nothing => return Err(Mismatch::new("no step has said which account this is about")),
        };
        let catalogue = catalogue()?;
        let version = catalogue.version(version).map_err(unknown)?;
        let controls = catalogue.select(version, control.as_slice()).map_err(unknown)?;
        let report = |account: &Account| {
            let question = Question { version, prover: &catalogue.records, strict, letter: false };
            judge::report(&Estate::from_iter([account.clone()]), &controls, question)
        };
        let (report, left_out) = match &self.against {
            Against::Recorded => (report(&collect(&recording).await), None),
            #[cfg(feature = "mocks")]
            Against::Sdk => (report(&collect(&mocked(&recording)).await), None),
            #[cfg(feature = "emulators")]
            Against::Emulators(emulators) => super::emulated::audit(emulators, &recording, report).await?,
        };
        self.audit = Some(Audit { account: recording, report, left_out });
        Ok(())
    }

    /// What the report says of a control, given in words.
    pub(super) fn finding(&self, control: &str) -> Result<&Finding, Mismatch> {
        let key = key(control);
        let finding = self.audited()?.findings.iter().find(|finding| finding.control == key);
        finding.ok_or_else(|| Mismatch(format!("the report has no finding for `{key}`")))
    }

    pub(super) fn audited(&self) -> Result<&Report, Mismatch> {
        let audit = self.audit.as_ref().ok_or_else(|| Mismatch::new("no step has audited the account"))?;
        Ok(&audit.report)
    }

    /// A mismatch that shows the report.
    pub(super) fn expected(&self, what: &str) -> Mismatch {
        let mut text = Vec::new();
        if let Some(audit) = &self.audit {
            // Writing to memory does not fail.
            let _ = render(&audit.report, Format::Text, Options::default(), &mut text);
        }
        Mismatch(format!("{what}\n\n{}", String::from_utf8_lossy(&text)))
    }
}

/// The key of a control in words: `S3 bucket policy changes`.
pub(super) fn key(words: &str) -> String {
    words.replace(' ', "-").to_lowercase()
}

/// The catalogue, read once for all scenarios.
pub(super) fn catalogue() -> Result<&'static Catalogue, Mismatch> {
    static CATALOGUE: LazyLock<Result<Catalogue, CatalogueError>> = LazyLock::new(Catalogue::builtin);
    CATALOGUE.as_ref().map_err(|error| Mismatch(error.to_string()))
}

pub(super) fn unknown(unknown: crate::control::Unknown) -> Mismatch {
    Mismatch(format!("{unknown}; {}", unknown.help()))
}

/// The account behind the live provider with the AWS SDK, upon a mocked AWS.
#[cfg(feature = "mocks")]
fn mocked(recording: &Recording) -> crate::provider::live::Live {
    use crate::provider::Ask as _;
    use crate::provider::live::{Live, mocked};
    let (identity, clients) = (recording.identity().clone(), mocked::clients(recording));
    Live::from_clients(identity, recording.regions().to_vec(), clients, recording.asked_at())
}
