//! Text literals as CloudWatch Logs reads them: `*` at either end stands for any text.

use super::ast::TextLiteral;
use super::nfa::{Builder, CharClass, Nfa, State};

/// How a `*` that is neither first nor last in a text literal is read.
///
/// AWS has not settled it in public. Its guide said from 2018 to 2021 that `Ev*ent` matches the text `Ev*ent` alone; the
/// sentence is gone since, nothing took its place, and the emulators of the service read such a star as a wildcard.
/// Whoever needs a firm answer asks for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The star is an ordinary character, as AWS once documented.
    Literal,
    /// The star stands for any text, as it does at either end.
    Wildcard,
}

/// A text with gaps that any text fills.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Glob {
    /// Whether any text may stand before the first piece.
    pub open_start: bool,
    /// What must be there, in this order, with any text in between. No piece is empty.
    pub pieces: Vec<String>,
    /// Whether any text may stand after the last piece.
    pub open_end: bool,
}

impl TextLiteral {
    /// The literal's meaning under one of the two readings.
    pub fn glob(&self, reading: Reading) -> Glob {
        let pieces = match reading {
            Reading::Literal => vec![self.core()],
            Reading::Wildcard => self.core().split('*').collect(),
        };
        Glob {
            open_start: self.value.starts_with('*'),
            pieces: pieces.into_iter().filter(|piece| !piece.is_empty()).map(str::to_owned).collect(),
            open_end: self.value.ends_with('*'),
        }
    }

    /// Whether the two readings differ.
    pub fn is_ambiguous(&self) -> bool {
        self.core().contains('*')
    }

    /// What is left without the stars at either end.
    fn core(&self) -> &str {
        self.value.trim_matches('*')
    }
}

impl Glob {
    /// Whether the whole text has this form.
    pub fn is_match(&self, text: &str) -> bool {
        let (mut pieces, mut rest) = (self.pieces.as_slice(), text);
        if !self.open_start && !self.open_end && pieces.len() < 2 {
            return text == pieces.first().map_or("", String::as_str);
        }
        if !self.open_start
            && let [first, others @ ..] = pieces
        {
            let Some(after) = rest.strip_prefix(first.as_str()) else { return false };
            (pieces, rest) = (others, after);
        }
        if !self.open_end
            && let [others @ .., last] = pieces
        {
            let Some(before) = rest.strip_suffix(last.as_str()) else { return false };
            (pieces, rest) = (others, before);
        }
        // The earliest place for each piece leaves the most room for the others.
        pieces.iter().try_fold(rest, |rest, piece| rest.split_once(piece.as_str()).map(|(_, rest)| rest)).is_some()
    }

    /// The automaton that accepts the texts of this form.
    pub fn nfa(&self) -> Nfa {
        let mut builder = Builder::new();
        let mut state = builder.push(State::Accept);
        if self.open_end {
            state = builder.star(&CharClass::any(), state);
        }
        for (at, piece) in self.pieces.iter().enumerate().rev() {
            state = builder.text(piece, state);
            if at > 0 || self.open_start {
                state = builder.star(&CharClass::any(), state);
            }
        }
        builder.finish(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn literal(value: &str) -> TextLiteral {
        TextLiteral { value: value.to_owned(), quoted: true, odd_escape: false }
    }

    fn check(value: &str, reading: Reading, yes: &[&str], no: &[&str]) {
        let glob = literal(value).glob(reading);
        for (texts, expected) in [(yes, true), (no, false)] {
            for text in texts {
                assert_eq!(glob.is_match(text), expected, "{value} {reading:?} {text}");
                assert_eq!(glob.nfa().is_match(text), expected, "nfa of {value} {reading:?} {text}");
            }
        }
    }

    #[test]
    fn stars_at_the_ends_are_wildcards_in_both_readings() {
        for reading in [Reading::Literal, Reading::Wildcard] {
            check("", reading, &[""], &["a"]);
            check("a", reading, &["a"], &["", "aa", "*"]);
            check("*", reading, &["", "a", "*"], &[]);
            check("***", reading, &["", "a"], &[]);
            check("a*", reading, &["a", "ab", "a*"], &["ba", ""]);
            check("**a", reading, &["a", "ba"], &["ab", ""]);
            check("*a**", reading, &["a", "bab"], &["b", ""]);
        }
    }

    #[test]
    fn inner_stars_have_two_readings() {
        check("a*b", Reading::Literal, &["a*b"], &["ab", "axb"]);
        check("*a*b", Reading::Literal, &["xa*b"], &["xab"]);
        check("a*b", Reading::Wildcard, &["ab", "axb", "a*b", "abb"], &["a", "abc", "xab"]);
        check("ab*ba", Reading::Wildcard, &["abba", "ab-ba"], &["aba"]);
        check("*a**b*c", Reading::Wildcard, &["abc", "-a-b-b-c"], &["acb", "abcd"]);
        assert!(literal("a*b").is_ambiguous());
        assert!(!literal("**ab*").is_ambiguous());
    }

    proptest! {
        #[test]
        fn the_automaton_agrees(value in "[ab*]{0,6}", text in "[ab*]{0,6}") {
            for reading in [Reading::Literal, Reading::Wildcard] {
                let glob = literal(&value).glob(reading);
                prop_assert_eq!(glob.is_match(&text), glob.nfa().is_match(&text));
            }
        }
    }
}
