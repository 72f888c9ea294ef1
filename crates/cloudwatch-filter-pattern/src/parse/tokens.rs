//! The tokens of a structured pattern, consumed one by one, and the limits on them.

use event_sets::number::Decimal;

use crate::ast::{Literal, NumberLiteral, Op, Span, Step, TextLiteral};
use crate::error::ParseError;
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
            (Some((_, span)), _) => Err(ParseError::invalid(span).help("the pattern ends before this; remove it")),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(()),
        }
    }

    /// Reads what a comparison compares with, and where it stands.
    pub(super) fn literal(&mut self, op: Op) -> Result<(Literal, Span), ParseError> {
        let (token, span) = self.next()?;
        let literal = match token {
            Token::Number(text) => {
                let value = Decimal::parse(text)
                    .ok_or_else(|| ParseError::invalid(span).help("the exponent has to fit 32 bits"))?;
                return Ok((Literal::Number(NumberLiteral { text: text.to_owned(), value }), span));
            }
            Token::Quoted(text) => Literal::Text(text),
            // A keyword in JSON patterns, where the caller knows what to say of it.
            Token::Word(word) if word.eq_ignore_ascii_case("null") => {
                return Err(ParseError::invalid(span)
                    .help(format!("put the text in double quotes: `\"{word}\"`"))
                    .unsettled());
            }
            Token::Word(word) => {
                Literal::Text(TextLiteral { value: word.to_owned(), quoted: false, odd_escape: false })
            }
            Token::Regex(regex) => Literal::Regex(regex),
            Token::Op(second) => return Err(ParseError::invalid(span).help(doubled(op, second))),
            _ => return Err(ParseError::invalid(span).help(format!("write a value after `{op}`"))),
        };
        match op {
            Op::Eq | Op::Ne => Ok((literal, span)),
            Op::Lt | Op::Le | Op::Gt | Op::Ge => Err(ParseError::invalid(span).help(unordered(op, &literal))),
        }
    }

    fn ended(&mut self) -> ParseError {
        self.broken.take().unwrap_or_else(|| ParseError::invalid(Span::new(self.end, self.end)))
    }
}

fn unordered(op: Op, literal: &Literal) -> String {
    match literal {
        Literal::Text(text) if Decimal::parse(&text.value).is_some() => {
            format!("write the number without quotes: `{op} {}`", text.value)
        }
        _ => format!("`{op}` compares with a number only, as in `{op} 5`"),
    }
}

fn doubled(first: Op, second: Op) -> String {
    let instead = match (first, second) {
        (Op::Eq, Op::Eq) => Op::Eq,
        (Op::Eq | Op::Gt, Op::Gt | Op::Eq) => Op::Ge,
        (Op::Eq | Op::Lt, Op::Lt | Op::Eq) => Op::Le,
        _ => Op::Ne,
    };
    format!("`{first}{second}` is not an operator; write `{instead}`")
}

fn beyond_limits(tokens: &[(Token<'_>, Span)]) -> Option<ParseError> {
    let regexes = tokens.iter().filter(|(token, _)| matches!(token, Token::Regex(_)));
    let wildcards = tokens
        .iter()
        .filter(|(token, _)| matches!(token, Token::Selector(selector) if selector.0.contains(&Step::Any)));
    let too_many_regexes = regexes.map(|(_, span)| *span).nth(MAX_REGEXES).map(|span| {
        let text = "Your input has exceeded the maximum of 2 regular expressions per filter pattern.";
        ParseError::new(text, span).help("join regular expressions with `|`, or split the pattern into several filters")
    });
    let too_many_wildcards = wildcards.map(|(_, span)| *span).nth(MAX_WILDCARDS).map(|span| {
        ParseError::invalid(span).help(format!("at most {MAX_WILDCARDS} selectors of a pattern may have a wildcard"))
    });
    too_many_regexes.or(too_many_wildcards)
}
