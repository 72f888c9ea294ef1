//! From the text of a filter pattern to its tree.

mod expr;
mod fields;
mod json;
mod terms;
mod tokens;

use super::ast::{Span, Tree};
use super::error::ParseError;
use super::lex::{Cursor, Language};
pub(super) use terms::in_term;
use tokens::Tokens;

/// How long a pattern may be, in characters.
const MAX_CHARS: usize = 1024;

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
        Some(_) => {
            Err(cursor.spoilt(cursor.at()).help("a regular expression stands alone; join several with `|` in it"))
        }
    }
}

fn closed(open: char, close: char, text: &str, cursor: &Cursor<'_>) -> Result<(), ParseError> {
    if text.ends_with(close) {
        return Ok(());
    }
    let start = cursor.at() + 1;
    let behind = text.get(start..).and_then(|inside| inside.rfind(close)).map(|at| start + at + 1);
    let (span, help) = match behind {
        Some(behind) => (Span::new(behind, text.len()), format!("remove what follows the last `{close}`")),
        None => (Span::new(cursor.at(), start), format!("end the pattern with `{close}`, or put it in double quotes")),
    };
    Err(ParseError::new(format!("If a filter pattern starts with '{open}' it must end with '{close}'"), span)
        .help(help))
}

fn too_long(text: &str) -> ParseError {
    let message = format!(
        "1 validation error detected: Value '{text}' at 'filterPattern' failed to satisfy constraint: Member must have \
         length less than or equal to {MAX_CHARS}"
    );
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    ParseError::new(message, Span::new(end, text.len())).help("split the pattern into several filters")
}
