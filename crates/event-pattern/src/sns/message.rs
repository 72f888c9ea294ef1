//! Messages of which only a part is known.

use std::collections::BTreeMap;

use serde_json::Value;

/// A message, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartialMessage {
    /// The body.
    pub body: Body,
    /// The attributes, each a member: a text, a number, or an array for the types `String.Array` and `Number.Array`.
    pub attributes: Members,
}

/// The body of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Body {
    /// A JSON object.
    Json(Members),
    /// Certainly no JSON object: a policy on the body accepts none.
    Text,
    /// Nothing is known of it.
    #[default]
    Unknown,
}

/// The members of an object, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    known: BTreeMap<String, Known>,
    is_closed: bool,
}

/// What is known of a member.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// It is this value.
    Value(Value),
    /// It is one of these values.
    OneOf(Vec<Value>),
    /// It is an object with these members.
    Object(Members),
    /// It is a string, and any string can be there.
    Text,
    /// It is not there.
    Absent,
    /// Nothing is known of it.
    Unknown,
}

impl PartialMessage {
    /// A message with a JSON object for a body, and without attributes.
    pub fn json(body: Members) -> Self {
        Self { body: Body::Json(body), attributes: Members::closed() }
    }

    /// A message whose body is this JSON object throughout, without attributes.
    pub fn exactly(body: &Value) -> Self {
        Self::json(Members::exactly(body))
    }
}

impl Members {
    /// Members of which others may be there.
    pub fn open() -> Self {
        Self::default()
    }

    /// Members of which no others are there.
    pub fn closed() -> Self {
        Self { known: BTreeMap::new(), is_closed: true }
    }

    /// The members of a JSON object, and no others.
    pub fn exactly(object: &Value) -> Self {
        let members = object.as_object().into_iter().flatten();
        Self {
            known: members.map(|(name, value)| (name.clone(), Known::Value(value.clone()))).collect(),
            is_closed: true,
        }
    }

    /// The same, with this known of one more member.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, known: impl Into<Known>) -> Self {
        self.insert(name, known);
        self
    }

    /// Makes this known of a member.
    pub fn insert(&mut self, name: impl Into<String>, known: impl Into<Known>) {
        self.known.insert(name.into(), known.into());
    }

    /// Whether it is certain that there are no members.
    pub(super) fn is_empty(&self) -> bool {
        self.is_closed && self.known.values().all(|known| *known == Known::Absent)
    }

    /// The members of which something is known.
    pub(super) fn known(&self) -> &BTreeMap<String, Known> {
        &self.known
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// The path of the first member that is one of several values, and the same with each of these values for it.
    pub(super) fn choices(&self, wanted: &dyn Fn(&str) -> bool) -> Option<(String, Vec<Self>)> {
        self.choices_below("", wanted)
    }

    fn choices_below(&self, prefix: &str, wanted: &dyn Fn(&str) -> bool) -> Option<(String, Vec<Self>)> {
        self.known.iter().find_map(|(name, known)| {
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            let (path, choices): (_, Vec<Known>) = match known {
                Known::OneOf(values) if wanted(&path) => (path, values.iter().cloned().map(Known::Value).collect()),
                Known::Object(members) => {
                    let (path, choices) = members.choices_below(&path, wanted)?;
                    (path, choices.into_iter().map(Known::Object).collect())
                }
                _ => return None,
            };
            Some((path, choices.into_iter().map(|choice| self.clone().with(name.clone(), choice)).collect()))
        })
    }

    /// The values that are known, as JSON.
    pub(super) fn to_json(&self) -> Value {
        let value = |known: &Known| match known {
            Known::Value(value) => Some(value.clone()),
            Known::Object(members) => Some(members.to_json()),
            Known::OneOf(_) | Known::Text | Known::Absent | Known::Unknown => None,
        };
        self.known.iter().filter_map(|(name, known)| Some((name.clone(), value(known)?))).collect()
    }
}

impl From<Value> for Known {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Known {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl From<Members> for Known {
    fn from(members: Members) -> Self {
        Self::Object(members)
    }
}
