//! Space-delimited patterns: `[ip, user, ..., status = 4*, bytes]`.

use super::expr;
use super::tokens::Tokens;
use crate::ast::{Entry, FieldTest, Span, Tree};
use crate::error::ParseError;
use crate::lex::Token;

/// Parses a space-delimited pattern, brackets included. `[]` has no entry at all.
pub(super) fn parse(mut tokens: Tokens<'_>) -> Result<Tree, ParseError> {
    tokens.next()?;
    let mut entries = Vec::new();
    if tokens.eat(&Token::Mark(']')).is_none() {
        loop {
            let (entry, span) = entry(&mut tokens)?;
            if let Some(name) = duplicate(&entries, &entry) {
                return Err(ParseError::new(format!("Duplicate field '{name}'"), span).help("name each field once"));
            }
            entries.push(entry);
            if tokens.eat(&Token::Mark(',')).is_some() {
                continue;
            }
            if tokens.eat(&Token::Mark(']')).is_some() {
                break;
            }
            return Err(expr::misplaced(&mut tokens, "put a comma between entries"));
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
        (_, span) => Err(ParseError::invalid(span).help("an entry starts with the name of a field")),
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
            let message = format!("Multiple variables used in a single filter. Var1 : {first}, Var2 : {name}");
            return Err(ParseError::new(message, start).help("put the condition in the entry of its own field"));
        }
        let op = match tokens.next()? {
            (Token::Op(op), _) => op,
            (_, span) => return Err(ParseError::invalid(span).help("write an operator after the name: `=`, `!=`, …")),
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
        (_, span) => Err(ParseError::invalid(span).help("each condition starts with the name of the field")),
    }
}

/// Names start with a letter or `_`. That they may hold a hyphen is not documented; its meaning is plain.
fn checked_name(word: &str, span: Span) -> Result<&str, ParseError> {
    let starts = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    match word.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-')) {
        None if starts => Ok(word),
        None => Err(ParseError::invalid(span).help("the name of a field starts with a letter")),
        Some(_) => {
            Err(ParseError::invalid(span).help("the name of a field has letters, digits and `_` only").unsettled())
        }
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
