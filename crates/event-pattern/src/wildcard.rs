//! Wildcards: texts in which `*` stands for any text.

use std::collections::{BTreeSet, HashSet};

use crate::error::ErrorKind;

/// A text in which `*` stands for any text, the empty one included; `\*` and `\\` stand for a star and a backslash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wildcard {
    text: String,
    pieces: Vec<String>,
}

impl Wildcard {
    /// Reads a wildcard.
    pub fn parse(text: &str) -> Result<Self, ErrorKind> {
        let mut pieces = vec![String::new()];
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let plain = match (c, chars.peek()) {
                ('*', Some((_, '*'))) => return Err(ErrorKind::ConsecutiveWildcards { at: at + 1 }),
                ('*', _) => {
                    pieces.push(String::new());
                    continue;
                }
                ('\\', Some((_, escaped @ ('*' | '\\')))) => {
                    let escaped = *escaped;
                    chars.next();
                    escaped
                }
                ('\\', _) => return Err(ErrorKind::WildcardEscape { at: at + 1 }),
                (plain, _) => plain,
            };
            if let Some(last) = pieces.last_mut() {
                last.push(plain);
            }
        }
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before, between and after the stars: one more than there are stars. Some may be empty.
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }

    /// Whether a text has this form.
    pub fn is_match(&self, text: &str) -> bool {
        let (first, rest) = match self.pieces.as_slice() {
            [] => return text.is_empty(),
            [only] => return text == only,
            [first, rest @ ..] => (first, rest),
        };
        let (last, middle) = match rest {
            [middle @ .., last] => (last, middle),
            [] => return text == first,
        };
        let Some(text) = text.strip_prefix(first.as_str()).and_then(|text| text.strip_suffix(last.as_str())) else {
            return false;
        };
        // The earliest place for each piece leaves the most room for the others.
        middle
            .iter()
            .try_fold(text, |text, piece| text.find(piece.as_str()).and_then(|at| text.get(at + piece.len()..)))
            .is_some()
    }
}

/// How many places of the wildcards of one list a single text can keep open at once, or a number above `limit`.
///
/// This is the measure of AWS's own engine for what it calls the complexity of a rule. Each group is one entry of a list:
/// a wildcard, or the wildcards of one `anything-but`.
pub(crate) fn complexity(groups: &[Vec<&Wildcard>], limit: usize) -> usize {
    let machine = Machine::new(groups);
    let mut seen: HashSet<Vec<u32>> = HashSet::new();
    let mut pending = vec![machine.starts()];
    let mut most = 0;
    while let Some(live) = pending.pop() {
        for byte in machine.alphabet.iter().copied().map(Some).chain([None]) {
            let next = machine.step(&live, byte);
            most = most.max(machine.weight(&next));
            if most > limit || seen.len() > MAX_SETS {
                return most;
            }
            if !next.is_empty() && seen.insert(next.clone()) {
                pending.push(next);
            }
        }
    }
    most
}

/// How many sets of open places are looked at.
const MAX_SETS: usize = 4096;

/// The wildcards as an automaton over bytes: a place is how much of a wildcard was read.
struct Machine {
    tokens: Vec<Token>,
    starts: Vec<u32>,
    /// For each place the one that it counts as: the wildcards of a group share what they begin with up to their first
    /// star, and their end.
    shared: Vec<u32>,
    /// The places where the wildcards end.
    ends: Vec<u32>,
    /// The bytes that some wildcard names.
    alphabet: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Token {
    Byte(u8),
    Star,
    End,
}

impl Machine {
    fn new(groups: &[Vec<&Wildcard>]) -> Self {
        let mut machine = Self { tokens: vec![], starts: vec![], shared: vec![], ends: vec![], alphabet: vec![] };
        let mut seen = HashSet::new();
        for group in groups.iter().filter(|group| seen.insert(*group)) {
            let first = machine.starts.len();
            for wildcard in group {
                machine.add(wildcard, first);
            }
        }
        let bytes = machine.tokens.iter().filter_map(|token| match token {
            Token::Byte(byte) => Some(*byte),
            _ => None,
        });
        machine.alphabet = bytes.collect();
        machine.alphabet.sort_unstable();
        machine.alphabet.dedup();
        machine
    }

    /// Adds a wildcard of the group that starts with the wildcard `first`.
    fn add(&mut self, wildcard: &Wildcard, first: usize) {
        let mut tokens = vec![Token::Byte(b'"')];
        for (at, piece) in wildcard.pieces.iter().enumerate() {
            tokens.extend((at > 0).then_some(Token::Star));
            tokens.extend(piece.bytes().map(Token::Byte));
        }
        tokens.extend([Token::Byte(b'"'), Token::End]);
        let start = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        let mut shared: Vec<_> = (start..).take(tokens.len()).collect();
        for other in self.starts.get(first..).unwrap_or_default() {
            let same = (*other..).zip(&tokens).take_while(|(place, token)| self.token(*place) == **token);
            let beginning = same.map(|(_, token)| *token).take_while(|token| *token != Token::Star).count();
            // What follows the first star is shared no more, even if it is the same.
            let star = u32::try_from(beginning).map_or(Token::End, |at| self.token(other + at)) == Token::Star
                && tokens.get(beginning) == Some(&Token::Star);
            let length = beginning + 1 + usize::from(star);
            for (place, counted) in (*other..).zip(&mut shared).take(length) {
                *counted = self.counted(place).min(*counted);
            }
        }
        if let (Some(end), Some(first)) = (shared.last_mut(), self.ends.get(first)) {
            *end = *first;
        }
        self.ends.extend(shared.last());
        self.starts.push(start);
        self.tokens.append(&mut tokens);
        self.shared.append(&mut shared);
    }

    fn starts(&self) -> Vec<u32> {
        self.starts.clone()
    }

    fn token(&self, place: u32) -> Token {
        usize::try_from(place).ok().and_then(|place| self.tokens.get(place)).copied().unwrap_or(Token::End)
    }

    fn is_after_star(&self, place: u32) -> bool {
        place.checked_sub(1).is_some_and(|before| self.token(before) == Token::Star)
    }

    /// The places after a byte that no wildcard names (`None`), or after one of those that some do.
    fn step(&self, live: &[u32], byte: Option<u8>) -> Vec<u32> {
        let reads = |place: u32| byte.is_some_and(|byte| self.token(place) == Token::Byte(byte));
        let mut next = vec![];
        for place in live.iter().copied() {
            if self.is_after_star(place) {
                next.push(place);
            }
            match self.token(place) {
                Token::Star => {
                    next.push(place + 1);
                    next.extend(reads(place + 1).then_some(place + 2));
                }
                Token::Byte(_) => next.extend(reads(place).then_some(place + 1)),
                Token::End => {}
            }
        }
        next.sort_unstable();
        next.dedup();
        next
    }

    /// The place that a place counts as.
    fn counted(&self, place: u32) -> u32 {
        usize::try_from(place).ok().and_then(|place| self.shared.get(place)).copied().unwrap_or(place)
    }

    fn weight(&self, live: &[u32]) -> usize {
        let opened = live.iter().filter(|place| self.token(**place) == Token::Star).map(|place| place + 1);
        let counted: BTreeSet<_> = live.iter().copied().chain(opened).map(|place| self.counted(place)).collect();
        counted.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(wildcard: &str, text: &str) -> bool {
        Wildcard::parse(wildcard).unwrap().is_match(text)
    }

    #[test]
    fn forms() {
        for (wildcard, text, expected) in [
            ("*", "", true),
            ("*", "x", true),
            ("", "", true),
            ("", "x", false),
            ("a*b", "ab", true),
            ("a*b", "a-b", true),
            ("a*a", "a", false),
            ("*a*", "bab", true),
            ("*ab*ba*", "aba", false),
            (r"a\*b", "a*b", true),
            (r"a\*b", "axb", false),
            (r"a\\b", r"a\b", true),
        ] {
            assert_eq!(matches(wildcard, text), expected, "{wildcard} {text}");
        }
        assert_eq!(Wildcard::parse("é**"), Err(ErrorKind::ConsecutiveWildcards { at: 3 }));
        assert_eq!(Wildcard::parse(r"a\xb"), Err(ErrorKind::WildcardEscape { at: 2 }));
        assert_eq!(Wildcard::parse(r"a\"), Err(ErrorKind::WildcardEscape { at: 2 }));
    }

    proptest! {
        #[test]
        fn matching_agrees_with_backtracking(wildcard in "[ab*]{0,6}", text in "[ab]{0,8}") {
            fn backtrack(wildcard: &[u8], text: &[u8]) -> bool {
                match (wildcard, text) {
                    ([], []) => true,
                    ([b'*', rest @ ..], _) => (0..=text.len()).any(|skip| backtrack(rest, &text[skip..])),
                    ([a, rest @ ..], [b, text @ ..]) => a == b && backtrack(rest, text),
                    _ => false,
                }
            }
            prop_assume!(!wildcard.contains("**"));
            prop_assert_eq!(matches(&wildcard, &text), backtrack(wildcard.as_bytes(), text.as_bytes()));
        }
    }
}
