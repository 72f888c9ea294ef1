//! From the text of a pattern to its tree, in the order in which AWS's own compiler reads it, so that a text with several
//! mistakes has the error that AWS names.

mod anything_but;
mod numeric;
mod operator;

use crate::address::Address;
use crate::ast::{Asked, Field, Member, Object, Operator, Test, TestKind};
use crate::error::{ErrorKind, ParseError};
use crate::json::{Reader, Token};
use crate::number::Number;
use crate::span::Span;

/// How `$or` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrMode {
    /// It joins alternatives, and is an error anywhere else.
    Alternatives,
    /// It is a name like any other.
    Name,
}

/// Parses a pattern.
pub(crate) fn parse(text: &str, or: OrMode) -> Result<Object, ParseError> {
    let mut parser = Parser { reader: Reader::new(text), or };
    match parser.next()? {
        Token::ObjectStart => parser.object(false),
        _ => Err(ParseError::new(ErrorKind::NotAnObject, parser.reader.span())),
    }
}

struct Parser<'a> {
    reader: Reader<'a>,
    or: OrMode,
}

type Parsed<T> = Result<T, ParseError>;

impl<'a> Parser<'a> {
    fn next(&mut self) -> Parsed<Token<'a>> {
        self.reader.next().map_err(|(error, span)| ParseError::new(ErrorKind::Json(error), span))
    }

    /// The error, at the token that was read last.
    fn error<T>(&self, kind: ErrorKind) -> Parsed<T> {
        Err(ParseError::new(kind, self.reader.span()))
    }

    /// The members of an object whose brace was read, up to the closing one.
    fn object(&mut self, within_or: bool) -> Parsed<Object> {
        let start = self.reader.span();
        let mut members = vec![];
        while let Token::Name(name) = self.next()? {
            members.push(self.member(name.into_owned(), within_or)?);
        }
        if members.is_empty() {
            return Err(ParseError::new(ErrorKind::EmptyObject, start.to(self.reader.span())));
        }
        Ok(Object { members, span: start.to(self.reader.span()) })
    }

    fn member(&mut self, name: String, within_or: bool) -> Parsed<Member> {
        let span = self.name_span();
        if name == "$or" && self.or == OrMode::Alternatives {
            return self.alternatives(span);
        }
        if within_or && is_reserved(&name) {
            return Err(ParseError::new(ErrorKind::ReservedName { name }, span));
        }
        let asked = match self.next()? {
            Token::ObjectStart => Asked::Object(self.object(within_or)?),
            Token::ArrayStart => self.tests()?,
            _ => return self.error(ErrorKind::NotObjectOrArray { name }),
        };
        Ok(Member::Field(Field { name, span, asked }))
    }

    /// The span of a name that was read last, without its colon.
    fn name_span(&self) -> Span {
        self.reader.name_span()
    }

    fn alternatives(&mut self, start: Span) -> Parsed<Member> {
        if self.next()? != Token::ArrayStart {
            return self.error(ErrorKind::OrNotArray);
        }
        let mut alternatives = vec![];
        loop {
            match self.next()? {
                Token::ArrayEnd => break,
                Token::ObjectStart => alternatives.push(self.object(true)?),
                _ => return self.error(ErrorKind::OrMemberNotObject),
            }
        }
        let span = start.to(self.reader.span());
        if alternatives.len() < 2 {
            return Err(ParseError::new(ErrorKind::OrTooFew, span));
        }
        Ok(Member::Or(alternatives, span))
    }

    /// The entries of a list whose bracket was read, up to the closing one.
    fn tests(&mut self) -> Parsed<Asked> {
        let start = self.reader.span();
        let mut tests = vec![];
        loop {
            let token = self.next()?;
            if token == Token::ArrayEnd {
                break;
            }
            tests.push(self.test(token)?);
        }
        let span = start.to(self.reader.span());
        if tests.is_empty() {
            return Err(ParseError::new(ErrorKind::EmptyArray, span));
        }
        Ok(Asked::OneOf(tests, span))
    }

    fn test(&mut self, token: Token<'a>) -> Parsed<Test> {
        let start = self.reader.span();
        let kind = match token {
            Token::ObjectStart => self.operation()?,
            Token::Text(text) => {
                let text = text.into_owned();
                match Address::parse(&text) {
                    Some(address) => TestKind::Address(text, address),
                    None => TestKind::Text(text),
                }
            }
            Token::Number(number) => TestKind::Number(Number::new(number)),
            Token::True => TestKind::Boolean(true),
            Token::False => TestKind::Boolean(false),
            Token::Null => TestKind::Null,
            _ => return self.error(ErrorKind::NestedArray),
        };
        Ok(Test { kind, span: start.to(self.reader.span()) })
    }

    /// Reads the brace that ends an operation.
    fn end_operation(&mut self, otherwise: ErrorKind) -> Parsed<()> {
        match self.next()? {
            Token::ObjectEnd => Ok(()),
            _ => self.error(otherwise),
        }
    }

    /// Reads a string, the operand of an operator.
    fn string(&mut self, operator: Operator) -> Parsed<String> {
        match self.next()? {
            Token::Text(text) => Ok(text.into_owned()),
            _ => self.error(ErrorKind::NotAString { operator }),
        }
    }
}

/// Names that AWS keeps for operators of today and of later.
fn is_reserved(name: &str) -> bool {
    const RESERVED: [&str; 15] = [
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "regex",
        "not-wildcard",
        "not-equals-ignore-case",
        "date-after",
        "date-on-or-after",
        "date-before",
        "date-on-or-before",
        "in-date-range",
        "ip-address-in-range",
        "ip-address-not-in-range",
    ];
    Operator::named(name).is_some() || RESERVED.contains(&name)
}
