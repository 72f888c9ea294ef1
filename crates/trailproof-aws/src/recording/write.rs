//! From answers to the text of a recording.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::{Calls, FORMAT, Recording};
use crate::{Output, Refusal};

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
        file.serialize_field("calls", &Entries(&self.calls))?;
        file.end()
    }
}

struct Entries<'a>(&'a Calls);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(call, answer)| Entry {
            service: call.operation.service(),
            operation: call.operation.name(),
            region: &call.region,
            resource: call.resource.as_deref(),
            output: answer.as_ref().ok(),
            error: answer.as_ref().err().map(ErrorEntry::from),
        }))
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    service: &'a str,
    operation: &'a str,
    region: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'a Output>,
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
