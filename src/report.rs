//! What an audit found: a value, the same byte for byte whichever provider answered.
//!
//! Serialized, it is the format `trailproof-report/2`, whose schema is `docs/report.schema.json`.

mod attestation;
mod code;
pub mod diff;
mod fingerprint;
mod stored;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use attestation::{Attestation, Attested, Statement, attest};
pub use code::{Advice, Code};
pub use stored::{StoredFinding, StoredReason, StoredReport, StoredReportError};

/// The name and version of the format.
pub const FORMAT: &str = "trailproof-report/2";

/// The findings of an audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// `trailproof-report/2`
    pub format: &'static str,
    /// What made the report.
    pub tool: Tool,
    /// What the accounts were audited against.
    pub benchmark: Benchmark,
    /// One for each account and control: sorted by account, then in the benchmark's order.
    pub findings: Vec<Finding>,
    /// The accounts that were audited, sorted by id.
    pub accounts: Vec<AuditedAccount>,
    /// The accounts of the organization that could not be audited, sorted by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_entered: Vec<AccountNotEntered>,
    /// How many findings there are of each status.
    pub summary: Summary,
}

/// A program in one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tool {
    /// `trailproof`
    pub name: &'static str,
    /// `0.2.0`
    pub version: &'static str,
}

/// An account that was audited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AuditedAccount {
    /// The id of the account.
    pub account: String,
    /// When the account was asked, in UTC; none if that is not known.
    pub asked_at: Option<String>,
    /// The regions that were audited, sorted.
    pub regions: Vec<String>,
}

/// An account that could not be audited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountNotEntered {
    /// The id of the account.
    pub account: String,
    /// Why not.
    pub reason: String,
}

/// A benchmark in one version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Benchmark {
    /// `CIS AWS Foundations Benchmark`
    pub name: String,
    /// `7.0.0`
    pub version: String,
}

/// One control's result for one account.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// The id of the account.
    pub account: String,
    /// The control's key.
    pub control: String,
    /// What tells this finding from all others, in this report and in later ones: 32 hexadecimal digits.
    pub fingerprint: String,
    /// The control's id in the benchmark version; none if that version lacks it.
    pub id: Option<String>,
    /// The control's title in the benchmark version.
    pub title: String,
    /// The result.
    pub status: Status,
    /// Who states that the control is met elsewhere, and what was measured, if it is attested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attestation>,
    /// Why it is not a pass, or was not measured as one. A pass has none.
    pub reasons: Vec<Reason>,
    /// A CloudTrail record that must be noticed and that nobody would hear of. Every `fail` has one, but for a control
    /// that is not about events.
    pub witness: Option<Value>,
    /// The ways that a required event could take to a person.
    pub routes: Vec<Route>,
    /// What is worth knowing and does not change the status.
    pub advisories: Vec<Advisory>,
    /// The facts about CloudTrail records that the result relies on.
    pub assumptions: Vec<String>,
}

/// What a control's result can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every required event reaches a confirmed subscriber; Security Hub is enabled in every audited region.
    Pass,
    /// The witness reaches nobody; Security Hub is not enabled in some region.
    Fail,
    /// What could be seen does not tell.
    Undetermined,
    /// Somebody states that it is monitored elsewhere.
    Attested,
    /// The benchmark version lacks the control.
    NotApplicable,
}

/// Why a finding is not a pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reason {
    /// What kind of reason it is.
    pub code: Code,
    /// Whether events are lost, or may be.
    pub severity: Severity,
    /// A sentence for a person.
    pub message: String,
    /// The ARN or name of what it is about.
    pub subject: String,
    /// What happened, as data: the kind of fault, and its fields. Their names may grow in number, and keep their meaning.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub fault: Value,
}

/// How much a reason matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Events may be lost.
    Warning,
    /// Events are lost.
    Error,
}

/// Something worth knowing that does not change the status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Advisory {
    /// What kind of advice it is.
    pub code: Advice,
    /// A sentence for a person.
    pub message: String,
    /// The ARN or name of what it is about.
    pub subject: String,
    /// An event that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Value>,
}

/// One way for an event to reach a person, as far as it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Route {
    /// That of its worst link.
    pub state: State,
    /// From the trail on.
    pub links: Vec<Link>,
}

/// One link of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Link {
    /// What it is.
    pub kind: Kind,
    /// Its name; empty if there is none.
    pub name: String,
    /// Its ARN, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The account that has it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Its region, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Whether it carries events on.
    pub state: State,
    /// What it does, in a few words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The filter pattern, if it is a filter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Why it is not live.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// Whether a link, or a route, carries required events to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It does.
    Live,
    /// What could be seen does not tell.
    Uncertain,
    /// It does not, or not all of them.
    Broken,
}

/// The links of a route, in the order that an event passes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A CloudTrail trail.
    Trail,
    /// A CloudWatch Logs log group.
    LogGroup,
    /// A metric filter.
    Filter,
    /// The metric that the filter publishes.
    Metric,
    /// A CloudWatch alarm.
    Alarm,
    /// An SNS topic.
    Topic,
    /// The topic's subscriptions.
    Subscription,
}

/// How many findings there are of each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// Of status `pass`.
    pub pass: usize,
    /// Of status `fail`.
    pub fail: usize,
    /// Of status `undetermined`.
    pub undetermined: usize,
    /// Of status `attested`.
    pub attested: usize,
    /// Of status `not-applicable`.
    pub not_applicable: usize,
}

impl Report {
    /// The report of `findings` on these accounts, sorted by account; for each, in the order given.
    pub fn new(benchmark: Benchmark, mut accounts: Vec<AuditedAccount>, mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| a.account.cmp(&b.account));
        accounts.sort();
        let summary = Summary::of(&findings);
        Self { format: FORMAT, tool: Tool::THIS, benchmark, accounts, not_entered: Vec::new(), findings, summary }
    }
}

impl Tool {
    /// This program.
    pub const THIS: Self = Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

impl Summary {
    /// How many of the findings there are of each status.
    pub fn of(findings: &[Finding]) -> Self {
        let count = |status| findings.iter().filter(|finding| finding.status == status).count();
        Self {
            pass: count(Status::Pass),
            fail: count(Status::Fail),
            undetermined: count(Status::Undetermined),
            attested: count(Status::Attested),
            not_applicable: count(Status::NotApplicable),
        }
    }
}

impl std::ops::AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.pass += other.pass;
        self.fail += other.fail;
        self.undetermined += other.undetermined;
        self.attested += other.attested;
        self.not_applicable += other.not_applicable;
    }
}

impl Route {
    /// The route of these links.
    pub fn new(links: Vec<Link>) -> Self {
        let state = links.iter().map(|link| link.state).max().unwrap_or(State::Broken);
        Self { state, links }
    }
}

impl Finding {
    /// A finding on a control that the benchmark version does not have.
    pub fn not_applicable(account: &str, control: &str, title: &str) -> Self {
        Self {
            account: account.to_owned(),
            control: control.to_owned(),
            fingerprint: fingerprint::of(account, control),
            id: None,
            title: title.to_owned(),
            status: Status::NotApplicable,
            attestation: None,
            reasons: Vec::new(),
            witness: None,
            routes: Vec::new(),
            advisories: Vec::new(),
            assumptions: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Report;

    /// The schema is written from the types: `UPDATE_DOCS=1 cargo test schema` renews it.
    #[test]
    fn the_schema_that_is_shipped_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report.schema.json");
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let schema = settings.into_generator().into_root_schema_for::<Report>().to_value();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, format!("{schema:#}\n")).unwrap();
        }
        let shipped: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(shipped, schema);
    }
}
