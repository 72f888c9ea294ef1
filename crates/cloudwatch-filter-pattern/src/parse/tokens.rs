//! The tokens of a structured pattern, consumed one by one, and the limits on them.

use event_sets::number::Decimal;

use crate::ast::{Literal, NumberLiteral, Op, Span, Step, TextLiteral};
use crate::error::{ErrorKind, ParseError, StructureError};
use crate::lex::{Cursor, Language, Token};

/// How many regular expressions a pattern may hold.
const MAX_REGEXES: usize = 2;
/// How many of a pattern's selectors may have a wildcard.
const MAX_WILDCARDS: usize = 3;

/// The tokens that are left of a pattern.
pub(super) struct Tokens<'a> {
    left: std::iter::Peekable<std::vec::IntoIter<(Token<'a>, Span)>>,
    /// Why there are no more tokens, if it is not that the text ends.
    broken: Option<ParseError>,
    limit: Option<ParseError>,
    end: usize,
}

impl<'a> Tokens<'a> {
    /// Reads to the end of the text, or to the first character that starts no token. The error is reported when the
    /// parser gets there, so that an earlier one goes first.
    pub(super) fn read(mut cursor: Cursor<'a>, language: Language) -> Self {
        let mut tokens = Vec::new();
        let broken = loop {
            match cursor.token(language) {
                Ok(Some(token)) => tokens.push(token),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        Self { limit: beyond_limits(&tokens), left: tokens.into_iter().peekable(), broken, end: cursor.at() }
    }

    pub(super) fn peek(&mut self) -> Option<&Token<'a>> {
        self.left.peek().map(|(token, _)| token)
    }

    pub(super) fn next(&mut self) -> Result<(Token<'a>, Span), ParseError> {
        self.left.next().ok_or_else(|| self.ended())
    }

    /// Takes the next token if it is this one.
    pub(super) fn eat(&mut self, token: &Token<'_>) -> Option<Span> {
        self.left.next_if(|(next, _)| next == token).map(|(_, span)| span)
    }

    /// Nothing may be left, and what was there may not exceed the limits.
    pub(super) fn finish(mut self) -> Result<(), ParseError> {
        match (self.left.next(), self.broken.or(self.limit)) {
            (Some((_, span)), _) => Err(ParseError::structure(StructureError::Trailing, span)),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(()),
        }
    }

    /// Reads what a comparison compares with, and where it stands.
    pub(super) fn literal(&mut self, op: Op) -> Result<(Literal, Span), ParseError> {
        let (token, span) = self.next()?;
        let literal = match token {
            Token::Number(text) => {
                let value =
                    Decimal::parse(text).ok_or_else(|| ParseError::structure(StructureError::Exponent, span))?;
                return Ok((Literal::Number(NumberLiteral { text: text.to_owned(), value }), span));
            }
            Token::Quoted(text) => Literal::Text(text),
            // A keyword in JSON patterns, where the caller knows what to say of it.
            Token::Word(word) if word.eq_ignore_ascii_case("null") => {
                return Err(ParseError::structure(StructureError::NullWord(word.to_owned()), span).unsettled());
            }
            Token::Word(word) => {
                Literal::Text(TextLiteral { value: word.to_owned(), quoted: false, odd_escape: false })
            }
            Token::Regex(regex) => Literal::Regex(regex),
            Token::Op(second) => return Err(ParseError::structure(StructureError::DoubledOperator(op, second), span)),
            _ => return Err(ParseError::structure(StructureError::NoValue(op), span)),
        };
        match op {
            Op::Eq | Op::Ne => Ok((literal, span)),
            Op::Lt | Op::Le | Op::Gt | Op::Ge => {
                let text = if let Literal::Text(text) = literal { Some(text.value) } else { None };
                Err(ParseError::structure(StructureError::Unordered(op, text), span))
            }
        }
    }

    fn ended(&mut self) -> ParseError {
        self.broken
            .take()
            .unwrap_or_else(|| ParseError::structure(StructureError::Ended, Span::new(self.end, self.end)))
    }
}

fn beyond_limits(tokens: &[(Token<'_>, Span)]) -> Option<ParseError> {
    let regexes = tokens.iter().filter(|(token, _)| matches!(token, Token::Regex(_)));
    let wildcards = tokens
        .iter()
        .filter(|(token, _)| matches!(token, Token::Selector(selector) if selector.0.contains(&Step::Any)));
    let too_many_regexes = regexes.map(|(_, span)| ParseError::new(ErrorKind::TooManyRegexes, *span)).nth(MAX_REGEXES);
    let too_many_wildcards =
        wildcards.map(|(_, span)| ParseError::structure(StructureError::TooManyWildcards, *span)).nth(MAX_WILDCARDS);
    too_many_regexes.or(too_many_wildcards)
}
