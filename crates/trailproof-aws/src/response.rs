//! What is asked of every answer, whoever gave it: that it is whole, and about what was asked.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{AccountId, Call};

/// The type of an operation's answer, all pages joined, with the member names that `aws … --output json` prints.
pub trait Response: fmt::Debug + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Members of which every answer has at least one: the output of another operation has none of them.
    const MEMBERS: &'static [&'static str];

    /// Adds the next page. An answer that has no pages has none to add.
    fn append(&mut self, _page: Self) {}

    /// What makes the answer one about something else than was asked.
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

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The JSON is none, or not of the operation's shape.
    #[error("{message}")]
    Shape {
        /// The member, as a path; empty for the whole answer.
        place: String,
        /// What was expected.
        message: String,
    },
    /// It is one page of several, or its pages never end.
    #[error("this is one page of several")]
    Page {
        /// The member that says so.
        place: String,
    },
}

impl Flaw {
    /// Where in the answer, as a path; empty for the whole of it.
    pub fn place(&self) -> &str {
        match self {
            Self::Shape { place, .. } | Self::Page { place } => place,
        }
    }
}
