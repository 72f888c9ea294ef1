//! Texts with gaps: `a*`, `*b*c`.

use super::nfa::{Builder, CharClass, Nfa, State};

/// A text with gaps that any text fills, none included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Glob {
    /// Whether any text may stand before the first piece.
    pub open_start: bool,
    /// What must be there, in this order, with any text in between. No piece is empty.
    pub pieces: Vec<String>,
    /// Whether any text may stand after the last piece.
    pub open_end: bool,
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
        if self.open_end || (self.open_start && self.pieces.is_empty()) {
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

    /// The glob of a text in which every `*` is a gap.
    fn glob(text: &str) -> Glob {
        Glob {
            open_start: text.starts_with('*'),
            pieces: text.split('*').filter(|piece| !piece.is_empty()).map(str::to_owned).collect(),
            open_end: text.ends_with('*'),
        }
    }

    #[test]
    fn pieces_are_found_in_their_order() {
        for (form, yes, no) in [
            ("", vec![""], vec!["a"]),
            ("a", vec!["a"], vec!["", "aa", "*"]),
            ("*", vec!["", "a", "*"], vec![]),
            ("a*", vec!["a", "ab", "a*"], vec!["ba", ""]),
            ("*a", vec!["a", "ba"], vec!["ab", ""]),
            ("ab*ba", vec!["abba", "ab-ba"], vec!["aba"]),
            ("*a*b*c", vec!["abc", "-a-b-b-c"], vec!["acb", "abcd"]),
        ] {
            let glob = glob(form);
            for (texts, expected) in [(yes, true), (no, false)] {
                for text in texts {
                    assert_eq!(glob.is_match(text), expected, "{form} {text}");
                    assert_eq!(glob.nfa().is_match(text), expected, "nfa of {form} {text}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_automaton_agrees(form in "[ab*]{0,6}", text in "[ab*]{0,6}") {
            let glob = glob(&form);
            prop_assert_eq!(glob.is_match(&text), glob.nfa().is_match(&text));
        }
    }
}
