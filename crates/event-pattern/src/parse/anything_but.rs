//! `{"anything-but": …}`.

use super::{Parsed, Parser};
use crate::ast::{Except, Operator, TestKind};
use crate::error::{ErrorKind, ParseError};
use crate::json::Token;
use crate::number::Number;

impl Parser<'_> {
    /// What follows `"anything-but":`, up to the closing brace.
    pub(super) fn anything_but(&mut self) -> Parsed<TestKind> {
        let except = match self.next()? {
            Token::ObjectStart => {
                let except = self.negated()?;
                self.end_operation(ErrorKind::TooManyElements)?;
                except
            }
            Token::ArrayStart => self.list()?,
            Token::Text(text) => Except::Texts(vec![text.into_owned()]),
            Token::Number(number) => Except::Numbers(vec![self.comparable(Number::new(number))?]),
            _ => return self.error(ErrorKind::AnythingButValue),
        };
        self.end_operation(ErrorKind::TooManyElements)?;
        Ok(TestKind::AnythingBut(except))
    }

    fn list(&mut self) -> Parsed<Except> {
        let start = self.reader.span();
        let (mut texts, mut numbers) = (vec![], vec![]);
        loop {
            match self.next()? {
                Token::ArrayEnd => break,
                Token::Text(text) => texts.push(text.into_owned()),
                Token::Number(number) => numbers.push(self.comparable(Number::new(number))?),
                _ => return self.error(ErrorKind::AnythingButMember),
            }
        }
        match (texts.is_empty(), numbers.is_empty()) {
            (false, true) => Ok(Except::Texts(texts)),
            (true, false) => Ok(Except::Numbers(numbers)),
            _ => Err(ParseError::new(ErrorKind::AnythingButMixed, start.to(self.reader.span()))),
        }
    }

    /// An operation within `anything-but`, up to its operand.
    fn negated(&mut self) -> Parsed<Except> {
        let Token::Name(name) = self.next()? else { return self.error(ErrorKind::NoAnythingButOperator) };
        let operator = match Operator::named(&name) {
            Some(
                operator @ (Operator::EqualsIgnoreCase | Operator::Prefix | Operator::Suffix | Operator::Wildcard),
            ) => operator,
            _ => {
                let kind = ErrorKind::AnythingButOperator { name: name.into_owned() };
                return Err(ParseError::new(kind, self.name_span()));
            }
        };
        let texts = self.strings(operator)?;
        Ok(match operator {
            Operator::Prefix => Except::Prefixes(texts),
            Operator::Suffix => Except::Suffixes(texts),
            Operator::Wildcard => {
                Except::Wildcards(texts.iter().map(|text| self.wildcard(text)).collect::<Parsed<_>>()?)
            }
            _ => Except::IgnoringCase(texts),
        })
    }

    /// A string, or a list of strings.
    fn strings(&mut self, operator: Operator) -> Parsed<Vec<String>> {
        match self.next()? {
            Token::ArrayStart => {}
            token @ (Token::Text(_) | Token::Number(_)) => return Ok(vec![self.excepted(token, operator)?]),
            _ => return self.error(ErrorKind::AnythingButValue),
        }
        let start = self.reader.span();
        let mut texts = vec![];
        loop {
            match self.next()? {
                Token::ArrayEnd => break,
                token => texts.push(self.excepted(token, operator)?),
            }
        }
        if texts.is_empty() {
            let kind = ErrorKind::AnythingButEmpty { operator };
            return Err(ParseError::new(kind, start.to(self.reader.span())));
        }
        Ok(texts)
    }

    fn excepted(&self, token: Token<'_>, operator: Operator) -> Parsed<String> {
        let is_affix = matches!(operator, Operator::Prefix | Operator::Suffix);
        match token {
            Token::Text(text) if is_affix && text.is_empty() => self.error(ErrorKind::EmptyAffix),
            Token::Text(text) => Ok(text.into_owned()),
            _ if is_affix => self.error(ErrorKind::AnythingButAffix),
            _ if operator == Operator::Wildcard => self.error(ErrorKind::NotAString { operator }),
            _ => self.error(ErrorKind::AnythingButIgnoreCase),
        }
    }
}
