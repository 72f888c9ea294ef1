//! What the form of a filter pattern tells of the events that it matches, without a question to the prover.

use std::collections::BTreeSet;

use super::range::Range;
use crate::pattern::Pattern;
use crate::pattern::ast::{Condition, Expr, Literal, Op, Selector, Step, Test, Tree};

/// The event names that the pattern is about; `None` if it may match any.
pub(crate) fn event_names(pattern: &Pattern) -> Option<BTreeSet<&str>> {
    match pattern.tree() {
        Tree::Json(expr) => names(expr),
        Tree::Everything | Tree::Terms(_) | Tree::Regex(_) | Tree::Fields(_) => None,
    }
}

fn names(expr: &Expr<Condition>) -> Option<BTreeSet<&str>> {
    match expr {
        Expr::And(members, _) => {
            members.iter().filter_map(names).reduce(|one, other| one.intersection(&other).copied().collect())
        }
        Expr::Or(members, _) => {
            members.iter().map(names).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
        }
        Expr::Test(Condition { selector, test, .. }) => match test {
            Test::Compare(Op::Eq, Literal::Text(text)) if is_event_name(selector) && !text.value.contains('*') => {
                Some(BTreeSet::from([text.value.as_str()]))
            }
            _ => None,
        },
    }
}

fn is_event_name(selector: &Selector) -> bool {
    matches!(selector.0.as_slice(), [Step::Key(key)] if key == "eventName")
}

/// The numbers that the field may be in events that the pattern matches.
pub(crate) fn numbers(pattern: &Pattern, field: &Selector) -> Range {
    match pattern.tree() {
        Tree::Json(expr) => bounds(expr, field),
        Tree::Everything | Tree::Terms(_) | Tree::Regex(_) | Tree::Fields(_) => Range::ANY,
    }
}

fn bounds(expr: &Expr<Condition>, field: &Selector) -> Range {
    match expr {
        Expr::And(members, _) => members.iter().map(|member| bounds(member, field)).fold(Range::ANY, Range::meet),
        Expr::Or(members, _) => {
            members.iter().map(|member| bounds(member, field)).reduce(Range::join).unwrap_or(Range::ANY)
        }
        Expr::Test(Condition { selector, test, .. }) => match test {
            Test::Compare(op, Literal::Number(literal)) if selector == field => {
                let Ok(number) = literal.text.parse::<f64>() else { return Range::ANY };
                match op {
                    Op::Eq => Range::exactly(number),
                    Op::Ge | Op::Gt => Range::new(number, f64::INFINITY),
                    Op::Le | Op::Lt => Range::new(f64::NEG_INFINITY, number),
                    Op::Ne => Range::ANY,
                }
            }
            _ => Range::ANY,
        },
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("{ $.eventName = A }", Some(&["A"][..]))]
    #[case("{ ($.eventName = A) || ($.eventName = B) }", Some(&["A", "B"][..]))]
    #[case("{ ($.eventSource = s) && (($.eventName = A) || ($.eventName = B)) }", Some(&["A", "B"][..]))]
    #[case("{ ($.eventName = A) || ($.errorCode = E) }", None)]
    #[case("{ $.eventName = A* }", None)]
    #[case("{ $.eventName != A }", None)]
    #[case("", None)]
    fn names_of_a_pattern(#[case] text: &str, #[case] expected: Option<&[&str]>) {
        let pattern: Pattern = text.parse().unwrap();
        assert_eq!(event_names(&pattern), expected.map(|names| names.iter().copied().collect()));
    }

    #[rstest]
    #[case("{ $.size >= 1 }", Range::new(1.0, f64::INFINITY))]
    #[case("{ ($.size > 1) && ($.size < 5) && ($.a = 7) }", Range::new(1.0, 5.0))]
    #[case("{ ($.size = 2) || ($.size = 4) }", Range::new(2.0, 4.0))]
    #[case("{ ($.size = 2) || ($.a = 4) }", Range::ANY)]
    fn numbers_of_a_pattern(#[case] text: &str, #[case] expected: Range) {
        let pattern: Pattern = text.parse().unwrap();
        assert_eq!(numbers(&pattern, &Selector(vec![Step::Key("size".to_owned())])), expected);
    }
}
