//! Unstructured patterns: `ERROR -"timed out" ?WARN`.

use crate::ast::{Term, TermKind};
use crate::error::{ParseError, StructureError, TermError};
use crate::lex::Cursor;

/// Parses terms up to the end of the text. No space is needed before `-` and `?`: `a-b` is `a -b`.
pub(super) fn parse(mut cursor: Cursor<'_>) -> Result<Vec<Term>, ParseError> {
    let mut terms = Vec::new();
    while cursor.peek().is_some() {
        terms.push(term(&mut cursor)?);
        let end = cursor.at();
        cursor.skip_space();
        let apart = cursor.at() > end || matches!(cursor.peek(), None | Some('-' | '?'));
        if !apart && cursor.peek().is_some_and(|c| c == '"' || in_term(c)) {
            return Err(ParseError::structure(StructureError::NoSpace, cursor.span_from(end)));
        }
    }
    Ok(terms)
}

/// Whether a term may hold the character without quotes.
pub(crate) fn in_term(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

fn term(cursor: &mut Cursor<'_>) -> Result<Term, ParseError> {
    let start = cursor.at();
    let kind = if cursor.eat("-") {
        TermKind::Excluded
    } else if cursor.eat("?") {
        TermKind::Optional
    } else {
        TermKind::Required
    };
    let text = match cursor.peek() {
        Some('"') => phrase(cursor)?,
        Some(c) if in_term(c) => cursor.take_while(in_term).to_owned(),
        Some('-' | '?') => return Err(lone_sign(cursor, start)),
        Some(c) if c.is_ascii_whitespace() => return Err(lone_sign(cursor, start)),
        None => return Err(lone_sign(cursor, start)),
        Some(c) => return Err(stray(cursor, c)),
    };
    Ok(Term { kind, text, span: cursor.span_from(start) })
}

fn phrase(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let start = cursor.at();
    let literal = cursor.quoted()?;
    if literal.value.is_empty() {
        return Err(ParseError::term("\"\"", TermError::EmptyPhrase, cursor.span_from(start)));
    }
    Ok(literal.value)
}

fn lone_sign(cursor: &Cursor<'_>, start: usize) -> ParseError {
    ParseError::structure(StructureError::LoneSign, cursor.span_from(start)).unsettled()
}

fn stray(cursor: &Cursor<'_>, c: char) -> ParseError {
    let why = match c {
        '%' => TermError::RegexAmongTerms,
        '“' | '”' | '„' | '‘' | '’' => TermError::CurlyQuotes,
        _ => TermError::UnquotedTerm,
    };
    cursor.spoilt(cursor.at(), why)
}
