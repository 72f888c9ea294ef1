//! Whether the policy of a topic or a key lets alarms use it.
//!
//! Only this one question is decided: the request of an alarm, which AWS makes as the service
//! `cloudwatch.amazonaws.com` on behalf of the alarm (CloudWatch User Guide, "Notifying users on alarm changes"). The
//! rules are those of the IAM User Guide ("Policy evaluation logic", "IAM JSON policy elements"); where they need
//! something that no page states of an alarm's request, the answer is unknown.

mod condition;
mod glob;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::evaluate::truth::Truth;

/// What an alarm asks of a topic or a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    /// Such as `sns:Publish`.
    pub action: &'a str,
    /// The ARN of the topic or the key.
    pub resource: &'a str,
    /// The ARN of the alarm, if it is known.
    pub alarm: Option<&'a str>,
    /// The account of the alarm.
    pub account: &'a str,
}

/// What a policy says to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Granted,
    /// And why.
    Refused(String),
    /// The policy does not tell, and why.
    Unclear(String),
}

/// What the policy, as JSON, says to the request.
pub(super) fn access(policy: &str, request: &Request<'_>) -> Access {
    let policy: Policy = match serde_json::from_str(policy) {
        Ok(policy) => policy,
        Err(error) => return Access::Unclear(format!("the policy cannot be read: {error}")),
    };
    let statements = policy.statement.into_vec();
    let of = |effect: Effect| {
        let statements = statements.iter().filter(move |statement| statement.effect == effect);
        statements.map(|statement| (statement, statement.applies(request)))
    };
    if let Some((statement, _)) = of(Effect::Deny).find(|(_, applies)| *applies == Truth::True) {
        let name = statement.sid.as_ref().map(|sid| format!(" `{sid}`")).unwrap_or_default();
        return Access::Refused(format!("a statement{name} denies {}", request.action));
    }
    let denied = Truth::any(of(Effect::Deny).map(|(_, applies)| applies));
    let allowed = Truth::any(of(Effect::Allow).map(|(_, applies)| applies));
    match (allowed, denied) {
        (Truth::False, _) => Access::Refused(format!("no statement allows {}", request.action)),
        (Truth::Unknown(why), _) | (_, Truth::Unknown(why)) => Access::Unclear(why),
        (Truth::True, _) => Access::Granted,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    statement: Many<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    sid: Option<String>,
    effect: Effect,
    principal: Option<Principal>,
    action: Option<Many<String>>,
    not_action: Option<Many<String>>,
    resource: Option<Many<String>>,
    not_resource: Option<Many<String>>,
    #[serde(default)]
    condition: BTreeMap<String, BTreeMap<String, Many<Value>>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Effect {
    Allow,
    Deny,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Principal {
    /// `*`
    Everyone(String),
    /// By kind: `AWS`, `Service`, …
    Named(BTreeMap<String, Many<String>>),
}

/// A list, whose brackets may be left out around a single member.
#[derive(Deserialize)]
#[serde(untagged)]
enum Many<T> {
    List(Vec<T>),
    One(T),
}

impl<T> Many<T> {
    fn as_slice(&self) -> &[T] {
        match self {
            Self::List(list) => list,
            Self::One(one) => std::slice::from_ref(one),
        }
    }

    fn into_vec(self) -> Vec<T> {
        match self {
            Self::List(list) => list,
            Self::One(one) => vec![one],
        }
    }
}

impl Statement {
    fn applies(&self, request: &Request<'_>) -> Truth {
        let action =
            |pattern: &String| Truth::from(glob::matches_text(&pattern.to_lowercase(), &request.action.to_lowercase()));
        let resource = |pattern: &String| glob::matches_resource(pattern, request.resource);
        Truth::all([
            self.principal
                .as_ref()
                .map_or_else(|| Truth::unknown("a statement names no `Principal`"), Principal::is_alarms),
            element("Action", self.action.as_ref(), self.not_action.as_ref(), action),
            element("Resource", self.resource.as_ref(), self.not_resource.as_ref(), resource),
            Truth::all(self.condition.iter().flat_map(|(operator, keys)| {
                keys.iter().map(|(key, values)| condition::holds(operator, key, values.as_slice(), request))
            })),
        ])
    }
}

/// Whether an element of a statement, or its opposite, takes the request in.
fn element(
    name: &str,
    is: Option<&Many<String>>,
    is_not: Option<&Many<String>>,
    matches: impl Fn(&String) -> Truth,
) -> Truth {
    match (is, is_not) {
        (Some(list), None) => Truth::any(list.as_slice().iter().map(matches)),
        (None, Some(list)) => !Truth::any(list.as_slice().iter().map(matches)),
        _ => Truth::unknown(format!("a statement names no `{name}`, or both it and its opposite")),
    }
}

impl Principal {
    /// Whether the principal takes the service of alarms in. An account, a role or a user does not: an account stands for
    /// its own identities (IAM User Guide, "AWS JSON policy elements: Principal"), and a service is none.
    fn is_alarms(&self) -> Truth {
        match self {
            Self::Everyone(text) => Truth::from(text == "*"),
            Self::Named(kinds) => Truth::any(kinds.iter().flat_map(|(kind, names)| {
                names.as_slice().iter().map(move |name| match (kind.as_str(), name.as_str()) {
                    ("AWS", "*") | ("Service", "cloudwatch.amazonaws.com") => Truth::True,
                    ("Service", name) if name.starts_with("cloudwatch.") || name.contains('*') => {
                        Truth::unknown(format!("whether the service `{name}` takes alarms in is not documented"))
                    }
                    _ => Truth::False,
                })
            })),
        }
    }
}

#[cfg(test)]
mod tests;
