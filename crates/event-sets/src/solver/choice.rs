//! What the search and the solvers for events hand one another.

use super::goal::AtomInfo;
use super::named::Named;
use super::premises::Premises;
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

/// How many steps are left.
#[derive(Debug)]
pub(crate) struct Budget(u64);

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
        Self(steps)
    }

    /// How many are left.
    pub(crate) fn left(&self) -> u64 {
        self.0
    }

    /// Takes steps from the budget.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Unknown> {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.map(drop).ok_or(Unknown::Steps)
    }
}
