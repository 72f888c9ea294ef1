//! What is known about the CloudTrail records of management events: the premises of proofs, and what witnesses look like.

pub(super) mod schema;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use self::schema::{EmittedBy, FactTable, FactsFile, ReadOnly};
use super::builtin;
use super::error::{CatalogueError, CatalogueErrorKind};
use crate::pattern::event_sets::text::Glob;
use crate::pattern::event_sets::{Condition, Domain, Exemplars, Fact, FactKind, Path, Step};

const FACTS: &str = "controls/facts/cloudtrail-records.toml";
const TEMPLATES: &str = "controls/facts/cloudtrail-templates.json";
const FACTS_TEXT: &str = include_str!("../../controls/facts/cloudtrail-records.toml");
const TEMPLATES_TEXT: &str = include_str!("../../controls/facts/cloudtrail-templates.json");

/// The files that say what is known, each with its name and its text.
pub(super) const FILES: [(&str, &str); 2] = [(FACTS, FACTS_TEXT), (TEMPLATES, TEMPLATES_TEXT)];

/// What the facts call the account whose trail records an event.
const ACCOUNT: &str = "{account}";
/// What the facts call that account's partition.
const PARTITION: &str = "{partition}";
/// What the templates call the main region of the partition.
const REGION: &str = "{region}";

/// The account of records of which the account is not known.
const ANY_ACCOUNT: &str = "111122223333";

/// What is known about CloudTrail records, of accounts in any partition.
#[derive(Clone, Debug)]
pub struct Facts {
    facts: Vec<ScopedFact>,
    sources: BTreeMap<String, String>,
    emitters: BTreeMap<String, Vec<String>>,
    partitions: Vec<(String, Vec<String>)>,
    usual: Vec<(Path, Vec<String>)>,
    free: Vec<Path>,
    templates: Vec<Map<String, Value>>,
}

/// A fact about the records of accounts in one partition, or in all.
#[derive(Clone, Debug)]
struct ScopedFact {
    partition: Option<String>,
    statement: String,
    given: Vec<Condition>,
    says: Says,
}

/// What a fact says; its texts may name the account and the partition.
#[derive(Clone, Debug)]
enum Says {
    Plain(FactKind),
    Always(Path, Vec<String>),
    OneOf(Path, Vec<String>),
    Matches(Path, Vec<String>),
}

impl Facts {
    /// The facts that are part of the program.
    pub(super) fn builtin() -> Result<Self, CatalogueError> {
        Self::new(builtin::facts(), TEMPLATES_TEXT)
    }

    fn new(file: FactsFile, templates: &str) -> Result<Self, CatalogueError> {
        let templates = serde_json::from_str(templates)
            .map_err(|e| CatalogueError::new(TEMPLATES, TEMPLATES_TEXT, None, CatalogueErrorKind::Record(e)))?;
        let sources = file.fact.iter().map(|it| (&it.statement, &it.source));
        let sources = sources.chain(file.emitted_by.iter().map(|it| (&it.statement, &it.source)));
        let sources = sources.chain(file.read_only.iter().map(|it| (&it.statement, &it.source)));
        let sources = sources.map(|(statement, source)| (statement.clone(), source.clone())).collect();
        let mut facts = Vec::new();
        for table in file.fact {
            add(table, &mut facts);
        }
        let mut emitters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for group in file.emitted_by {
            for event in &group.events {
                let sources = group.sources.iter().chain(&group.service_events).cloned();
                emitters.entry(event.clone()).or_default().extend(sources);
            }
            facts.extend(emitted(group));
        }
        facts.extend(file.read_only.into_iter().map(read_only));
        let free = file.free.iter().flat_map(|free| &free.fields).map(|field| Path::dotted(field));
        Ok(Self {
            facts,
            sources,
            emitters,
            partitions: file.partition.into_iter().map(|it| (it.name, it.regions)).collect(),
            usual: file.usual.into_iter().map(|it| (Path::dotted(&it.field), it.values)).collect(),
            free: free.collect(),
            templates,
        })
    }

    /// The records in the trail of an account of this partition. Without an account, what is known whichever it is:
    /// nothing is known of the fields that name it.
    pub fn domain(&self, partition: &str, account: Option<&str>) -> Domain {
        let fill = |text: &str| fill(text, partition, account.unwrap_or(ANY_ACCOUNT));
        let facts: Vec<Fact> = self.facts.iter().filter_map(|fact| fact.of(partition, account)).collect();
        let regions = self.partitions.iter().find(|(name, _)| name == partition).or(self.partitions.first());
        let regions = regions.map_or(&[][..], |(_, regions)| regions);
        let texts = self.usual.iter().map(|(at, texts)| (at.clone(), texts.iter().map(|text| fill(text)).collect()));
        let usual = texts.chain([(Path::dotted("awsRegion"), regions.to_vec())]).collect();
        let region = regions.first().map_or("", String::as_str);
        let template = |template: &Map<String, Value>| {
            let mut template = template.clone();
            template.values_mut().for_each(|value| map_texts(value, &|text| fill(&text.replace(REGION, region))));
            conform(&mut template, &facts);
            template
        };
        let templates = self.templates.iter().map(template).collect();
        Domain { json: true, facts, exemplars: Exemplars { templates, usual, free: self.free.clone() } }
    }

    /// Where a statement of a fact was read.
    pub fn source(&self, statement: &str) -> Option<&str> {
        self.sources.get(statement).map(String::as_str)
    }

    /// The services that emit events of this name, by their event sources; none if nothing is known of the name.
    pub fn emitters(&self, event: &str) -> &[String] {
        self.emitters.get(event).map_or(&[], Vec::as_slice)
    }
}

impl ScopedFact {
    /// What is known of records of an account in this partition, if this fact says something of them.
    fn of(&self, partition: &str, account: Option<&str>) -> Option<Fact> {
        if self.partition.as_ref().is_some_and(|own| own != partition) {
            return None;
        }
        let texts = |texts: &[String]| -> Option<Vec<String>> {
            let account = match account {
                None if texts.iter().any(|text| text.contains(ACCOUNT)) => return None,
                account => account.unwrap_or_default(),
            };
            Some(texts.iter().map(|text| fill(text, partition, account)).collect())
        };
        let says = match &self.says {
            Says::Plain(says) => says.clone(),
            Says::Always(at, values) => FactKind::Always(at.clone(), texts(values)?),
            Says::OneOf(at, values) => FactKind::OneOf(at.clone(), texts(values)?),
            Says::Matches(at, forms) => {
                let forms = forms.iter().map(|form| glob(&fill(form, partition, account.unwrap_or("*"))));
                FactKind::Matches(at.clone(), forms.collect())
            }
        };
        Some(Fact { statement: self.statement.clone(), given: self.given.clone(), says })
    }
}

/// The facts of a table.
fn add(table: FactTable, facts: &mut Vec<ScopedFact>) {
    let FactTable { partition, given, statement, .. } = table;
    let given: Vec<Condition> = given.into_iter().map(|(at, one_of)| condition(&at, one_of)).collect();
    let path = |field: &String| Path::dotted(field);
    let plain = |says: fn(Path) -> FactKind| move |field: &String| Says::Plain(says(Path::dotted(field)));
    let mut says: Vec<Says> = Vec::new();
    says.extend(table.always_text.iter().map(plain(FactKind::AlwaysText)));
    says.extend(table.boolean.iter().map(plain(FactKind::Boolean)));
    says.extend(table.absent.iter().map(plain(FactKind::Absent)));
    says.extend(table.always_boolean.iter().map(|(at, value)| Says::Plain(FactKind::AlwaysBoolean(path(at), *value))));
    says.extend(table.always.iter().map(|(at, values)| Says::Always(path(at), values.clone())));
    says.extend(table.one_of.iter().map(|(at, values)| Says::OneOf(path(at), values.clone())));
    says.extend(table.matches.iter().map(|(at, forms)| Says::Matches(path(at), forms.clone())));
    facts.extend(says.into_iter().map(|says| ScopedFact {
        partition: partition.clone(),
        statement: statement.clone(),
        given: given.clone(),
        says,
    }));
}

/// Who emits the events, and that a service's API calls are API calls.
fn emitted(group: EmittedBy) -> [ScopedFact; 2] {
    let EmittedBy { sources, service_events, events, statement, .. } = group;
    let all = sources.iter().chain(&service_events).cloned().collect();
    let named = condition("eventName", events);
    let by_call = condition("eventSource", sources);
    let fact = |given, says| ScopedFact { partition: None, statement: statement.clone(), given, says };
    [
        fact(vec![named.clone()], Says::OneOf(Path::dotted("eventSource"), all)),
        fact(vec![named, by_call], Says::Always(Path::dotted("eventType"), vec!["AwsApiCall".to_owned()])),
    ]
}

fn read_only(calls: ReadOnly) -> ScopedFact {
    let given = vec![condition("eventSource", vec![calls.service]), condition("eventName", calls.events)];
    let says = Says::Plain(FactKind::AlwaysBoolean(Path::dotted("readOnly"), calls.value));
    ScopedFact { partition: None, statement: calls.statement, given, says }
}

fn condition(at: &str, one_of: Vec<String>) -> Condition {
    Condition { at: Path::dotted(at), one_of }
}

/// The text with the account and the partition in place of their names.
fn fill(text: &str, partition: &str, account: &str) -> String {
    text.replace(PARTITION, partition).replace(ACCOUNT, account)
}

/// The form of a text in which any text can stand for each `*`.
fn glob(form: &str) -> Glob {
    let pieces = form.split('*').filter(|piece| !piece.is_empty()).map(str::to_owned);
    Glob { open_start: form.starts_with('*'), pieces: pieces.collect(), open_end: form.ends_with('*') }
}

/// Changes every text of a value.
fn map_texts(value: &mut Value, change: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(elements) => elements.iter_mut().for_each(|element| map_texts(element, change)),
        Value::Object(members) => members.values_mut().for_each(|member| map_texts(member, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Gives a template the one text that a fact says there always is in a member: the region of a global service.
fn conform(template: &mut Map<String, Value>, facts: &[Fact]) {
    for fact in facts {
        let FactKind::Always(at, values) = &fact.says else { continue };
        let (Some(name), [value]) = (member(at), values.as_slice()) else { continue };
        let given = |condition: &Condition| {
            let text = member(&condition.at).and_then(|name| template.get(name)).and_then(Value::as_str);
            text.is_some_and(|text| condition.one_of.iter().any(|one| one == text))
        };
        if !fact.given.is_empty() && fact.given.iter().all(given) {
            template.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
}

/// The name of the member of a record that a path leads to, if it leads no deeper.
fn member(path: &Path) -> Option<&str> {
    match path.steps() {
        [Step::Key(name)] => Some(name),
        _ => None,
    }
}
