//! Every feature, against the recorded provider, and with the feature `mocks` against the AWS SDK; every report beside
//! its snapshot in `snapshots/`, which is laid out like `features/`. `INSTA_UPDATE=always` accepts what has changed.
//!
//! The cases have no test harness, because cucumber runs them. Each is listed for, and run by, `cargo nextest` on its
//! own: `chain/trail::recorded`. An argument runs the cases that have it in their name.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what goes wrong here, fails the tests; they tell on standard output"
)]

#[path = "support/snapshots.rs"]
mod snapshots;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::{env, fs};

use snapshots::snapshots_in;
use trailproof::render::{Format, Options, render};
use trailproof::report::Report;
use trailproof::scenario::{self, Against, Features, Outcome};

#[cfg(feature = "mocks")]
const PROVIDERS: &[(&str, Against)] = &[("recorded", Against::Recorded), ("sdk", Against::Sdk)];
#[cfg(not(feature = "mocks"))]
const PROVIDERS: &[(&str, Against)] = &[("recorded", Against::Recorded)];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let wanted: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let chosen = |case: &Case| {
        let named = |wanted: &&String| if has("--exact") { case.name == **wanted } else { case.name.contains(*wanted) };
        wanted.is_empty() || wanted.iter().any(named)
    };
    let cases = cases();
    if has("--list") {
        // Nextest asks for the ignored ones by themselves, and there are none.
        for case in cases.iter().filter(|_| !has("--ignored")) {
            println!("{}: test", case.name);
        }
        return ExitCode::SUCCESS;
    }
    let mut failed = 0;
    for case in cases.iter().filter(|case| chosen(case)) {
        let problems = case.problems();
        println!("test {} ... {}", case.name, if problems.is_empty() { "ok" } else { "FAILED" });
        failed += problems.len();
        for problem in problems {
            println!("{problem}\n");
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A feature against a provider; without a provider, the snapshots of the feature.
struct Case {
    name: String,
    feature: PathBuf,
    against: Option<Against>,
}

fn features() -> Features {
    Features::read(&[PathBuf::from("features")]).unwrap()
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for feature in features().paths() {
        let against = PROVIDERS.iter().map(|(name, against)| (*name, Some(against.clone())));
        for (name, against) in against.chain([("snapshots", None)]) {
            cases.push(Case { name: format!("{}::{name}", stem(feature)), feature: feature.to_owned(), against });
        }
    }
    cases
}

impl Case {
    fn problems(&self) -> Vec<String> {
        let Some(against) = &self.against else { return self.strays() };
        let outcomes = self.outcomes(against);
        let mut problems: Vec<_> = outcomes.iter().filter_map(failure).collect();
        if problems.is_empty() {
            problems.extend(outcomes.iter().filter_map(|outcome| self.differs(outcome)));
        }
        if !matches!(against, Against::Recorded) {
            let recorded = self.outcomes(&Against::Recorded);
            problems.extend(outcomes.iter().filter_map(|outcome| differs_from_recorded(outcome, recorded)));
        }
        problems
    }

    fn outcomes(&self, against: &Against) -> &'static [Outcome] {
        // Several cases look at the same outcomes, and running the scenarios is what takes time.
        static RUN: Mutex<BTreeMap<(PathBuf, String), &[Outcome]>> = Mutex::new(BTreeMap::new());
        RUN.lock().unwrap().entry((self.feature.clone(), format!("{against:?}"))).or_insert_with(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let outcomes = runtime.block_on(scenario::run(features().only(&self.feature), against.clone()));
            assert!(!outcomes.is_empty(), "{} has no scenarios", self.feature.display());
            outcomes.leak()
        })
    }

    /// Where the snapshots of the feature are.
    fn snapshots(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(stem(&self.feature))
    }

    /// Holds the report as a person sees it to its snapshot.
    fn differs(&self, outcome: &Outcome) -> Option<String> {
        let text = rendered(&outcome.audit.as_ref()?.report, Format::Text);
        let mut settings = snapshots_in(self.snapshots());
        settings.set_description(format!("{}: {}", outcome.path.display(), outcome.scenario));
        let asserted = catch_unwind(AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(slug(&outcome.scenario), text));
        }));
        asserted.err().map(|_| format!("`{}` differs from its snapshot", outcome.scenario))
    }

    /// Snapshots without a scenario, and scenarios that share one.
    fn strays(&self) -> Vec<String> {
        let mut expected = BTreeSet::new();
        let mut problems = Vec::new();
        for outcome in self.outcomes(&Against::Recorded) {
            if !expected.insert(format!("{}.snap", slug(&outcome.scenario))) {
                problems.push(format!("two scenarios are called `{}`", outcome.scenario));
            }
        }
        let found = fs::read_dir(self.snapshots()).into_iter().flatten();
        let found =
            found.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "snap"));
        let found: BTreeSet<_> = found.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        problems.extend(found.difference(&expected).map(|stray| format!("{stray} is the snapshot of no scenario")));
        problems
    }
}

fn failure(outcome: &Outcome) -> Option<String> {
    let failure = outcome.failure.as_ref()?;
    let place = format!("{}:{}", outcome.path.display(), failure.line);
    Some(format!("{place}: `{}`: {}\n{}", outcome.scenario, failure.step, failure.message))
}

/// The report has to be the same, byte for byte, whichever provider answered.
fn differs_from_recorded(outcome: &Outcome, recorded: &[Outcome]) -> Option<String> {
    let same = |other: &&Outcome| (&other.path, other.line) == (&outcome.path, outcome.line);
    let json = |outcome: &Outcome| outcome.audit.as_ref().map(|audit| rendered(&audit.report, Format::Json));
    let recorded = recorded.iter().find(same).and_then(json);
    (recorded != json(outcome)).then(|| format!("`{}` differs from the report on the recording", outcome.scenario))
}

fn rendered(report: &Report, format: Format) -> String {
    let mut text = Vec::new();
    render(report, format, Options::default(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// `chain/trail` for `features/chain/trail.feature`.
fn stem(feature: &Path) -> String {
    let stem = feature.strip_prefix("features").unwrap_or(feature).with_extension("");
    stem.to_str().unwrap().replace('\\', "/")
}

/// The name of a scenario as the name of a file.
fn slug(name: &str) -> String {
    let name = name.replace('\'', "");
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
