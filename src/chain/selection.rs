//! The field selection of a metric filter: `fieldSelectionCriteria`, conditions on system fields.
//!
//! The language is that of the CloudWatch Logs API Reference ("PutMetricFilter"): `=`, `!=`, `IN` and `NOT IN` on system
//! fields, joined by `AND` and `OR`, in parentheses. AWS does not document which of `AND` and `OR` binds tighter, so criteria are
//! read both ways, and decided where both agree.

use event_sets::Bounds;

use super::cursor::{Cursor, Junctions, Tighter, Unterminated};
use super::system_fields::{Origin, SystemFieldTest};
use crate::fault::SelectionDoubt;

/// The records that the criteria select.
pub(super) fn selected(criteria: &str, origin: Origin<'_>) -> Result<Bounds, SelectionDoubt> {
    let (test, other) = (parse(criteria, origin, Tighter::And)?, parse(criteria, origin, Tighter::Or)?);
    if test == other { Ok(test.bounds()) } else { Err(SelectionDoubt::Precedence) }
}

/// How deep parentheses may be nested: no more fits into the 2,000 characters that AWS allows and is sensible.
const DEPTH: usize = 100;

struct Parser<'a> {
    cursor: Cursor<'a>,
    origin: Origin<'a>,
    tighter: Tighter,
    depth: usize,
}

fn parse(criteria: &str, origin: Origin<'_>, tighter: Tighter) -> Result<SystemFieldTest, SelectionDoubt> {
    let mut parser = Parser { cursor: Cursor::new(criteria), origin, tighter, depth: 0 };
    let test = parser.joined(tighter)?;
    if parser.cursor.peek().is_some() { Err(parser.unexpected("AND, OR or the end")) } else { Ok(test) }
}

impl<'a> Junctions<'a> for Parser<'a> {
    type Condition = SystemFieldTest;
    type Error = SelectionDoubt;

    fn cursor(&mut self) -> &mut Cursor<'a> {
        &mut self.cursor
    }

    fn single(&mut self) -> Result<SystemFieldTest, SelectionDoubt> {
        if self.cursor.eat("(") {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err(SelectionDoubt::TooDeep { limit: DEPTH });
            }
            let test = self.joined(self.tighter)?;
            self.depth -= 1;
            self.expect(")")?;
            return Ok(test);
        }
        let field = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || "@._".contains(c));
        if field.is_empty() {
            return Err(self.unexpected("a system field"));
        }
        let (holds, values) = if self.cursor.eat("!=") {
            (false, vec![self.value()?])
        } else if self.cursor.eat("=") {
            (true, vec![self.value()?])
        } else {
            let holds = !self.cursor.eat_word("NOT");
            if !self.cursor.eat_word("IN") {
                return Err(self.unexpected("=, !=, IN or NOT IN"));
            }
            (holds, self.list()?)
        };
        let test = self.origin.test(field, &values)?;
        Ok(if holds { test } else { !test })
    }

    fn and(conditions: Vec<SystemFieldTest>) -> SystemFieldTest {
        SystemFieldTest::all(conditions)
    }

    fn or(conditions: Vec<SystemFieldTest>) -> SystemFieldTest {
        SystemFieldTest::any(conditions)
    }
}

impl Parser<'_> {
    fn list(&mut self) -> Result<Vec<String>, SelectionDoubt> {
        self.expect("[")?;
        let mut values = vec![self.value()?];
        while self.cursor.eat(",") {
            values.push(self.value()?);
        }
        self.expect("]")?;
        Ok(values)
    }

    fn value(&mut self) -> Result<String, SelectionDoubt> {
        let quoted = self.cursor.quoted().ok_or(SelectionDoubt::Unquoted)?;
        quoted.map_err(|Unterminated| SelectionDoubt::Unterminated)
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), SelectionDoubt> {
        if self.cursor.eat(sign) { Ok(()) } else { Err(self.unexpected(sign)) }
    }

    fn unexpected(&mut self, expected: &'static str) -> SelectionDoubt {
        SelectionDoubt::Syntax { found: self.cursor.found(), expected }
    }
}
