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
        Token::ObjectStart => parser.pattern(),
        _ => Err(ParseError::new(ErrorKind::NotAnObject, parser.reader.span())),
    }
}

struct Parser<'a> {
    reader: Reader<'a>,
    or: OrMode,
}

/// An object that is being read. Objects are kept in a list, not on the stack: they can be nested deeply.
struct Open {
    members: Vec<Member>,
    start: Span,
    within_or: bool,
    /// What the object is of.
    of: Of,
    /// The list of `$or` that is being read, and where it starts.
    alternatives: Option<(Vec<Object>, Span)>,
}

enum Of {
    Pattern,
    Field(String, Span),
    Alternative,
}

/// What a step in an object led to.
enum Step {
    More,
    Opened(Open),
    Closed,
}

impl Open {
    /// Adds an object that was read to the one that it stands in.
    fn add(&mut self, of: Of, object: Object) {
        match (of, &mut self.alternatives) {
            (Of::Field(name, span), _) => {
                self.members.push(Member::Field(Field { name, span, asked: Asked::Object(object) }));
            }
            (_, Some((alternatives, _))) => alternatives.push(object),
            (_, None) => {}
        }
    }
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

    /// The pattern whose opening brace was read, up to the closing one.
    fn pattern(&mut self) -> Parsed<Object> {
        let mut outer: Vec<Open> = vec![];
        let mut inner = self.open(Of::Pattern, false);
        loop {
            match self.step(&mut inner)? {
                Step::More => {}
                Step::Opened(opened) => outer.push(std::mem::replace(&mut inner, opened)),
                Step::Closed => {
                    let span = inner.start.to(self.reader.span());
                    if inner.members.is_empty() {
                        return Err(ParseError::new(ErrorKind::EmptyObject, span));
                    }
                    let object = Object { members: inner.members, span };
                    let Some(parent) = outer.pop() else { return Ok(object) };
                    let of = inner.of;
                    inner = parent;
                    inner.add(of, object);
                }
            }
        }
    }

    fn open(&self, of: Of, within_or: bool) -> Open {
        Open { members: vec![], start: self.reader.span(), within_or, of, alternatives: None }
    }

    /// Reads the next member of an object, or the next alternative in it.
    fn step(&mut self, object: &mut Open) -> Parsed<Step> {
        if let Some((alternatives, start)) = &mut object.alternatives {
            return match self.next()? {
                Token::ObjectStart => Ok(Step::Opened(self.open(Of::Alternative, true))),
                Token::ArrayEnd => {
                    let span = start.to(self.reader.span());
                    let alternatives = std::mem::take(alternatives);
                    if alternatives.len() < 2 {
                        return Err(ParseError::new(ErrorKind::OrTooFew, span));
                    }
                    object.alternatives = None;
                    object.members.push(Member::Or(alternatives, span));
                    Ok(Step::More)
                }
                _ => self.error(ErrorKind::OrMemberNotObject),
            };
        }
        let Token::Name(name) = self.next()? else { return Ok(Step::Closed) };
        let (name, span) = (name.into_owned(), self.name_span());
        if name == "$or" && self.or == OrMode::Alternatives {
            if self.next()? != Token::ArrayStart {
                return self.error(ErrorKind::OrNotArray);
            }
            object.alternatives = Some((vec![], span));
            return Ok(Step::More);
        }
        if object.within_or && is_reserved(&name) {
            return Err(ParseError::new(ErrorKind::ReservedName { name }, span));
        }
        match self.next()? {
            Token::ObjectStart => Ok(Step::Opened(self.open(Of::Field(name, span), object.within_or))),
            Token::ArrayStart => {
                let asked = self.tests()?;
                object.members.push(Member::Field(Field { name, span, asked }));
                Ok(Step::More)
            }
            _ => self.error(ErrorKind::NotObjectOrArray { name }),
        }
    }

    /// The span of a name that was read last, without its colon.
    fn name_span(&self) -> Span {
        self.reader.name_span()
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
