//! Whether the proof in a report stands: its witness, matched again; its coverage, proved again part by part from the
//! facts that the report names and no others.

use event_sets::{Certificate, EventSet, Part, Prover, Reading, Verdict};
use serde_json::Value;

use super::Question;
use super::outcome::carried;
use super::relevance::RelevanceCache;
use super::required::Required;
use super::route::{self, Route};
use crate::account::Account;
use crate::catalogue::{Control, Edition};
use crate::chain::Chain;
use crate::pattern::Pattern;
use crate::report::{Status, StoredFinding};

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
    chain: &Chain,
    account: &Account,
    control: &Control,
    question: Question<'_>,
    finding: &StoredFinding,
) -> Result<Proof, Flaw> {
    let references = control.editions.get(&question.version).and_then(Edition::references);
    let Some(references) = references else { return Ok(Proof::None) };
    let (prover, id) = (question.prover, account.identity.account.as_str());
    let every = Required::new(references, &control.services);
    let routes = route::of_account(chain, id, &every, &RelevanceCache::default(), prover);
    let own = every.of_account(id, &routes);
    let required = own.unwrap_or(every);
    match finding.status {
        // A control that fails by the letter has no witness, and claims none.
        Status::Fail if finding.witness.is_none() && question.letter => Ok(Proof::None),
        Status::Fail => witness(&required, &routes, finding.witness.as_ref(), prover).map(|()| Proof::Witness),
        Status::Pass => certificate(&required, &routes, &finding.assumptions, prover).map(|()| Proof::Certificate),
        Status::Undetermined | Status::Attested | Status::NotApplicable => Ok(Proof::None),
    }
}

fn witness(
    required: &Required<'_>,
    routes: &[Route<'_>],
    witness: Option<&Value>,
    prover: &Prover,
) -> Result<(), Flaw> {
    let event = witness.ok_or(Flaw::NoWitness)?.to_string();
    let holds =
        |events: &EventSet| [Reading::Literal, Reading::Wildcard].map(|reading| events.contains(&event, reading));
    if !prover.admits(&event) {
        return Err(Flaw::NoRecord);
    }
    if holds(&required.union) != [true, true] {
        return Err(Flaw::NotRequired);
    }
    let possible = carried(routes, |route| route.path.carries.possible().clone());
    if possible.iter().any(|(_, events)| holds(events) != [false, false]) { Err(Flaw::Carried) } else { Ok(()) }
}

fn certificate(
    required: &Required<'_>,
    routes: &[Route<'_>],
    assumptions: &[String],
    prover: &Prover,
) -> Result<(), Flaw> {
    let named = prover.with_facts(|fact| assumptions.contains(&fact.statement));
    let by: Vec<_> =
        carried(routes, |route| route.path.carries.sure().clone()).into_iter().map(|(_, set)| set).collect();
    let mut covered = required.accepted.iter().filter_map(|accepted| {
        let events = &accepted.events;
        match named.decide(events, &by).as_ref() {
            Verdict::Covered => Some((events, named.certificate(events, &by)?)),
            Verdict::Escapes(_) | Verdict::Undetermined(_) => None,
        }
    });
    let (events, certificate) = covered.next().ok_or(Flaw::NotCovered)?;
    if stands(&certificate, events, &by, &named) { Ok(()) } else { Err(Flaw::PartNotCovered) }
}

/// Whether the parts make up the events, and each is covered by the sets that it names.
fn stands(certificate: &Certificate, events: &EventSet, by: &[EventSet], prover: &Prover) -> bool {
    let parse = |part: &Part| part.required.parse::<Pattern>().map(|pattern| EventSet::from(&pattern));
    let Ok(parts) = certificate.parts.iter().map(parse).collect::<Result<Vec<_>, _>>() else { return false };
    let each = parts.iter().zip(&certificate.parts).all(|(part, named)| {
        let by: Vec<_> = named.by.iter().filter_map(|&at| by.get(at).cloned()).collect();
        let part = EventSet::all([events.clone(), part.clone()]);
        by.len() == named.by.len() && prover.is_covered(&part, &by)
    });
    each && prover.is_covered(events, &parts)
}
