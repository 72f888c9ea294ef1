//! Space-delimited patterns: `[ip, user, ..., status = 4*, bytes]`.

use super::expr;
use super::tokens::Tokens;
use crate::ast::{Entry, FieldTest, Span, Tree};
use crate::error::{ErrorKind, ParseError, StructureError, TermError};
use crate::lex::Token;

/// Parses a space-delimited pattern, brackets included. `[]` has no entry at all.
pub(super) fn parse(mut tokens: Tokens<'_>) -> Result<Tree, ParseError> {
    tokens.next()?;
    let mut entries = Vec::new();
    if tokens.eat(&Token::Mark(']')).is_none() {
        loop {
            let (entry, span) = entry(&mut tokens)?;
            if let Some(name) = duplicate(&entries, &entry) {
                return Err(ParseError::new(ErrorKind::DuplicateField { name: name.to_owned() }, span));
            }
            entries.push(entry);
            if tokens.eat(&Token::Mark(',')).is_some() {
                continue;
            }
            if tokens.eat(&Token::Mark(']')).is_some() {
                break;
            }
            return Err(expr::misplaced(&mut tokens, StructureError::NoComma));
        }
    }
    tokens.finish()?;
    Ok(Tree::Fields(entries))
}

/// Reads what stands between commas, and where its name stands.
fn entry(tokens: &mut Tokens<'_>) -> Result<(Entry, Span), ParseError> {
    match tokens.peek() {
        Some(Token::Mark(',' | ']')) => return Ok((Entry::Field { name: None, condition: None }, Span::default())),
        Some(Token::Mark('(')) => return conditional(tokens, None),
        _ => {}
    }
    match tokens.next()? {
        (Token::Word("..."), span) => Ok((Entry::Ellipsis, span)),
        (Token::Word(word), span) => {
            let name = checked_name(word, span)?;
            match tokens.peek() {
                Some(Token::Op(_)) => conditional(tokens, Some((name, span))),
                _ => Ok((Entry::Field { name: Some(name.to_owned()), condition: None }, span)),
            }
        }
        (_, span) => Err(ParseError::structure(StructureError::NoFieldName, span)),
    }
}

/// Reads conditions on one field; the first name is read already, unless a parenthesis comes before it.
fn conditional<'a>(tokens: &mut Tokens<'a>, mut read: Option<(&'a str, Span)>) -> Result<(Entry, Span), ParseError> {
    let mut subject: Option<(&str, Span)> = None;
    let condition = expr::parse(tokens, |tokens| {
        let (name, start) = match read.take() {
            Some(read) => read,
            None => name(tokens)?,
        };
        let (first, _) = *subject.get_or_insert((name, start));
        if name != first {
            let kind = ErrorKind::SeveralFields { first: first.to_owned(), second: name.to_owned() };
            return Err(ParseError::new(kind, start));
        }
        let op = match tokens.next()? {
            (Token::Op(op), _) => op,
            (_, span) => return Err(ParseError::structure(StructureError::NoFieldOperator, span)),
        };
        let (literal, end) = tokens.literal(op)?;
        let span = Span::new(start.start, end.end);
        Ok((FieldTest { op, literal, span }, span))
    })?;
    let (name, span) = subject.unwrap_or_default();
    Ok((Entry::Field { name: Some(name.to_owned()), condition: Some(condition) }, span))
}

fn name<'a>(tokens: &mut Tokens<'a>) -> Result<(&'a str, Span), ParseError> {
    match tokens.next()? {
        (Token::Word(word), span) => Ok((checked_name(word, span)?, span)),
        (_, span) => Err(ParseError::structure(StructureError::NoNameInCondition, span)),
    }
}

/// Names start with a letter or `_`. That they may hold a hyphen is not documented; its meaning is plain.
fn checked_name(word: &str, span: Span) -> Result<&str, ParseError> {
    let starts = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    match word.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-')) {
        None if starts => Ok(word),
        None => Err(digit_first(word, span)),
        Some(_) => Err(ParseError::structure(StructureError::FieldNameCharacter, span).unsettled()),
    }
}

/// AWS reads the digits as a number, which the first letter spoils.
fn digit_first(word: &str, span: Span) -> ParseError {
    let spoiled = word.char_indices().find(|(_, c)| !c.is_numeric());
    match spoiled.and_then(|(at, c)| word.get(..at + c.len_utf8())) {
        Some(term) => ParseError::term(term, TermError::FieldNameStart, span),
        None => ParseError::structure(StructureError::FieldNameNumber, span),
    }
}

fn duplicate<'a>(entries: &[Entry], entry: &'a Entry) -> Option<&'a str> {
    let (same, name) = match entry {
        Entry::Ellipsis => (entries.contains(&Entry::Ellipsis), "..."),
        Entry::Field { name: Some(name), .. } => {
            let same = |other: &Entry| matches!(other, Entry::Field { name: Some(other), .. } if other == name);
            (entries.iter().any(same), name.as_str())
        }
        Entry::Field { name: None, .. } => (false, ""),
    };
    same.then_some(name)
}
