//! Conditions on JSON events.
//!
//! A selector without a wildcard leads to one value or to none, and [`Check::holds`] says what that means. With a wildcard
//! it selects any number of values, and AWS answers by these rules:
//!
//! - `!=` holds if what comes before the wildcard exists, as a value of any kind, and no selected value equals the
//!   literal: it holds when nothing at all is selected, and when nothing selected can be compared;
//! - `NOT EXISTS` holds if nothing is selected;
//! - `IS NULL` holds if a selected value is `null` itself, not for an array that holds one;
//! - everything else holds if it holds for one of the selected values.

use event_sets::Reading;
use event_sets::reader::{Event, NodeId, Selection, Value};

use crate::ast::{Condition, Expr, Op, Selector, Span, Step};
use crate::value::Check;

#[derive(Clone, Debug)]
pub(super) struct Json {
    selection: Selection,
    expr: Expr<Asked>,
}

/// A condition made ready.
#[derive(Clone, Debug)]
struct Asked {
    check: Check,
    /// Where the selected values are.
    nodes: Vec<NodeId>,
    /// Where the value before the wildcard is, if the selector has one.
    before_wildcard: Option<Vec<NodeId>>,
    span: Span,
}

impl Json {
    pub(super) fn new(expr: &Expr<Condition>, reading: Reading) -> Self {
        let mut selectors = vec![];
        let expr = expr.map(&mut |condition| {
            let mut place = |selector| {
                selectors.push(selector);
                selectors.len() - 1
            };
            let selector = &condition.selector;
            (condition, place(selector.clone()), before_wildcard(selector).map(place))
        });
        let selection = Selection::new(&selectors);
        let expr = expr.map(&mut |(condition, selector, before_wildcard)| Asked {
            check: Check::new(&condition.test, reading),
            nodes: selection.ends(*selector).to_vec(),
            before_wildcard: before_wildcard.map(|selector| selection.ends(selector).to_vec()),
            span: condition.span,
        });
        Self { selection, expr }
    }

    pub(super) fn is_match(&self, message: &str) -> bool {
        Event::read(message, &self.selection).is_some_and(|event| self.expr.holds(&mut |asked| asked.holds(&event)))
    }

    pub(super) fn blame(&self, message: &str) -> Vec<Span> {
        let mut spans = vec![];
        if let Some(event) = Event::read(message, &self.selection) {
            blame(&self.expr, &event, &mut spans);
        }
        spans
    }
}

/// The part of a selector before its wildcard, if it has one.
fn before_wildcard(selector: &Selector) -> Option<Selector> {
    let wildcard = selector.0.iter().position(|step| *step == Step::Any)?;
    Some(Selector(selector.0.iter().take(wildcard).cloned().collect()))
}

fn blame(expr: &Expr<Asked>, event: &Event<'_>, spans: &mut Vec<Span>) {
    match expr {
        Expr::And(members, _) => members.iter().for_each(|member| blame(member, event, spans)),
        Expr::Or(_, span) => spans.extend((!expr.holds(&mut |asked| asked.holds(event))).then_some(*span)),
        Expr::Test(asked) => spans.extend((!asked.holds(event)).then_some(asked.span)),
    }
}

impl Asked {
    fn holds(&self, event: &Event<'_>) -> bool {
        let mut values = event.at(&self.nodes);
        let Some(before_wildcard) = &self.before_wildcard else { return self.check.holds(values.next()) };
        match &self.check {
            Check::Compare(Op::Ne, operand) => {
                event.at(before_wildcard).next().is_some() && !values.any(|value| operand.equals(value) == Some(true))
            }
            Check::NotExists => values.next().is_none(),
            Check::IsNull => values.any(|value| *value == Value::Null),
            check => values.any(|value| check.holds(Some(value))),
        }
    }
}
