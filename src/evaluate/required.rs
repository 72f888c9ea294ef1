//! The events that a control says must be noticed.

use std::collections::BTreeSet;

use crate::control::{Reference, References};
use crate::pattern::ast::{Entry, Literal, Op, Selector, Test, Tree};
use crate::pattern::event_sets::{Domain, EventSet, Fact, Path, Prover, TextMatch};

/// The required events of a control in one benchmark version.
pub(super) struct Required<'a> {
    /// The patterns that the benchmark accepts. One of them has to be covered.
    pub accepted: Vec<&'a Reference>,
    /// What is known about records, but for which service emits events that are neither required nor usual.
    pub records: Prover,
    /// The texts that the accepted patterns name.
    pub words: BTreeSet<&'a str>,
    /// The fields that the first accepted pattern asks to be equal to something.
    pub fields: BTreeSet<&'a Selector>,
    /// The event names that the first accepted pattern lists.
    pub names: Vec<&'a str>,
}

impl<'a> Required<'a> {
    pub(super) fn new(references: &'a References, records: &'a Prover) -> Self {
        let accepted = references.accepted();
        let trees = || accepted.iter().copied().map(|reference| reference.pattern.tree());
        let names: Vec<&str> = trees().take(1).flat_map(event_names).collect();
        let usual = usual_names(records.domain());
        let speaks_of = |name: &String| names.is_empty() || names.contains(&name.as_str()) || usual.contains(name);
        let name = event_name();
        let of_use = |fact: &Fact| {
            fact.given.iter().all(|condition| condition.at != name || condition.one_of.iter().any(speaks_of))
        };
        Self {
            records: records.with_facts(of_use),
            words: trees().flat_map(equals).filter_map(|(_, literal)| text(literal)).collect(),
            fields: trees().take(1).flat_map(equals).map(|(selector, _)| selector).collect(),
            names,
            accepted,
        }
    }

    /// The events of any accepted pattern.
    pub(super) fn union(&self) -> EventSet {
        EventSet::any(self.accepted.iter().map(|reference| EventSet::of(reference.pattern.clone())))
    }

    /// Whether all required ones of `events` are in `by`.
    pub(super) fn covered(&self, events: &EventSet, by: &EventSet) -> bool {
        let events = EventSet::all([self.union(), events.clone()]);
        self.records.is_covered(&events, std::slice::from_ref(by))
    }

    /// Whether none of `events` is required.
    pub(super) fn never(&self, events: &EventSet) -> bool {
        self.records.is_covered(&EventSet::all([self.union(), events.clone()]), &[])
    }

    /// The events of the first accepted pattern, one set for each event name that it lists, or all in one where it lists
    /// none. What the others ask for beyond it is not required of a filter that is like it.
    pub(super) fn by_name(&self) -> Vec<(&'a str, EventSet)> {
        let first = self.accepted.iter().take(1);
        let first = EventSet::any(first.map(|reference| EventSet::of(reference.pattern.clone())));
        if self.names.is_empty() {
            return vec![("", first)];
        }
        let named = |&name: &&'a str| {
            let values = vec![name.to_owned()];
            let equals = EventSet::text(event_name(), TextMatch::Equals, values);
            (name, EventSet::all([first.clone(), equals]))
        };
        self.names.iter().map(named).collect()
    }
}

/// The event names of witnesses that nothing requires: those that are usual, and those of the templates.
fn usual_names(records: &Domain) -> BTreeSet<String> {
    let exemplars = &records.exemplars;
    let usual = exemplars.usual.iter().filter(|(place, _)| *place == event_name());
    let templates = exemplars.templates.iter().filter_map(|record| record.get("eventName")?.as_str());
    usual.flat_map(|(_, names)| names).cloned().chain(templates.map(str::to_owned)).collect()
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
        text(literal).filter(|name| selector.path() == Some(event_name()) && !name.contains('*'))
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

/// `$.eventName`
fn event_name() -> Path {
    Path::keys(["eventName"])
}
