//! `trailproof scenarios`: runs feature files, those that come with the program or one's own.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};

use super::diagnostic::{Diagnostic, report_error};
use crate::exit::Exit;
#[cfg(feature = "emulators")]
use crate::provider::live::emulated::{Emulators, EmulatorsError};
use crate::scenario::{self, FeatureError, Features, Outcome};

#[derive(Debug, Args)]
pub(super) struct Scenarios {
    /// Feature files, or directories of them; without any, the features that come with the program
    path: Vec<PathBuf>,

    /// Provider to audit against
    #[arg(long, value_enum, default_value = "recorded")]
    against: Against,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Against {
    /// The recordings that the scenarios describe
    Recorded,
    /// The AWS SDK with a mocked AWS; needs the feature `mocks`
    Sdk,
    /// LocalStack and moto, which the program starts; needs the feature `emulators`
    Emulators,
}

impl Scenarios {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let start = Instant::now();
        let outcomes = match self.outcomes() {
            Ok(outcomes) => outcomes,
            Err(problem) => return report_error(&problem, err),
        };
        let failed = outcomes.iter().filter(|outcome| outcome.failure.is_some()).count();
        for outcome in &outcomes {
            self::outcome(outcome, out)?;
        }
        let (all, seconds) = (outcomes.len(), start.elapsed().as_secs_f64());
        let scenarios = if all == 1 { "scenario" } else { "scenarios" };
        let left_out = left_out(&outcomes);
        let omitted: usize = left_out.values().sum();
        write!(out, "{all} {scenarios}: {} passed, {failed} failed, ", all - failed - omitted)?;
        if omitted > 0 {
            write!(out, "{omitted} left out, ")?;
        }
        writeln!(out, "in {seconds:.1} s")?;
        for (quirk, count) in left_out {
            writeln!(out, "{count:5} @{quirk}")?;
        }
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
    fn available(self) -> Result<scenario::Against, Problem> {
        match self {
            Self::Recorded => Ok(scenario::Against::Recorded),
            #[cfg(feature = "mocks")]
            Self::Sdk => Ok(scenario::Against::Sdk),
            #[cfg(not(feature = "mocks"))]
            Self::Sdk => Err(Problem::WithoutFeature("mocks", "sdk")),
            #[cfg(feature = "emulators")]
            Self::Emulators => Ok(scenario::Against::Emulators(Emulators::start()?.into())),
            #[cfg(not(feature = "emulators"))]
            Self::Emulators => Err(Problem::WithoutFeature("emulators", "emulators")),
        }
    }
}

/// Why no scenario was run.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Feature(#[from] FeatureError),
    #[cfg(feature = "emulators")]
    #[error(transparent)]
    Emulators(#[from] EmulatorsError),
    #[cfg(not(feature = "emulators"))]
    #[error("this program was built without the feature `{0}`")]
    WithoutFeature(&'static str, &'static str),
    #[error("cannot start the scenarios: {0}")]
    Runtime(io::Error),
}

impl Diagnostic for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Feature(error) => Some(error.place()),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Feature(error) => Some(error.help()),
            #[cfg(feature = "emulators")]
            Self::Emulators(error) => Some(error.help()),
            #[cfg(not(feature = "emulators"))]
            Self::WithoutFeature(feature, against) => {
                Some(format!("`cargo run --features {feature} -- scenarios --against {against}`"))
            }
            Self::Runtime(_) => None,
        }
    }
}

/// How many scenarios were left out, by the quirk on account of which they were. One that failed all the same is not.
fn left_out(outcomes: &[Outcome]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.failure.is_none()) {
        if let Some(quirk) = outcome.audit.as_ref().and_then(|audit| audit.left_out) {
            *counts.entry(quirk).or_default() += 1;
        }
    }
    counts
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
