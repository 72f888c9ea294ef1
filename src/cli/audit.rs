//! `trailproof audit`: which required events an account would not notice.

mod evidence;
pub(super) mod missing;
pub(super) mod output;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::audit_plan::{self, AuditPlan};
use super::config::today;
use super::destination::{self, Clash, Input};
use super::diagnostic::{Diagnostic, report_error};
use super::settings::ConfigArgs;
use crate::account::Account;
use crate::account::collect::collect;
use crate::audit::{in_order, threads};
use crate::estate::Estate;
use crate::exit::Exit;
use crate::provider::record::Recorder;
use crate::provider::recorded::{DistinctAccounts, Recording, RecordingError};
use crate::provider::{Refusal, RefusalKind};
use crate::render::{Format, json};
use crate::report::Summary;

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// Audit a recording, or all recordings in a directory, instead of a live account
    #[arg(long, value_name = "PATH", conflicts_with = "demo")]
    #[cfg_attr(feature = "live", arg(conflicts_with = "Reach"))]
    recording: Vec<PathBuf>,

    /// Audit the example account that comes with the program: its filter misses an event
    #[arg(long)]
    #[cfg_attr(feature = "live", arg(conflicts_with = "Reach"))]
    demo: bool,

    /// Benchmark version; the newest by default
    #[arg(long, value_name = "VERSION", env = "TRAILPROOF_BENCHMARK")]
    benchmark: Option<String>,

    /// Audit only this control, by key or by id in the version; separate several with commas, or repeat the option
    #[arg(long, value_name = "KEY|ID", env = "TRAILPROOF_CONTROL", value_delimiter = ',')]
    control: Vec<String>,

    /// Output format; several are written one after the other
    #[arg(long, value_enum, default_value = "text")]
    format: Vec<Format>,

    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Also write an evidence bundle: the recordings, the report, and how it was made, in one file
    #[arg(long, value_name = "PATH")]
    bundle: Option<PathBuf>,

    /// Show each event in the text report as a whole CloudTrail record
    #[arg(long)]
    details: bool,

    /// Report a control as undetermined, not as pass, while a deeper check was not made
    #[arg(long, env = "TRAILPROOF_STRICT", value_parser = FalseyValueParser::new())]
    strict: bool,

    /// Fail a control that does not follow the benchmark's audit procedure to the letter, even if every event reaches a person
    #[arg(long, env = "TRAILPROOF_LETTER", value_parser = FalseyValueParser::new())]
    letter: bool,

    #[command(flatten)]
    config: ConfigArgs,

    #[cfg(feature = "live")]
    #[command(flatten)]
    reach: super::live::Reach,
}

impl Audit {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let (plan, seen) = match self.plan().and_then(|plan| self.seen(&plan).map(|seen| (plan, seen))) {
            Ok(audited) => audited,
            Err(problem) => return report_error(&problem, err),
        };
        missing::tell(seen.iter().filter_map(|seen| seen.asked.as_ref()), err)?;
        let estate: Estate = seen.iter().map(|seen| Arc::clone(&seen.account)).collect();
        if let ([Format::Json], None) = (self.format.as_slice(), &self.bundle) {
            return match output::write_as_made(&plan, &estate, self.output.as_deref(), out)? {
                Ok(summary) => Ok(exit(&summary)),
                Err(problem) => report_error(&problem, err),
            };
        }
        let report = plan.report(&estate);
        if let Some(path) = &self.bundle {
            match evidence::write(path, plan.manifest(), &seen, json(&report)?) {
                Ok(digest) => writeln!(err, "wrote {}, SHA-256 {digest}", path.display())?,
                Err(problem) => return report_error(&problem, err),
            }
        }
        match output::write(&report, &self.format, self.output.as_deref(), self.details, out)? {
            Ok(()) => Ok(exit(&report.summary)),
            Err(problem) => report_error(&problem, err),
        }
    }

    fn plan(&self) -> Result<AuditPlan, Problem> {
        output::check(&self.format, self.output.as_deref())?;
        let settings = self.config.settings()?;
        let recordings = self.recording.iter().cloned();
        let recordings = recordings.map(|path| Input { option: "--recording", path, extension: Some("json") });
        let inputs: Vec<_> = recordings.chain(settings.inputs()).collect();
        destination::check(&[("--output", self.output.as_deref()), ("--bundle", self.bundle.as_deref())], &inputs)?;
        let plan = AuditPlan::configured(
            settings,
            self.benchmark.as_deref(),
            &self.control,
            self.strict,
            self.letter,
            today(),
        )?;
        if self.bundle.is_some() && !plan.is_reproducible() { Err(Problem::NotReproducible) } else { Ok(plan) }
    }

    #[cfg_attr(not(feature = "live"), expect(unused_variables, reason = "recordings are read whole"))]
    fn seen(&self, plan: &AuditPlan) -> Result<Vec<Seen>, Problem> {
        let recordings = match (self.demo, self.recording.as_slice()) {
            (true, _) => {
                let demo = DEMO.parse().map_err(|problem| RecordingError { file: "demo".into(), problem });
                vec![(DEMO.to_owned(), demo.map_err(audit_plan::Problem::from)?)]
            }
            #[cfg(feature = "live")]
            (false, []) => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let accounts =
                    runtime.map_err(Problem::Runtime)?.block_on(self.reach.accounts(plan.wanted()))?.into_iter();
                let seen = |(account, asked)| Seen { account: Arc::new(account), asked: Some(asked), text: None };
                return Ok(accounts.map(seen).collect());
            }
            #[cfg(not(feature = "live"))]
            (false, []) => return Err(Problem::NoAccount),
            (false, paths) => return self.recorded(paths),
        };
        recordings.into_iter().map(|(text, recording)| self.seen_in(text, recording)).collect()
    }

    /// The accounts of recordings, read on every core.
    fn recorded(&self, paths: &[PathBuf]) -> Result<Vec<Seen>, Problem> {
        let files = Recording::files(paths).map_err(audit_plan::Problem::from)?;
        let read = |file: &PathBuf| {
            let (text, recording) = Recording::read_file(file).map_err(audit_plan::Problem::from)?;
            self.seen_in(text, recording)
        };
        let mut accounts = DistinctAccounts::default();
        let mut all = Vec::with_capacity(files.len());
        in_order(&files, threads(files.len()), read, |seen: Result<Seen, Problem>| {
            let seen = seen?;
            let file = files.get(all.len()).map_or(Path::new(""), PathBuf::as_path);
            accounts.add(&seen.account.identity.account, file).map_err(audit_plan::Problem::from)?;
            all.push(seen);
            Ok::<_, Problem>(())
        })?;
        Ok(all)
    }

    /// An account through its recording, of which nothing is kept that is not needed any more.
    fn seen_in(&self, text: String, recording: Recording) -> Result<Seen, Problem> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Problem::Runtime)?;
        let is_denied = |refusal: &Refusal| refusal.kind == RefusalKind::Denied;
        if self.bundle.is_none() && !recording.calls().any(|(_, refusal)| refusal.is_some_and(is_denied)) {
            return Ok(Seen { account: Arc::new(runtime.block_on(collect(&recording))), asked: None, text: None });
        }
        let recorder = Recorder::new(recording);
        let account = Arc::new(runtime.block_on(collect(&recorder)));
        Ok(Seen { account, asked: Some(recorder.recording()), text: self.bundle.is_some().then_some(text) })
    }
}

/// An account, and how it was seen.
struct Seen {
    account: Arc<Account>,
    /// What was asked, and what was answered: for a bundle, or if something was denied.
    asked: Option<Recording>,
    /// The text of the recording that it was seen through, if it was, for a bundle.
    text: Option<String>,
}

/// An account whose filter watches one region only.
const DEMO: &str = include_str!("audit/demo.json");

/// Why nothing was audited.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Plan(#[from] audit_plan::Problem),
    #[error(transparent)]
    Output(#[from] output::WriteError),
    #[error(transparent)]
    Clash(#[from] Clash),
    #[cfg(feature = "live")]
    #[error(transparent)]
    Live(#[from] crate::provider::live::LiveError),
    #[cfg(not(feature = "live"))]
    #[error("this program was built without the feature `live`, and no recording is given")]
    NoAccount,
    #[error("a bundle cannot hold your own controls or attestations")]
    NotReproducible,
    #[error("cannot start the audit: {0}")]
    Runtime(io::Error),
}

impl Diagnostic for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Plan(problem) => problem.place(),
            Self::Output(problem) => problem.place(),
            Self::Clash(clash) => clash.place(),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Plan(problem) => problem.help(),
            Self::Output(problem) => problem.help(),
            Self::Clash(clash) => clash.help(),
            #[cfg(feature = "live")]
            Self::Live(error) => Diagnostic::help(error),
            #[cfg(not(feature = "live"))]
            Self::NoAccount => Some("give `--recording PATH`, or `--demo` to see an example; with its default features the program audits live accounts".to_owned()),
            Self::NotReproducible => {
                Some("audit without them: `--config` with an empty file".to_owned())
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
