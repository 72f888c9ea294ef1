//! CloudTrail records as EventBridge delivers them, and patterns as conditions on the records.
//!
//! EventBridge puts a record into the `detail` of an event, and takes the rest of the event from it (EventBridge User
//! Guide, "AWS service events delivered via AWS CloudTrail"; the forms are those of AWS's own samples):
//!
//! | event | record |
//! | --- | --- |
//! | `source` | `aws.` and the first part of `eventSource`; known for some services only |
//! | `detail-type` | by `eventType` |
//! | `account` | `recipientAccountId` |
//! | `region` | `awsRegion` |
//! | `time` | `eventTime` |
//! | `version` | `0` |
//! | `resources` | an empty list, for API calls and sign-ins |
//!
//! What is not known of an event makes the two bounds of a pattern differ.

mod envelope;
mod meaning;

use event_sets::{Bound, Bounds, EventSet, Formula, Language, Matcher, Path, Reading, TextMatch};

use crate::EventPattern;
use crate::lint::RuleState;
pub use envelope::event;

/// The CloudTrail records whose events a pattern matches.
///
/// This is a set of the same kind as that of a CloudWatch Logs filter pattern, so that one question can be asked about
/// both.
///
/// ```
/// use event_pattern::{EventPattern, records::RecordPattern};
/// use event_sets::{Domain, EventSet, Prover, TextMatch, Path, Verdict};
///
/// let pattern: EventPattern = r#"{"source": ["aws.ec2"], "detail": {"eventName": [{"prefix": "CreateVpc"}]}}"#.parse()?;
/// let rule = EventSet::of(RecordPattern::new(pattern));
/// let text = |name: &str, value: &str| EventSet::text(Path::dotted(name), TextMatch::Equals, vec![value.to_owned()]);
/// let required = EventSet::all([text("eventSource", "ec2.amazonaws.com"), text("eventName", "CreateVpcPeeringConnection")]);
/// assert_eq!(*Prover::new(Domain::json()).decide(&required, &[rule]), Verdict::Covered);
/// # Ok::<(), event_pattern::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecordPattern(EventPattern);

impl RecordPattern {
    /// The records whose events the pattern matches.
    pub fn new(pattern: EventPattern) -> Self {
        Self(pattern)
    }

    /// The pattern.
    pub fn pattern(&self) -> &EventPattern {
        &self.0
    }
}

impl Language for RecordPattern {
    fn lower(&self, bound: Bound) -> Formula {
        meaning::lower(&self.0, bound)
    }

    fn matcher(&self, _: Reading) -> Matcher {
        let matcher = crate::Matcher::new(&self.0);
        Box::new(move |record| event(record).is_some_and(|event| matcher.is_match(&event).unwrap_or(false)))
    }

    fn name(&self) -> String {
        self.0.text().to_owned()
    }

    fn doubts(&self) -> Vec<String> {
        meaning::doubts(&self.0)
    }

    fn parts(&self) -> Vec<(EventSet, String)> {
        let part = |(pattern, name)| (EventSet::of(Self(pattern)), name);
        crate::meaning::parts(&self.0).into_iter().map(part).collect()
    }
}

/// The records of management events that EventBridge delivers to a rule in a state.
///
/// A rule in the state `ENABLED` gets no read-only management events. AWS's guide calls those read-only whose names start
/// with Describe, Get or List, and says that others may be delivered ("if they don't start with Describe, Get, or List"):
/// what is neither surely delivered nor surely not is between the bounds.
pub fn delivered(state: RuleState) -> Bounds {
    let reads = || {
        let verbs = ["Describe", "Get", "List"].map(str::to_owned).to_vec();
        EventSet::text(Path::dotted("eventName"), TextMatch::StartsWith, verbs)
    };
    let read_only = || EventSet::boolean(Path::dotted("readOnly"), true);
    match state {
        RuleState::Disabled => Bounds::nothing(),
        RuleState::EnabledWithAllManagementEvents => Bounds::exactly(EventSet::everything()),
        RuleState::Enabled => {
            let sure = EventSet::any([reads(), read_only()]).complement();
            let possible = EventSet::all([reads(), read_only()]).complement();
            Bounds::between(sure, possible)
        }
    }
}
