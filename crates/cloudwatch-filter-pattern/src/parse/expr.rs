//! Conditions joined by `&&` and `||` and grouped by parentheses; `&&` binds tighter.

use super::tokens::Tokens;
use crate::ast::{Expr, Span};
use crate::error::{ParseError, StructureError};
use crate::lex::Token;

/// What was read since a parenthesis was opened: alternatives, and the conjunction being read.
struct Level<T> {
    open: Option<Span>,
    alternatives: Vec<Member<T>>,
    conjuncts: Vec<Member<T>>,
}

/// An expression and where it stands, its parentheses included.
struct Member<T> {
    expr: Expr<T>,
    span: Span,
}

/// Parses an expression, reading single conditions with `test`. Keeps its own stack: parentheses may be nested as deep
/// as a pattern is long.
pub(super) fn parse<'a, T>(
    tokens: &mut Tokens<'a>,
    mut test: impl FnMut(&mut Tokens<'a>) -> Result<(T, Span), ParseError>,
) -> Result<Expr<T>, ParseError> {
    let mut outer = Vec::new();
    let mut level = Level::new(None);
    loop {
        while let Some(open) = tokens.eat(&Token::Mark('(')) {
            outer.push(std::mem::replace(&mut level, Level::new(Some(open))));
        }
        let (condition, span) = test(tokens)?;
        let mut member = Member { expr: Expr::Test(condition), span };
        while let Some(open) = level.open
            && let Some(close) = tokens.eat(&Token::Mark(')'))
        {
            let expr = level.close(member).expr;
            member = Member { expr, span: Span::new(open.start, close.end) };
            level = outer.pop().unwrap_or_else(|| Level::new(None));
        }
        if tokens.eat(&Token::And).is_some() {
            level.conjuncts.push(member);
        } else if tokens.eat(&Token::Or).is_some() {
            level.end_conjunction(member);
        } else if let Some(open) = level.open {
            return Err(unclosed(tokens, open));
        } else {
            return Ok(level.close(member).expr);
        }
    }
}

/// The error that the next token cannot follow a condition: `why`, unless we know better.
pub(super) fn misplaced(tokens: &mut Tokens<'_>, why: StructureError) -> ParseError {
    let (token, span) = match tokens.next() {
        Ok(next) => next,
        Err(error) => return error,
    };
    let why = match token {
        Token::Word(word) if word.eq_ignore_ascii_case("AND") => StructureError::WordForAnd(word.to_owned()),
        Token::Word(word) if word.eq_ignore_ascii_case("OR") => StructureError::WordForOr(word.to_owned()),
        Token::Mark(')') => StructureError::UnopenedParenthesis,
        _ => why,
    };
    ParseError::structure(why, span)
}

fn unclosed(tokens: &mut Tokens<'_>, open: Span) -> ParseError {
    match tokens.peek() {
        Some(Token::Mark('}' | ']' | ',')) => ParseError::structure(StructureError::UnclosedParenthesis, open),
        _ => misplaced(tokens, StructureError::Unjoined),
    }
}

fn joined<T>(mut before: Vec<Member<T>>, last: Member<T>, join: fn(Vec<Expr<T>>, Span) -> Expr<T>) -> Member<T> {
    let Some(first) = before.first() else { return last };
    let span = Span::new(first.span.start, last.span.end);
    before.push(last);
    Member { expr: join(before.into_iter().map(|member| member.expr).collect(), span), span }
}

impl<T> Level<T> {
    fn new(open: Option<Span>) -> Self {
        Self { open, alternatives: Vec::new(), conjuncts: Vec::new() }
    }

    fn end_conjunction(&mut self, last: Member<T>) {
        let conjunction = joined(std::mem::take(&mut self.conjuncts), last, Expr::And);
        self.alternatives.push(conjunction);
    }

    fn close(self, last: Member<T>) -> Member<T> {
        joined(self.alternatives, joined(self.conjuncts, last, Expr::And), Expr::Or)
    }
}
