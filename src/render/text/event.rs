//! A witness in a few lines: the members that tell what happened, and those that filters look at.

use std::io::{self, Write};

use serde_json::Value;

use super::style::Paint;
use crate::pattern::Pattern;
use crate::pattern::ast::{Step, Tree};
use crate::render::wrap::tame;
use crate::report::Finding;

/// What happened, where, and by whom. A record that lacks one of these says nothing by it.
const TELLING: [&str; 9] = [
    "eventSource",
    "eventName",
    "awsRegion",
    "eventType",
    "userIdentity.type",
    "errorCode",
    "errorMessage",
    "responseElements.ConsoleLogin",
    "additionalEventData.MFAUsed",
];

/// Writes the witness of a finding, a member a line. What a filter looks at and the witness lacks is `(absent)`.
pub(super) fn brief(witness: &Value, finding: &Finding, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let looked_at = looked_at(finding);
    let mut members: Vec<(String, String)> = Vec::new();
    for (path, value) in TELLING.iter().filter_map(|path| Some((*path, member(witness, path)?))) {
        members.push((path.to_owned(), shown(value)));
    }
    for path in looked_at {
        if !members.iter().any(|(shown, _)| *shown == path) {
            let value = member(witness, &path).map_or_else(|| "(absent)".to_owned(), shown);
            members.push((path, value));
        }
    }
    let width = members.iter().map(|(path, _)| path.chars().count()).max().unwrap_or_default();
    for (path, value) in members {
        writeln!(out, "    {}  {}", paint.faint(&format!("{:width$}", tame(&path))), tame(&value))?;
    }
    writeln!(out, "    {}", paint.faint("… (`--details` shows the whole record)"))
}

/// Writes the witness as it is.
pub(super) fn whole(witness: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_string_pretty(witness)?.lines().try_for_each(|line| writeln!(out, "    {line}"))
}

/// The members that the filters on the finding's routes look at, sorted; those in lists are not among them.
fn looked_at(finding: &Finding) -> Vec<String> {
    let links = finding.routes.iter().flat_map(|route| &route.links);
    let patterns = links.filter_map(|link| link.pattern.as_ref()?.parse::<Pattern>().ok());
    let mut paths = Vec::new();
    for pattern in patterns {
        let Tree::Json(expr) = pattern.tree() else { continue };
        paths.extend(expr.tests().iter().filter_map(|condition| path(&condition.selector.0)));
    }
    paths.sort();
    paths.dedup();
    paths
}

/// `userIdentity.type`; none if a step is not a member's name.
fn path(steps: &[Step]) -> Option<String> {
    let names = steps.iter().map(|step| match step {
        Step::Key(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect::<Option<Vec<_>>>().map(|names| names.join("."))
}

fn member<'a>(record: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(record, |value, name| value.get(name))
}

/// A text as it is, unless it would be taken for something else; anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() && serde_json::from_str::<Value>(text).is_err() => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::shown;

    #[test]
    fn texts_are_told_from_other_values() {
        let values = [json!("CreateVpc"), json!("true"), json!(true), json!(""), json!({"a": "b"})];
        assert_eq!(values.each_ref().map(shown), ["CreateVpc", "\"true\"", "true", "\"\"", "{\"a\":\"b\"}"]);
    }
}
