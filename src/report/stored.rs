//! A report that was written before, by this version or another: of it is read what every version writes.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::error::Category;

use super::{Benchmark, FORMAT, Status};

/// The format of the first edition, of which is read what both have.
const FORMAT_1: &str = "trailproof-report/1";

/// A report from its JSON.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct StoredReport {
    /// What the accounts were audited against.
    pub benchmark: Benchmark,
    /// One for each account and control.
    pub findings: Vec<StoredFinding>,
}

/// One control's result for one account.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct StoredFinding {
    /// The id of the account.
    pub account: String,
    /// The control's key.
    pub control: String,
    /// The control's id in the benchmark version.
    pub id: Option<String>,
    /// The control's title in the benchmark version.
    pub title: String,
    /// The result.
    pub status: Status,
    /// Why it is not a pass.
    pub reasons: Vec<StoredReason>,
    /// The record that nobody would hear of.
    pub witness: Option<Value>,
    /// The facts about CloudTrail records that the result relies on.
    pub assumptions: Vec<String>,
}

/// Why a finding is not a pass. The code may be one that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct StoredReason {
    /// What kind of reason it is.
    pub code: String,
    /// A sentence for a person.
    pub message: String,
    /// The ARN or name of what it is about.
    pub subject: String,
}

/// Why a text is no report.
#[derive(Debug, thiserror::Error)]
pub enum StoredReportError {
    /// The text is not JSON.
    #[error("the report is not JSON: {0}")]
    NotJson(serde_json::Error),
    /// The JSON value is something else, or a report of a format to come.
    #[error("{}", match .0 {
        Some(found) => format!("the format is `{found}`, not `{FORMAT}`"),
        None => "the file does not say that it is a report".to_owned(),
    })]
    WrongFormat(Option<String>),
    /// A member is missing or of the wrong type.
    #[error("the report cannot be read: {0}")]
    Shape(serde_json::Error),
    /// Two findings are on the same account and control.
    #[error("there are two findings on `{control}` in account {account}")]
    Twice {
        /// The account's id.
        account: String,
        /// The control's key.
        control: String,
    },
}

impl FromStr for StoredReport {
    type Err = StoredReportError;

    fn from_str(text: &str) -> Result<Self, StoredReportError> {
        #[derive(Deserialize)]
        struct Header {
            format: Option<String>,
        }
        let header: Header = serde_json::from_str(text).map_err(|error| match error.classify() {
            Category::Data => StoredReportError::WrongFormat(None),
            Category::Io | Category::Syntax | Category::Eof => StoredReportError::NotJson(error),
        })?;
        if ![Some(FORMAT), Some(FORMAT_1)].contains(&header.format.as_deref()) {
            return Err(StoredReportError::WrongFormat(header.format));
        }
        let past: Self = serde_json::from_str(text).map_err(StoredReportError::Shape)?;
        let mut seen = BTreeSet::new();
        match past.findings.iter().find(|finding| !seen.insert((&finding.account, &finding.control))) {
            Some(StoredFinding { account, control, .. }) => {
                Err(StoredReportError::Twice { account: account.clone(), control: control.clone() })
            }
            None => Ok(past),
        }
    }
}
