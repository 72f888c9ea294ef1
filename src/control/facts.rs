//! What is known about every CloudTrail management record, as premises of a proof.

use serde::Deserialize;
use toml::Spanned;

use super::error::{CatalogueError, Problem};
use crate::pattern::ast::{Selector, Step};
use crate::pattern::decide::{Fact, Says, World};

const FACTS: &str = "controls/facts/cloudtrail-records.toml";
const RECORD: &str = "controls/facts/cloudtrail-record.json";
const FACTS_TEXT: &str = include_str!("../../controls/facts/cloudtrail-records.toml");
const RECORD_TEXT: &str = include_str!("../../controls/facts/cloudtrail-record.json");

/// The files that say what is known, each with its name and its text.
pub(super) const FILES: [(&str, &str); 2] = [(FACTS, FACTS_TEXT), (RECORD, RECORD_TEXT)];

/// CloudTrail management records: the facts about them, and a complete one that a witness starts from.
pub(super) fn records() -> Result<World, CatalogueError> {
    let (facts, examples) = facts(FACTS_TEXT)?;
    let template = serde_json::from_str(RECORD_TEXT).map_err(|e| CatalogueError {
        file: RECORD.to_owned(),
        span: None,
        problem: Problem::Record(e),
    })?;
    Ok(World { json: true, facts, template, examples })
}

/// What is known, and texts that are usual at a place.
type Facts = (Vec<Fact>, Vec<(Selector, Vec<String>)>);

fn facts(text: &str) -> Result<Facts, CatalogueError> {
    let error = |span, problem| CatalogueError { file: FACTS.to_owned(), span, problem };
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

    use super::{Says, records};

    #[test]
    fn the_record_has_what_every_record_has() {
        let world = records().unwrap();
        for fact in &world.facts {
            let Says::AlwaysText(selector) = &fact.says else { continue };
            let path = selector.to_string().replace("$.", "/").replace('.', "/");
            let record = serde_json::Value::Object(world.template.clone());
            assert!(record.pointer(&path).is_some_and(serde_json::Value::is_string), "{selector}");
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
