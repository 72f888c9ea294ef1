//! Whether a policy accepts a message of which only a part is known.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::message::{Body, Known, Members, PartialMessage};
use super::{Compiled, FilterPolicy, Scope};
use crate::branch::PathTests;
use crate::matcher::{List, Scalar};

/// An answer that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ternary {
    /// Certainly.
    True,
    /// Certainly not.
    False,
    /// It cannot be told from what is known.
    Unknown(Why),
}

/// Why an answer is open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// It depends on a value that is not known.
    Value {
        /// Its path.
        path: String,
    },
    /// It depends on which of several values a member has.
    OneOf {
        /// Its path.
        path: String,
    },
    /// The body is not known.
    Body,
    /// The policy looks at elements of an array, some of which are not known.
    ArrayElements {
        /// The path of the array, or below it.
        path: String,
    },
    /// The policy asks that an attribute is not there. AWS documents that it matches only if the message has at least one
    /// attribute, and this message is not known to have one.
    NoAttributes {
        /// The attribute.
        path: String,
    },
    /// The policy asks whether a value is there that is null or empty. AWS documents that such a value does not count, and
    /// its engine counts it.
    NullOrEmpty {
        /// The path.
        path: String,
    },
}

/// What is at a path.
enum Here<'a> {
    /// These values; none if nothing is there.
    Values {
        scalars: Vec<Scalar<'a>>,
        in_elements: bool,
    },
    /// A string that is not known.
    Text,
    Unknown,
}

impl FilterPolicy {
    /// Whether the subscription gets a message.
    pub fn accepts(&self, message: &PartialMessage) -> Ternary {
        let Some(compiled) = &self.compiled else { return Ternary::True };
        match (self.scope, &message.body) {
            (Scope::MessageAttributes, _) => compiled.accepts(&message.attributes, true),
            (Scope::MessageBody, Body::Json(members)) => compiled.accepts(members, false),
            (Scope::MessageBody, Body::Text) => Ternary::False,
            (Scope::MessageBody, Body::Unknown) => Ternary::Unknown(Why::Body),
        }
    }
}

impl Compiled {
    fn accepts(&self, members: &Members, are_attributes: bool) -> Ternary {
        let lists = self.pattern.branches().lists();
        let wanted = |path: &str| {
            let below =
                |list: &str| list.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            lists.iter().any(|list| below(&list.path))
        };
        if let Some((path, choices)) = members.choices(&wanted) {
            return self.accepts_any_of(&path, &choices, are_attributes);
        }
        let mut answer = Ternary::False;
        for (at, branch) in self.pattern.branches().indices().iter().enumerate() {
            answer = answer.or(self.branch(at, branch, members, are_attributes));
            if answer == Ternary::True {
                break;
            }
        }
        answer
    }

    /// The answer for any of several messages, which differ at a path.
    fn accepts_any_of(&self, path: &str, choices: &[Members], are_attributes: bool) -> Ternary {
        let mut answers = choices.iter().map(|members| self.accepts(members, are_attributes));
        let Some(first) = answers.next() else { return Ternary::False };
        answers.fold(first, |a, b| match (a, b) {
            (open @ Ternary::Unknown(_), _) | (_, open @ Ternary::Unknown(_)) => open,
            (a, b) if a == b => a,
            _ => Ternary::Unknown(Why::OneOf { path: path.to_owned() }),
        })
    }

    /// Whether the lists of a branch hold together.
    fn branch(&self, at: usize, branch: &[usize], members: &Members, are_attributes: bool) -> Ternary {
        let mut answer = Ternary::True;
        let mut element = None;
        for index in branch {
            let lists = self.pattern.branches().lists();
            let (Some(list), Some(PathTests { path, .. })) = (self.lists.get(*index), lists.get(*index)) else {
                continue;
            };
            let here = Here::of(members, path);
            let holds = here.satisfies(list, path, are_attributes && members.is_empty());
            if let Here::Values { in_elements: true, .. } = here {
                element.get_or_insert(path);
                // Nothing may be there in the one element that the other lists agree on.
                if holds == Ternary::False && list.allows_absence() {
                    continue;
                }
            }
            answer = answer.and(holds);
        }
        match element {
            // Which elements count is decided with the whole message, if the rest of the branch is known.
            Some(_) if self.is_known(branch, members) => {
                self.matcher.branch_matches(at, &members.to_json().to_string()).into()
            }
            Some(path) if answer != Ternary::False => Ternary::Unknown(Why::ArrayElements { path: path.to_owned() }),
            _ => answer,
        }
    }

    fn is_known(&self, branch: &[usize], members: &Members) -> bool {
        let paths = branch.iter().filter_map(|list| self.pattern.branches().lists().get(*list));
        paths.map(|list| Here::of(members, &list.path)).all(|here| matches!(here, Here::Values { .. }))
    }
}

impl<'a> Here<'a> {
    fn of(members: &'a Members, path: &str) -> Self {
        let parts: Vec<_> = path.split('.').collect();
        let mut scalars = vec![];
        let mut in_elements = false;
        let mut is_named = false;
        for (name, known) in members.known() {
            let Some(rest) = strip(&parts, name) else { continue };
            is_named = true;
            match known {
                Known::Value(value) => collect(value, rest, &mut scalars, &mut in_elements),
                Known::Object(members) if !rest.is_empty() => match Self::of(members, &rest.join(".")) {
                    Self::Values { scalars: more, in_elements: nested } => {
                        scalars.extend(more);
                        in_elements |= nested;
                    }
                    open => return open,
                },
                Known::Text if rest.is_empty() => return Self::Text,
                Known::Object(_) | Known::Absent | Known::Text => {}
                Known::OneOf(_) | Known::Unknown => return Self::Unknown,
            }
        }
        if !is_named && !members.is_closed() {
            return Self::Unknown;
        }
        Self::Values { scalars, in_elements }
    }

    fn satisfies(&self, list: &List, path: &str, has_no_attributes: bool) -> Ternary {
        let unknown = || Ternary::Unknown(Why::Value { path: path.to_owned() });
        match self {
            Self::Values { scalars, .. } if scalars.is_empty() => match list.allows_absence() {
                true if has_no_attributes => Ternary::Unknown(Why::NoAttributes { path: path.to_owned() }),
                allows => allows.into(),
            },
            Self::Values { scalars, .. } => {
                let holding: Vec<_> = scalars.iter().filter(|scalar| list.holds(scalar)).collect();
                let holds = !holding.is_empty();
                let is_doubtful = |scalar: &Scalar<'_>| {
                    list.asks_presence_only(scalar)
                        && (*scalar == Scalar::Null || *scalar == Scalar::Text(Cow::Borrowed("")))
                };
                if holds && holding.iter().all(|scalar| is_doubtful(scalar)) {
                    return Ternary::Unknown(Why::NullOrEmpty { path: path.to_owned() });
                }
                holds.into()
            }
            Self::Text => list.holds_of_texts().map_or_else(unknown, Ternary::from),
            Self::Unknown if list.allows_absence() && list.asks_presence() => Ternary::True,
            Self::Unknown => unknown(),
        }
    }
}

/// What is left of a path below a name, which may be several steps of it.
fn strip<'p, 's>(parts: &'p [&'s str], name: &str) -> Option<&'p [&'s str]> {
    let steps = name.split('.').count();
    let same = name.split('.').zip(parts).filter(|(step, part)| step == *part).count() == steps;
    if same { parts.get(steps..) } else { None }
}

/// Adds the values at a path below a value.
fn collect<'a>(value: &'a Value, parts: &[&str], scalars: &mut Vec<Scalar<'a>>, in_elements: &mut bool) {
    match value {
        Value::Array(elements) => {
            for element in elements {
                *in_elements |= element.is_object() || element.is_array();
                collect(element, parts, scalars, in_elements);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                if let Some(rest) = strip(parts, name) {
                    collect(value, rest, scalars, in_elements);
                }
            }
        }
        _ if !parts.is_empty() => {}
        Value::String(text) => scalars.push(Scalar::Text(Cow::Borrowed(text))),
        Value::Number(number) => scalars.push(Scalar::Number(Cow::Owned(number.to_string()))),
        Value::Bool(value) => scalars.push(Scalar::Boolean(*value)),
        Value::Null => scalars.push(Scalar::Null),
    }
}

impl Ternary {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (open @ Self::Unknown(_), _) | (_, open) => open,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (open @ Self::Unknown(_), _) | (_, open) => open,
        }
    }
}

impl From<bool> for Ternary {
    fn from(answer: bool) -> Self {
        if answer { Self::True } else { Self::False }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { path } => write!(f, "the value of `{path}` is not known"),
            Self::OneOf { path } => write!(f, "the message can have several values at `{path}`"),
            Self::Body => f.write_str("the body of the message is not known"),
            Self::ArrayElements { path } => write!(f, "`{path}` is below an array whose elements are not all known"),
            Self::NoAttributes { path } => write!(
                f,
                "the policy asks that there is no attribute `{path}`, which AWS documents to match only messages with at \
                 least one attribute"
            ),
            Self::NullOrEmpty { path } => {
                write!(f, "`{path}` is null or empty, which AWS documents not to count as existing")
            }
        }
    }
}
