//! One condition of a filter policy, held against a value of the message.

use serde_json::{Map, Value};

use crate::evaluate::truth::Truth;

/// Whether the value, which is a text, a number or a truth value, satisfies the condition.
pub(super) fn holds(condition: &Value, found: &Value) -> Truth {
    match condition {
        Value::Object(operators) => match single(operators) {
            Some((operator, operand)) => operation(operator, operand, found),
            None => not_judged(condition),
        },
        Value::Array(_) => not_judged(condition),
        literal => Truth::from(equal(literal, found)),
    }
}

fn operation(operator: &str, operand: &Value, found: &Value) -> Truth {
    let text = |holds: &dyn Fn(&str, &str) -> bool| match (operand, found) {
        (Value::String(operand), Value::String(found)) => Truth::from(holds(found, operand)),
        (Value::String(_), _) => Truth::False,
        _ => not_judged(operand),
    };
    match operator {
        "exists" => operand.as_bool().map_or_else(|| not_judged(operand), Truth::from),
        "prefix" => text(&|found, prefix| found.starts_with(prefix)),
        "suffix" => text(&|found, suffix| found.ends_with(suffix)),
        "equals-ignore-case" => text(&|found, other| found.to_lowercase() == other.to_lowercase()),
        "anything-but" => match operand {
            Value::Array(list) => !Truth::any(list.iter().map(|one| holds(one, found))),
            other => !holds(other, found),
        },
        "numeric" => numeric(operand, found),
        _ => Truth::unknown(format!("the operator `{operator}` of the filter policy is not judged")),
    }
}

/// Comparisons in pairs, all of which have to hold: `[">", 0, "<=", 150]`.
fn numeric(operand: &Value, found: &Value) -> Truth {
    let Some(found) = found.as_f64() else { return Truth::False };
    let pairs = operand.as_array().map(Vec::as_slice).unwrap_or_default().chunks(2);
    if pairs.len() == 0 {
        return not_judged(operand);
    }
    Truth::all(pairs.map(|pair| match pair {
        [Value::String(operator), Value::Number(bound)] => {
            let bound = bound.as_f64().unwrap_or(f64::NAN);
            match operator.as_str() {
                "=" => Truth::from(found == bound),
                "<" => Truth::from(found < bound),
                "<=" => Truth::from(found <= bound),
                ">" => Truth::from(found > bound),
                ">=" => Truth::from(found >= bound),
                _ => not_judged(operand),
            }
        }
        _ => not_judged(operand),
    }))
}

fn equal(literal: &Value, found: &Value) -> bool {
    match (literal.as_f64(), found.as_f64()) {
        (Some(literal), Some(found)) => literal == found,
        _ => literal == found,
    }
}

fn single(operators: &Map<String, Value>) -> Option<(&String, &Value)> {
    let mut all = operators.iter();
    all.next().filter(|_| all.next().is_none())
}

fn not_judged(condition: &Value) -> Truth {
    Truth::unknown(format!("the condition `{condition}` of the filter policy is not judged"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::{Truth, holds};

    #[rstest]
    #[case(json!("ALARM"), json!("ALARM"), true)]
    #[case(json!("alarm"), json!("ALARM"), false)]
    #[case(json!(300), json!(300.0), true)]
    #[case(json!("300"), json!(300), false)]
    #[case(json!(null), json!("x"), false)]
    #[case(json!({"prefix": "gate"}), json!("gateways"), true)]
    #[case(json!({"suffix": "gate"}), json!("gateways"), false)]
    #[case(json!({"prefix": "3"}), json!(300), false)]
    #[case(json!({"equals-ignore-case": "alarm"}), json!("ALARM"), true)]
    #[case(json!({"anything-but": ["OK", "ALARM"]}), json!("ALARM"), false)]
    #[case(json!({"anything-but": "OK"}), json!("ALARM"), true)]
    #[case(json!({"anything-but": {"prefix": "OK"}}), json!("ALARM"), true)]
    #[case(json!({"exists": true}), json!("ALARM"), true)]
    #[case(json!({"exists": false}), json!("ALARM"), false)]
    #[case(json!({"numeric": [">", 60, "<=", 300]}), json!(300), true)]
    #[case(json!({"numeric": ["=", 60]}), json!(300), false)]
    #[case(json!({"numeric": ["=", 60]}), json!("60"), false)]
    fn conditions(#[case] condition: Value, #[case] found: Value, #[case] expected: bool) {
        assert_eq!(holds(&condition, &found), Truth::from(expected));
    }

    #[rstest]
    #[case(json!({"wildcard": "*"}))]
    #[case(json!({"cidr": "10.0.0.0/8"}))]
    #[case(json!({"prefix": "a", "suffix": "b"}))]
    #[case(json!({"prefix": 3}))]
    #[case(json!({"anything-but": {"wildcard": "*"}}))]
    #[case(json!({"numeric": ["<>", 3]}))]
    #[case(json!(["ALARM"]))]
    fn what_is_not_judged(#[case] condition: Value) {
        assert!(matches!(holds(&condition, &json!(3)), Truth::Unknown(_)));
    }
}
