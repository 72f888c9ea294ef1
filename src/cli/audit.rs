//! `trailproof audit`: which required events an account would not notice.

mod evidence;
pub(super) mod missing;
pub(super) mod output;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::complaint::{Complaint, complain};
use super::config::today;
use super::settings::Given;
use super::standard::{self, Standard};
use crate::account::Account;
use crate::account::collect::collect;
use crate::exit::Exit;
use crate::provider::record::Recorder;
use crate::provider::recorded::{Recording, RecordingError};
use crate::render::{Format, json};
use crate::report::Summary;

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// Read a recording, or all in a directory, in place of a live account
    #[arg(long, value_name = "PATH", conflicts_with = "demo")]
    #[cfg_attr(feature = "live", arg(conflicts_with = "Reach"))]
    recording: Vec<PathBuf>,

    /// Audit the account that comes with the program: its filter misses an event
    #[arg(long)]
    #[cfg_attr(feature = "live", arg(conflicts_with = "Reach"))]
    demo: bool,

    /// The benchmark version; the newest if not given
    #[arg(long, value_name = "VERSION", env = "TRAILPROOF_BENCHMARK")]
    benchmark: Option<String>,

    /// Only this control, by its key or its id in the version; several are parted by commas or given one by one
    #[arg(long, value_name = "KEY|ID", env = "TRAILPROOF_CONTROL", value_delimiter = ',')]
    control: Vec<String>,

    /// How to write the report; several formats follow each other
    #[arg(long, value_enum, default_value = "text")]
    format: Vec<Format>,

    /// Where to write the report, in place of standard output
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Where to write the evidence as well: the recordings, the report, and how it was made, in one file
    #[arg(long, value_name = "PATH")]
    bundle: Option<PathBuf>,

    /// Show each event in the text report as the whole CloudTrail record that it is
    #[arg(long)]
    details: bool,

    /// Do not let a control pass while a deeper check was not made
    #[arg(long, env = "TRAILPROOF_STRICT", value_parser = FalseyValueParser::new())]
    strict: bool,

    /// Fail a control whose events are noticed in another way than the benchmark's audit procedure asks for
    #[arg(long, env = "TRAILPROOF_LETTER", value_parser = FalseyValueParser::new())]
    letter: bool,

    #[command(flatten)]
    given: Given,

    #[cfg(feature = "live")]
    #[command(flatten)]
    reach: super::live::Reach,
}

impl Audit {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let (standard, seen) =
            match self.standard().and_then(|standard| self.seen(&standard).map(|seen| (standard, seen))) {
                Ok(audited) => audited,
                Err(problem) => return complain(&problem, err),
            };
        missing::tell(seen.iter().map(|seen| &seen.asked), err)?;
        let report = standard.report(&seen.iter().map(|seen| seen.account.clone()).collect());
        if let Some(path) = &self.bundle {
            match evidence::write(path, standard.manifest(), &seen, json(&report)?) {
                Ok(digest) => writeln!(err, "wrote {}, SHA-256 {digest}", path.display())?,
                Err(problem) => return complain(&problem, err),
            }
        }
        match output::write(&report, &self.format, self.output.as_deref(), self.details, out)? {
            Ok(()) => Ok(exit(&report.summary)),
            Err(problem) => complain(&problem, err),
        }
    }

    fn standard(&self) -> Result<Standard, Problem> {
        let settings = self.given.settings()?;
        let standard = Standard::configured(
            settings,
            self.benchmark.as_deref(),
            &self.control,
            self.strict,
            self.letter,
            today(),
        )?;
        if self.bundle.is_some() && !standard.is_reproducible() { Err(Problem::NotReproducible) } else { Ok(standard) }
    }

    #[cfg_attr(not(feature = "live"), expect(unused_variables, reason = "recordings are read whole"))]
    fn seen(&self, standard: &Standard) -> Result<Vec<Seen>, Problem> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Problem::Runtime)?;
        let recordings = match (self.demo, self.recording.as_slice()) {
            (true, _) => {
                let demo = DEMO.parse().map_err(|problem| RecordingError { file: "demo".into(), problem });
                vec![(DEMO.to_owned(), demo.map_err(standard::Problem::from)?)]
            }
            #[cfg(feature = "live")]
            (false, []) => {
                let accounts = runtime.block_on(self.reach.accounts(standard.wanted()))?.into_iter();
                return Ok(accounts.map(|(account, asked)| Seen { account, asked, text: None }).collect());
            }
            #[cfg(not(feature = "live"))]
            (false, []) => return Err(Problem::NoAccount),
            (false, paths) => Recording::read_texts(paths).map_err(standard::Problem::from)?,
        };
        let seen = |(text, recording)| {
            let recorder = Recorder::new(recording);
            let account = runtime.block_on(collect(&recorder));
            Seen { account, asked: recorder.recording(), text: Some(text) }
        };
        Ok(recordings.into_iter().map(seen).collect())
    }
}

/// An account, and how it was seen.
struct Seen {
    account: Account,
    /// What was asked, and what was answered.
    asked: Recording,
    /// The text of the recording that it was seen through, if it was.
    text: Option<String>,
}

/// An account whose filter watches one region only.
const DEMO: &str = include_str!("audit/demo.json");

/// Why nothing was audited.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Standard(#[from] standard::Problem),
    #[cfg(feature = "live")]
    #[error(transparent)]
    Live(#[from] crate::provider::live::LiveError),
    #[cfg(not(feature = "live"))]
    #[error("this program was built without the feature `live`, and no recording is given")]
    NoAccount,
    #[error("a bundle holds neither controls of your own nor attestations, and would not be found to hold")]
    NotReproducible,
    #[error("the audit cannot be started: {0}")]
    Runtime(io::Error),
}

impl Complaint for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Standard(problem) => problem.place(),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Standard(problem) => problem.help(),
            #[cfg(feature = "live")]
            Self::Live(error) => Complaint::help(error),
            #[cfg(not(feature = "live"))]
            Self::NoAccount => Some("give `--recording PATH`, or `--demo` to see an example; with its default features the program audits live accounts".to_owned()),
            Self::NotReproducible => {
                Some("make the bundle in an audit without them: `--config` with an empty file".to_owned())
            }
            Self::Runtime(_) => None,
        }
    }
}

fn exit(summary: &Summary) -> Exit {
    match (summary.fail, summary.undetermined) {
        (0, 0) => Exit::Success,
        (0, _) => Exit::Undetermined,
        _ => Exit::Failure,
    }
}
