//! From answers to the text of a recording.

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{Answers, FORMAT, Recorded, Recording};
use crate::provider::Refusal;

impl Serialize for Recording {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_struct("Recording", 5)?;
        file.serialize_field("format", FORMAT)?;
        file.serialize_field("account", &self.identity.account)?;
        file.serialize_field("partition", &self.identity.partition)?;
        match &self.recorded_at {
            Some(time) => file.serialize_field("recorded_at", time)?,
            None => file.skip_field("recorded_at")?,
        }
        file.serialize_field("calls", &Calls(&self.answers))?;
        file.end()
    }
}

struct Calls<'a>(&'a Answers);

impl Serialize for Calls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut calls = serializer.serialize_seq(None)?;
        self.0.write(&mut calls)?;
        calls.end()
    }
}

/// The answers of one operation.
pub(super) fn answers<S: SerializeSeq, T: Serialize>(calls: &mut S, answers: &Recorded<T>) -> Result<(), S::Error> {
    for (call, answer) in answers {
        calls.serialize_element(&Entry {
            service: call.operation.service,
            operation: call.operation.name,
            region: &call.region,
            resource: call.resource.as_deref(),
            output: answer.as_ref().ok(),
            error: answer.as_ref().err().map(ErrorEntry::from),
        })?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Entry<'a, T> {
    service: &'a str,
    operation: &'a str,
    region: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'a T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorEntry<'a>>,
}

/// The code is `null` where AWS did not answer.
#[derive(Serialize)]
struct ErrorEntry<'a> {
    code: Option<&'a str>,
    message: &'a str,
}

impl<'a> From<&'a Refusal> for ErrorEntry<'a> {
    fn from(refusal: &'a Refusal) -> Self {
        Self { code: refusal.code.as_deref(), message: &refusal.message }
    }
}
