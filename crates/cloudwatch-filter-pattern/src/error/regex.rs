//! Why a regular expression does not compile.

/// Why a regular expression does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegexError {
    /// A class without its closing bracket.
    UnclosedClass,
    /// A class by name, such as `[:alpha:]`.
    NamedClass,
    /// A range that goes from a higher to a lower character, or to a class.
    Range,
    /// A backslash at the end.
    TrailingBackslash,
    /// `\x` without two hexadecimal digits.
    Hex,
    /// A letter that means nothing behind a backslash.
    UnknownEscape(char),
    /// A repetition of nothing.
    NothingToRepeat,
    /// A repetition of a repetition.
    RepeatedTwice,
    /// Counts that are too high, or in the wrong order.
    Counts,
    /// Repetitions that add up to more than this crate reads.
    TooLarge {
        /// How many.
        states: u64,
    },
}

/// The greatest count of a repetition.
pub(crate) const MAX_REPEAT: u32 = 1000;
/// How many states the atoms of an expression, with their repetitions, may need. AWS documents no such limit; ours
/// keeps deciding affordable.
pub(crate) const MAX_STATES: u64 = 2000;

impl RegexError {
    pub(super) fn help(&self) -> String {
        match self {
            Self::UnclosedClass => "close the class with `]`".to_owned(),
            Self::NamedClass => "write the characters of the class, or `\\[` for the bracket itself".to_owned(),
            Self::Range => "a range goes from a lower to a higher character".to_owned(),
            Self::TrailingBackslash => "write `\\x25` for a percent sign and `\\\\` for a backslash".to_owned(),
            Self::Hex => "write two hexadecimal digits: `\\x2F`".to_owned(),
            Self::UnknownEscape(c) => format!("`\\{c}` is not supported"),
            Self::NothingToRepeat => "there is nothing to repeat here".to_owned(),
            Self::RepeatedTwice => "a repetition cannot be repeated".to_owned(),
            Self::Counts => format!("write the lower count first; counts go up to {MAX_REPEAT}"),
            Self::TooLarge { states } => {
                format!("the repetitions add up to {states}; up to {MAX_STATES} are supported")
            }
        }
    }
}
