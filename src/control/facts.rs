//! What is known about every CloudTrail management record, as premises of a proof.

use serde::Deserialize;
use toml::Spanned;

use super::error::{CatalogueError, Problem};
use crate::pattern::ast::{Selector, Step};
use crate::pattern::decide::{Fact, Says, World};

const FACTS: &str = "controls/facts/cloudtrail-records.toml";
const TEMPLATES: &str = "controls/facts/cloudtrail-templates.json";
const FACTS_TEXT: &str = include_str!("../../controls/facts/cloudtrail-records.toml");
const TEMPLATES_TEXT: &str = include_str!("../../controls/facts/cloudtrail-templates.json");

/// The files that say what is known, each with its name and its text.
pub(super) const FILES: [(&str, &str); 2] = [(FACTS, FACTS_TEXT), (TEMPLATES, TEMPLATES_TEXT)];

/// CloudTrail management records: the facts about them, and complete ones that witnesses start from.
pub(super) fn records() -> Result<World, CatalogueError> {
    let (facts, examples) = facts(FACTS_TEXT)?;
    let templates = serde_json::from_str(TEMPLATES_TEXT)
        .map_err(|e| CatalogueError::new(TEMPLATES, TEMPLATES_TEXT, None, Problem::Record(e)))?;
    Ok(World { json: true, facts, templates, examples })
}

/// What is known, and texts that are usual at a place.
type Facts = (Vec<Fact>, Vec<(Selector, Vec<String>)>);

fn facts(text: &str) -> Result<Facts, CatalogueError> {
    let error = |span, problem| CatalogueError::new(FACTS, text, span, problem);
    let written: Written = toml::from_str(text).map_err(|e| error(e.span(), Problem::Toml(e.message().to_owned())))?;
    let path = |field: &Spanned<String>| {
        selector(field.get_ref()).ok_or_else(|| error(Some(field.span()), Problem::Field(field.get_ref().clone())))
    };

    let mut facts = Vec::new();
    for group in &written.always_text {
        for field in &group.fields {
            facts.push(Fact { statement: group.statement.clone(), says: Says::AlwaysText(path(field)?) });
        }
    }
    for group in &written.boolean {
        for field in &group.fields {
            facts.push(Fact { statement: group.statement.clone(), says: Says::Boolean(path(field)?) });
        }
    }
    for group in &written.one_of {
        let says = Says::OneOf(path(&group.field)?, group.values.clone());
        facts.push(Fact { statement: group.statement.clone(), says });
    }
    for group in &written.emitted_by {
        for event in &group.events {
            for (field, one_of) in [("eventSource", &group.sources), ("eventType", &vec![group.kind.clone()])] {
                let says = Says::Implies {
                    when: Selector(vec![Step::Key("eventName".to_owned())]),
                    value: event.clone(),
                    then: Selector(vec![Step::Key(field.to_owned())]),
                    one_of: one_of.clone(),
                };
                facts.push(Fact { statement: group.statement.clone(), says });
            }
        }
    }
    let usual = written.usual.iter().map(|group| Ok((path(&group.field)?, group.values.clone())));
    Ok((facts, usual.collect::<Result<_, _>>()?))
}

/// `userIdentity.type` as a path. Empty names are none.
fn selector(field: &str) -> Option<Selector> {
    let steps = field.split('.').map(|name| (!name.is_empty()).then(|| Step::Key(name.to_owned())));
    Some(Selector(steps.collect::<Option<_>>()?))
}

/// The file of facts as it is written. `source` is for its readers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    always_text: Vec<Fields>,
    boolean: Vec<Fields>,
    one_of: Vec<OneOf>,
    emitted_by: Vec<EmittedBy>,
    usual: Vec<Usual>,
}

#[derive(Deserialize)]
struct Fields {
    fields: Vec<Spanned<String>>,
    statement: String,
}

#[derive(Deserialize)]
struct OneOf {
    field: Spanned<String>,
    values: Vec<String>,
    statement: String,
}

#[derive(Deserialize)]
struct Usual {
    field: Spanned<String>,
    values: Vec<String>,
}

#[derive(Deserialize)]
struct EmittedBy {
    sources: Vec<String>,
    #[serde(rename = "type")]
    kind: String,
    events: Vec<String>,
    statement: String,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{Says, Selector, records};

    /// What a fact says of a record, as JSON pointers.
    fn holds(says: &Says, record: &Value) -> bool {
        let at = |selector: &Selector| record.pointer(&selector.to_string().replace("$.", "/").replace('.', "/"));
        let one_of = |selector, texts: &[String]| {
            at(selector).is_none_or(|value| value.as_str().is_some_and(|text| texts.iter().any(|it| it == text)))
        };
        match says {
            Says::AlwaysText(selector) => at(selector).is_some_and(Value::is_string),
            Says::Boolean(selector) => at(selector).is_none_or(Value::is_boolean),
            Says::OneOf(selector, texts) => one_of(selector, texts),
            Says::Implies { when, value, then, one_of: texts } => {
                at(when).and_then(Value::as_str) != Some(value) || one_of(then, texts)
            }
        }
    }

    #[test]
    fn the_facts_hold_for_the_templates() {
        let world = records().unwrap();
        for record in world.templates.into_iter().map(Value::Object) {
            for fact in &world.facts {
                assert!(holds(&fact.says, &record), "{}: {record}", fact.statement);
            }
        }
    }

    #[test]
    fn an_event_is_listed_once() {
        let mut seen = BTreeSet::new();
        for fact in records().unwrap().facts {
            if let Says::Implies { value, then, .. } = fact.says {
                assert!(seen.insert((value.clone(), then.clone())), "{value} {then:?}");
            }
        }
    }
}
