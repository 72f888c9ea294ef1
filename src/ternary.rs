//! Three-valued logic: true, false, or not known and why.

/// Whether something holds. `D` says why it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ternary<D> {
    True,
    False,
    Unknown(D),
}

impl<D> Ternary<D> {
    /// Whether all hold: one that is false outweighs those that are not known.
    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::True;
        for part in parts {
            match (&all, part) {
                (_, Self::False) => return Self::False,
                (Self::True, unknown @ Self::Unknown(_)) => all = unknown,
                _ => {}
            }
        }
        all
    }

    /// Whether at least one holds: one that is true outweighs those that are not known.
    pub(crate) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        !Self::all(parts.into_iter().map(|part| !part))
    }

    /// Whether it holds where it is not known which of several cases is given.
    pub(crate) fn in_every_case(cases: impl IntoIterator<Item = Self>, doubt: impl FnOnce() -> D) -> Self {
        let mut cases = cases.into_iter();
        let Some(first) = cases.next() else { return Self::Unknown(doubt()) };
        let agree = |case: Self| matches!((&first, &case), (Self::True, Self::True) | (Self::False, Self::False));
        if !matches!(first, Self::Unknown(_)) && cases.all(agree) { first } else { Self::Unknown(doubt()) }
    }
}

impl<D> std::ops::Not for Ternary<D> {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

impl<D> From<bool> for Ternary<D> {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Ternary::{self, False, True, Unknown};

    #[test]
    fn the_unknown_decides_only_where_nothing_else_does() {
        assert_eq!(Ternary::all([Unknown(1), False]), False);
        assert_eq!(Ternary::all([Unknown(1), True, Unknown(2)]), Unknown(1));
        assert_eq!(Ternary::any([Unknown(1), True]), True);
        assert_eq!(Ternary::any([False, Unknown(1)]), Unknown(1));
        assert_eq!((Ternary::<u8>::all([]), Ternary::<u8>::any([])), (True, False));
    }

    #[test]
    fn cases_that_agree_need_no_knowledge_of_which_is_given() {
        assert_eq!(Ternary::in_every_case([True, True], || 1), True);
        assert_eq!(Ternary::in_every_case([False], || 1), False);
        assert_eq!(Ternary::in_every_case([True, False], || 1), Unknown(1));
        assert_eq!(Ternary::in_every_case([Unknown(2), True], || 1), Unknown(1));
        assert_eq!(Ternary::in_every_case([], || 1), Unknown(1));
    }
}
