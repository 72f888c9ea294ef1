//! Selectors of JSON patterns: `$.a.b[0]`, `$.['any name'][*]`.

use super::Cursor;
use crate::ast::{Selector, Step};
use crate::error::{ErrorKind, ParseError, StructureError, TermError};

impl Cursor<'_> {
    /// Reads `$.…`, the cursor being at the dollar sign.
    pub(super) fn selector(&mut self) -> Result<Selector, ParseError> {
        let start = self.at();
        self.bump();
        if !self.eat(".") {
            return Err(self.spoilt(start, TermError::SelectorStart));
        }
        let mut steps = vec![self.member(start)?];
        loop {
            let step = self.at();
            if self.eat("[") {
                steps.push(self.subscript(step)?);
            } else if self.eat(".") {
                steps.push(self.member(step).map_err(ParseError::unsettled)?);
            } else {
                break;
            }
        }
        if steps.iter().filter(|step| **step == Step::Any).count() > 1 {
            return Err(ParseError::new(ErrorKind::SelectorWildcards, self.span_from(start)));
        }
        Ok(Selector(steps))
    }

    /// What follows a dot: a name, `*` or `['…']`.
    fn member(&mut self, start: usize) -> Result<Step, ParseError> {
        if self.eat("*") {
            return Ok(Step::Any);
        }
        if self.eat("[") {
            if !self.eat("'") {
                return Err(self.spoilt(start, TermError::UnquotedMember));
            }
            let Some(length) = self.rest().find("']") else {
                self.take(self.rest().len());
                return Err(self.spoilt(start, TermError::UnclosedMember));
            };
            let name = self.take(length);
            self.eat("']");
            return Ok(Step::Key(name.to_owned()));
        }
        let name = self.take_while(in_name);
        if name.is_empty() {
            return Err(self.spoilt(start, TermError::NoMember));
        }
        Ok(Step::Key(name.to_owned()))
    }

    /// What follows a bracket: `0]` or `*]`.
    fn subscript(&mut self, start: usize) -> Result<Step, ParseError> {
        let digits = self.take_while(|c| c.is_ascii_digit());
        let any = digits.is_empty() && self.eat("*");
        if (digits.is_empty() && !any) || self.peek() != Some(']') {
            return Err(self.spoilt(start, TermError::Subscript));
        }
        self.bump();
        match digits.parse() {
            _ if any => Ok(Step::Any),
            Ok(index) => Ok(Step::Index(index)),
            Err(_) => Err(ParseError::structure(StructureError::Index, self.span_from(start)).unsettled()),
        }
    }

    /// The error that a bracket stands where no selector goes on.
    pub(super) fn stray_subscript(&mut self) -> ParseError {
        let start = self.at();
        self.bump();
        match self.subscript(start) {
            Err(error) => error,
            Ok(_) => ParseError::structure(StructureError::StraySubscript, self.span_from(start)).unsettled(),
        }
    }
}

/// Whether a member of a JSON event may be named with the character without `['…']`.
fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
