//! What a pattern means, for the prover.
//!
//! A list is a condition on the value at its path, or on an element of an array there. Two things are left open, and are
//! what the two bounds of a pattern differ in:
//!
//! * whether something above the path is an array. If so, AWS's engine asks that all lists look at the same element, which
//!   is not decided. `detail` is always an object.
//! * numbers beyond the integers that a double holds one by one.
//!
//! Arrays of arrays are taken as flat, as the engine takes them, and names with dots as nested.

mod tests;
mod texts;

use std::collections::BTreeSet;

use event_sets::formula::{Atom, Test as ValueTest};
use event_sets::{Bound, EventSet, Formula, Kinds, Language, Matcher, Path, Reading, Step};

use crate::EventPattern;
use crate::ast::{Object, Test, TestKind};
use crate::branch::PathTests;
pub(crate) use tests::value_tests;

/// How many branches a certificate tells apart.
const MAX_PARTS: usize = 50;

impl Language for EventPattern {
    fn lower(&self, bound: Bound) -> Formula {
        lower(self, bound, Arrays::Anywhere)
    }

    fn matcher(&self, _: Reading) -> Matcher {
        matcher(self)
    }

    fn name(&self) -> String {
        self.text().to_owned()
    }

    fn doubts(&self) -> Vec<String> {
        let above: BTreeSet<String> = self.branches().lists().iter().flat_map(|list| prefixes(&list.path)).collect();
        above.into_iter().map(|path| format!("that `{path}` is never an array")).collect()
    }

    fn parts(&self) -> Vec<(EventSet, String)> {
        parts(self).into_iter().map(|(part, name)| (EventSet::of(part), name)).collect()
    }
}

/// The events that the pattern matches.
impl From<&EventPattern> for EventSet {
    fn from(pattern: &EventPattern) -> Self {
        Self::of(pattern.clone())
    }
}

/// The events that the pattern matches.
impl From<EventPattern> for EventSet {
    fn from(pattern: EventPattern) -> Self {
        Self::of(pattern)
    }
}

/// What is made of arrays above a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Arrays {
    /// They can be there.
    Anywhere,
    /// Events without them are looked for.
    Witness,
    /// The pattern has to match what an event without them stands for: the values of any event, of which one element of
    /// each array above was chosen. Whether something is missing cannot be told from these.
    Chosen,
}

pub(crate) fn matcher(pattern: &EventPattern) -> Matcher {
    let matcher = crate::Matcher::new(pattern);
    Box::new(move |event| matcher.is_match(event).unwrap_or(false))
}

/// The branches of a pattern as patterns, with their names; empty if there is one only.
pub(crate) fn parts(pattern: &EventPattern) -> Vec<(EventPattern, String)> {
    let normal = pattern.normalize();
    let [crate::ast::Member::Or(alternatives, _)] = normal.tree().members.as_slice() else { return vec![] };
    if alternatives.len() > MAX_PARTS {
        return vec![];
    }
    let part = |object: &Object| {
        let text = object.to_string();
        text.parse::<EventPattern>().ok().map(|pattern| (pattern, text))
    };
    alternatives.iter().map(part).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The pattern as a formula.
pub(crate) fn lower(pattern: &EventPattern, bound: Bound, arrays: Arrays) -> Formula {
    let branch = |lists: Vec<&PathTests>| {
        Formula::All(lists.into_iter().map(|list| list_at(&list.path, &list.tests, bound, arrays)).collect())
    };
    let branches = Formula::Any(pattern.branches().iter().map(branch).collect());
    Formula::All(vec![branches, Formula::object()])
}

/// The tests of a list, at a path.
pub(crate) fn list_at(dotted: &str, tests: &[Test], bound: Bound, arrays: Arrays) -> Formula {
    let path = Path::dotted(dotted);
    let mut members = present(&path, tests, bound);
    if tests.iter().any(|test| test.kind == TestKind::Exists(false)) {
        members.extend(absent(&path, dotted, bound, arrays));
    }
    if bound == Bound::Possible && arrays == Arrays::Anywhere {
        members.extend(prefixes(dotted).into_iter().map(|prefix| is_array(&prefix)));
    }
    Formula::Any(members)
}

/// That the value at a path, or an element of it, satisfies one of the tests.
fn present(path: &Path, tests: &[Test], bound: Bound) -> Vec<Formula> {
    let satisfied = |test: ValueTest| [Formula::at(path.clone(), test.clone()), element(path, test)];
    value_tests(tests, bound).into_iter().flat_map(satisfied).collect()
}

/// That no value stands at a path, where that can be told.
fn absent(path: &Path, dotted: &str, bound: Bound, arrays: Arrays) -> Option<Formula> {
    let prefixes = prefixes(dotted);
    if bound == Bound::Sure && arrays == Arrays::Chosen && !prefixes.is_empty() {
        return None;
    }
    let none = Formula::at(path.clone(), ValueTest::Kind(Kinds::MISSING | Kinds::OBJECT | Kinds::ARRAY));
    let mut members = vec![none, element(path, ValueTest::Kind(Kinds::SCALAR)).negated()];
    if bound == Bound::Sure {
        members.extend(prefixes.iter().map(|prefix| is_array(prefix).negated()));
    }
    Some(Formula::All(members))
}

/// That an element of an array at a path satisfies a test.
fn element(path: &Path, test: ValueTest) -> Formula {
    let child = Atom::Child { parent: path.clone(), rest: Path::default(), test, array: true };
    Formula::Literal(child, true)
}

fn is_array(dotted: &str) -> Formula {
    Formula::at(Path::dotted(dotted), ValueTest::Kind(Kinds::ARRAY))
}

/// The paths above a path, of which it is not certain that they are objects.
pub(crate) fn prefixes(dotted: &str) -> Vec<String> {
    let path = Path::dotted(dotted);
    let names: Vec<&str> = path
        .steps()
        .iter()
        .map(|step| match step {
            Step::Key(name) => name.as_str(),
            _ => "",
        })
        .collect();
    let above = (1..names.len()).filter_map(|length| names.get(..length));
    above.map(|names| names.join(".")).filter(|prefix| prefix != "detail").collect()
}
