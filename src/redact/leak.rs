//! What has no place in a recording that others will see, and where it stands.

use std::fmt;

use serde_json::Value;

use super::reading;
use super::secret::{self, Secret};
use super::token::Kind;
use super::tree::embedded;
use crate::provider::recorded::Recording;

/// Something that must not be written. What it is, is told; what it says, is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The call, such as `logs:DescribeMetricFilters in eu-west-1`, if it is in one.
    pub call: Option<String>,
    /// The member, such as `output.metricFilters[0].filterName`.
    pub member: String,
    /// What it is.
    pub what: What,
}

/// What must not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Something that lets others in.
    Secret(Secret),
    /// Something that was to be replaced.
    Identifier(Kind),
}

impl Leak {
    /// Whether it is in a URL, which redaction replaces.
    pub fn is_in_url(&self) -> bool {
        matches!(self.what, What::Secret(Secret::Webhook | Secret::SecretUrl))
    }
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            What::Secret(secret) => write!(f, "{secret}")?,
            What::Identifier(kind) => write!(f, "{}", name(kind))?,
        }
        match &self.call {
            Some(call) => write!(f, " in {call}, {}", self.member),
            None => write!(f, " in {}", self.member),
        }
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Account => "an account id",
        Kind::Email => "an e-mail address",
        Kind::Phone => "a telephone number",
        Kind::Url => "a URL",
        Kind::Organization | Kind::Root | Kind::Unit => "the id of an organization",
        Kind::Key => "the id of a key",
        Kind::Unique => "the id of an access key, a user or a role",
        Kind::Name | Kind::Part => "the name of a user or a role",
    }
}

/// Where secrets are in a recording, redacted or not.
pub fn leaks(recording: &Recording) -> Result<Vec<Leak>, serde_json::Error> {
    Ok(find(&serde_json::to_value(recording)?, |text| {
        let read = reading::text(&reading::unescaped(text));
        secret::in_text(text).or_else(|| secret::in_text(&read)).map(What::Secret)
    }))
}

/// What the judge finds in any text of the file of a recording, in the policies in it too.
pub(super) fn find(file: &Value, judge: impl Fn(&str) -> Option<What>) -> Vec<Leak> {
    let mut leaks = Vec::new();
    let Value::Object(members) = file else { return leaks };
    for (name, member) in members {
        match (name.as_str(), member) {
            ("calls", Value::Array(calls)) => {
                for call in calls {
                    let part = |member: &str| call.get(member).and_then(Value::as_str).unwrap_or_default();
                    let called = format!("{}:{} in {}", part("service"), part("operation"), part("region"));
                    walk(call, "", &judge, &mut |member, what| {
                        leaks.push(Leak { call: Some(called.clone()), member, what });
                    });
                }
            }
            _ => walk(member, name, &judge, &mut |member, what| leaks.push(Leak { call: None, member, what })),
        }
    }
    leaks
}

fn walk(value: &Value, path: &str, judge: &dyn Fn(&str) -> Option<What>, tell: &mut dyn FnMut(String, What)) {
    match value {
        Value::String(text) => {
            let mut found = 0;
            if let Some(document) = embedded(text) {
                walk(&document, path, judge, &mut |member, what| {
                    found += 1;
                    tell(member, what);
                });
            }
            // As a whole too: what a member is called may say that its value is a password.
            if found == 0 {
                judge(text).into_iter().for_each(|what| tell(path.to_owned(), what));
            }
        }
        Value::Number(number) => {
            judge(&number.to_string()).into_iter().for_each(|what| tell(path.to_owned(), what));
        }
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                walk(element, &format!("{path}[{at}]"), judge, tell);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let dot = if path.is_empty() { "" } else { "." };
                match judge(name) {
                    Some(what) => tell(format!("the name of a member of {path}"), what),
                    None => walk(member, &format!("{path}{dot}{name}"), judge, tell),
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}
