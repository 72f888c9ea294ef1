//! From the text of a filter pattern to its tree.

mod expr;
mod fields;
mod json;
mod terms;
mod tokens;

use super::ast::{Span, Tree};
use super::error::{ErrorKind, MAX_CHARS, ParseError, TermError};
use super::lex::{Cursor, Language};
pub(super) use terms::in_term;
use tokens::Tokens;

/// Parses a pattern of any language. The first character that is not blank tells which it is.
pub(super) fn parse(text: &str) -> Result<Tree, ParseError> {
    if text.chars().count() > MAX_CHARS {
        return Err(too_long(text));
    }
    let trimmed = text.trim_end_matches(|c: char| c.is_ascii_whitespace());
    let mut cursor = Cursor::new(trimmed);
    cursor.skip_space();
    match cursor.peek() {
        None => Ok(Tree::Everything),
        Some(c @ '{') => {
            closed(c, '}', trimmed, &cursor).and_then(|()| json::parse(Tokens::read(cursor, Language::Json)))
        }
        Some(c @ '[') => {
            closed(c, ']', trimmed, &cursor).and_then(|()| fields::parse(Tokens::read(cursor, Language::Fields)))
        }
        Some(c @ '%') => closed(c, '%', trimmed, &cursor).and_then(|()| bare_regex(cursor)),
        Some(_) => terms::parse(cursor).map(Tree::Terms),
    }
}

fn bare_regex(mut cursor: Cursor<'_>) -> Result<Tree, ParseError> {
    let regex = cursor.regex()?;
    match cursor.peek() {
        None => Ok(Tree::Regex(regex)),
        Some(_) => Err(cursor.spoilt(cursor.at(), TermError::RegexNotAlone)),
    }
}

fn closed(open: char, close: char, text: &str, cursor: &Cursor<'_>) -> Result<(), ParseError> {
    if text.ends_with(close) {
        return Ok(());
    }
    let start = cursor.at() + 1;
    let behind = text.get(start..).and_then(|inside| inside.rfind(close)).map(|at| start + at + 1);
    let span = behind.map_or(Span::new(cursor.at(), start), |behind| Span::new(behind, text.len()));
    Err(ParseError::new(ErrorKind::Unclosed { open, close, trailing: behind.is_some() }, span))
}

fn too_long(text: &str) -> ParseError {
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    ParseError::new(ErrorKind::TooLong { pattern: text.to_owned() }, Span::new(end, text.len()))
}
