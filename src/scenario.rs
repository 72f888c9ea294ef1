//! Scenarios: accounts described in an auditor's words, audited, and what the report has to say of them.
//!
//! A scenario is Gherkin. Its steps describe an account by what sets it apart from one that does everything as
//! the benchmark says; the account becomes a recording, the recording is audited [`Against`] one of the providers, and
//! further steps hold the report to what an auditor expects. `docs/scenarios.md` lists the steps.

mod draft;
mod features;
mod results;
mod step;
mod steps;
mod world;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use cucumber::gherkin::Feature;
use cucumber::{Cucumber, Parser, cli, parser, runner};
use futures::FutureExt as _;
use futures::stream;

pub use features::{FeatureError, Features};
pub use results::{Failure, Outcome};
pub use step::{Definition, Keyword};
pub use steps::definitions;

use results::Results;
use world::World;

/// What answers the calls of an audit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The recording itself.
    #[default]
    Recorded,
    /// The live provider with the AWS SDK, upon clients that answer what the recording holds.
    #[cfg(feature = "mocks")]
    Sdk,
}

/// Runs every scenario of the features that makes sense against the given provider, in their order.
pub async fn run(features: Features, against: Against) -> Vec<Outcome> {
    let outcomes = Rc::new(RefCell::new(Vec::new()));
    let results = Results::new(Rc::clone(&outcomes));
    let audits = results.audits();
    let runner = runner::Basic::default()
        .steps(step::collection(definitions()))
        .max_concurrent_scenarios(1)
        .before(move |feature, _, _, world: &mut World| {
            world.against = against;
            world.directory = feature.path.as_deref().and_then(Path::parent).map(Path::to_owned);
            std::future::ready(()).boxed_local()
        })
        .after(move |feature, _, scenario, _, world| {
            if let Some(audit) = world.and_then(|world| world.recording.take().zip(world.report.take())) {
                audits.borrow_mut().insert((feature.path.clone(), scenario.position.line), audit);
            }
            std::future::ready(()).boxed_local()
        });
    // The default options: whatever the process was started with is not for cucumber.
    let cucumber = Cucumber::<_, _, _, _, _, cli::Empty>::custom(Parsed, runner, results).with_default_cli();
    cucumber.run(features.for_provider(against)).await;
    outcomes.take()
}

/// Features that need no more parsing.
struct Parsed;

impl Parser<Vec<Feature>> for Parsed {
    type Cli = cli::Empty;
    type Output = stream::Iter<std::vec::IntoIter<parser::Result<Feature>>>;

    fn parse(self, features: Vec<Feature>, _: cli::Empty) -> Self::Output {
        stream::iter(features.into_iter().map(Ok).collect::<Vec<_>>())
    }
}
