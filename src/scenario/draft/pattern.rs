//! Changes to a JSON filter pattern, by its tree.

use super::super::step::Mismatch;
use crate::pattern::Pattern;
use crate::pattern::ast::{Condition, Expr, Literal, Op, Selector, Span, Step, Test, TextLiteral, Tree};

/// The pattern without the events of which a field equals this value.
pub(in crate::scenario) fn omitting(pattern: &str, value: &str) -> Result<String, Mismatch> {
    let expr = json(pattern)?;
    if !expr.tests().iter().any(|condition| names(condition, value)) {
        return Err(Mismatch(format!("the filter has no condition on `{value}`")));
    }
    let rest = without(&expr, value).ok_or_else(|| Mismatch::new("nothing would be left of the filter"))?;
    Ok(Tree::Json(rest).to_string())
}

/// The pattern with one more condition that has to hold besides: a field, with dots between its names, has this value.
pub(in crate::scenario) fn requiring(pattern: &str, field: &str, value: &str) -> Result<String, Mismatch> {
    let members = vec![json(pattern)?, equals(field, value, true)];
    Ok(Tree::Json(Expr::And(members, Span::default())).to_string())
}

/// The pattern with another operator between its conditions.
pub(in crate::scenario) fn joined_by(pattern: &str, operator: &str) -> Result<String, Mismatch> {
    let (Expr::And(members, span) | Expr::Or(members, span)) = json(pattern)? else {
        return Err(Mismatch::new("the filter has one condition only"));
    };
    let joined = match operator {
        "&&" => Expr::And(members, span),
        "||" => Expr::Or(members, span),
        other => return Err(Mismatch(format!("`{other}` is neither `&&` nor `||`"))),
    };
    Ok(Tree::Json(joined).to_string())
}

/// The pattern of events with one of these names.
pub(in crate::scenario) fn naming(names: &[&str]) -> Result<String, Mismatch> {
    let mut members: Vec<_> = names.iter().map(|name| equals("eventName", name, false)).collect();
    let expr = match (members.pop(), members.is_empty()) {
        (None, _) => return Err(Mismatch::new("no event is named")),
        (Some(one), true) => one,
        (Some(last), false) => {
            members.push(last);
            Expr::Or(members, Span::default())
        }
    };
    Ok(Tree::Json(expr).to_string())
}

fn json(pattern: &str) -> Result<Expr<Condition>, Mismatch> {
    let parsed = pattern.parse::<Pattern>().map_err(|error| Mismatch(format!("the filter's pattern: {error}")))?;
    match parsed.tree() {
        Tree::Json(expr) => Ok(expr.clone()),
        _ => Err(Mismatch::new("the filter's pattern is not one for JSON events")),
    }
}

fn equals(field: &str, value: &str, quoted: bool) -> Expr<Condition> {
    let selector = Selector(field.split('.').map(|name| Step::Key(name.to_owned())).collect());
    let literal = Literal::Text(TextLiteral { value: value.to_owned(), quoted, odd_escape: false });
    Expr::Test(Condition { selector, test: Test::Compare(Op::Eq, literal), span: Span::default() })
}

fn names(condition: &Condition, value: &str) -> bool {
    matches!(&condition.test, Test::Compare(Op::Eq, Literal::Text(text)) if text.value == value)
}

/// The expression without the events that a condition on the named value asks for; none if nothing else is in it.
fn without(expr: &Expr<Condition>, value: &str) -> Option<Expr<Condition>> {
    match expr {
        Expr::Test(condition) => (!names(condition, value)).then(|| expr.clone()),
        Expr::And(members, span) => {
            let rest = members.iter().map(|member| without(member, value));
            rest.collect::<Option<_>>().map(|members| Expr::And(members, *span))
        }
        Expr::Or(members, span) => {
            let mut rest: Vec<_> = members.iter().filter_map(|member| without(member, value)).collect();
            if rest.len() > 1 { Some(Expr::Or(rest, *span)) } else { rest.pop() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "{ ($.eventName = A) || ($.eventName = B) }";

    #[test]
    fn a_value_is_left_out_wherever_it_is() {
        assert_eq!(omitting(TWO, "A").unwrap(), "{ $.eventName = B }");
        let nested = "{ ($.eventSource = s) && (($.eventName = A) || ($.eventName = B) || ($.eventName = \"A\")) }";
        assert_eq!(omitting(nested, "A").unwrap(), "{ ($.eventSource = s) && ($.eventName = B) }");
        let scoped = "{ ($.eventSource = s) && ($.eventName = A) || ($.eventName = B) }";
        assert_eq!(omitting(scoped, "A").unwrap(), "{ $.eventName = B }");
        assert_eq!(omitting("{ $.eventName = A }", "A").unwrap_err().0, "nothing would be left of the filter");
    }

    #[test]
    fn conditions_are_added_and_joined() {
        let narrowed = "{ (($.eventName = A) || ($.eventName = B)) && ($.userIdentity.type = \"Root\") }";
        assert_eq!(requiring(TWO, "userIdentity.type", "Root").unwrap(), narrowed);
        assert_eq!(joined_by(TWO, "&&").unwrap(), "{ ($.eventName = A) && ($.eventName = B) }");
        assert_eq!(naming(&["A", "B"]).unwrap(), TWO);
        assert_eq!(naming(&["A"]).unwrap(), "{ $.eventName = A }");
    }
}
