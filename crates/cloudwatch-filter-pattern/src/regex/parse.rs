//! From the text of a regular expression to its tree, with RE2's reading of it.

use event_sets::text::CharClass;

use super::{Atom, Piece, Regex};
use crate::ast::Span;
use crate::error::{MAX_REPEAT, MAX_STATES, ParseError, RegexError};

impl Regex {
    /// Parses what stands between the percent signs.
    ///
    /// Which characters may stand there at all is the business of the pattern around it: any other is taken for itself.
    /// Spans are relative to `source`.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        let mut reader = Reader { rest: source, source };
        let mut alternatives = vec![Vec::new()];
        while let Some(c) = reader.peek() {
            if reader.eat('|') {
                alternatives.push(Vec::new());
                continue;
            }
            let atom = reader.atom(c)?;
            let (min, max) = reader.repetition()?;
            if let Some(pieces) = alternatives.last_mut() {
                pieces.push(Piece { atom, min, max });
            }
        }
        let states: u64 =
            alternatives.iter().flatten().map(|piece| u64::from(piece.max.unwrap_or(piece.min + 1))).sum();
        if states > MAX_STATES {
            return Err(ParseError::regex(RegexError::TooLarge { states }, Span::new(0, source.len())).unsettled());
        }
        Ok(Self { source: source.to_owned(), alternatives })
    }
}

pub(super) struct Reader<'a> {
    source: &'a str,
    pub(super) rest: &'a str,
}

impl Reader<'_> {
    pub(super) fn at(&self) -> usize {
        self.source.len() - self.rest.len()
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at())
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next();
        self.rest = chars.as_str();
        c
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.bump();
        }
        found
    }

    fn atom(&mut self, c: char) -> Result<Atom, ParseError> {
        let start = self.at();
        if c == '\\' {
            return Ok(Atom::Class(self.item()?.into_class()));
        }
        self.bump();
        Ok(match c {
            '^' => Atom::Start,
            '$' => Atom::End,
            '.' => Atom::Class(CharClass::single('\n').complement()),
            '[' => Atom::Class(self.class(start)?),
            '*' | '+' | '?' => return Err(ParseError::regex(RegexError::NothingToRepeat, self.span_from(start))),
            c => Atom::Class(CharClass::single(c)),
        })
    }

    /// Reads what follows an atom; `(1, Some(1))` if nothing does. Whether the repetition is lazy makes no difference
    /// to whether a text matches.
    fn repetition(&mut self) -> Result<(u32, Option<u32>), ParseError> {
        let Some(counts) = self.operator()? else { return Ok((1, Some(1))) };
        self.eat('?');
        let again = self.at();
        match self.operator()? {
            None => Ok(counts),
            Some(_) => Err(ParseError::regex(RegexError::RepeatedTwice, self.span_from(again))),
        }
    }

    fn operator(&mut self) -> Result<Option<(u32, Option<u32>)>, ParseError> {
        let counts = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counts(),
            _ => return Ok(None),
        };
        self.bump();
        Ok(Some(counts))
    }

    /// Reads `{2}`, `{2,}` or `{2,5}`; a brace that starts none of these is an ordinary character.
    fn counts(&mut self) -> Result<Option<(u32, Option<u32>)>, ParseError> {
        let Some((inside, rest)) = self.rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
            return Ok(None);
        };
        let (min, max) = inside.split_once(',').map_or((inside, Some(inside)), |(min, max)| (min, Some(max)));
        let max = max.filter(|max| !max.is_empty());
        if min.is_empty() || !min.bytes().chain(max.unwrap_or_default().bytes()).all(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let start = self.at();
        self.rest = rest;
        let count = |digits: &str| digits.parse::<u32>().ok().filter(|count| *count <= MAX_REPEAT);
        match (count(min), max.map(count)) {
            (Some(min), None) => Ok(Some((min, None))),
            (Some(min), Some(Some(max))) if min <= max => Ok(Some((min, Some(max)))),
            _ => Err(ParseError::regex(RegexError::Counts, self.span_from(start))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(source: &str, text: &str) -> bool {
        Regex::parse(source).unwrap().search().is_match(text)
    }

    #[test]
    fn expressions_are_read_as_re2_reads_them() {
        for (source, found, not_found) in [
            ("^a|b$", "ax", "xa"),
            ("^a|b$", "xb", "bx"),
            ("^ab?c$", "ac", "abbc"),
            ("^a{2,3}$", "aaa", "a"),
            ("^a{2}$", "aa", "aaa"),
            ("^a{2,}$", "aaaaa", "a"),
            ("^a{0}b$", "b", "ab"),
            ("^a+?$", "aa", ""),
            ("a{,2}", "a{,2}", "aa"),
            ("a{x}", "a{x}", "a"),
            ("^[]a]+$", "a]", "b"),
            ("^[^]a]$", "b", "]"),
            ("^[a-c-]+$", "b-", "d"),
            ("^[\\d-z]+$", "1-z", "y"),
            ("^[^a]$", "\n", "a"),
            ("^.$", "é", "\n"),
            ("^\\x41\\-\\.$", "A-.", "A-x"),
            ("^\\s\\S$", "\u{c}x", "\u{b}x"),
            ("^\\w\\W$", "_é", "é_"),
            ("^\\D$", "٣", "3"),
        ] {
            assert!(finds(source, found), "{source} {found:?}");
            assert!(!finds(source, not_found), "{source} {not_found:?}");
        }
    }

    #[test]
    fn what_does_not_compile_is_rejected_at_its_place() {
        for (source, place, certain) in [
            ("\\p", "\\p", true),
            ("\\pL", "\\p", false),
            ("a\\b", "\\b", false),
            ("a\\1", "\\1", false),
            ("a\\", "\\", false),
            ("\\x4g", "\\x", true),
            ("a++", "+", true),
            ("a**", "*", true),
            ("a{2}{3}", "{3}", true),
            ("*a", "*", true),
            ("a|+", "+", true),
            ("a{3,2}", "{3,2}", true),
            ("a{1001}", "{1001}", true),
            ("[z-a]", "z-a", true),
            ("[a-\\d]", "a-\\d", true),
            ("x[ab", "[ab", true),
            ("[[:digit:]]", "[:", false),
            ("a{1000}b{1000}c", "a{1000}b{1000}c", false),
        ] {
            let error = Regex::parse(source).unwrap_err();
            assert_eq!(error.to_string(), "Failed to compile regular expression.");
            let found = source.get(error.span.start..error.span.end);
            assert_eq!((found, error.certain), (Some(place), certain), "{source}");
        }
    }
}
