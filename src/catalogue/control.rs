//! A control: what must be noticed, in which benchmark version, under which id.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::schema::{Assessment, Mapping, Policy};
use super::version::Version;
use crate::pattern::Pattern;
use crate::pattern::event_sets::{EventSet, Path, TextMatch};

/// Something that an account must notice.
#[derive(Clone, Debug)]
pub struct Control {
    /// The name it goes by in every version: `network-gateway-changes`.
    pub key: String,
    /// Its number within the benchmark's Monitoring section, which never changes.
    pub number: u32,
    /// A short title of ours.
    pub title: String,
    /// What must be noticed.
    pub description: String,
    /// Why.
    pub rationale: String,
    /// What it costs.
    pub impact: String,
    /// How to comply.
    pub remediation: String,
    /// The event sources of the services that it is about, such as `ec2.amazonaws.com`: a call of the same name to another
    /// service is not required. None if it is about all services.
    pub services: Vec<String>,
    /// Where it is said which services these are.
    pub services_source: Option<String>,
    /// The control as each benchmark version has it.
    pub editions: BTreeMap<Version, Edition>,
    /// What other tools call it.
    pub similar: Vec<Similar>,
    /// The requirements of other frameworks that it serves.
    pub mappings: Vec<Mapping>,
    /// The policy that it was first written as.
    pub policy: Option<Policy>,
}

/// A control in one benchmark version.
#[derive(Clone, Debug)]
pub struct Edition {
    /// `5.12`
    pub id: String,
    /// The benchmark's title.
    pub title: String,
    /// The profile: 1 or 2.
    pub level: u8,
    /// Whether the benchmark says that it can be assessed by a tool.
    pub assessment: Assessment,
    /// What it asks of an account.
    pub requires: Requires,
    /// Where all this was read.
    pub source: String,
}

/// What a control asks of an account.
#[derive(Clone, Debug)]
pub enum Requires {
    /// That a person hears of events.
    Events(References),
    /// That AWS Security Hub is enabled in every audited region.
    SecurityHub,
}

/// The patterns of the events that a person must hear of. The benchmark gives them twice, and not always alike.
#[derive(Clone, Debug)]
pub struct References {
    /// What the audit procedure asks for.
    pub audit: Vec<Arc<Reference>>,
    /// What the remediation procedure sets.
    pub remediation: Vec<Arc<Reference>>,
}

/// A filter pattern of the benchmark.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its name within the control.
    pub name: String,
    /// Its text in the benchmark.
    pub text: String,
    /// Its meaning.
    pub pattern: Pattern,
    /// Why the pattern cannot mean what the benchmark wants, if so. It is accepted all the same.
    pub unsound: Option<String>,
    /// The pattern that says what the benchmark wants, accepted too.
    pub sound: Option<Arc<Self>>,
}

/// Another tool's check of the same thing.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Similar {
    /// Whose.
    pub tool: String,
    /// What it is called there.
    pub id: String,
    /// In what it differs.
    pub note: Option<String>,
    /// The filter pattern that it documents, where it does.
    pub pattern: Option<Pattern>,
    /// The benchmark versions that it checks, and says that it fails if the pattern is another than theirs or its own.
    pub exact_in: Vec<Version>,
    /// Event sources whose management events a trail may not exclude, says it.
    pub must_log: Vec<String>,
    /// Where this was read.
    pub source: String,
}

impl Control {
    /// The events of a pattern that are required: those of the control's services.
    pub fn required(&self, reference: &Reference) -> EventSet {
        let events = EventSet::from(&reference.pattern);
        if self.services.is_empty() {
            return events;
        }
        let source = Path::dotted("eventSource");
        EventSet::all([events, EventSet::text(source, TextMatch::Equals, self.services.clone())])
    }
}

impl References {
    /// The patterns that are accepted: any one of them covered suffices. The audit's come first, then the remediation's,
    /// each followed by its sound form where it has one.
    pub fn accepted(&self) -> Vec<&Reference> {
        let mut accepted: Vec<&Reference> = Vec::new();
        for reference in self.audit.iter().chain(&self.remediation) {
            for one in std::iter::once(reference).chain(&reference.sound) {
                if !accepted.iter().any(|known| known.name == one.name) {
                    accepted.push(one);
                }
            }
        }
        accepted
    }
}

impl Edition {
    /// The patterns of the events that a person must hear of, if that is what the control is about.
    pub fn references(&self) -> Option<&References> {
        match &self.requires {
            Requires::Events(references) => Some(references),
            Requires::SecurityHub => None,
        }
    }
}
