//! A place in the text of a pattern, and what is read alike in all of its languages.

use crate::ast::{Span, TextLiteral};
use crate::error::{ParseError, TermError};
use crate::regex::Regex;

/// A place in a text, moving right.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn eat(&mut self, start: &str) -> bool {
        let found = self.rest().starts_with(start);
        if found {
            self.at += start.len();
        }
        found
    }

    pub(crate) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        self.take(rest.find(|c| !wanted(c)).unwrap_or(rest.len()))
    }

    /// The next `length` bytes.
    pub(super) fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    pub(crate) fn skip_space(&mut self) {
        self.take_while(|c| c.is_ascii_whitespace());
    }

    pub(crate) fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// The error that what starts at `start` is spoilt by the character here, or by the end of the text.
    pub(crate) fn spoilt(&self, start: usize, why: TermError) -> ParseError {
        let next = self.peek();
        let end = self.at + next.map_or(0, char::len_utf8);
        let error = ParseError::term(self.text.get(start..end).unwrap_or_default(), why, Span::new(start, end));
        match next {
            Some(c) if !c.is_ascii() => error.unsettled(),
            _ => error,
        }
    }

    /// Reads `"…"`, the cursor being at the quote, and resolves its escapes.
    pub(crate) fn quoted(&mut self) -> Result<TextLiteral, ParseError> {
        let start = self.at;
        let mut value = String::new();
        let mut odd_escape = false;
        self.bump();
        loop {
            match self.bump() {
                Some('"') => return Ok(TextLiteral { value, quoted: true, odd_escape }),
                Some('\\') => match self.bump() {
                    Some('"') => value.push('"'),
                    escaped => {
                        odd_escape = true;
                        value.push('\\');
                        value.extend(escaped.filter(|c| *c != '\\'));
                    }
                },
                Some(c) => value.push(c),
                None => return Err(self.spoilt(start, TermError::UnclosedString)),
            }
        }
    }

    /// Reads `%…%`, the cursor being at the percent sign.
    pub(crate) fn regex(&mut self) -> Result<Regex, ParseError> {
        let start = self.at;
        self.bump();
        let source = self.take_while(in_regex);
        match self.peek() {
            Some('%') if !source.is_empty() => {
                self.bump();
                Regex::parse(source).map_err(|error| error.shifted(start + 1))
            }
            Some('%') => Err(self.spoilt(start, TermError::EmptyRegex)),
            Some(c) => Err(self.spoilt(start, TermError::RegexCharacter(c))),
            None => Err(self.spoilt(start, TermError::UnclosedRegex)),
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }
}

/// The characters of the documentation's list, and the space of its examples.
fn in_regex(c: char) -> bool {
    c.is_ascii_alphanumeric() || ":_#=@/;,- ^$?[]{}|\\*+.".contains(c)
}
