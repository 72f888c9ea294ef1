//! From an account and a control to a finding: total, and pure.
//!
//! The required events are a set, and so is what each route carries. The control passes if the routes that work carry
//! the whole set together; it fails if even the routes that may work leave a record out, and that record is the witness.

mod advice;
mod alarm;
mod blame;
mod cursor;
mod exact;
mod filter;
mod mute;
mod publish;
pub mod recheck;
mod required;
mod routes;
mod security_hub;
mod selection;
mod source;
mod topic;
mod trail;
mod truth;
mod unchecked;
mod wording;

use std::collections::BTreeSet;

use self::required::Required;
use self::routes::Drawn;
use crate::account::{Account, Gap, GapKind};
use crate::control::{BENCHMARK, Control, References, Requires, Version};
use crate::pattern::event_sets::{EventSet, Prover, Verdict, Witness};
use crate::report::{Benchmark, Code, Finding, Link, Reason, Report, Route, State, Status};

/// What a finding is held against, besides the control.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The benchmark version.
    pub version: Version,
    /// What is known about CloudTrail records.
    pub records: &'a Prover,
    /// Whether a check that was not made keeps a control from passing.
    pub strict: bool,
}

/// The report on the accounts: a finding on each control in each of them.
pub fn report<'a>(
    accounts: impl IntoIterator<Item = &'a Account>,
    controls: &[&Control],
    question: Question<'_>,
) -> Report {
    let on = |account| controls.iter().map(move |control| evaluate(account, control, question));
    let benchmark = Benchmark { name: BENCHMARK.to_owned(), version: question.version.to_string() };
    Report::new(benchmark, accounts.into_iter().flat_map(on).collect())
}

/// Whether `account` notices what `control` requires.
pub fn evaluate(account: &Account, control: &Control, question: Question<'_>) -> Finding {
    let mut finding = Finding {
        account: account.identity.account.to_string(),
        control: control.key.clone(),
        id: None,
        title: control.title.clone(),
        status: Status::NotApplicable,
        attestation: None,
        reasons: Vec::new(),
        witness: None,
        routes: Vec::new(),
        advisories: Vec::new(),
        assumptions: Vec::new(),
    };
    let Some(edition) = control.editions.get(&question.version) else { return finding };
    finding.id = Some(edition.id.clone());
    finding.title.clone_from(&edition.title);
    match &edition.requires {
        Requires::Events(references) => events(account, control, references, question, &mut finding),
        Requires::SecurityHub => (finding.status, finding.reasons) = security_hub::judge(account),
    }
    finding
}

/// Whether a person would hear of the required events.
fn events(
    account: &Account,
    control: &Control,
    references: &References,
    question: Question<'_>,
    finding: &mut Finding,
) {
    let required = Required::new(references, question.records);
    let (mut routes, mut advisories) = routes::draw(account, &required);
    let mut outcome = outcome(&required, &routes);
    if outcome.status == Status::Pass {
        outcome = prefer_own(&required, &mut routes, outcome);
        advisories.extend(advice::on(&required, &routes, &outcome.used));
        advisories.extend(exact::on(account, &control.similar, question.version, references, &routes));
    }
    match outcome.status {
        Status::Pass if question.strict && !is_checked(&required, &routes) => {
            let unchecked = outcome.used.iter().filter_map(|&at| routes.get(at)).flat_map(|route| &route.unchecked);
            finding.status = Status::Undetermined;
            finding.reasons.push(Reason::new(Code::NotChecked, &finding.control, unchecked::sentence(unchecked)));
        }
        Status::Pass => finding.status = Status::Pass,
        status => {
            let witness = blame::gaps(&required, &mut routes);
            finding.status = status;
            finding.reasons = reasons(account, &routes);
            if let Some(why) = outcome.undecided {
                finding.reasons.push(Reason::new(Code::NotDecided, &finding.control, why));
            }
            if status == Status::Fail {
                finding.witness = witness.or(outcome.witness).and_then(|witness| witness.event());
            }
        }
    }
    let shown = |(at, route): &(usize, Drawn)| route.meant || outcome.used.contains(at);
    let routes = routes.into_iter().enumerate().filter(shown);
    finding.routes = routes.map(|(_, route)| Route::new(route.links)).collect();
    finding.advisories = distinct(advisories);
    finding.assumptions = distinct(outcome.assumptions);
}

/// What the routes' events add up to.
struct Outcome {
    status: Status,
    /// Outside of everything that the routes may carry, if the control fails.
    witness: Option<Witness>,
    /// Why the question could not be decided, if so.
    undecided: Option<String>,
    assumptions: Vec<String>,
    /// The routes that a proof needs.
    used: BTreeSet<usize>,
}

fn outcome(required: &Required<'_>, routes: &[Drawn]) -> Outcome {
    let live = add_up(required, routes, |route| route.state() == State::Live);
    if live.status == Status::Pass || routes.iter().all(|route| route.state() != State::Uncertain) {
        return live;
    }
    let mut optimistic = add_up(required, routes, |route| route.state() != State::Broken);
    if optimistic.status == Status::Pass {
        optimistic.status = Status::Undetermined;
        optimistic.undecided = live.undecided;
    }
    optimistic
}

/// What passes by the filters that match nothing but what is required, if they suffice. The others are then taken to be
/// there for other controls.
fn prefer_own(required: &Required<'_>, routes: &mut [Drawn], outcome: Outcome) -> Outcome {
    advice::look_beyond(required, routes);
    let is_own = |route: &Drawn| route.meant && route.beyond.is_none();
    if routes.iter().filter(|route| route.state() == State::Live).all(is_own) {
        return outcome;
    }
    let own = |route: &Drawn| route.state() == State::Live && is_own(route);
    let by_own = add_up(required, routes, own);
    if by_own.status != Status::Pass {
        return outcome;
    }
    for route in routes.iter_mut().filter(|route| route.beyond.is_some()) {
        route.meant = false;
    }
    by_own
}

/// Whether the routes on which nothing was left unchecked carry the required events by themselves.
fn is_checked(required: &Required<'_>, routes: &[Drawn]) -> bool {
    let checked = |route: &Drawn| route.state() == State::Live && route.unchecked.is_empty();
    add_up(required, routes, checked).status == Status::Pass
}

/// Whether the chosen routes carry one of the accepted sets of required events.
fn add_up(required: &Required<'_>, routes: &[Drawn], chosen: impl Fn(&Drawn) -> bool) -> Outcome {
    let (at, by) = routes::carried(routes, chosen);
    let (mut witness, mut undecided) = (None, None);
    for reference in &required.accepted {
        let required_events = EventSet::from(&reference.pattern);
        match required.records.decide(&required_events, &by).as_ref() {
            Verdict::Covered => {
                let certificate = required.records.certificate(&required_events, &by);
                let certificate = certificate.as_deref().cloned().unwrap_or_default();
                let parts = certificate.parts.iter().flat_map(|part| &part.by);
                let used = parts.filter_map(|&part| at.get(part).copied()).collect();
                let assumptions = certificate.assumptions;
                return Outcome { status: Status::Pass, witness: None, undecided: None, assumptions, used };
            }
            Verdict::Escapes(found) => witness = witness.or(Some(found.clone())),
            Verdict::Undetermined(why) => undecided = undecided.or_else(|| Some(why.to_string())),
        }
    }
    let status = if undecided.is_some() { Status::Undetermined } else { Status::Fail };
    Outcome { status, witness, undecided, assumptions: Vec::new(), used: BTreeSet::new() }
}

/// Why not every route is live, in the order of the links.
fn reasons(account: &Account, routes: &[Drawn]) -> Vec<Reason> {
    if routes.is_empty() {
        return vec![Reason::new(Code::NoTrail, account.identity.account.as_str(), "the account has no trail")];
    }
    let mut links: Vec<&Link> = routes.iter().filter(|route| route.meant).flat_map(|route| &route.links).collect();
    links.sort_by_key(|link| link.kind);
    distinct(links.into_iter().flat_map(|link| link.reasons.iter().cloned()))
}

/// The link, no longer live because of something that is wrong.
fn broken(link: Link, code: Code, message: impl Into<String>) -> Link {
    let reason = Reason::new(code, link.subject(), message);
    link.with(State::Broken, reason)
}

/// The link, no longer live because of something that is not judged.
fn uncertain(link: Link, code: Code, message: impl Into<String>) -> Link {
    let reason = Reason::new(code, link.subject(), message);
    link.with(State::Uncertain, reason)
}

/// The link, of which a call would have told.
fn gap(link: Link, gap: &Gap) -> Link {
    link.with(State::Uncertain, gap_reason(gap))
}

/// That a call has no answer.
fn gap_reason(gap: &Gap) -> Reason {
    let code = match gap.kind {
        GapKind::Denied => Code::AccessDenied,
        GapKind::NotRecorded => Code::NotRecorded,
        GapKind::Failed => Code::CallFailed,
    };
    let subject = gap.call.resource.as_deref().unwrap_or(&gap.call.region);
    Reason::new(code, subject, format!("{}: {}", gap.call, gap.message))
}

/// The link, which the account's picture leaves out.
fn unseen(link: Link) -> Link {
    uncertain(link, Code::NotRecorded, "nobody asked")
}

fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    all.into_iter().fold(Vec::new(), |mut kept, one| {
        if !kept.contains(&one) {
            kept.push(one);
        }
        kept
    })
}
