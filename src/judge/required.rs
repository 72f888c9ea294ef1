//! The events that a control says must be noticed.

use std::collections::BTreeSet;

use event_sets::{EventSet, Path, Prover, TextMatch};

use super::route::Route;
use crate::catalogue::{Reference, References};
use crate::pattern::ast::{Entry, Literal, Op, Selector, Test, Tree};

/// The required events of a control in one benchmark version.
#[derive(Debug)]
pub(super) struct Required<'a> {
    /// The patterns that the benchmark accepts, each with the events that it requires. One of them has to be covered.
    pub accepted: Vec<Accepted<'a>>,
    /// The events of any accepted pattern.
    pub union: EventSet,
    /// The events that match an accepted pattern and are of other services than the control's: of a call that shares its name
    /// with a required one. One set for each accepted pattern.
    pub namesakes: Vec<EventSet>,
    /// The texts that the accepted patterns name.
    pub words: BTreeSet<&'a str>,
    /// The fields that the first accepted pattern asks to be equal to something.
    pub fields: BTreeSet<&'a Selector>,
    /// The event names that the first accepted pattern lists.
    pub names: Vec<&'a str>,
    /// The events of the first accepted pattern, one set for each of the names.
    pub by_name: Vec<(&'a str, EventSet)>,
}

/// A pattern that the benchmark accepts.
#[derive(Clone, Debug)]
pub(super) struct Accepted<'a> {
    pub reference: &'a Reference,
    /// The events that it matches, of the control's services.
    pub events: EventSet,
}

impl<'a> Required<'a> {
    /// The events that the patterns require of these services; of all services if there are none.
    pub(super) fn new(references: &'a References, services: &[String]) -> Self {
        let of_services = (!services.is_empty())
            .then(|| EventSet::text(Path::keys(["eventSource"]), TextMatch::Equals, services.to_vec()));
        let accepted: Vec<_> = references
            .accepted()
            .into_iter()
            .map(|reference| {
                let events = EventSet::all([EventSet::from(&reference.pattern)].into_iter().chain(of_services.clone()));
                Accepted { reference, events }
            })
            .collect();
        let trees = || accepted.iter().map(|accepted| accepted.reference.pattern.tree());
        let names: Vec<&str> = trees().take(1).flat_map(event_names).collect();
        let matched = accepted.iter().map(|accepted| EventSet::from(&accepted.reference.pattern));
        let others = of_services.as_ref().map_or_else(EventSet::nothing, EventSet::complement);
        Self {
            namesakes: matched.map(|matched| EventSet::all([matched, others.clone()])).collect(),
            union: EventSet::any(accepted.iter().map(|accepted| accepted.events.clone())),
            words: trees().flat_map(equals).filter_map(|(_, literal)| text(literal)).collect(),
            fields: trees().take(1).flat_map(equals).map(|(selector, _)| selector).collect(),
            by_name: by_name(accepted.first(), &names),
            names,
            accepted,
        }
    }

    /// The required events of one account; `None` if none of `routes` makes a difference between accounts, so that what
    /// is decided for one holds for all.
    pub(super) fn of_account(&self, account: &str, routes: &[Route<'_>]) -> Option<Self> {
        let field = Path::keys(["recipientAccountId"]);
        routes.iter().any(|route| route.path.names_account).then(|| {
            let own = EventSet::text(field, TextMatch::Equals, vec![account.to_owned()]);
            let within = |events: &EventSet| EventSet::all([events.clone(), own.clone()]);
            let accepted = self.accepted.iter();
            let accepted = accepted.map(|it| Accepted { reference: it.reference, events: within(&it.events) });
            let by_name = self.by_name.iter().map(|(name, events)| (*name, within(events))).collect();
            let (words, fields, names) = (self.words.clone(), self.fields.clone(), self.names.clone());
            Self {
                accepted: accepted.collect(),
                union: within(&self.union),
                namesakes: self.namesakes.iter().map(within).collect(),
                words,
                fields,
                names,
                by_name,
            }
        })
    }

    /// Whether none of `events` is required.
    pub(super) fn never(&self, events: &EventSet, prover: &Prover) -> bool {
        prover.is_disjoint(&self.union, events)
    }
}

/// The events of the first accepted pattern, one set for each event name that it lists, or all in one where it lists none.
/// A filter need not match what the other patterns ask for beyond it.
fn by_name<'a>(first: Option<&Accepted<'_>>, names: &[&'a str]) -> Vec<(&'a str, EventSet)> {
    let first = first.map_or_else(EventSet::nothing, |accepted| accepted.events.clone());
    if names.is_empty() {
        return vec![("", first)];
    }
    let named = |&name: &&'a str| {
        let is_named = EventSet::text(Path::keys(["eventName"]), TextMatch::Equals, vec![name.to_owned()]);
        (name, EventSet::all([first.clone(), is_named]))
    };
    names.iter().map(named).collect()
}

/// The texts that a pattern names.
pub(super) fn words(tree: &Tree) -> Vec<&str> {
    match tree {
        Tree::Terms(terms) => terms.iter().map(|term| term.text.as_str()).collect(),
        Tree::Json(expr) => expr.tests().into_iter().filter_map(|condition| compared(&condition.test)).collect(),
        Tree::Fields(entries) => entries.iter().flat_map(field_words).collect(),
        Tree::Everything | Tree::Regex(_) => Vec::new(),
    }
}

fn compared(test: &Test) -> Option<&str> {
    match test {
        Test::Compare(_, literal) => text(literal),
        Test::IsNull | Test::IsTrue | Test::IsFalse | Test::NotExists => None,
    }
}

fn field_words(entry: &Entry) -> Vec<&str> {
    match entry {
        Entry::Field { condition: Some(expr), .. } => {
            expr.tests().into_iter().filter_map(|test| text(&test.literal)).collect()
        }
        Entry::Field { condition: None, .. } | Entry::Ellipsis => Vec::new(),
    }
}

fn text(literal: &Literal) -> Option<&str> {
    match literal {
        Literal::Text(text) => Some(&text.value),
        Literal::Number(_) | Literal::Regex(_) => None,
    }
}

/// The event names that a JSON pattern lists.
pub(super) fn event_names(tree: &Tree) -> Vec<&str> {
    let name = |(selector, literal): (&Selector, _)| {
        text(literal).filter(|name| selector.to_string() == "$.eventName" && !name.contains('*'))
    };
    equals(tree).into_iter().filter_map(name).collect()
}

/// The fields that a JSON pattern asks to be equal to something, and to what.
pub(super) fn equals(tree: &Tree) -> Vec<(&Selector, &Literal)> {
    let Tree::Json(expr) = tree else { return Vec::new() };
    let tests = expr.tests().into_iter();
    tests.filter_map(|condition| Some((&condition.selector, equal(&condition.test)?))).collect()
}

fn equal(test: &Test) -> Option<&Literal> {
    match test {
        Test::Compare(Op::Eq, literal) => Some(literal),
        _ => None,
    }
}
