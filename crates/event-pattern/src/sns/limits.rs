//! The limits of filter policies, as the SNS Developer Guide states them.

use std::collections::BTreeSet;

use super::FilterPolicy;
use crate::ast::{Except, TestKind};
use crate::branch::PathTests;

/// A limit that a policy exceeds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// More keys than five.
    Keys {
        /// How many.
        found: usize,
    },
    /// More combinations of values than 150; a value that is nested counts once for each level.
    Combinations {
        /// How many.
        found: usize,
    },
    /// More than three stars in one wildcard.
    Stars {
        /// How many.
        found: usize,
    },
    /// More points for wildcards than 100.
    WildcardPoints {
        /// How many.
        found: usize,
    },
    /// More bytes than 256 KB.
    Size {
        /// How many.
        found: usize,
    },
}

impl FilterPolicy {
    /// The limits that the policy exceeds, and for which AWS does not accept it.
    pub fn exceeded(&self) -> Vec<Limit> {
        let Some(pattern) = self.pattern() else { return vec![] };
        let lists = pattern.branches().lists();
        let keys = lists.iter().map(|list| &list.path).collect::<BTreeSet<_>>().len();
        let combinations = pattern.branches().iter().map(|branch| product(&branch)).fold(0, usize::saturating_add);
        let stars = lists.iter().flat_map(stars).max().unwrap_or(0);
        let points = lists.iter().map(points).fold(0, usize::saturating_add);
        let size = pattern.text().len();
        [
            (keys > 5).then_some(Limit::Keys { found: keys }),
            (combinations > 150).then_some(Limit::Combinations { found: combinations }),
            (stars > 3).then_some(Limit::Stars { found: stars }),
            (points > 100).then_some(Limit::WildcardPoints { found: points }),
            (size > 256 * 1024).then_some(Limit::Size { found: size }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The values of each list times the level it is nested in, multiplied.
fn product(branch: &[&PathTests]) -> usize {
    let factor = |list: &&PathTests| list.tests.len().saturating_mul(list.path.split('.').count());
    branch.iter().map(factor).fold(1, usize::saturating_mul)
}

/// How many stars each wildcard of a list has.
fn stars(list: &PathTests) -> Vec<usize> {
    let wildcards = list.tests.iter().filter_map(|test| crate::pattern::wildcards(&test.kind)).flatten();
    wildcards.map(|wildcard| wildcard.pieces().len() - 1).collect()
}

/// The points of a list: those of its entries, times their number.
fn points(list: &PathTests) -> usize {
    let of = |test: &TestKind| match test {
        TestKind::Wildcard(wildcard) if wildcard.pieces().len() > 2 => 3 * (wildcard.pieces().len() - 1),
        TestKind::Wildcard(_) => 1,
        TestKind::AnythingBut(Except::Wildcards(_)) => 1,
        _ => 0,
    };
    let counted: Vec<_> = list.tests.iter().map(|test| of(&test.kind)).filter(|points| *points > 0).collect();
    counted.iter().sum::<usize>().saturating_mul(counted.len())
}
