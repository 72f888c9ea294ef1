//! From an estate, its chain and a control to a finding: total, and pure.
//!
//! The required events are a set, and so is what each route carries. The control passes if the required events lie inside
//! the union of what the routes surely carry, and fails if they do not even lie inside the union of what they possibly carry.

mod advice;
mod blame;
mod compare;
mod hub;
mod letter;
mod outcome;
pub mod recheck;
mod relevance;
mod required;
mod route;

use event_sets::{EventSet, Prover, Reading, Unknown, Witness};
use serde_json::Value;

use self::blame::{Blame, Standing};
use self::outcome::{Outcome, is_live, outcome, passes_by};
use self::relevance::RelevanceCache;
use self::required::Required;
use self::route::Route;
use crate::account::Account;
use crate::catalogue::{BENCHMARK, Control, Edition, Version};
use crate::chain::{Chain, Hop, Patterns, Regions};
use crate::estate::Estate;
use crate::fault::{DecisionFault, Fault, TrailFault};
use crate::report::{self, AuditedAccount, Benchmark, Finding, Link, Reason, Report, State, Status};

/// What accounts are judged by, besides the controls.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The benchmark version.
    pub version: Version,
    /// Decides what covers what, given the facts about CloudTrail records. Shared among controls and accounts.
    pub prover: &'a Prover,
    /// Whether a check that was not made keeps a control from passing.
    pub strict: bool,
    /// Whether the benchmark's audit procedure has to be followed to the letter.
    pub letter: bool,
}

/// Controls, ready to be asked of any number of estates, from any number of threads.
#[derive(Debug)]
pub struct Judge<'a> {
    question: Question<'a>,
    controls: Vec<Asked<'a>>,
    patterns: Patterns,
}

/// A control as a benchmark version has it.
#[derive(Debug)]
struct Asked<'a> {
    control: &'a Control,
    /// None if the version lacks the control.
    edition: Option<&'a Edition>,
    /// None if the control is not about events.
    required: Option<Required<'a>>,
    relevance: RelevanceCache,
}

impl<'a> Judge<'a> {
    /// The controls, in the order in which their findings are reported.
    pub fn new(controls: &[&'a Control], question: Question<'a>) -> Self {
        let asked = |control: &&'a Control| {
            let edition = control.editions.get(&question.version);
            let references = edition.and_then(Edition::references);
            let required = references.map(|references| Required::new(references, &control.services));
            Asked { control, edition, required, relevance: RelevanceCache::default() }
        };
        Self { question, controls: controls.iter().map(asked).collect(), patterns: Patterns::default() }
    }

    /// The report on an estate: a finding on each control in each account.
    pub fn report(&self, estate: &Estate) -> Report {
        let chain = Chain::of(estate, &self.patterns);
        let findings = estate.accounts().flat_map(|account| self.findings(&chain, account)).collect();
        Report::new(self.benchmark(), estate.accounts().map(audited).collect(), findings)
    }

    /// The regions of an estate, for [`findings_on`](Self::findings_on).
    pub fn regions<'e>(&'e self, estate: &'e Estate) -> Regions<'e> {
        Regions::of(estate, &self.patterns)
    }

    /// The findings on some accounts of an estate, which do not depend on what other accounts are judged with them.
    pub fn findings_on(&self, regions: &Regions<'_>, accounts: &[&Account]) -> Vec<Finding> {
        let chain = Chain::of_accounts(regions, accounts.iter().copied());
        accounts.iter().flat_map(|account| self.findings(&chain, account)).collect()
    }

    /// The benchmark in the version that is asked for.
    pub fn benchmark(&self) -> Benchmark {
        Benchmark { name: BENCHMARK.to_owned(), version: self.question.version.to_string() }
    }

    /// The findings on one account of the chain's estate, one for each control.
    pub fn findings(&self, chain: &Chain, account: &Account) -> Vec<Finding> {
        self.controls.iter().map(|asked| self.finding(chain, account, asked)).collect()
    }

    fn finding(&self, chain: &Chain, account: &Account, asked: &Asked<'_>) -> Finding {
        let control = asked.control;
        let mut finding = Finding::not_applicable(account.identity.account.as_str(), &control.key, &control.title);
        let Some(edition) = asked.edition else { return finding };
        finding.id = Some(edition.id.clone());
        finding.title.clone_from(&edition.title);
        match &asked.required {
            Some(required) => {
                let question = self.question;
                Hearing { chain, account, asked, required, question }.events(&mut finding);
            }
            None => hub::judge(account, self.question.strict, &mut finding),
        }
        finding
    }
}

/// The account as a report names it.
pub fn audited(account: &Account) -> AuditedAccount {
    AuditedAccount {
        account: account.identity.account.to_string(),
        asked_at: account.asked_at.map(|time| time.to_string()),
        regions: account.regions.clone(),
    }
}

/// The report on an estate: a finding on each control in each account.
pub fn report(estate: &Estate, controls: &[&Control], question: Question<'_>) -> Report {
    Judge::new(controls, question).report(estate)
}

/// One question about the events of one account.
struct Hearing<'a> {
    chain: &'a Chain,
    account: &'a Account,
    asked: &'a Asked<'a>,
    required: &'a Required<'a>,
    question: Question<'a>,
}

impl Hearing<'_> {
    /// Whether a person would be told of the required events.
    fn events(&self, finding: &mut Finding) {
        let (Question { prover, strict, version, .. }, control) = (self.question, self.asked.control);
        let id = self.account.identity.account.as_str();
        if let Some(gap) = self.chain.gap(id) {
            finding.status = Status::Undetermined;
            finding.reasons = vec![Fault::Gap(gap.clone()).reason(id)];
            return;
        }
        let mut routes = route::of_account(self.chain, id, self.required, &self.asked.relevance, prover);
        let own = self.required.of_account(id, &routes);
        let required = own.as_ref().unwrap_or(self.required);
        let mut outcome = outcome(required, &routes, prover);
        if outcome.status == Status::Pass {
            outcome = prefer_own(required, &mut routes, outcome, prover);
            finding.advisories = advice::on_pass(required, &routes, &outcome.used, prover);
            finding.advisories.extend(advice::namesake(required, &routes, &control.key, prover));
            let references = self.asked.edition.and_then(Edition::references);
            finding.advisories.extend(references.into_iter().flat_map(|references| {
                compare::security_hub::on(self.account, &control.similar, version, references, &routes)
            }));
        }
        finding.status = outcome.status;
        let blame = Blame::new(required, &routes, outcome.status == Status::Pass, prover);
        let shown: Vec<bool> =
            routes.iter().enumerate().map(|(at, route)| route.relevant || outcome.used.contains(&at)).collect();
        let standings: Vec<_> =
            routes.iter().zip(&shown).map(|(route, shown)| shown.then(|| blame.route(route))).collect();
        match outcome.status {
            Status::Pass => self.conditions(required, &routes, &outcome, strict, finding),
            status => {
                finding.reasons = self.reasons(&routes, &standings);
                finding.reasons.extend(outcome.undecided.map(|why| undecided(&finding.control, why)));
                if status == Status::Fail {
                    finding.witness =
                        blame.witness().or(outcome.witness).and_then(|witness| event(&witness, id, required, &routes));
                }
            }
        }
        finding.advisories =
            distinct(advice::notes(&routes).into_iter().chain(std::mem::take(&mut finding.advisories)));
        finding
            .advisories
            .iter_mut()
            .filter_map(|advisory| advisory.event.as_mut())
            .for_each(|event| of_account(event, id));
        finding.assumptions = distinct(outcome.assumptions);
        let displayed = |(route, standings): (_, &Option<Vec<_>>)| Some(displayed(route, standings.as_deref()?));
        finding.routes = routes.iter().zip(&standings).filter_map(displayed).collect();
    }

    /// What may keep a control from passing whose events are noticed: checks that were not made, and the letter.
    fn conditions(
        &self,
        required: &Required<'_>,
        routes: &[Route<'_>],
        outcome: &Outcome,
        strict: bool,
        finding: &mut Finding,
    ) {
        let prover = self.question.prover;
        let checked = |route: &Route<'_>| is_live(route) && advice::unchecked(route).is_empty();
        if strict && passes_by(required, routes, checked, prover).is_none() {
            let used = outcome.used.iter().filter_map(|&at| routes.get(at));
            let unchecked = used.flat_map(advice::unchecked).collect();
            finding.status = Status::Undetermined;
            finding.reasons.push(Fault::Decision(DecisionFault::NotChecked { unchecked }).reason(&finding.control));
        }
        if let Some(step) = letter::not_followed(required, routes, prover) {
            if self.question.letter {
                finding.status = Status::Fail;
                finding.reasons =
                    vec![Fault::Decision(DecisionFault::NotToTheLetter { step }).reason(&finding.control)];
            } else {
                finding.advisories.push(advice::not_to_the_letter(&finding.control, step));
            }
        }
    }

    /// Why not every route is live, in the order of the hops.
    fn reasons(&self, routes: &[Route<'_>], standings: &[Option<Vec<Vec<Standing>>>]) -> Vec<Reason> {
        if self.chain.paths(self.account.identity.account.as_str()).is_empty() {
            return vec![Fault::Trail(TrailFault::None).reason(self.account.identity.account.as_str())];
        }
        let mut reasons = Vec::new();
        for (route, standings) in routes.iter().zip(standings).filter(|(route, _)| route.relevant) {
            for (hop, standings) in route.hops.iter().zip(standings.iter().flatten()) {
                reasons.extend(standings.iter().map(|standing| (hop.kind, standing.fault.reason(hop.subject()))));
            }
            if let (Some(fault), Some(last)) = (&route.ends, route.hops.last()) {
                reasons.push((last.kind, fault.reason(last.subject())));
            }
        }
        reasons.sort_by_key(|(kind, _)| *kind);
        distinct(reasons.into_iter().map(|(_, reason)| reason))
    }
}

/// The outcome by the filters that match nothing but what is required, if they suffice. The others are then taken to be
/// there for other controls.
fn prefer_own(required: &Required<'_>, routes: &mut [Route<'_>], outcome: Outcome, prover: &Prover) -> Outcome {
    advice::find_unrequested(required, routes, prover);
    let is_own = |route: &Route<'_>| route.relevant && route.unrequested.is_none();
    if routes.iter().filter(|route| is_live(route)).all(is_own) {
        return outcome;
    }
    let own = |route: &Route<'_>| is_live(route) && is_own(route);
    let Some(by_own) = passes_by(required, routes, own, prover) else { return outcome };
    for route in routes.iter_mut().filter(|route| route.unrequested.is_some()) {
        route.relevant = false;
    }
    by_own
}

/// The witness as a record of the account, if it is one then too: a filter may name the account whose id templates hold.
fn event(witness: &Witness, account: &str, required: &Required<'_>, routes: &[Route<'_>]) -> Option<Value> {
    let event = witness.event()?;
    let mut own = event.clone();
    of_account(&mut own, account);
    let text = own.to_string();
    let holds = |set: &EventSet| Reading::ALL.map(|reading| set.contains(&text, reading));
    let stands = holds(&required.union) == [true, true]
        && routes.iter().all(|route| holds(route.path.carries.possible()) == [false, false]);
    Some(if stands { own } else { event })
}

/// The record with the account's id in place of the one that templates hold.
fn of_account(event: &mut Value, account: &str) {
    match event {
        Value::String(text) if text.contains(PLACEHOLDER) => *text = text.replace(PLACEHOLDER, account),
        Value::Array(elements) => elements.iter_mut().for_each(|element| of_account(element, account)),
        Value::Object(members) => members.values_mut().for_each(|member| of_account(member, account)),
        _ => {}
    }
}

/// The id that templates of records hold where no account is named.
const PLACEHOLDER: &str = "111122223333";

fn undecided(control: &str, why: Unknown) -> Reason {
    Fault::Decision(DecisionFault::Undecided(why)).reason(control)
}

/// A route as a report shows it.
fn displayed(route: &Route<'_>, standings: &[Vec<Standing>]) -> report::Route {
    let mut links: Vec<Link> = route.hops.iter().zip(standings).map(|(hop, standings)| link(hop, standings)).collect();
    if let (Some(fault), Some(last)) = (&route.ends, links.last_mut()) {
        last.state = State::Broken;
        let subject = route.hops.last().map_or("", |hop| hop.subject());
        last.reasons.push(fault.reason(subject));
    }
    report::Route::new(links)
}

fn link(hop: &Hop, standings: &[Standing]) -> Link {
    Link {
        kind: hop.kind,
        name: hop.name.clone().unwrap_or_default(),
        arn: hop.arn.clone(),
        account: hop.account.clone(),
        region: hop.region.clone(),
        state: standings.iter().map(|standing| standing.state).max().unwrap_or(State::Live),
        detail: hop.detail.clone(),
        pattern: hop.pattern.as_ref().map(|pattern| pattern.text.clone()),
        reasons: distinct(standings.iter().map(|standing| standing.fault.reason(hop.subject()))),
    }
}

fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    all.into_iter().fold(Vec::new(), |mut kept, one| {
        if !kept.contains(&one) {
            kept.push(one);
        }
        kept
    })
}
