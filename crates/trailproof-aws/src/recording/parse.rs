//! From the text of a recording to its answers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Entries;
use std::fmt;

use serde::Deserialize;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::error::RecordingProblem as Problem;
use super::{Calls, FORMAT, Recording};
use crate::api::Timestamp;
use crate::api::cloudtrail::{DescribeTrailsOutput, Trail};
use crate::arn::TrailArn;
use crate::operation::Dispatch;
use crate::{
    AccountId, Answer, Asked, Call, Flaw, Identity, Need, Operation, Output, Question, Refusal, Response as _,
};

pub(super) fn parse(text: &str) -> Result<Recording, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_format(text)?;
    let file: File<'_> = typed(text).map_err(|(place, message)| Problem::Shape { place, message })?;
    let account = AccountId::try_from(file.account).map_err(Problem::Account)?;
    if let Some(time) = &file.recorded_at {
        time.parse::<Timestamp>().map_err(Problem::Time)?;
    }
    check_distinct(&file.calls)?;
    let (mut calls, mut described) = (Calls::new(), BTreeMap::new());
    for (index, entry) in file.calls.iter().enumerate() {
        if let Some(call) = entry.call(index)? {
            let answer = answer(&call, entry, index, &account)?;
            if let Ok(Output::DescribeTrails(output)) = &answer {
                check_descriptions(output, index, &mut described)?;
            }
            calls.insert(call, answer);
        }
    }
    Ok(Recording::new(Identity { account, partition: file.partition }, file.recorded_at, calls))
}

#[derive(Deserialize)]
struct File<'a> {
    account: String,
    #[serde(default = "commercial")]
    partition: String,
    recorded_at: Option<String>,
    #[serde(borrow)]
    calls: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    service: String,
    operation: String,
    region: Option<String>,
    resource: Option<String>,
    #[serde(borrow)]
    output: Option<&'a RawValue>,
    error: Option<ErrorEntry>,
}

#[derive(Deserialize)]
struct ErrorEntry {
    /// `null` where AWS did not answer; serde requires the member only if it has a function to read it.
    #[serde(deserialize_with = "Option::deserialize")]
    code: Option<String>,
    #[serde(default)]
    message: String,
}

fn commercial() -> String {
    "aws".to_owned()
}

/// Reads the text to its end for its syntax and its `format` alone, so that a file of another kind is told so and not
/// that it lacks an account.
fn check_format(text: &str) -> Result<(), Problem> {
    #[derive(Deserialize)]
    struct Header {
        format: Option<String>,
    }
    let found = match serde_json::from_str::<Header>(text) {
        Ok(header) => header.format,
        Err(error) => match error.classify() {
            Category::Eof | Category::Syntax => return Err(Problem::not_json(&error)),
            Category::Data | Category::Io => None,
        },
    };
    if found.as_deref() == Some(FORMAT) { Ok(()) } else { Err(Problem::WrongFormat { found }) }
}

fn check_distinct(calls: &[Entry<'_>]) -> Result<(), Problem> {
    let mut seen = BTreeMap::new();
    for (second, entry) in calls.iter().enumerate() {
        let Entry { service, operation, region, resource, .. } = entry;
        if let Some(first) = seen.insert((service, operation, region, resource), second) {
            let place = region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
            let subject = resource.as_ref().map(|resource| format!(" on `{resource}`")).unwrap_or_default();
            return Err(Problem::SameCall { first, second, call: format!("{service}:{operation}{place}{subject}") });
        }
    }
    Ok(())
}

/// Refuses a trail that is described twice, in two ways: a multi-region trail shows in every region.
fn check_descriptions(
    output: &DescribeTrailsOutput,
    index: usize,
    described: &mut BTreeMap<TrailArn, (String, Trail)>,
) -> Result<(), Problem> {
    for (at, trail) in output.trails.iter().enumerate() {
        let second = format!("calls[{index}].output.trailList[{at}]");
        match described.entry(trail.trail_arn.clone()) {
            Entries::Vacant(entry) => drop(entry.insert((second, trail.clone()))),
            Entries::Occupied(entry) if entry.get().1 != *trail => {
                return Err(Problem::TwoDescriptions { first: entry.get().0.clone(), second });
            }
            Entries::Occupied(_) => {}
        }
    }
    Ok(())
}

impl Entry<'_> {
    /// The call that this is the answer of; none where no audit makes it.
    fn call(&self, index: usize) -> Result<Option<Call>, Problem> {
        let operation = Operation::find(&self.service, &self.operation);
        let Some(operation) = operation.filter(|operation| operation.need() != Need::Identity) else {
            return Ok(None);
        };
        let name = operation.to_string();
        let Some(region) = &self.region else {
            let meaning = "the region whose endpoint was asked";
            return Err(Problem::Lacks { index, operation: name, member: "region", meaning });
        };
        let region = region.parse().map_err(|error| Problem::Region { index, error })?;
        match (&self.resource, operation.resource()) {
            (Some(_), None) => Err(Problem::TakesNoResource { index, operation: name }),
            (None, Some(meaning)) if !operation.is_about_region() => {
                Err(Problem::Lacks { index, operation: name, member: "resource", meaning })
            }
            (resource, _) => Ok(Some(Call { operation, region, resource: resource.clone() })),
        }
    }
}

/// The answer of a call: `calls[index]`.
fn answer(call: &Call, entry: &Entry<'_>, index: usize, account: &AccountId) -> Result<Answer<Output>, Problem> {
    Ok(match (entry.output, &entry.error) {
        (Some(output), None) => call.operation.dispatch(ReadOutput { output, call, index, account })?,
        (None, Some(ErrorEntry { code: Some(code), message })) => Err(Refusal::from_code(call.clone(), code, message)),
        (None, Some(ErrorEntry { code: None, message })) => Err(Refusal::without_answer(call.clone(), message)),
        (Some(_), Some(_)) => return Err(Problem::TwoAnswers { index }),
        (None, None) => return Err(Problem::NoAnswer { index }),
    })
}

/// An output. One that AWS may have sent and that is not whole is as good as none: see [`Flaw`]. The output of another
/// operation, one page of several, or one about something else is an error of whoever made the recording.
struct ReadOutput<'a> {
    output: &'a RawValue,
    call: &'a Call,
    index: usize,
    account: &'a AccountId,
}

impl Dispatch for ReadOutput<'_> {
    type Output = Result<Answer<Output>, Problem>;

    fn question<Q: Question>(self) -> Result<Answer<Output>, Problem> {
        let Self { output, call, index, account } = self;
        let members = Q::Output::MEMBERS;
        let at = |place: &str, message| {
            let dot = if place.is_empty() { "" } else { "." };
            Problem::Output {
                place: format!("calls[{index}].output{dot}{place}"),
                message,
                call: Box::new(call.clone()),
            }
        };
        let Distinct(present) = typed(output.get()).map_err(|(place, message)| at(&place, message))?;
        let Value::Object(present) = present else { return Err(at("", "the output is not an object".to_owned())) };
        let no_answer = |flaw: Flaw| Ok(Err(Refusal::without_answer(call.clone(), &flaw.to_string())));
        let is_null = |member: &&&str| present.get(**member).is_some_and(Value::is_null);
        if let Some(missing) = members.iter().find(is_null).or(members.first().filter(|_| present.is_empty())) {
            return no_answer(Flaw::lacks(*missing));
        }
        if !members.iter().any(|member| present.contains_key(*member)) {
            let expected = members.iter().map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", ");
            return Err(at("", format!("this is not the output of `{}`: it lacks {expected}", call.operation)));
        }
        let goes_on = |token: &&&str| present.get(**token).is_some_and(|token| !token.is_null() && token != "");
        if let Some(token) = ["NextToken", "nextToken"].iter().find(goes_on) {
            return Err(at(token, "this is one page of several".to_owned()));
        }
        let output = without_nulls(Value::Object(present));
        let read = placed(serde_path_to_error::deserialize::<_, Q::Output>(output));
        let asked = Asked { call, account: Some(account) };
        let checked =
            read.map_err(|(place, message)| flaw(place, message)).and_then(|read| read.check(&asked).map(|()| read));
        match checked {
            Ok(read) => Ok(Ok(Q::wrap(read))),
            Err(flaw) if flaw.is_no_answer() => no_answer(flaw),
            Err(flaw) => Err(at(flaw.place(), flaw.to_string())),
        }
    }
}

/// A value none of whose objects has a member twice: neither of the two would be the right one (RFC 8259, section 4).
struct Distinct(Value);

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DistinctMembers).map(Self)
    }
}

struct DistinctMembers;

impl<'de> Visitor<'de> for DistinctMembers {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Distinct(element)) = elements.next_element()? {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("the object has the member `{name}` twice")));
            }
            let Distinct(value) = members.next_value()?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

/// What is wrong with an output that is not of the operation's type.
fn flaw(place: String, message: String) -> Flaw {
    match message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        Some(member) if place.is_empty() => Flaw::lacks(member),
        Some(member) => Flaw::lacks(format!("{place}.{member}")),
        None if message.starts_with("unknown field ") => Flaw::Unknown { place },
        None => Flaw::Shape { place, message },
    }
}

/// The value without members that are `null`: the AWS CLI leaves out what an answer lacks, other tools say `null`.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

/// A value of the wanted type, or the path to the member that is in the way and what was expected of it.
fn typed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, (String, String)> {
    placed(serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(text)))
}

/// What was read, or the path to what is in the way and what was expected of it.
fn placed<T>(read: Result<T, serde_path_to_error::Error<serde_json::Error>>) -> Result<T, (String, String)> {
    read.map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { String::new() } else { path };
        (place, message(error.inner()))
    })
}

/// The error without serde's position, which is that of a part of the file.
pub(super) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}
