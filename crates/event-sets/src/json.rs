//! JSON events as witnesses are built from: numbers keep their text, members their order.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::kinds::Kinds;
use crate::path::Step;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Text(String),
    /// A number as written.
    Number(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// The value at a place of a message, if the message is JSON and has one there. Other values may be of any size.
pub(crate) fn pick(message: &str, steps: &[Step]) -> Option<Value> {
    let mut raw: &RawValue = serde_json::from_str(message).ok()?;
    for step in steps {
        raw = match step {
            Step::Key(key) => serde_json::from_str::<BTreeMap<String, &RawValue>>(raw.get()).ok()?.get(key)?,
            Step::Index(index) => {
                let elements: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
                elements.get(usize::try_from(*index).ok()?).copied()?
            }
            Step::Any => return None,
        };
    }
    serde_json::from_str(raw.get()).ok()
}

/// JSON objects as witnesses are built from.
pub(crate) fn objects(all: &[Map<String, Value>]) -> Vec<Json> {
    all.iter().map(|members| Json::Object(members.iter().map(|(k, v)| (k.clone(), v.into())).collect())).collect()
}

/// Whether the message is a JSON object.
pub(crate) fn is_object(message: &str) -> bool {
    serde_json::from_str::<BTreeMap<String, &RawValue>>(message).is_ok()
}

impl Json {
    /// The kind of the value; a number is taken to be one that a double can hold.
    pub(crate) fn kind(&self) -> Kinds {
        match self {
            Self::Null => Kinds::NULL,
            Self::Bool(true) => Kinds::TRUE,
            Self::Bool(false) => Kinds::FALSE,
            Self::Text(_) => Kinds::TEXT,
            Self::Number(_) => Kinds::NUMBER,
            Self::Array(_) => Kinds::ARRAY,
            Self::Object(_) => Kinds::OBJECT,
        }
    }

    /// Appends the value as compact JSON.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Text(text) => quote(text, out),
            Self::Number(text) => out.push_str(text),
            Self::Array(elements) => {
                out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// The value at a place below this one.
    pub(crate) fn at(&self, steps: &[Step]) -> Option<&Self> {
        steps.iter().try_fold(self, |value, step| match (value, step) {
            (Self::Object(members), Step::Key(key)) => members.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            (Self::Array(elements), Step::Index(index)) => elements.get(usize::try_from(*index).ok()?),
            _ => None,
        })
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(b) => Self::Bool(*b),
            Value::Number(n) => Self::Number(n.to_string()),
            Value::String(s) => Self::Text(s.clone()),
            Value::Array(elements) => Self::Array(elements.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(members.iter().map(|(k, v)| (k.clone(), v.into())).collect()),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

fn quote(text: &str, out: &mut String) {
    if text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | ..0x20)) {
        out.push_str(&Value::String(text.to_owned()).to_string());
    } else {
        out.extend(["\"", text, "\""]);
    }
}
