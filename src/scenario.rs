//! Scenarios: accounts described in an auditor's words, audited, and what the report has to say of them.
//!
//! A scenario is Gherkin. Its steps describe an account by what sets it apart from one that does everything as
//! the benchmark says; the account becomes a recording, the recording is audited [`Against`] one of the providers, and
//! further steps hold the report to what an auditor expects. `docs/scenarios.md` lists the steps.

mod draft;
#[cfg(feature = "emulators")]
mod emulated;
mod features;
mod fields;
mod results;
mod shape;
mod step;
mod steps;
mod world;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use cucumber::gherkin::Feature;
use cucumber::{Cucumber, Parser, WriterExt as _, cli, parser, runner};
use futures::FutureExt as _;
use futures::stream;

#[cfg(feature = "emulators")]
pub use emulated::unmarked;
pub use features::{FeatureError, Features};
pub use results::{Audit, Failure, Outcome};
pub use shape::ShapeError;
pub use step::{Definition, Keyword};
pub use steps::definitions;

use results::Results;
use world::World;

/// What answers the calls of an audit.
#[derive(Clone, Debug, Default)]
pub enum Against {
    /// The recording itself.
    #[default]
    Recorded,
    /// The live provider with the AWS SDK, upon clients that answer what the recording holds.
    #[cfg(feature = "mocks")]
    Sdk,
    /// The live provider over the wire, upon an account in LocalStack and moto that is made as the recording says. The
    /// report has to be that on the recording, byte for byte.
    #[cfg(feature = "emulators")]
    Emulators(std::sync::Arc<crate::provider::live::emulated::Emulators>),
}

impl Against {
    /// How many scenarios run side by side. Only emulators are worth waiting for.
    fn concurrency(&self) -> usize {
        match self {
            #[cfg(feature = "emulators")]
            Self::Emulators(_) => 8,
            _ => 1,
        }
    }
}

/// Runs every scenario of the features that makes sense against the given provider, in their order.
pub async fn run(features: Features, against: Against) -> Vec<Outcome> {
    let outcomes = Rc::new(RefCell::new(Vec::new()));
    let results = Results::new(Rc::clone(&outcomes));
    let audits = results.audits();
    let features = features.for_provider(&against);
    let runner = runner::Basic::default()
        .steps(step::collection(definitions()))
        .max_concurrent_scenarios(against.concurrency())
        .before(move |feature, _, _, world: &mut World| {
            world.against = against.clone();
            world.directory = feature.path.as_deref().and_then(Path::parent).map(Path::to_owned);
            std::future::ready(()).boxed_local()
        })
        .after(move |feature, _, scenario, _, world| {
            if let Some(audit) = world.and_then(|world| world.audit.take()) {
                audits.borrow_mut().insert((feature.path.clone(), scenario.position.line), audit);
            }
            std::future::ready(()).boxed_local()
        });
    // The default options: whatever the process was started with is not for cucumber.
    let cucumber =
        Cucumber::<_, _, _, _, _, cli::Empty>::custom(Parsed, runner, results.normalized()).with_default_cli();
    cucumber.run(features).await;
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
