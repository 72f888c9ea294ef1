//! Sets of which only bounds are known.

use crate::set::EventSet;

/// The events that surely get through something, and those that possibly do. The first set lies inside the second.
///
/// ```
/// use event_sets::{Bounds, EventSet, Path};
///
/// let reads = EventSet::boolean(Path::dotted("readOnly"), true);
/// let all = Bounds::exactly(EventSet::everything()).meet(&Bounds::at_most(reads.clone()));
/// assert!(all.sure().is_nothing());
/// assert_eq!(*all.possible(), reads);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    sure: EventSet,
    possible: EventSet,
}

/// What bounds say about what they are bounds of, as far as the sets themselves tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Every event gets through.
    Whole,
    /// It is known which events get through: some of them.
    Partial,
    /// It is not known of every event whether it gets through.
    Uncertain,
    /// No event gets through.
    Broken,
}

impl Bounds {
    /// These events get through, and no others.
    pub fn exactly(set: EventSet) -> Self {
        Self { sure: set.clone(), possible: set }
    }

    /// Every event gets through.
    pub fn everything() -> Self {
        Self::exactly(EventSet::everything())
    }

    /// No event gets through.
    pub fn nothing() -> Self {
        Self::exactly(EventSet::nothing())
    }

    /// Nothing is known: every event may get through, and none has to.
    pub fn unknown() -> Self {
        Self::at_most(EventSet::everything())
    }

    /// No event but these gets through, and of these perhaps none.
    pub fn at_most(set: EventSet) -> Self {
        Self { sure: EventSet::nothing(), possible: set }
    }

    /// Every one of these events gets through, and perhaps others.
    pub fn at_least(set: EventSet) -> Self {
        Self { sure: set, possible: EventSet::everything() }
    }

    /// Between the two sets. What is sure is possible too, so the second set is extended by the first.
    pub fn between(sure: EventSet, possible: EventSet) -> Self {
        let possible = EventSet::any([possible, sure.clone()]);
        Self { sure, possible }
    }

    /// The events that surely get through.
    pub fn sure(&self) -> &EventSet {
        &self.sure
    }

    /// The events that possibly get through.
    pub fn possible(&self) -> &EventSet {
        &self.possible
    }

    /// What gets through both, one behind the other.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        let both = |one: &EventSet, other: &EventSet| EventSet::all([one.clone(), other.clone()]);
        Self { sure: both(&self.sure, &other.sure), possible: both(&self.possible, &other.possible) }
    }

    /// What gets through either, one beside the other.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let either = |one: &EventSet, other: &EventSet| EventSet::any([one.clone(), other.clone()]);
        Self { sure: either(&self.sure, &other.sure), possible: either(&self.possible, &other.possible) }
    }

    /// What does not get through.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self { sure: self.possible.complement(), possible: self.sure.complement() }
    }

    /// Whether it is known of every event whether it gets through.
    pub fn is_exact(&self) -> bool {
        self.sure == self.possible
    }

    /// What the bounds say, as far as the sets themselves tell.
    pub fn state(&self) -> State {
        if self.possible.is_nothing() {
            State::Broken
        } else if self.sure.is_everything() {
            State::Whole
        } else if self.is_exact() {
            State::Partial
        } else {
            State::Uncertain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Path;

    #[test]
    fn states_follow_from_the_sets() {
        let some = || EventSet::present(Path::dotted("a"));
        for (bounds, state) in [
            (Bounds::everything(), State::Whole),
            (Bounds::nothing(), State::Broken),
            (Bounds::exactly(some()), State::Partial),
            (Bounds::unknown(), State::Uncertain),
            (Bounds::at_most(some()), State::Uncertain),
            (Bounds::at_most(EventSet::nothing()), State::Broken),
            (Bounds::everything().meet(&Bounds::unknown()), State::Uncertain),
            (Bounds::everything().join(&Bounds::unknown()), State::Whole),
            (Bounds::unknown().meet(&Bounds::nothing()), State::Broken),
            (Bounds::unknown().complement(), State::Uncertain),
        ] {
            assert_eq!(bounds.state(), state, "{bounds:?}");
        }
    }

    #[test]
    fn what_is_sure_is_possible() {
        let bounds = Bounds::between(EventSet::everything(), EventSet::nothing());
        assert!(bounds.possible().is_everything());
    }
}
