//! What became of the scenarios.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use cucumber::event::{Cucumber, Feature as FeatureEvent, Hook, Rule, Scenario as Ended, Step as StepEvent, StepError};
use cucumber::gherkin::{Feature, Scenario, Step};
use cucumber::{Event, Writer, cli, parser};

use super::definitions;
use super::world::World;
use crate::provider::recorded::Recording;
use crate::report::Report;

/// What became of one scenario.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The feature file.
    pub path: PathBuf,
    /// The scenario's name.
    pub scenario: String,
    /// The line of the scenario, or of the example that it was made from.
    pub line: usize,
    /// Its tags, and those of the examples that it is one of.
    pub tags: Vec<String>,
    /// The audit, if the scenario got as far.
    pub audit: Option<Audit>,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
}

/// What a scenario audited, and what came of it.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The account.
    pub account: Recording,
    /// The report on it.
    pub report: Report,
    /// The quirk of the emulators on account of which not they were audited but the recording.
    pub left_out: Option<&'static str>,
}

/// Why a scenario failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The step, with its keyword.
    pub step: String,
    /// The step's line.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// The audits of scenarios, by file and line. Events come later than the hooks that tell of them.
type Audits = Rc<RefCell<BTreeMap<(Option<PathBuf>, usize), Audit>>>;

/// Gathers outcomes from cucumber's events.
pub(super) struct Results {
    outcomes: Rc<RefCell<Vec<Outcome>>>,
    audits: Audits,
    failure: Option<Failure>,
}

impl Results {
    pub(super) fn new(outcomes: Rc<RefCell<Vec<Outcome>>>) -> Self {
        Self { outcomes, audits: Audits::default(), failure: None }
    }

    /// Where to put the audits.
    pub(super) fn audits(&self) -> Audits {
        Rc::clone(&self.audits)
    }

    fn scenario(&mut self, feature: &Feature, scenario: &Scenario, event: &Ended<World>) {
        match event {
            Ended::Background(step, event) | Ended::Step(step, event) => match event {
                StepEvent::Skipped => self.failure = Some(failure(step, &unknown(step))),
                StepEvent::Failed(_, _, _, error) => self.failure = Some(failure(step, &explanation(error))),
                StepEvent::Started | StepEvent::Passed(..) => {}
            },
            Ended::Hook(_, Hook::Failed(_, cause)) => {
                let message = explanation(&StepError::Panic(cause.clone()));
                let step = format!("{}: {}", scenario.keyword, scenario.name);
                self.failure = Some(Failure { step, line: scenario.position.line, message });
            }
            Ended::Finished => {
                let outcome = self.outcome(feature, scenario);
                self.outcomes.borrow_mut().push(outcome);
            }
            Ended::Started | Ended::Hook(..) | Ended::Log(_) => {}
        }
    }

    fn outcome(&mut self, feature: &Feature, scenario: &Scenario) -> Outcome {
        let (path, line) = (feature.path.clone(), scenario.position.line);
        let audit = self.audits.borrow_mut().remove(&(path.clone(), line));
        let idle = || Failure {
            step: format!("{}: {}", scenario.keyword, scenario.name),
            line,
            message: "no step audits the account".to_owned(),
        };
        let failure = self.failure.take().or_else(|| audit.is_none().then(idle));
        let (path, name, tags) = (path.unwrap_or_default(), scenario.name.clone(), scenario.tags.clone());
        Outcome { path, scenario: name, line, tags, audit, failure }
    }
}

impl Writer<World> for Results {
    type Cli = cli::Empty;

    async fn handle_event(&mut self, event: parser::Result<Event<Cucumber<World>>>, _: &cli::Empty) {
        let Ok(Cucumber::Feature(feature, event)) = event.map(Event::into_inner) else { return };
        match event {
            FeatureEvent::Rule(_, Rule::Scenario(scenario, event)) | FeatureEvent::Scenario(scenario, event) => {
                self.scenario(&feature, &scenario, &event.event);
            }
            FeatureEvent::Started | FeatureEvent::Finished | FeatureEvent::Rule(..) => {}
        }
    }
}

fn failure(step: &Step, message: &str) -> Failure {
    let step_text = format!("{} {}", step.keyword.trim(), step.value);
    Failure { step: step_text, line: step.position.line, message: message.to_owned() }
}

/// A step that matches no definition, and the one that it may have been meant for.
fn unknown(step: &Step) -> String {
    let keyword = format!("{:?}", step.ty);
    let likeness = |text: &str| strsim::normalized_levenshtein(text, &step.value);
    let nearest = definitions()
        .filter(|definition| definition.keyword.to_string() == keyword)
        .max_by(|one, other| likeness(one.text).total_cmp(&likeness(other.text)));
    match nearest {
        Some(nearest) => format!("no such step is known; the nearest is `{keyword} {}`", nearest.text),
        None => "no such step is known".to_owned(),
    }
}

fn explanation(error: &StepError) -> String {
    match error {
        StepError::Panic(cause) => match (cause.downcast_ref::<String>(), cause.downcast_ref::<&str>()) {
            (Some(message), _) => message.clone(),
            (None, Some(message)) => (*message).to_owned(),
            (None, None) => "the step broke off".to_owned(),
        },
        other => other.to_string(),
    }
}
