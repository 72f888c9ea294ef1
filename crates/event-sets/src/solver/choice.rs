//! What the search and the solvers for events hand one another.

use std::collections::HashMap;

use super::goal::AtomInfo;
use super::named::Named;
use super::premises::Premises;
use crate::formula::Test;
use crate::hash::FastHash;
use crate::kinds::Kinds;
use crate::path::Step;
use crate::verdict::Unknown;

/// A choice of literals, as the solvers for events see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    pub(super) premises: &'a Premises,
    /// What the required set names, if a witness may hold only values that are known to occur.
    pub(super) named: Option<&'a Named>,
    pub(super) literals: &'a [(&'a AtomInfo, bool)],
}

/// The answer of a search.
#[derive(Clone, Debug)]
pub(crate) enum Outcome<T> {
    Found(T),
    Impossible,
}

/// How many steps a question may still take, and the values that it has looked for so far.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
    values: HashMap<ValueKey, Solved, FastHash>,
}

/// What a value is looked for by: choices that differ elsewhere ask for the same one again and again.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct ValueKey {
    path: Vec<Step>,
    kind: Kinds,
    /// Whether the value has to be known to occur.
    sourced: bool,
    /// The tests by their places in memory, where they stay while a question is being decided.
    tests: Vec<(usize, bool)>,
}

/// A value that was found, or why there is none, and the steps that this took.
#[derive(Debug)]
struct Solved {
    value: Result<Option<String>, Unknown>,
    steps: u64,
}

/// How many values a question keeps.
const MOST_VALUES: usize = 20_000;

impl<T> Outcome<T> {
    pub(super) fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Found(found) => Outcome::Found(f(found)),
            Self::Impossible => Outcome::Impossible,
        }
    }
}

impl Budget {
    /// So many steps.
    pub(crate) fn new(steps: u64) -> Self {
        Self { left: steps, values: HashMap::default() }
    }

    /// How many are left.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Takes steps from the budget.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Unknown> {
        let left = self.left.checked_sub(steps);
        self.left = left.unwrap_or(0);
        left.map(drop).ok_or(Unknown::Steps)
    }

    /// What `solve` finds. If it was found before, that costs the same steps and less time, so that no answer depends on
    /// what is kept.
    pub(super) fn value(
        &mut self,
        key: ValueKey,
        solve: impl FnOnce(&mut Self) -> Result<Option<String>, Unknown>,
    ) -> Result<Option<String>, Unknown> {
        if let Some(Solved { value, steps }) = self.values.get(&key) {
            let (value, steps) = (value.clone(), *steps);
            self.spend(steps)?;
            return value;
        }
        let before = self.left;
        let value = solve(self);
        if value != Err(Unknown::Steps) && self.values.len() < MOST_VALUES {
            self.values.insert(key, Solved { value: value.clone(), steps: before - self.left });
        }
        value
    }
}

impl ValueKey {
    /// For a value of a kind at a place. The tests have to stay where they are for as long as the budget is used.
    pub(super) fn new(path: &[Step], kind: Kinds, sourced: bool, tests: &[(&Test, bool)]) -> Self {
        let tests = tests.iter().map(|(test, positive)| (std::ptr::from_ref(*test).addr(), *positive)).collect();
        Self { path: path.to_vec(), kind, sourced, tests }
    }
}
