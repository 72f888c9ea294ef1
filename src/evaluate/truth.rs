//! Logic with a third value, for what a configuration alone does not tell.

/// Whether something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    True,
    False,
    /// It cannot be told, and why.
    Unknown(String),
}

impl Truth {
    pub(super) fn unknown(why: impl Into<String>) -> Self {
        Self::Unknown(why.into())
    }

    /// Whether all hold: what is false outweighs what is unknown.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::True, |all, one| match (all, one) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, one) => one,
            (unknown, _) => unknown,
        })
    }

    /// Whether one of them holds: what is true outweighs what is unknown.
    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        !Self::all(parts.into_iter().map(|part| !part))
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth;

    #[test]
    fn the_unknown_decides_only_where_nothing_else_does() {
        let unknown = || Truth::unknown("?");
        assert_eq!(Truth::all([unknown(), Truth::False]), Truth::False);
        assert_eq!(Truth::all([unknown(), Truth::True]), unknown());
        assert_eq!(Truth::any([unknown(), Truth::True]), Truth::True);
        assert_eq!(Truth::any([Truth::False, unknown()]), unknown());
        assert_eq!((Truth::all([]), Truth::any([])), (Truth::True, Truth::False));
    }
}
