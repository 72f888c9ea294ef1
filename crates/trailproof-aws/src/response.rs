//! What is asked of every answer, whoever gave it: that it is whole, and about what was asked.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{AccountId, Arn, Call};

/// The type of an operation's answer, all pages joined, with the member names that `aws … --output json` prints.
pub trait Response: fmt::Debug + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Members of which every answer has at least one, and none as `null`: the output of another operation has none of
    /// them.
    const MEMBERS: &'static [&'static str];

    /// Adds the next page. An answer that has no pages has none to add.
    fn append(&mut self, _page: Self) {}

    /// What makes the answer one that AWS would not give, or one about something else than was asked.
    fn check(&self, _asked: &Asked<'_>) -> Result<(), Flaw> {
        Ok(())
    }
}

/// What an answer has to be about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The call.
    pub call: &'a Call,
    /// The account that was asked, if it is known.
    pub account: Option<&'a AccountId>,
}

impl Asked<'_> {
    /// Refuses an answer about another resource: `found` is what the answer says that it is about, if it says so.
    pub(crate) fn resource(&self, place: &str, found: Option<&str>) -> Result<(), Flaw> {
        match (found, &self.call.resource) {
            // A recording may name a resource by its name where the answer has its ARN.
            (Some(found), Some(asked)) if found != asked && asked.starts_with("arn:") == found.starts_with("arn:") => {
                Err(Flaw::Subject { place: place.to_owned(), found: found.to_owned(), asked: asked.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Refuses a resource of another region or account than the one that was asked, and an ARN that is none.
    pub(crate) fn place(&self, place: &str, arn: &str) -> Result<(), Flaw> {
        let Ok(found) = arn.parse::<Arn>() else { return Err(Flaw::value(place, arn)) };
        let elsewhere = found.region.as_ref().is_some_and(|region| *region != self.call.region);
        let other = self.account.is_some_and(|account| found.account_id().is_some_and(|found| found != *account));
        if !elsewhere && !other {
            return Ok(());
        }
        let account = self.account.map(|account| format!(" of account {account}")).unwrap_or_default();
        let asked = format!("{}{account}", self.call.region);
        Err(Flaw::Subject { place: place.to_owned(), found: format!("`{arn}`"), asked })
    }
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A member that AWS always sends is missing, or `null`.
    #[error("the answer lacks `{place}`")]
    Lacks {
        /// The member, as a path.
        place: String,
    },
    /// A member has a value that AWS does not document.
    #[error("AWS does not document the value `{found}` of `{place}`")]
    Value {
        /// The member, as a path.
        place: String,
        /// The value.
        found: String,
    },
    /// A member narrows what another says, in a way that AWS does not document.
    #[error("AWS does not document `{place}`")]
    Unknown {
        /// The member, as a path.
        place: String,
    },
    /// A member is not of the type that AWS sends.
    #[error("{message}")]
    Shape {
        /// The member, as a path; empty for the whole answer.
        place: String,
        /// What was expected.
        message: String,
    },
    /// It is about something else than was asked.
    #[error("this is about {found}, and the call asks about {asked}")]
    Subject {
        /// The member that says so.
        place: String,
        /// What the answer is about.
        found: String,
        /// What the call asks about.
        asked: String,
    },
    /// It is one page of several, or its pages never end.
    #[error("this is one page of several")]
    Page {
        /// The member that says so.
        place: String,
    },
}

impl Flaw {
    /// A member that AWS always sends is missing.
    pub fn lacks(place: impl Into<String>) -> Self {
        Self::Lacks { place: place.into() }
    }

    /// A member has a value that AWS does not document.
    pub fn value(place: impl Into<String>, found: impl fmt::Display) -> Self {
        Self::Value { place: place.into(), found: found.to_string() }
    }

    /// Where in the answer, as a path; empty for the whole of it.
    pub fn place(&self) -> &str {
        match self {
            Self::Lacks { place }
            | Self::Value { place, .. }
            | Self::Unknown { place }
            | Self::Shape { place, .. }
            | Self::Subject { place, .. }
            | Self::Page { place } => place,
        }
    }

    /// Whether AWS, or what stands in its place, may have given this answer, which then is none: an audit goes on without
    /// it. What is of another type, about something else, or a part of an answer was not recorded as it was given.
    pub(crate) const fn is_no_answer(&self) -> bool {
        matches!(self, Self::Lacks { .. } | Self::Value { .. } | Self::Unknown { .. })
    }
}
