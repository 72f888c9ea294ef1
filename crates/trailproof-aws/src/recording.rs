//! Answers from a recording: one JSON file that holds every call made to one account.
//!
//! A recording is wholly checked when it is read. What is not there is a [`Refusal`] of the kind
//! [`NotRecorded`](crate::RefusalKind::NotRecorded). Serialized, it is the file again, of which nothing is written but
//! what the types of the [answers](crate::api) have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

mod assemble;
mod error;
mod file;
mod parse;
mod recorder;
mod write;

pub use assemble::{AssemblyError, AssemblyProblem};
pub use error::{RecordingError, RecordingProblem};
pub use file::SIZE_LIMIT;
pub use recorder::Recorder;

use crate::api::Timestamp;
use crate::{AccountId, Answer, Ask, Call, Identity, Operation, Output, Provider, Question, Refusal, Region};

/// What a recording's `format` says.
pub const FORMAT: &str = "trailproof-recording/1";

/// One account as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    identity: Identity,
    regions: Vec<Region>,
    recorded_at: Option<String>,
    pub(crate) calls: Calls,
}

/// Calls with their answers, in the order of the table of operations.
type Calls = BTreeMap<Call, Answer<Output>>;

impl Recording {
    fn new(identity: Identity, recorded_at: Option<String>, calls: Calls) -> Self {
        let regions = audited_regions(&calls, &identity.partition);
        Self { identity, regions, recorded_at, calls }
    }

    /// The recording of these answers.
    pub fn of_answers(
        identity: Identity,
        recorded_at: Option<Timestamp>,
        answers: impl IntoIterator<Item = (Call, Answer<Output>)>,
    ) -> Self {
        Self::new(identity, recorded_at.map(|time| time.to_string()), answers.into_iter().collect())
    }

    /// The account.
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The regions in which the trails were asked for; if nowhere, all that occur.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// When the account was recorded, if the recording says so: `2026-11-20T09:30:00Z`.
    pub fn recorded_at(&self) -> Option<&str> {
        self.recorded_at.as_deref()
    }

    /// Every call that has an answer, and why it was refused if it was.
    pub fn calls(&self) -> impl Iterator<Item = (&Call, Option<&Refusal>)> {
        self.calls.iter().map(|(call, answer)| (call, answer.as_ref().err()))
    }

    /// The answer of every call.
    pub fn answers(&self) -> impl Iterator<Item = (&Call, &Answer<Output>)> {
        self.calls.iter()
    }

    /// The answers of one operation, each with its call.
    pub fn answers_to<Q: Question>(&self) -> impl Iterator<Item = (&Call, Result<&Q::Output, &Refusal>)> {
        self.calls.iter().filter_map(|(call, answer)| match answer {
            Ok(output) => Some((call, Ok(Q::unwrap(output)?))),
            Err(refusal) if call.operation == Q::OPERATION => Some((call, Err(refusal))),
            Err(_) => None,
        })
    }

    /// The answer of one call.
    pub fn answer(&self, call: &Call) -> Option<&Answer<Output>> {
        self.calls.get(call)
    }

    /// Reads a recording, or all recordings (`*.json`) of a directory in the order of their names.
    pub fn read(path: &Path) -> Result<Vec<Self>, RecordingError> {
        Self::read_all(&[path])
    }

    /// Reads the recordings at several paths. An account may occur only once in all of them.
    pub fn read_all(paths: &[impl AsRef<Path>]) -> Result<Vec<Self>, RecordingError> {
        Ok(Self::read_texts(paths)?.into_iter().map(|(_, recording)| recording).collect())
    }

    /// Reads the recordings at several paths, each with its text.
    pub fn read_texts(paths: &[impl AsRef<Path>]) -> Result<Vec<(String, Self)>, RecordingError> {
        let mut accounts = DistinctAccounts::default();
        let mut recordings = Vec::new();
        for file in Self::files(paths)? {
            let (text, recording) = Self::read_file(&file)?;
            accounts.add(&recording.identity.account, &file)?;
            recordings.push((text, recording));
        }
        Ok(recordings)
    }

    /// The files that the paths name, in the order in which they are read: a file stands for itself, a directory for its
    /// `*.json` files.
    pub fn files(paths: &[impl AsRef<Path>]) -> Result<Vec<PathBuf>, RecordingError> {
        file::list(paths)
    }

    /// Reads one file: its text, and the recording that it is.
    pub fn read_file(file: &Path) -> Result<(String, Self), RecordingError> {
        let in_file = |problem| RecordingError { file: file.to_owned(), problem };
        let text = file::read(file).map_err(in_file)?;
        let recording = text.parse().map_err(in_file)?;
        Ok((text, recording))
    }
}

/// The accounts of the files that were read: an account may occur only once.
#[derive(Debug, Default)]
pub struct DistinctAccounts(BTreeMap<AccountId, PathBuf>);

impl DistinctAccounts {
    /// Adds the account of a file. The error is that another file has it.
    pub fn add(&mut self, account: &AccountId, file: &Path) -> Result<(), RecordingError> {
        let Some(other) = self.0.insert(account.clone(), file.to_owned()) else { return Ok(()) };
        let problem = RecordingProblem::SameAccount { account: account.clone(), other };
        Err(RecordingError { file: file.to_owned(), problem })
    }
}

impl FromStr for Recording {
    type Err = RecordingProblem;

    fn from_str(text: &str) -> Result<Self, RecordingProblem> {
        parse::parse(text)
    }
}

impl Ask for Recording {
    fn regions(&self) -> &[Region] {
        self.regions()
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.recorded_at.as_deref()?.parse().ok()
    }

    async fn ask<Q: Question>(&self, question: Q) -> Answer<Q::Output> {
        let call = question.call();
        match self.calls.get(&call) {
            Some(Ok(output)) => Q::unwrap(output).cloned().ok_or_else(|| Refusal::not_recorded(call)),
            Some(Err(refusal)) => Err(refusal.clone()),
            None => Err(Refusal::not_recorded(call)),
        }
    }
}

impl Provider for Recording {
    fn identity(&self) -> &Identity {
        self.identity()
    }
}

/// The audited regions: see [`Recording::regions`]. A recording without any call leaves the partition's first region,
/// so that the report can name a call that is missing.
fn audited_regions(calls: &Calls, partition: &str) -> Vec<Region> {
    let asked = calls.keys().filter(|call| call.operation == Operation::DescribeTrails);
    let mut regions: BTreeSet<_> = asked.map(|call| call.region.clone()).collect();
    if regions.is_empty() {
        regions = calls.keys().map(|call| call.region.clone()).collect();
    }
    if regions.is_empty() {
        regions.insert(Region::first_of(partition));
    }
    regions.into_iter().collect()
}
