//! Whether a subscription's filter policy lets the message of an alarm pass.
//!
//! The rules are those of the SNS Developer Guide ("Amazon SNS subscription filter policies"): every member of the policy
//! has to be satisfied, and one of its values is enough. CloudWatch sets no message attributes: no page says so, and
//! nobody has seen one; a policy that asks for an attribute receives no alarm.

mod condition;

use serde_json::{Map, Value};

use crate::account::{FilterPolicy, FilterPolicyScope};
use crate::evaluate::truth::Truth;

/// Whether a message passes. Of the message, `known` has the members whose values are certain.
pub(super) fn passes(policy: &FilterPolicy, known: &Value) -> Truth {
    let text = policy.text.trim();
    if text.is_empty() {
        return Truth::True;
    }
    let members = match serde_json::from_str(text) {
        Ok(Value::Object(members)) => members,
        _ => return Truth::unknown("the filter policy is not a JSON object"),
    };
    match &policy.scope {
        FilterPolicyScope::MessageAttributes => satisfied(&members, &|_, value| without_attribute(value)),
        FilterPolicyScope::MessageBody => in_body(&members, known, ""),
        FilterPolicyScope::Other(scope) => Truth::unknown(format!("the filter policy scope `{scope}` is not judged")),
    }
}

/// Whether all members are satisfied, and of `$or` one of the alternatives.
fn satisfied(members: &Map<String, Value>, member: &dyn Fn(&str, &Value) -> Truth) -> Truth {
    Truth::all(members.iter().map(|(name, value)| match (name.as_str(), value) {
        ("$or", Value::Array(alternatives)) => Truth::any(alternatives.iter().map(|alternative| match alternative {
            Value::Object(members) => satisfied(members, member),
            _ => Truth::unknown("an alternative of `$or` is not a JSON object"),
        })),
        _ => member(name, value),
    }))
}

/// Whether the lack of a message attribute satisfies what is asked of it.
fn without_attribute(conditions: &Value) -> Truth {
    match conditions {
        Value::Array(conditions) => {
            Truth::from(conditions.iter().any(|one| one.get("exists") == Some(&Value::Bool(false))))
        }
        _ => Truth::unknown("the filter policy asks of a message attribute what attributes do not have"),
    }
}

/// Whether the members of a message, or of an object at `path` in it, satisfy the policy.
fn in_body(members: &Map<String, Value>, known: &Value, path: &str) -> Truth {
    satisfied(members, &|name, value| {
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match (value, known.get(name)) {
            (Value::Object(members), Some(found @ Value::Object(_))) => in_body(members, found, &path),
            (Value::Array(conditions), Some(found)) if !found.is_object() => {
                Truth::any(conditions.iter().map(|one| condition::holds(one, found)))
            }
            _ => Truth::unknown(format!("what an alarm's message says of `{path}` is not known")),
        }
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::{FilterPolicy, FilterPolicyScope, Truth, passes};

    fn said(scope: FilterPolicyScope, policy: &Value) -> &'static str {
        let message = json!({
            "AlarmName": "gateways",
            "NewStateValue": "ALARM",
            "Trigger": {"MetricName": "NetworkGatewayChanges", "Period": 300},
        });
        match passes(&FilterPolicy { scope, text: policy.to_string() }, &message) {
            Truth::True => "passes",
            Truth::False => "drops",
            Truth::Unknown(_) => "unknown",
        }
    }

    #[rstest]
    #[case(json!({}), "passes")]
    #[case(json!({"severity": ["high"]}), "drops")]
    #[case(json!({"severity": [{"anything-but": "low"}]}), "drops")]
    #[case(json!({"severity": [{"exists": true}]}), "drops")]
    #[case(json!({"severity": [{"exists": false}]}), "passes")]
    #[case(json!({"severity": ["high", {"exists": false}]}), "passes")]
    #[case(json!({"severity": [{"exists": false}], "team": ["network"]}), "drops")]
    #[case(json!({"$or": [{"severity": ["high"]}, {"team": [{"exists": false}]}]}), "passes")]
    #[case(json!({"NewStateValue": ["ALARM"]}), "drops")]
    #[case(json!([]), "unknown")]
    #[case(json!({"severity": {"is": ["high"]}}), "unknown")]
    fn attributes(#[case] policy: Value, #[case] expected: &str) {
        assert_eq!(said(FilterPolicyScope::MessageAttributes, &policy), expected);
    }

    #[rstest]
    #[case(json!({}), "passes")]
    #[case(json!({"NewStateValue": ["ALARM"]}), "passes")]
    #[case(json!({"NewStateValue": ["OK"]}), "drops")]
    #[case(json!({"NewStateValue": ["ALARM"], "AlarmName": [{"prefix": "billing-"}]}), "drops")]
    #[case(json!({"$or": [{"NewStateValue": ["OK"]}, {"AlarmName": ["gateways"]}]}), "passes")]
    #[case(json!({"Trigger": {"MetricName": [{"suffix": "Changes"}]}}), "passes")]
    #[case(json!({"Trigger": {"Period": [{"numeric": ["<", 60]}]}}), "drops")]
    #[case(json!({"Trigger": {"Statistic": ["SUM"]}}), "unknown")]
    #[case(json!({"Region": ["US East (N. Virginia)"]}), "unknown")]
    #[case(json!({"severity": ["high"]}), "unknown")]
    #[case(json!({"severity": ["high"], "NewStateValue": ["OK"]}), "drops")]
    #[case(json!({"AlarmName": {"is": ["gateways"]}}), "unknown")]
    #[case(json!({"Trigger": ["x"]}), "unknown")]
    fn bodies(#[case] policy: Value, #[case] expected: &str) {
        assert_eq!(said(FilterPolicyScope::MessageBody, &policy), expected);
    }

    #[test]
    fn an_empty_text_is_no_policy_and_a_new_scope_is_open() {
        let policy = FilterPolicy { scope: FilterPolicyScope::MessageAttributes, text: String::new() };
        assert_eq!(passes(&policy, &json!({})), Truth::True);
        assert_eq!(said("MessageHeaders".into(), &json!({})), "unknown");
    }
}
