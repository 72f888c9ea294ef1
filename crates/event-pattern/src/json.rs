//! JSON as EventBridge reads it: token by token, from front to back, and no further than it has to.
//!
//! AWS reads patterns and events with Jackson. Three of its ways show: the same name may stand in an object twice, a number
//! keeps its text, and what follows the closing brace is not looked at.

mod error;
mod skip;
mod string;

use std::borrow::Cow;

pub use error::JsonError;

use crate::span::Span;

/// One token of a JSON text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    /// The name of a member; its colon is read with it.
    Name(Cow<'a, str>),
    Text(Cow<'a, str>),
    /// A number as written.
    Number(&'a str),
    True,
    False,
    Null,
    /// The end of the text.
    End,
}

/// How deep arrays and objects may be nested, as in Jackson.
const MAX_DEPTH: usize = 1000;

/// Reads a JSON text token by token.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The arrays and objects that are open, the innermost last.
    open: Vec<Open>,
    /// Whether a member's name was read and its value was not.
    after_name: bool,
    start: usize,
    /// Where the name that was read last ends.
    name_end: usize,
    /// Whether a value is looked at before its name is handed out, as Jackson does. It matters to which of several mistakes
    /// is found first.
    looks_ahead: bool,
    /// Room for [`skip::value`].
    closers: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    start: usize,
    is_object: bool,
    /// Whether it has a member or element already.
    is_filled: bool,
}

type Read<T> = Result<T, (JsonError, Span)>;

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let (open, closers) = (vec![], vec![]);
        Self { text, at: 0, open, after_name: false, start: 0, name_end: 0, looks_ahead: true, closers }
    }

    /// A reader of a text whose mistakes need not be found in Jackson's order.
    pub(crate) fn fast(text: &'a str) -> Self {
        Self { looks_ahead: false, ..Self::new(text) }
    }

    /// Where the token that was read last stands.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.at)
    }

    /// Where the name that was read last stands, if no other token was read since.
    pub(crate) fn name_span(&self) -> Span {
        Span::new(self.start, self.name_end)
    }

    /// Reads the next token.
    pub(crate) fn next(&mut self) -> Read<Token<'a>> {
        self.skip_space();
        if self.after_name {
            self.after_name = false;
            return self.value();
        }
        let Some(open) = self.open.last().copied() else {
            return if self.at == self.text.len() { Ok(Token::End) } else { self.value() };
        };
        if let Some(b'}' | b']') = self.peek() {
            return self.close(open);
        }
        if open.is_filled {
            self.comma(open)?;
        }
        if let Some(last) = self.open.last_mut() {
            last.is_filled = true;
        }
        if open.is_object { self.name(open) } else { self.value() }
    }

    /// Skips the rest of the value whose first token was read last.
    pub(crate) fn skip(&mut self, first: &Token<'_>) -> Read<()> {
        if !matches!(first, Token::ObjectStart | Token::ArrayStart) {
            return Ok(());
        }
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.next()?;
        }
        Ok(())
    }

    /// Skips the value of the name that was read last.
    pub(crate) fn skip_member(&mut self) -> Read<()> {
        self.skip_space();
        if let Some(end) = skip::value(self.text, self.at, MAX_DEPTH - self.open.len(), &mut self.closers) {
            (self.at, self.after_name) = (end, false);
            return Ok(());
        }
        let first = self.next()?;
        self.skip(&first)
    }

    fn comma(&mut self, open: Open) -> Read<()> {
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(_) => return Err(self.unexpected(JsonError::comma(open.is_object))),
            None => return Err(self.ended(self.unclosed(open))),
        }
        self.skip_space();
        match self.peek() {
            Some(_) => Ok(()),
            None => Err(self.ended(JsonError::EndsBetween { is_object: open.is_object })),
        }
    }

    fn close(&mut self, open: Open) -> Read<Token<'a>> {
        let found = self.peek();
        self.start = self.at;
        let (close, token) = if open.is_object { (b'}', Token::ObjectEnd) } else { (b']', Token::ArrayEnd) };
        if found != Some(close) {
            let (line, column) = self.position(open.start);
            let found = if open.is_object { ']' } else { '}' };
            let mismatch = JsonError::Mismatch { found, source: self.text.to_owned(), line, column };
            return Err((mismatch, Span::new(self.at, self.at + 1)));
        }
        self.at += 1;
        self.open.pop();
        Ok(token)
    }

    fn name(&mut self, open: Open) -> Read<Token<'a>> {
        self.start = self.at;
        match self.peek() {
            Some(b'"') => {}
            Some(_) => return Err(self.unexpected(JsonError::name())),
            None => return Err(self.ended(self.unclosed(open))),
        }
        let name = self.string(true)?;
        self.name_end = self.at;
        self.skip_space();
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(self.unexpected(JsonError::colon())),
            None => return Err(self.ended(JsonError::EndsBetween { is_object: true })),
        }
        self.skip_space();
        if self.peek().is_none() {
            return Err(self.ended(JsonError::EndsBetween { is_object: true }));
        }
        // Jackson looks at the character that the value starts with before it hands out the name.
        if self.looks_ahead {
            let at = self.at;
            self.check_start()?;
            self.at = at;
        }
        self.after_name = true;
        Ok(Token::Name(name))
    }

    /// Whether a value can start here.
    fn check_start(&mut self) -> Read<()> {
        match self.peek() {
            Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9') => Ok(()),
            _ => {
                let start = self.start;
                let checked = self.scalar().map(|_| ());
                self.start = start;
                checked
            }
        }
    }

    fn value(&mut self) -> Read<Token<'a>> {
        self.start = self.at;
        match self.peek() {
            Some(b'{') => self.enter(true),
            Some(b'[') => self.enter(false),
            Some(b'"') => self.string(false).map(Token::Text),
            Some(_) => self.scalar(),
            None => match self.open.last().copied() {
                Some(open) => Err(self.ended(self.unclosed(open))),
                None => Ok(Token::End),
            },
        }
    }

    fn enter(&mut self, is_object: bool) -> Read<Token<'a>> {
        if self.open.len() == MAX_DEPTH {
            return Err((JsonError::TooDeep { depth: MAX_DEPTH + 1 }, Span::new(self.at, self.at + 1)));
        }
        self.open.push(Open { start: self.at, is_object, is_filled: false });
        self.at += 1;
        Ok(if is_object { Token::ObjectStart } else { Token::ArrayStart })
    }

    /// A number, `true`, `false` or `null`.
    fn scalar(&mut self) -> Read<Token<'a>> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number().map(Token::Number),
            Some(b'+') => {
                self.at += 1;
                match self.peek() {
                    Some(b'0'..=b'9') => {
                        self.at -= 1;
                        Err(self.unexpected_in_number(
                            "JSON spec does not allow numbers to have plus signs: enable \
                             `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow",
                        ))
                    }
                    _ => {
                        Err(self
                            .unexpected_in_number("expected digit (0-9) to follow plus sign, for valid numeric value"))
                    }
                }
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Read<Token<'a>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let token = match word {
            "true" => Token::True,
            "false" => Token::False,
            "null" => Token::Null,
            "NaN" | "Infinity" => return Err((JsonError::NotANumber(word.to_owned()), self.here(length))),
            _ if word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')) => {
                return Err((JsonError::UnknownWord(word.to_owned()), self.here(length)));
            }
            _ => return Err(self.unexpected(JsonError::value())),
        };
        self.at += length;
        Ok(token)
    }

    fn number(&mut self) -> Read<&'a str> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
            if self.text.get(self.at..).is_some_and(|rest| rest.starts_with("Infinity")) {
                self.at = start;
                return Err((JsonError::NotANumber("-Infinity".to_owned()), self.here("-Infinity".len())));
            }
        }
        match self.peek() {
            Some(b'0') => {
                self.at += 1;
                if let Some(b'0'..=b'9') = self.peek() {
                    return Err((JsonError::LeadingZeroes, Span::new(start, self.at + 1)));
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            _ => {
                return Err(
                    self.unexpected_in_number("expected digit (0-9) to follow minus sign, for valid numeric value")
                );
            }
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits("Decimal point not followed by a digit")?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.some_digits("Exponent indicator not followed by a digit")?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    fn some_digits(&mut self, otherwise: &'static str) -> Read<()> {
        match self.peek() {
            Some(b'0'..=b'9') => {
                self.digits();
                Ok(())
            }
            _ => Err(self.unexpected_in_number(otherwise)),
        }
    }

    fn string(&mut self, is_name: bool) -> Read<Cow<'a, str>> {
        let start = self.at;
        let rest = self.text.get(start + 1..).unwrap_or_default();
        match string::read(rest, is_name) {
            Ok((text, length)) => {
                self.at = start + 1 + length;
                Ok(text)
            }
            Err((error, at)) => {
                let at = start + 1 + at;
                let end = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
                Err((error, Span::new(at, end)))
            }
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn here(&self, length: usize) -> Span {
        Span::new(self.at, self.at + length)
    }

    /// The error of a character that cannot stand here.
    fn unexpected(&self, expected: &'static str) -> (JsonError, Span) {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
        if let Ok(code @ ..0x20) = u8::try_from(found) {
            return (JsonError::ControlBetween { code }, self.here(1));
        }
        let expected = match found {
            '/' => JsonError::comment(),
            '}' if expected == JsonError::value() => "expected a value",
            _ => expected,
        };
        (JsonError::Unexpected { found, in_number: false, expected }, self.here(found.len_utf8()))
    }

    fn unexpected_in_number(&self, expected: &'static str) -> (JsonError, Span) {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => (JsonError::Unexpected { found, in_number: true, expected }, self.here(found.len_utf8())),
            None => (JsonError::EndsInNumber { expected }, self.here(0)),
        }
    }

    fn ended(&self, error: JsonError) -> (JsonError, Span) {
        (error, self.here(0))
    }

    fn unclosed(&self, open: Open) -> JsonError {
        let (line, column) = self.position(open.start);
        JsonError::Unclosed { is_object: open.is_object, source: self.text.to_owned(), line, column }
    }

    /// The line and column of a byte, both from 1, as Jackson counts them: in UTF-16 units.
    fn position(&self, at: usize) -> (usize, usize) {
        position(self.text, at)
    }
}

/// The line and column of a byte, both from 1; columns count UTF-16 units.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    (line, last.encode_utf16().count() + 1)
}
