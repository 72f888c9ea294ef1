//! JSON patterns: `{ $.a = 1 && $.b NOT EXISTS }`.

use super::expr;
use super::tokens::Tokens;
use crate::ast::{Condition, Op, Span, Test, Tree};
use crate::error::{ParseError, StructureError, TermError};
use crate::lex::Token;

/// Parses a JSON pattern, braces included.
pub(super) fn parse(mut tokens: Tokens<'_>) -> Result<Tree, ParseError> {
    tokens.next()?;
    let expr = expr::parse(&mut tokens, condition)?;
    if tokens.eat(&Token::Mark('}')).is_none() {
        return Err(expr::misplaced(&mut tokens, StructureError::Unjoined));
    }
    tokens.finish()?;
    Ok(Tree::Json(expr))
}

fn condition(tokens: &mut Tokens<'_>) -> Result<(Condition, Span), ParseError> {
    let (selector, start) = match tokens.next()? {
        (Token::Selector(selector), span) => (selector, span),
        (token, span) => return Err(no_selector(&token, span)),
    };
    let (test, end) = test(tokens)?;
    let span = Span::new(start.start, end.end);
    Ok((Condition { selector, test, span }, span))
}

fn test(tokens: &mut Tokens<'_>) -> Result<(Test, Span), ParseError> {
    let (token, span) = tokens.next()?;
    match token {
        Token::Op(op) => comparison(op, tokens),
        Token::Word(word) if word.eq_ignore_ascii_case("IS") => is(tokens),
        Token::Word(word) if word.eq_ignore_ascii_case("NOT") => match tokens.next()? {
            (Token::Word(word), end) if word.eq_ignore_ascii_case("EXISTS") => Ok((Test::NotExists, end)),
            (_, span) => Err(ParseError::structure(StructureError::NotWithoutExists, span)),
        },
        Token::Word(word) if word.eq_ignore_ascii_case("EXISTS") => {
            Err(ParseError::structure(StructureError::Exists, span))
        }
        _ => Err(ParseError::structure(StructureError::NoOperator, span)),
    }
}

fn comparison(op: Op, tokens: &mut Tokens<'_>) -> Result<(Test, Span), ParseError> {
    let null = matches!(tokens.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case("null"));
    if null {
        let (_, span) = tokens.next()?;
        return Err(ParseError::structure(StructureError::ComparedWithNull(op), span));
    }
    let (literal, span) = tokens.literal(op)?;
    Ok((Test::Compare(op, literal), span))
}

fn is(tokens: &mut Tokens<'_>) -> Result<(Test, Span), ParseError> {
    const TESTS: [(&str, Test); 3] = [("NULL", Test::IsNull), ("TRUE", Test::IsTrue), ("FALSE", Test::IsFalse)];
    let (token, span) = tokens.next()?;
    let Token::Word(word) = token else {
        return Err(ParseError::structure(StructureError::IsWithoutWord, span));
    };
    match TESTS.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        Some((_, test)) => Ok((test, span)),
        None if word.eq_ignore_ascii_case("NOT") => Err(ParseError::term(word, TermError::IsNot, span)),
        None => Err(ParseError::term(word, TermError::IsOther, span)),
    }
}

fn no_selector(token: &Token<'_>, span: Span) -> ParseError {
    let why = match token {
        Token::Word(word) if word.eq_ignore_ascii_case("NOT") => StructureError::Negation,
        Token::Word(word) => StructureError::NoSelector((*word).to_owned()),
        Token::Mark('}' | ')') => StructureError::NoCondition,
        _ => StructureError::ConditionStart,
    };
    ParseError::structure(why, span)
}
