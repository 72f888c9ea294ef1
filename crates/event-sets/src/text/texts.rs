//! What is asked of a text.

use super::{Glob, Predicate, Regular};
use crate::number::JsonNumber;

/// A set of texts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Texts {
    /// Every text.
    All,
    /// These texts.
    OneOf(Vec<String>),
    /// The texts of this form.
    Glob(Glob),
    /// The texts of this regular language.
    Regular(Regular),
    /// The texts of which this is true.
    Predicate(Predicate),
}

impl Texts {
    /// No text.
    pub fn none() -> Self {
        Self::OneOf(vec![])
    }

    /// This text alone.
    pub fn exactly(text: impl Into<String>) -> Self {
        Self::OneOf(vec![text.into()])
    }

    /// The texts that begin so.
    pub fn starting(text: &str) -> Self {
        Self::Glob(Glob { open_start: false, pieces: pieces(text), open_end: true })
    }

    /// The texts that end so.
    pub fn ending(text: &str) -> Self {
        Self::Glob(Glob { open_start: true, pieces: pieces(text), open_end: false })
    }

    /// The texts that this is a part of.
    pub fn containing(text: &str) -> Self {
        Self::Glob(Glob { open_start: true, pieces: pieces(text), open_end: true })
    }

    /// Whether the text is in the set.
    pub fn contains(&self, text: &str) -> bool {
        match self {
            Self::All => true,
            Self::OneOf(texts) => texts.iter().any(|t| t == text),
            Self::Glob(glob) => glob.is_match(text),
            Self::Regular(regular) => regular.contains(text),
            Self::Predicate(predicate) => predicate.get().contains(text),
        }
    }

    /// Whether the set is a list without the text of any number.
    pub(crate) fn number_free(&self) -> bool {
        match self {
            Self::OneOf(texts) => !texts.iter().any(|t| JsonNumber::parse(t).is_some_and(|n| n.text() == t)),
            _ => false,
        }
    }
}

/// The texts of this form; a form without gaps is a list.
impl From<Glob> for Texts {
    fn from(glob: Glob) -> Self {
        match glob.pieces.as_slice() {
            [] if !glob.open_start && !glob.open_end => Self::exactly(""),
            [exact] if !glob.open_start && !glob.open_end => Self::exactly(exact.as_str()),
            _ => Self::Glob(glob),
        }
    }
}

fn pieces(text: &str) -> Vec<String> {
    if text.is_empty() { vec![] } else { vec![text.to_owned()] }
}
