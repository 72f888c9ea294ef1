//! What is known about every CloudTrail management record, as premises of a proof.

use serde::Deserialize;
use toml::Spanned;

use super::error::{CatalogueError, CatalogueErrorKind};
use crate::pattern::event_sets::{Condition, Domain, Exemplars, Fact, FactKind, Path, Prover};

const FACTS: &str = "controls/facts/cloudtrail-records.toml";
const TEMPLATES: &str = "controls/facts/cloudtrail-templates.json";
const FACTS_TEXT: &str = include_str!("../../controls/facts/cloudtrail-records.toml");
const TEMPLATES_TEXT: &str = include_str!("../../controls/facts/cloudtrail-templates.json");

/// The files that say what is known, each with its name and its text.
pub(super) const FILES: [(&str, &str); 2] = [(FACTS, FACTS_TEXT), (TEMPLATES, TEMPLATES_TEXT)];

/// CloudTrail management records: the facts about them, and complete ones that witnesses start from.
pub(super) fn records() -> Result<Prover, CatalogueError> {
    let (facts, usual) = facts(FACTS_TEXT)?;
    let templates = serde_json::from_str(TEMPLATES_TEXT)
        .map_err(|e| CatalogueError::new(TEMPLATES, TEMPLATES_TEXT, None, CatalogueErrorKind::Record(e)))?;
    let exemplars = Exemplars { templates, usual, free: vec![] };
    Ok(Prover::new(Domain { json: true, facts, exemplars }))
}

/// What is known, and texts that are usual at a place.
type Facts = (Vec<Fact>, Vec<(Path, Vec<String>)>);

fn facts(text: &str) -> Result<Facts, CatalogueError> {
    let error = |span, problem| CatalogueError::new(FACTS, text, span, problem);
    let written: Written =
        toml::from_str(text).map_err(|e| error(e.span(), CatalogueErrorKind::Toml(e.message().to_owned())))?;
    let path = |field: &Spanned<String>| {
        selector(field.get_ref())
            .ok_or_else(|| error(Some(field.span()), CatalogueErrorKind::Field(field.get_ref().clone())))
    };

    let mut facts = Vec::new();
    for group in &written.always_text {
        for field in &group.fields {
            facts.push(always(&group.statement, FactKind::AlwaysText(path(field)?)));
        }
    }
    for group in &written.boolean {
        for field in &group.fields {
            facts.push(always(&group.statement, FactKind::Boolean(path(field)?)));
        }
    }
    for group in &written.one_of {
        facts.push(always(&group.statement, FactKind::OneOf(path(&group.field)?, group.values.clone())));
    }
    for group in &written.emitted_by {
        for event in &group.events {
            for (field, one_of) in [("eventSource", &group.sources), ("eventType", &vec![group.kind.clone()])] {
                let given = vec![Condition { at: Path::keys(["eventName"]), one_of: vec![event.clone()] }];
                let says = FactKind::OneOf(Path::keys([field]), one_of.clone());
                facts.push(Fact { statement: group.statement.clone(), given, says });
            }
        }
    }
    let usual = written.usual.iter().map(|group| Ok((path(&group.field)?, group.values.clone())));
    Ok((facts, usual.collect::<Result<_, _>>()?))
}

/// What is so of every record.
fn always(statement: &str, says: FactKind) -> Fact {
    Fact { statement: statement.to_owned(), given: vec![], says }
}

/// `userIdentity.type` as a path. Empty names are none.
fn selector(field: &str) -> Option<Path> {
    (!field.split('.').any(str::is_empty)).then(|| Path::dotted(field))
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

    use super::records;

    #[test]
    fn the_facts_hold_for_the_templates() {
        let prover = records().unwrap();
        let domain = prover.domain();
        for record in domain.exemplars.templates.iter().cloned().map(Value::Object) {
            for fact in &domain.facts {
                assert!(fact.holds(&record.to_string()), "{}: {record}", fact.statement);
            }
        }
    }

    #[test]
    fn an_event_is_listed_once() {
        let mut seen = BTreeSet::new();
        for fact in &records().unwrap().domain().facts {
            for condition in &fact.given {
                assert!(seen.insert((condition.one_of.clone(), fact.says.path().clone())), "{fact:?}");
            }
        }
    }
}
