//! Conditions of a statement, held against the request of an alarm.

use serde_json::Value;

use super::{Request, glob};
use crate::evaluate::truth::Truth;

/// Whether a condition such as `ArnLike` on `aws:SourceArn` holds.
pub(super) fn holds(operator: &str, key: &str, values: &[Value], request: &Request<'_>) -> Truth {
    let Some(found) = value_of(key, request) else {
        return Truth::unknown(format!("what an alarm's request says of `{key}` is not known"));
    };
    let values: Vec<String> = values.iter().map(text).collect();
    if let Some(variable) = values.iter().find(|value| value.contains("${")) {
        return Truth::unknown(format!("the condition value `{variable}` has a variable"));
    }
    // What a request has, exists.
    let operator = operator.strip_suffix("IfExists").unwrap_or(operator);
    let any = |matches: &dyn Fn(&str) -> Truth| Truth::any(values.iter().map(|value| matches(value)));
    let equal = |value: &str| Truth::from(value == found);
    let equal_in_any_case = |value: &str| Truth::from(value.to_lowercase() == found.to_lowercase());
    let like = |value: &str| Truth::from(glob::matches_text(value, found));
    let arn = |value: &str| glob::matches_arn(value, found);
    match operator {
        "StringEquals" => any(&equal),
        "StringNotEquals" => !any(&equal),
        "StringEqualsIgnoreCase" | "Bool" => any(&equal_in_any_case),
        "StringNotEqualsIgnoreCase" => !any(&equal_in_any_case),
        "StringLike" => any(&like),
        "StringNotLike" => !any(&like),
        "ArnEquals" | "ArnLike" => any(&arn),
        "ArnNotEquals" | "ArnNotLike" => !any(&arn),
        "Null" => any(&|value| Truth::from(value == "false")),
        other => Truth::unknown(format!("the condition operator `{other}` is not judged")),
    }
}

/// What the request says of a key, whose case does not matter.
///
/// `AWS:SourceOwner` is what the policy that SNS gives a new topic asks for; that such a topic hears the alarms of its
/// account is everyday experience. AWS services call over TLS, and a service that calls for itself is an AWS service.
fn value_of<'a>(key: &str, request: &Request<'a>) -> Option<&'a str> {
    match key.to_ascii_lowercase().as_str() {
        "aws:sourcearn" => request.alarm,
        "aws:sourceaccount" | "aws:sourceowner" => Some(request.account),
        "aws:securetransport" | "aws:principalisawsservice" => Some("true"),
        _ => None,
    }
}

/// A condition's value as the text that it stands for.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
