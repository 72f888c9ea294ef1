//! The kinds of value that can stand at a place of a JSON event.

use std::ops::{BitAnd, BitOr, Not};

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kinds(u16);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    /// No value: no such member, or a parent that is no container.
    pub(super) const MISSING: Self = Self(1);
    pub(super) const NULL: Self = Self(1 << 1);
    pub(super) const TRUE: Self = Self(1 << 2);
    pub(super) const FALSE: Self = Self(1 << 3);
    pub(super) const TEXT: Self = Self(1 << 4);
    /// A number that a double or an integer of any size can hold.
    pub(super) const NUMBER: Self = Self(1 << 5);
    /// A number beyond the doubles: `1e309`.
    pub(super) const INFINITE: Self = Self(1 << 6);
    /// Likewise below zero: `-1e309`.
    pub(super) const MINUS_INFINITE: Self = Self(1 << 7);
    pub(super) const OBJECT: Self = Self(1 << 8);
    pub(super) const ARRAY: Self = Self(1 << 9);
    pub(super) const ANY: Self = Self((1 << 10) - 1);
    /// Any value at all.
    pub(super) const PRESENT: Self = Self(Self::ANY.0 & !1);

    /// Whether no kind is in the set.
    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Whether the two sets have a kind in common.
    pub(super) fn meets(self, other: Self) -> bool {
        !(self & other).is_empty()
    }

    /// Whether every kind of this set is in the other.
    pub(super) fn within(self, other: Self) -> bool {
        !self.meets(!other)
    }
}

impl BitAnd for Kinds {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Kinds {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Not for Kinds {
    type Output = Self;
    fn not(self) -> Self {
        Self(Self::ANY.0 & !self.0)
    }
}
