//! Statements that a control is met by means that an audit does not see.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Finding, Report, Status, Summary};

/// What somebody states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Statement {
    /// Who states it.
    pub by: String,
    /// What is done instead.
    pub reason: String,
    /// Where that can be seen.
    pub evidence: String,
    /// The last day on which it holds: `2027-06-30`.
    pub expires: String,
}

/// A statement about a finding, with what was measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Attestation {
    /// The statement.
    #[serde(flatten)]
    pub statement: Statement,
    /// The status that the finding would have without it.
    pub measured: Status,
}

/// A statement about one control in some accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    /// The control's key.
    pub control: String,
    /// The ids of the accounts.
    pub accounts: BTreeSet<String>,
    /// What is stated.
    pub statement: Statement,
}

impl Report {
    /// The report in which attested findings read so. What was measured stays in them.
    pub fn attested(mut self, statements: &[Attested]) -> Self {
        attest(&mut self.findings, statements);
        self.summary = Summary::of(&self.findings);
        self
    }
}

/// Makes attested findings read so. What was measured stays in them.
pub fn attest(findings: &mut [Finding], statements: &[Attested]) {
    for finding in findings {
        let about = |one: &&Attested| one.control == finding.control && one.accounts.contains(&finding.account);
        if let Some(Attested { statement, .. }) = statements.iter().find(about) {
            finding.attest(statement);
        }
    }
}

impl Finding {
    fn attest(&mut self, statement: &Statement) {
        if self.status != Status::NotApplicable {
            self.attestation = Some(Attestation { statement: statement.clone(), measured: self.status });
            self.status = Status::Attested;
        }
    }
}
