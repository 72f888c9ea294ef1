//! What a regular expression reads in one place: a character, an escape or a class in brackets.

use event_sets::text::CharClass;

use super::parse::Reader;
use crate::ast::Span;
use crate::error::{ParseError, RegexError};

/// One escape, or one plain character.
pub(super) enum Item {
    Char(char),
    Class(CharClass),
}

impl Reader<'_> {
    /// Reads a class behind its opening bracket. A `]` right at the start and a `-` that joins nothing are ordinary.
    pub(super) fn class(&mut self, start: usize) -> Result<CharClass, ParseError> {
        let negated = self.eat('^');
        let mut ranges = Vec::new();
        let first = self.at();
        loop {
            let item_start = self.at();
            match self.peek() {
                None => return Err(ParseError::regex(RegexError::UnclosedClass, self.span_from(start))),
                Some(']') if item_start > first => break,
                Some('[') if self.rest.starts_with("[:") => {
                    return Err(
                        ParseError::regex(RegexError::NamedClass, Span::new(item_start, item_start + 2)).unsettled()
                    );
                }
                Some(_) => {}
            }
            let item = self.item()?;
            let joins = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            match item {
                Item::Char(low) if joins => {
                    self.bump();
                    match self.peek().map(|_| self.item()).transpose()? {
                        Some(Item::Char(high)) if low <= high => ranges.push((low, high)),
                        _ => {
                            return Err(ParseError::regex(RegexError::Range, self.span_from(item_start)));
                        }
                    }
                }
                Item::Char(c) => ranges.push((c, c)),
                Item::Class(class) => ranges.extend(class.ranges()),
            }
        }
        self.bump();
        let class = CharClass::of(ranges);
        Ok(if negated { class.complement() } else { class })
    }

    /// Reads one character or escape.
    pub(super) fn item(&mut self) -> Result<Item, ParseError> {
        let start = self.at();
        let c = match self.bump() {
            Some('\\') => self.bump(),
            Some(c) => return Ok(Item::Char(c)),
            None => None,
        };
        let Some(c) = c else {
            return Err(ParseError::regex(RegexError::TrailingBackslash, self.span_from(start)).unsettled());
        };
        Ok(match c {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => {
                let class = CharClass::of(perl_class(c.to_ascii_lowercase()).iter().copied());
                Item::Class(if c.is_ascii_uppercase() { class.complement() } else { class })
            }
            'x' => Item::Char(self.hex(start)?),
            'a' => Item::Char('\x07'),
            'f' => Item::Char('\x0C'),
            'n' => Item::Char('\n'),
            'r' => Item::Char('\r'),
            't' => Item::Char('\t'),
            'v' => Item::Char('\x0B'),
            c if c.is_ascii_alphanumeric() => return Err(self.unknown_escape(c, start)),
            c => Item::Char(c),
        })
    }

    fn hex(&mut self, start: usize) -> Result<char, ParseError> {
        let code = self.rest.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                self.rest = self.rest.get(2..).unwrap_or_default();
                Ok(char::from(code))
            }
            None => {
                let error = ParseError::regex(RegexError::Hex, self.span_from(start));
                Err(if self.rest.starts_with('{') { error.unsettled() } else { error })
            }
        }
    }

    /// RE2 knows some escapes that AWS does not document, and that have no place here; others no engine knows.
    fn unknown_escape(&self, c: char, start: usize) -> ParseError {
        let error = ParseError::regex(RegexError::UnknownEscape(c), self.span_from(start));
        let property = matches!(c, 'p' | 'P') && self.rest.starts_with(|c: char| c == '{' || c.is_ascii_uppercase());
        let known_elsewhere = matches!(c, 'A' | 'b' | 'B' | 'C' | 'E' | 'Q' | 'z') || c.is_ascii_digit() || property;
        if known_elsewhere { error.unsettled() } else { error }
    }
}

impl Item {
    pub(super) fn into_class(self) -> CharClass {
        match self {
            Self::Char(c) => CharClass::single(c),
            Self::Class(class) => class,
        }
    }
}

fn perl_class(letter: char) -> &'static [(char, char)] {
    match letter {
        'd' => &[('0', '9')],
        's' => &[('\t', '\n'), ('\x0C', '\r'), (' ', ' ')],
        _ => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    }
}
