//! The kinds of value that can stand at a place of a JSON event.

use std::ops::{BitAnd, BitOr, Not};

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinds(u16);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// No value: no such member, or a parent that is no container.
    pub const MISSING: Self = Self(1);
    /// `null`.
    pub const NULL: Self = Self(1 << 1);
    /// `true`.
    pub const TRUE: Self = Self(1 << 2);
    /// `false`.
    pub const FALSE: Self = Self(1 << 3);
    /// A string.
    pub const TEXT: Self = Self(1 << 4);
    /// A number that a double or an integer of any size can hold.
    pub const NUMBER: Self = Self(1 << 5);
    /// A number beyond the doubles: `1e309`.
    pub const INFINITE: Self = Self(1 << 6);
    /// Likewise below zero: `-1e309`.
    pub const MINUS_INFINITE: Self = Self(1 << 7);
    /// An object.
    pub const OBJECT: Self = Self(1 << 8);
    /// An array.
    pub const ARRAY: Self = Self(1 << 9);
    /// Every kind.
    pub const ANY: Self = Self((1 << 10) - 1);
    /// Any value but objects and arrays.
    pub const SCALAR: Self = Self((1 << 8) - 2);
    /// Any value at all.
    pub const PRESENT: Self = Self(Self::ANY.0 & !1);

    /// Whether no kind is in the set.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Whether the two sets have a kind in common.
    pub fn meets(self, other: Self) -> bool {
        !(self & other).is_empty()
    }

    /// Whether every kind of this set is in the other.
    pub fn within(self, other: Self) -> bool {
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
