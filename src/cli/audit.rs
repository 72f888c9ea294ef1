//! `trailproof audit`: which required events an account would not notice.

mod output;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::complaint::{Complaint, complain};
use crate::account::Account;
use crate::account::collect::collect;
use crate::control::{BENCHMARK, Catalogue, CatalogueError, Control, Unknown};
use crate::evaluate::{Question, evaluate};
use crate::exit::Exit;
use crate::provider::recorded::{Recording, RecordingError};
use crate::render::Format;
use crate::report::{Benchmark, Report, Summary};

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
    #[arg(long, value_name = "VERSION")]
    benchmark: Option<String>,

    /// Only this control, by its key or its id in the version
    #[arg(long, value_name = "KEY|ID")]
    control: Vec<String>,

    /// How to write the report; several formats follow each other
    #[arg(long, value_enum, default_value = "text")]
    format: Vec<Format>,

    /// Where to write the report, in place of standard output
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Do not let a control pass while a deeper check was not made
    #[arg(long)]
    strict: bool,

    #[cfg(feature = "live")]
    #[command(flatten)]
    reach: super::live::Reach,
}

impl Audit {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let report = match self.report() {
            Ok(report) => report,
            Err(problem) => return complain(&problem, err),
        };
        match output::write(&report, &self.format, self.output.as_deref(), out)? {
            Ok(()) => Ok(exit(&report.summary)),
            Err(problem) => complain(&problem, err),
        }
    }

    fn report(&self) -> Result<Report, Problem> {
        let catalogue = Catalogue::builtin()?;
        let version = catalogue.version(self.benchmark.as_deref())?;
        let controls = catalogue.select(version, &self.control)?;
        let question = Question { version, records: &catalogue.records, strict: self.strict };
        let accounts = self.accounts()?;
        let findings = accounts.iter().flat_map(|account| {
            let evaluated = |control: &&Control| evaluate(account, control, question);
            controls.iter().map(evaluated).collect::<Vec<_>>()
        });
        let benchmark = Benchmark { name: BENCHMARK.to_owned(), version: version.to_string() };
        Ok(Report::new(benchmark, findings.collect()))
    }

    fn accounts(&self) -> Result<Vec<Account>, Problem> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Problem::Runtime)?;
        let recordings = match (self.demo, self.recording.as_slice()) {
            (true, _) => vec![DEMO.parse().map_err(|problem| RecordingError { file: "demo".into(), problem })?],
            #[cfg(feature = "live")]
            (false, []) => return Ok(runtime.block_on(self.reach.accounts())?),
            #[cfg(not(feature = "live"))]
            (false, []) => return Err(Problem::NoAccount),
            (false, paths) => Recording::read_all(paths)?,
        };
        Ok(recordings.iter().map(|recording| runtime.block_on(collect(recording))).collect())
    }
}

/// An account whose filter watches one region only.
const DEMO: &str = include_str!("audit/demo.json");

/// Why nothing was audited.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error(transparent)]
    Recording(#[from] RecordingError),
    #[cfg(feature = "live")]
    #[error(transparent)]
    Live(#[from] crate::provider::live::LiveError),
    #[cfg(not(feature = "live"))]
    #[error("this program was built without the feature `live`, and no recording is given")]
    NoAccount,
    #[error("the audit cannot be started: {0}")]
    Runtime(io::Error),
}

impl Complaint for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Recording(error) => {
                let file = error.file.display();
                Some(error.problem.place().map_or_else(|| file.to_string(), |place| format!("{file}, {place}")))
            }
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unknown(unknown) => Some(unknown.help()),
            Self::Recording(error) => Some(error.problem.help()),
            #[cfg(feature = "live")]
            Self::Live(error) => Complaint::help(error),
            #[cfg(not(feature = "live"))]
            Self::NoAccount => Some("give `--recording PATH`, or `--demo` to see an example".to_owned()),
            Self::Catalogue(_) | Self::Runtime(_) => None,
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
