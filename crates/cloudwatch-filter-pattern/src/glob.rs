//! Text literals as CloudWatch Logs reads them: `*` at either end stands for any text.

use event_sets::Reading;
use event_sets::text::Glob;

use crate::ast::TextLiteral;

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
