//! What the search and the solvers for events hand one another.

use super::goal::AtomInfo;
use super::named::Named;
use super::premises::Premises;
use crate::verdict::{LIMIT, Unknown};

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
    /// All steps that a question may take.
    pub(crate) fn new() -> Self {
        Self(LIMIT)
    }

    /// Takes steps from the budget.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Unknown> {
        self.0 = self.0.checked_sub(steps).ok_or(Unknown::Steps)?;
        Ok(())
    }
}
