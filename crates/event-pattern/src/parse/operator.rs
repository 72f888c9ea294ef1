//! Operations: `{"prefix": "x"}`.

use super::{Parsed, Parser};
use crate::address::Block;
use crate::ast::{Operator, TestKind};
use crate::error::{ErrorKind, ParseError};
use crate::json::Token;
use crate::wildcard::Wildcard;

impl Parser<'_> {
    /// An operation whose brace was read, up to the closing one.
    pub(super) fn operation(&mut self) -> Parsed<TestKind> {
        let Token::Name(name) = self.next()? else { return self.error(ErrorKind::NoOperator) };
        let Some(operator) = Operator::named(&name) else {
            let name = name.into_owned();
            return Err(ParseError::new(ErrorKind::UnknownOperator { name }, self.name_span()));
        };
        let kind = match operator {
            Operator::Numeric => return self.numeric(),
            Operator::AnythingBut => return self.anything_but(),
            Operator::Prefix | Operator::Suffix => return self.affix(operator),
            Operator::Exists => match self.next()? {
                Token::True => TestKind::Exists(true),
                Token::False => TestKind::Exists(false),
                _ => return self.error(ErrorKind::NotABoolean),
            },
            Operator::Exactly => TestKind::Exactly(self.string(operator)?),
            Operator::EqualsIgnoreCase => TestKind::EqualsIgnoringCase(self.string(operator)?),
            Operator::Wildcard => {
                let text = self.string(operator)?;
                TestKind::Wildcard(self.wildcard(&text)?)
            }
            Operator::Cidr => {
                let text = self.string(operator)?;
                match Block::parse(&text) {
                    Ok(block) => TestKind::Cidr(block),
                    Err(kind) => return self.error(kind),
                }
            }
        };
        self.end_operation(ErrorKind::SeveralOperators)?;
        Ok(kind)
    }

    pub(super) fn wildcard(&self, text: &str) -> Parsed<Wildcard> {
        Wildcard::parse(text).map_err(|kind| ParseError::new(kind, self.reader.span()))
    }

    fn affix(&mut self, operator: Operator) -> Parsed<TestKind> {
        let kind = match self.next()? {
            Token::Text(text) if operator == Operator::Prefix => TestKind::Prefix(text.into_owned()),
            Token::Text(text) => TestKind::Suffix(text.into_owned()),
            Token::ObjectStart => {
                let Token::Name(name) = self.next()? else {
                    return self.error(ErrorKind::NoAffixOperator { operator });
                };
                if name != Operator::EqualsIgnoreCase.name() {
                    let kind = ErrorKind::AffixOperator { operator, name: name.into_owned() };
                    return Err(ParseError::new(kind, self.name_span()));
                }
                let text = self.string(Operator::EqualsIgnoreCase)?;
                self.end_operation(ErrorKind::SeveralOperators)?;
                match operator {
                    Operator::Prefix => TestKind::PrefixIgnoringCase(text),
                    _ => TestKind::SuffixIgnoringCase(text),
                }
            }
            _ => return self.error(ErrorKind::NotAString { operator }),
        };
        self.end_operation(ErrorKind::SeveralOperators)?;
        Ok(kind)
    }
}
