//! Sets of texts that are known by asking, because their automaton would be too large.

use std::any::Any;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What tells whether a text is in a set, such as the addresses of a network in all their spellings.
pub trait TextPredicate: Debug + Send + Sync + Any {
    /// The set in words. Sets with the same name are the same.
    fn name(&self) -> String;

    /// Whether the text is in the set.
    fn contains(&self, text: &str) -> bool;

    /// Some texts of the set, and some near its border that are not in it, for witnesses.
    fn samples(&self) -> Vec<String>;

    /// Whether this set is known to be a part of the other.
    fn is_within(&self, other: &dyn TextPredicate) -> bool;

    /// Whether the two sets are known to have no text in common.
    fn is_disjoint(&self, other: &dyn TextPredicate) -> bool;
}

/// A shared [`TextPredicate`].
#[derive(Clone, Debug)]
pub struct Predicate(Arc<dyn TextPredicate>);

impl Predicate {
    /// Shares a predicate.
    pub fn new(predicate: impl TextPredicate) -> Self {
        Self(Arc::new(predicate))
    }

    /// The predicate.
    pub fn get(&self) -> &dyn TextPredicate {
        self.0.as_ref()
    }
}

/// Equal if the names are.
impl PartialEq for Predicate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.name() == other.0.name()
    }
}

impl Eq for Predicate {}

impl Hash for Predicate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name().hash(state);
    }
}
