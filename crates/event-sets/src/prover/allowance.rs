//! A limit on several questions together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::solver::Budget;
use crate::verdict::LIMIT;

/// How many steps several questions may take together. Clones are the same allowance.
#[derive(Clone, Debug)]
pub struct Allowance(Arc<AtomicU64>);

impl Allowance {
    /// An allowance of so many steps, of the size of those of [`LIMIT`](crate::LIMIT).
    pub fn new(steps: u64) -> Self {
        Self(Arc::new(AtomicU64::new(steps)))
    }

    /// How many steps are left.
    pub fn left(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Lets one question take as much as it may.
    pub(super) fn spend<T>(&self, ask: impl FnOnce(&mut Budget) -> T) -> T {
        let given = self.left().min(LIMIT);
        let mut budget = Budget::new(given);
        let answer = ask(&mut budget);
        let spent = given.saturating_sub(budget.left());
        // Nothing fails: the closure always has a new value.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(spent)));
        answer
    }
}
