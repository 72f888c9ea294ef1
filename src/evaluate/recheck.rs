//! Whether the proof in a report stands: its witness, matched again; its coverage, proved again part by part from the
//! facts that the report names and no others.

use serde_json::Value;

use super::Question;
use super::required::Required;
use super::routes::{self, Drawn};
use crate::account::Account;
use crate::control::{Control, Edition};
use crate::pattern::event_sets::{Certificate, EventSet, Part, Prover};
use crate::pattern::{Pattern, Reading};
use crate::report::{PastFinding, State, Status};

/// What a finding proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By its witness that a required event reaches nobody.
    Witness,
    /// By a certificate that every required event reaches somebody.
    Certificate,
    /// Nothing.
    None,
}

/// Why a proof does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The finding fails and shows no event.
    #[error("it shows no event")]
    NoWitness,
    /// The event cannot occur, as far as records are known.
    #[error("the event is no CloudTrail record")]
    NoRecord,
    /// The event is none of those that the control requires.
    #[error("the control does not require the event")]
    NotRequired,
    /// A route that may work carries the event.
    #[error("a route carries the event")]
    Carried,
    /// The routes that work do not carry all required events, given the facts that the finding names.
    #[error("the routes do not carry every required event, as far as the named facts tell")]
    NotCovered,
    /// A part of the certificate is not covered by what it names.
    #[error("a part of the required events is not covered by what is said to cover it")]
    PartNotCovered,
}

/// What the finding proves about the account, if its proof stands.
pub fn recheck(
    account: &Account,
    control: &Control,
    question: Question<'_>,
    finding: &PastFinding,
) -> Result<Proof, Flaw> {
    let references = control.editions.get(&question.version).and_then(Edition::references);
    let Some(references) = references else { return Ok(Proof::None) };
    let required = Required::new(references, question.records);
    let (routes, _) = routes::draw(account, &required);
    match finding.status {
        Status::Fail => witness(&required, &routes, finding.witness.as_ref()).map(|()| Proof::Witness),
        Status::Pass => certificate(&required, &routes, &finding.assumptions).map(|()| Proof::Certificate),
        Status::Undetermined | Status::Attested | Status::NotApplicable => Ok(Proof::None),
    }
}

fn witness(required: &Required<'_>, routes: &[Drawn], witness: Option<&Value>) -> Result<(), Flaw> {
    let event = witness.ok_or(Flaw::NoWitness)?.to_string();
    let matches =
        |events: &EventSet| [Reading::Literal, Reading::Wildcard].map(|reading| events.contains(&event, reading));
    if !required.records.admits(&event) {
        return Err(Flaw::NoRecord);
    }
    if matches(&required.union()) != [true, true] {
        return Err(Flaw::NotRequired);
    }
    let carried = |route: &Drawn| route.state() != State::Broken && matches(&route.events()) != [false, false];
    if routes.iter().any(carried) { Err(Flaw::Carried) } else { Ok(()) }
}

fn certificate(required: &Required<'_>, routes: &[Drawn], assumptions: &[String]) -> Result<(), Flaw> {
    let named = required.records.with_facts(|fact| assumptions.contains(&fact.statement));
    let (_, by) = routes::carried(routes, |route| route.state() == State::Live);
    let mut covered = required.accepted.iter().filter_map(|reference| {
        let events = EventSet::of(reference.pattern.clone());
        let certificate = named.certificate(&events, &by)?;
        Some((events, certificate))
    });
    let (events, certificate) = covered.next().ok_or(Flaw::NotCovered)?;
    if stands(&certificate, &events, &by, &named) { Ok(()) } else { Err(Flaw::PartNotCovered) }
}

/// Whether the parts make up the events, and each is covered by the predicates that it names.
fn stands(certificate: &Certificate, events: &EventSet, by: &[EventSet], prover: &Prover) -> bool {
    let covered = |events: &EventSet, by: &[EventSet]| prover.is_covered(events, by);
    let parse = |part: &Part| part.required.parse::<Pattern>().map(EventSet::of);
    let Ok(parts) = certificate.parts.iter().map(parse).collect::<Result<Vec<_>, _>>() else { return false };
    let each = parts.iter().zip(&certificate.parts).all(|(events, part)| {
        let by: Vec<_> = part.by.iter().filter_map(|&at| by.get(at).cloned()).collect();
        by.len() == part.by.len() && covered(events, &by)
    });
    each && covered(events, &parts)
}
