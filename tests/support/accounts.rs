//! Every account that the project has: the fixtures, and with the feature `scenarios` those that scenarios describe.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use trailproof::account::collect::collect;
use trailproof::control::Catalogue;
use trailproof::estate::Estate;
use trailproof::judge::{self, Question};
use trailproof::provider::Provider;
use trailproof::provider::recorded::Recording;
use trailproof::report::Report;

/// The accounts, each with a name for whoever reads that a test failed.
pub(crate) fn all() -> BTreeMap<String, Recording> {
    let fixtures = std::fs::read_dir("tests/fixtures/accounts").unwrap().map(|entry| entry.unwrap().path());
    let files = fixtures.chain(["src/cli/audit/demo.json".into()]);
    let all = files.map(|path| (path.display().to_string(), Recording::read(&path).unwrap().remove(0)));
    #[cfg(feature = "scenarios")]
    let all = all.chain(described());
    all.collect()
}

/// The accounts of the features about the chain and about one control of each kind. Those of the other controls differ
/// from them in nothing but the pattern of a filter.
#[cfg(feature = "scenarios")]
fn described() -> impl Iterator<Item = (String, Recording)> {
    use trailproof::scenario::{Against, Features, run};
    let controls = CONTROLS.map(|key| format!("features/{key}.feature").into());
    let features = Features::read(&[&["features/chain".into()][..], &controls].concat()).unwrap();
    wait(run(features, Against::Recorded)).into_iter().map(|outcome| {
        (format!("{}:{} {}", outcome.path.display(), outcome.line, outcome.scenario), outcome.audit.unwrap().account)
    })
}

/// A list of event names, two accepted patterns, and no events at all.
const CONTROLS: [&str; 3] = ["network-gateway-changes", "console-signin-without-mfa", "security-hub-enabled"];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());

/// The report on [`CONTROLS`] in the newest benchmark version.
pub(crate) fn audit(provider: &impl Provider) -> Report {
    audit_for(provider, &CONTROLS.map(str::to_owned))
}

/// The report on these controls, by key, in the newest benchmark version.
pub(crate) fn audit_for(provider: &impl Provider, controls: &[String]) -> Report {
    let version = CATALOGUE.version(None).unwrap();
    let account = wait(collect(provider));
    let question = Question { version, prover: &CATALOGUE.records, strict: false, letter: false };
    let controls = CATALOGUE.select(version, controls).unwrap();
    judge::report(&Estate::from_iter([account]), &controls, question)
}

/// Runs a future to its end.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
