//! The language once more, as its guide tells it, by trying everything: for tests.

use serde_json::{Map, Value};

/// Whether a pattern, which is JSON without repeated names, matches an event without names with dots.
///
/// A view of an event takes one element of each array. A pattern matches if there is a view in which each of its lists
/// finds a value. Patterns that ask for absence are not to be asked about events with objects in arrays.
pub(crate) fn matches(pattern: &Value, event: &Value) -> bool {
    views(event).iter().any(|view| object(pattern.as_object().unwrap(), Some(view)))
}

/// The event with one element in place of each array, for every choice of elements; `None` in place of an empty array.
fn views(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(elements) => {
            let all: Vec<Value> = elements.iter().flat_map(views).collect();
            if all.is_empty() { vec![Value::Object(Map::new())] } else { all }
        }
        Value::Object(members) => members.iter().fold(vec![Value::Object(Map::new())], |made, (name, value)| {
            let choices = views(value);
            made.iter()
                .flat_map(|object| {
                    choices.iter().map(|choice| {
                        let mut object = object.clone();
                        object.as_object_mut().unwrap().insert(name.clone(), choice.clone());
                        object
                    })
                })
                .collect()
        }),
        scalar => vec![scalar.clone()],
    }
}

fn object(pattern: &Map<String, Value>, found: Option<&Value>) -> bool {
    pattern.iter().all(|(name, asked)| {
        if name == "$or" {
            return asked.as_array().unwrap().iter().any(|one| object(one.as_object().unwrap(), found));
        }
        let found = found.and_then(|found| found.get(name));
        match asked {
            Value::Object(nested) => object(nested, found),
            tests => {
                let leaf = found.filter(|found| !found.is_object());
                tests.as_array().unwrap().iter().any(|test| holds(test, leaf))
            }
        }
    })
}

fn holds(test: &Value, found: Option<&Value>) -> bool {
    let Some((operator, operand)) = test.as_object().and_then(|operation| operation.iter().next()) else {
        return found.is_some_and(|found| same(test, found));
    };
    if operator == "exists" {
        return operand.as_bool() == Some(found.is_some());
    }
    let Some(found) = found else { return false };
    if operator == "anything-but" {
        let negated = |one: &Value| match one.as_object().and_then(|operation| operation.iter().next()) {
            Some((operator, Value::Array(texts))) => texts.iter().any(|text| operation(operator, text, found)),
            Some((operator, text)) => operation(operator, text, found),
            None => same(one, found),
        };
        return match operand {
            Value::Array(list) => !list.iter().any(|one| same(one, found)),
            one => !negated(one),
        };
    }
    operation(operator, operand, found)
}

fn operation(operator: &str, operand: &Value, found: &Value) -> bool {
    if operator == "numeric" {
        let Some(found) = found.as_f64() else { return false };
        return operand.as_array().unwrap().chunks(2).all(|pair| {
            let bound = pair[1].as_f64().unwrap();
            match pair[0].as_str().unwrap() {
                "=" => found == bound,
                "<" => found < bound,
                "<=" => found <= bound,
                ">" => found > bound,
                ">=" => found >= bound,
                other => panic!("{other}"),
            }
        });
    }
    let Some(text) = found.as_str() else { return false };
    if let Some(nested) = operand.get("equals-ignore-case") {
        return operation(operator, &nested.as_str().unwrap().to_lowercase().into(), &text.to_lowercase().into());
    }
    let operand = operand.as_str().unwrap();
    match operator {
        "prefix" => text.starts_with(operand),
        "suffix" => text.ends_with(operand),
        "equals-ignore-case" => text.to_lowercase() == operand.to_lowercase(),
        "wildcard" => wildcard(operand.as_bytes(), text.as_bytes()),
        other => panic!("{other}"),
    }
}

fn wildcard(form: &[u8], text: &[u8]) -> bool {
    match (form, text) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=text.len()).any(|skip| wildcard(rest, &text[skip..])),
        ([one, rest @ ..], [other, text @ ..]) => one == other && wildcard(rest, text),
        _ => false,
    }
}

fn same(test: &Value, found: &Value) -> bool {
    match (test.as_f64(), found.as_f64()) {
        (Some(test), Some(found)) => test == found,
        _ => test == found,
    }
}
