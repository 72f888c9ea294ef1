//! Every account that the project has: the fixtures, and with the feature `scenarios` those that scenarios describe.

use std::collections::BTreeMap;

use trailproof::account::collect::collect;
use trailproof::control::{BENCHMARK, Catalogue};
use trailproof::evaluate::{Question, evaluate};
use trailproof::provider::Provider;
use trailproof::provider::recorded::Recording;
use trailproof::report::{Benchmark, Report};

/// The accounts, each with a name for whoever reads that a test failed.
pub(crate) fn all() -> BTreeMap<String, Recording> {
    let fixtures = std::fs::read_dir("tests/fixtures/accounts").unwrap().map(|entry| entry.unwrap().path());
    let all = fixtures.map(|path| (path.display().to_string(), Recording::read(&path).unwrap().remove(0)));
    #[cfg(feature = "scenarios")]
    let all = all.chain(described());
    all.collect()
}

#[cfg(feature = "scenarios")]
fn described() -> impl Iterator<Item = (String, Recording)> {
    use trailproof::scenario::{Against, Features, run};
    let outcomes = wait(run(Features::builtin().unwrap(), Against::Recorded));
    outcomes.into_iter().map(|outcome| {
        (format!("{}:{} {}", outcome.path.display(), outcome.line, outcome.scenario), outcome.account.unwrap())
    })
}

/// The report on all controls of the newest benchmark version.
pub(crate) fn audit(provider: &impl Provider) -> Report {
    let catalogue = Catalogue::builtin().unwrap();
    let version = catalogue.version(None).unwrap();
    let account = wait(collect(provider));
    let question = Question { version, records: &catalogue.records, strict: false };
    let controls = catalogue.select(version, &[]).unwrap();
    let findings = controls.iter().map(|control| evaluate(&account, control, question)).collect();
    Report::new(Benchmark { name: BENCHMARK.to_owned(), version: version.to_string() }, findings)
}

/// Runs a future to its end.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
