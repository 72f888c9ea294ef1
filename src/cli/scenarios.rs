//! `trailproof scenarios`: runs feature files, those that come with the program or one's own.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};

use super::complaint::{Complaint, complain};
use crate::exit::Exit;
use crate::scenario::{self, FeatureError, Features, Outcome};

#[derive(Debug, Args)]
pub(super) struct Scenarios {
    /// Feature files, or directories of them; without any, the features that come with the program
    path: Vec<PathBuf>,

    /// What answers the audits' calls
    #[arg(long, value_enum, default_value = "recorded")]
    against: Against,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Against {
    /// The recordings that the scenarios describe
    Recorded,
    /// The AWS SDK upon a mocked AWS, in programs built with the feature `mocks`
    Sdk,
}

impl Scenarios {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let start = Instant::now();
        let outcomes = match self.outcomes() {
            Ok(outcomes) => outcomes,
            Err(problem) => return complain(&problem, err),
        };
        let failed = outcomes.iter().filter(|outcome| outcome.failure.is_some()).count();
        for outcome in &outcomes {
            self::outcome(outcome, out)?;
        }
        let (all, seconds) = (outcomes.len(), start.elapsed().as_secs_f64());
        let scenarios = if all == 1 { "scenario" } else { "scenarios" };
        writeln!(out, "{all} {scenarios}: {} passed, {failed} failed, in {seconds:.1} s", all - failed)?;
        Ok(if failed == 0 { Exit::Success } else { Exit::Failure })
    }

    fn outcomes(&self) -> Result<Vec<Outcome>, Problem> {
        let against = self.against.available()?;
        let features = if self.path.is_empty() { Features::builtin() } else { Features::read(&self.path) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Problem::Runtime)?;
        Ok(runtime.block_on(scenario::run(features?, against)))
    }
}

impl Against {
    #[cfg_attr(feature = "mocks", expect(clippy::unnecessary_wraps, reason = "without the feature there is an error"))]
    fn available(self) -> Result<scenario::Against, Problem> {
        match self {
            Self::Recorded => Ok(scenario::Against::Recorded),
            #[cfg(feature = "mocks")]
            Self::Sdk => Ok(scenario::Against::Sdk),
            #[cfg(not(feature = "mocks"))]
            Self::Sdk => Err(Problem::NoMocks),
        }
    }
}

/// Why no scenario was run.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Feature(#[from] FeatureError),
    #[cfg(not(feature = "mocks"))]
    #[error("this program was built without the feature `mocks`")]
    NoMocks,
    #[error("the scenarios cannot be started: {0}")]
    Runtime(io::Error),
}

impl Complaint for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Feature(error) => Some(error.place()),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Feature(error) => Some(error.help()),
            #[cfg(not(feature = "mocks"))]
            Self::NoMocks => Some("`cargo run --features mocks -- scenarios --against sdk`".to_owned()),
            Self::Runtime(_) => None,
        }
    }
}

/// A scenario that failed: which, where, and why.
fn outcome(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let Some(failure) = &outcome.failure else { return Ok(()) };
    let (red, bold) = (AnsiColor::Red.on_default().bold(), Style::new().bold());
    writeln!(out, "{red}failed{red:#}{bold}: {}{bold:#}", outcome.scenario)?;
    writeln!(out, "  --> {}, line {}: {}", outcome.path.display(), failure.line, failure.step)?;
    for line in failure.message.lines() {
        writeln!(out, "{}", format!("      {line}").trim_end())?;
    }
    writeln!(out)
}
