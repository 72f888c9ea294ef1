//! What the exit code says.

use std::process::ExitCode;

/// How a command ended. A code of 101 is a panic, and a panic is a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything passes, is attested or does not apply; a pattern is covered; a bundle holds; nothing got worse; a
    /// question is answered.
    Success = 0,
    /// At least one control fails, a pattern is not covered, a bundle does not hold, or something got worse.
    Failure = 1,
    /// The arguments, the configuration or the input cannot be used, or the answer could not be written; nothing is
    /// said about the account.
    Unusable = 2,
    /// Nothing fails, but something could not be decided.
    Undetermined = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
