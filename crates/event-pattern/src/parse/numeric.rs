//! `{"numeric": [">", 0, "<=", 5]}`.

use super::{Parsed, Parser};
use crate::ast::{Bound, Range, TestKind};
use crate::error::ErrorKind;
use crate::json::Token;
use crate::number::Number;

impl Parser<'_> {
    /// What follows `"numeric":`, up to the closing brace.
    pub(super) fn numeric(&mut self) -> Parsed<TestKind> {
        if self.next()? != Token::ArrayStart {
            return self.error(ErrorKind::NumericNotArray);
        }
        let range = self.range()?;
        self.end_operation(ErrorKind::TooManyElements)?;
        Ok(TestKind::Numeric(range))
    }

    fn range(&mut self) -> Parsed<Range> {
        let operator = match self.next()? {
            Token::Text(operator) => operator,
            other => return self.error(ErrorKind::NumericMember { found: text(&other) }),
        };
        match operator.as_ref() {
            "=" => Ok(Range::Equals(self.last("equals")?)),
            "<" | "<=" => {
                let top = Bound { number: self.last(&operator)?, inclusive: operator == "<=" };
                Ok(Range::Between(None, Some(top)))
            }
            ">" | ">=" => {
                let bottom = Bound { number: self.number(&operator)?, inclusive: operator == ">=" };
                match self.next()? {
                    Token::ArrayEnd => {
                        let bottom = self.compared(bottom)?;
                        Ok(Range::Between(Some(bottom), None))
                    }
                    next => self.upper(bottom, &next),
                }
            }
            other => self.error(ErrorKind::NumericOperator { name: other.to_owned() }),
        }
    }

    /// The second half of a range.
    fn upper(&mut self, bottom: Bound, operator: &Token<'_>) -> Parsed<Range> {
        let inclusive = match operator {
            Token::Text(operator) if operator == "<" => false,
            Token::Text(operator) if operator == "<=" => true,
            Token::Text(operator) => {
                return self.error(ErrorKind::NumericRangeOperator { name: operator.clone().into_owned() });
            }
            other => return self.error(ErrorKind::NumericRangeValue { found: text(other) }),
        };
        let top = Bound { number: self.number(if inclusive { "<=" } else { "<" })?, inclusive };
        if self.next()? != Token::ArrayEnd {
            return self.error(ErrorKind::NumericRangeTerms);
        }
        let (bottom, top) = (self.compared(bottom)?, self.compared(top)?);
        if bottom.number.value() >= top.number.value() {
            return self.error(ErrorKind::NumericRangeReversed);
        }
        Ok(Range::Between(Some(bottom), Some(top)))
    }

    fn number(&mut self, comparison: &str) -> Parsed<Number> {
        match self.next()? {
            Token::Number(number) => Ok(Number::new(number)),
            _ => self.error(ErrorKind::NotANumber { comparison: comparison.to_owned() }),
        }
    }

    /// A number that ends the list.
    fn last(&mut self, comparison: &str) -> Parsed<Number> {
        let number = self.number(comparison)?;
        if self.next()? != Token::ArrayEnd {
            return self.error(ErrorKind::TooManyElements);
        }
        self.comparable(number)
    }

    fn compared(&self, bound: Bound) -> Parsed<Bound> {
        Ok(Bound { number: self.comparable(bound.number)?, ..bound })
    }

    /// The number, if it can be compared.
    pub(super) fn comparable(&self, number: Number) -> Parsed<Number> {
        match number.value() {
            Some(_) => Ok(number),
            None => self.error(ErrorKind::NotComparable { number: number.text().to_owned() }),
        }
    }
}

/// A token as AWS quotes it.
fn text(token: &Token<'_>) -> String {
    match token {
        Token::ObjectStart => "{".to_owned(),
        Token::ObjectEnd => "}".to_owned(),
        Token::ArrayStart => "[".to_owned(),
        Token::ArrayEnd => "]".to_owned(),
        Token::Name(text) | Token::Text(text) => text.clone().into_owned(),
        Token::Number(text) => (*text).to_owned(),
        Token::True => "true".to_owned(),
        Token::False => "false".to_owned(),
        Token::Null | Token::End => "null".to_owned(),
    }
}
