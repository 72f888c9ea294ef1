//! What a filter pattern means, written down once more as plainly as can be: an oracle for the matcher and for the
//! decision procedure. It shares the tree of a pattern with the crate, and no code.

mod number;
mod text;

use cloudwatch_filter_pattern::Reading;
use cloudwatch_filter_pattern::ast::{Condition, Entry, Expr, Literal, Op, Step, TermKind, Test, Tree};
use serde_json::Value;

use self::number::Number;

/// Whether an event matches, with stars within text literals read as characters.
pub fn matches(tree: &Tree, event: &Value) -> bool {
    matches_as(tree, event, Reading::Literal)
}

/// Whether an event matches. Patterns that are not about JSON see it as compact JSON text.
pub fn matches_as(tree: &Tree, event: &Value, reading: Reading) -> bool {
    match tree {
        Tree::Json(expr) => event.is_object() && holds(expr, &mut |condition| json_holds(condition, event, reading)),
        _ => matches_text(tree, &event.to_string(), reading),
    }
}

/// Whether a message matches a pattern that is not about JSON.
pub fn matches_text(tree: &Tree, message: &str, reading: Reading) -> bool {
    match tree {
        Tree::Everything => true,
        Tree::Terms(terms) => {
            let found = |kind| terms.iter().filter(move |t| t.kind == kind).map(|t| message.contains(&t.text));
            let only_optional = terms.iter().all(|term| term.kind == TermKind::Optional);
            found(TermKind::Required).all(|found| found)
                && found(TermKind::Excluded).all(|found| !found)
                && (!only_optional || found(TermKind::Optional).any(|found| found))
        }
        Tree::Regex(regex) => text::contains_match(regex, message),
        Tree::Fields(entries) => fields_match(entries, message, reading),
        Tree::Json(_) => panic!("a JSON pattern asks for an event"),
    }
}

fn holds<T>(expr: &Expr<T>, test: &mut impl FnMut(&T) -> bool) -> bool {
    match expr {
        Expr::And(members, _) => members.iter().all(|member| holds(member, test)),
        Expr::Or(members, _) => members.iter().any(|member| holds(member, test)),
        Expr::Test(single) => test(single),
    }
}

fn json_holds(condition: &Condition, event: &Value, reading: Reading) -> bool {
    let steps = condition.selector.0.as_slice();
    let selected = select(event, steps);
    let Some(wildcard) = steps.iter().position(|step| *step == Step::Any) else {
        return match selected.first() {
            None => condition.test == Test::NotExists,
            Some(value) => value_holds(&condition.test, value, reading),
        };
    };
    match &condition.test {
        Test::NotExists => selected.is_empty(),
        Test::IsNull => selected.contains(&&Value::Null),
        Test::Compare(Op::Ne, literal) => {
            let equal = Test::Compare(Op::Eq, literal.clone());
            !select(event, &steps[..wildcard]).is_empty()
                && !selected.iter().any(|value| value_holds(&equal, value, reading))
        }
        test => selected.iter().any(|value| value_holds(test, value, reading)),
    }
}

fn select<'v>(value: &'v Value, steps: &[Step]) -> Vec<&'v Value> {
    let Some((step, rest)) = steps.split_first() else { return vec![value] };
    let children: Vec<&Value> = match (step, value) {
        (Step::Key(key), Value::Object(members)) => members.get(key).into_iter().collect(),
        (Step::Index(index), Value::Array(elements)) => elements.get(*index as usize).into_iter().collect(),
        (Step::Any, Value::Object(members)) => members.values().collect(),
        (Step::Any, Value::Array(elements)) => elements.iter().collect(),
        _ => vec![],
    };
    children.into_iter().flat_map(|child| select(child, rest)).collect()
}

fn value_holds(test: &Test, value: &Value, reading: Reading) -> bool {
    match (test, value) {
        (Test::IsNull, Value::Null) => true,
        (Test::IsNull, Value::Array(elements)) => elements.contains(&Value::Null),
        (Test::IsTrue, value) => *value == Value::Bool(true),
        (Test::IsFalse, value) => *value == Value::Bool(false),
        (Test::Compare(op, Literal::Number(literal)), Value::Number(number)) => {
            order_allows(*op, &Number::of_json(number), &Number::of_text(&literal.text).unwrap())
        }
        (Test::Compare(op, literal), Value::Number(number)) => {
            text_holds(*op, literal, &Number::of_json(number).java_text(), reading)
        }
        (Test::Compare(op, literal), Value::String(text)) => text_holds(*op, literal, text, reading),
        _ => false,
    }
}

fn order_allows(op: Op, left: &Number, right: &Number) -> bool {
    let order = left.compare(right);
    match op {
        Op::Eq => order.is_eq(),
        Op::Ne => order.is_ne(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
    }
}

fn text_holds(op: Op, literal: &Literal, text: &str, reading: Reading) -> bool {
    let equal = match literal {
        Literal::Number(number) => text == number.text,
        Literal::Text(literal) => text::like(&literal.value, text, reading),
        Literal::Regex(regex) => text::contains_match(regex, text),
    };
    match op {
        Op::Eq => equal,
        Op::Ne => !equal,
        _ => false,
    }
}

fn fields_match(entries: &[Entry], message: &str, reading: Reading) -> bool {
    let fields = text::fields(message);
    let before = entries.iter().take_while(|entry| **entry != Entry::Ellipsis).count();
    let has_ellipsis = entries.is_empty() || before < entries.len();
    let after = entries.len().saturating_sub(before + 1);
    if fields.len() < before + after {
        return false;
    }
    let field_of = |at: usize| -> String {
        if at > before {
            return fields[fields.len() - (entries.len() - at)].1.clone();
        }
        let (start, field) = &fields[at];
        if !has_ellipsis && at + 1 == entries.len() && fields.len() > entries.len() {
            message[*start..].to_owned()
        } else {
            field.clone()
        }
    };
    entries.iter().enumerate().all(|(at, entry)| match entry {
        Entry::Field { condition: Some(condition), .. } => {
            let field = field_of(at);
            holds(condition, &mut |test| match (&test.literal, Number::of_text(&field)) {
                (Literal::Number(literal), Some(number)) => {
                    order_allows(test.op, &number, &Number::of_text(&literal.text).unwrap())
                }
                (Literal::Number(_), None) => test.op == Op::Ne,
                (literal, _) => text_holds(test.op, literal, &field, reading),
            })
        }
        _ => true,
    })
}
