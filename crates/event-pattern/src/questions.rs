//! Questions about patterns over all events, whatever they are.

use std::sync::Arc;

use event_sets::{Bound, Certificate, Domain, EventSet, Formula, Language, Matcher, Prover, Reading, Verdict};

use crate::EventPattern;
use crate::ast::TestKind;
use crate::meaning::{Arrays, lower, matcher, parts};

/// Whether `by` together match every event that `required` matches, over all events.
///
/// ```
/// use event_pattern::{EventPattern, covers};
/// use event_sets::Verdict;
///
/// let required: EventPattern = r#"{"source": ["aws.ec2", "aws.s3"]}"#.parse()?;
/// let ec2: EventPattern = r#"{"source": [{"prefix": "aws.ec2"}]}"#.parse()?;
/// let s3: EventPattern = r#"{"source": [{"equals-ignore-case": "AWS.S3"}]}"#.parse()?;
/// assert_eq!(covers(&required, &[ec2.clone(), s3]), Verdict::Covered);
/// let Verdict::Escapes(witness) = covers(&required, &[ec2]) else { panic!() };
/// assert_eq!(witness.message, r#"{"source":"aws.s3"}"#);
/// # Ok::<(), event_pattern::ParseError>(())
/// ```
///
/// Arrays in an event do not matter to the question unless one of `by` asks that something below an array is missing: the
/// values by which an event matches `required` are an event without arrays, which one of `by` matches by some of these
/// values, and these agree on the elements that they stand in. Where it does matter, the answer is
/// [`Verdict::Undetermined`].
pub fn covers(required: &EventPattern, by: &[EventPattern]) -> Verdict {
    let (required, by) = sets(required, by);
    prover().decide(&required, &by).as_ref().clone()
}

/// Why `by` together match every event that `required` matches; `None` if they do not, or if it is not known.
pub fn certificate(required: &EventPattern, by: &[EventPattern]) -> Option<Arc<Certificate>> {
    let (required, by) = sets(required, by);
    prover().certificate(&required, &by)
}

/// Whether two patterns match the same events: covered both ways. The witness is matched by one of them only.
pub fn equivalent(a: &EventPattern, b: &EventPattern) -> Verdict {
    match covers(a, std::slice::from_ref(b)) {
        Verdict::Covered => covers(b, std::slice::from_ref(a)),
        verdict => verdict,
    }
}

fn prover() -> Prover {
    Prover::new(Domain::json())
}

fn sets(required: &EventPattern, by: &[EventPattern]) -> (EventSet, Vec<EventSet>) {
    let required = EventSet::of(Plain { pattern: required.clone(), arrays: Arrays::Witness });
    (required, by.iter().map(|by| EventSet::of(Plain { pattern: by.clone(), arrays: Arrays::Chosen })).collect())
}

/// A pattern in a question about patterns alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Plain {
    pattern: EventPattern,
    arrays: Arrays,
}

impl Language for Plain {
    fn lower(&self, bound: Bound) -> Formula {
        lower(&self.pattern, bound, self.arrays)
    }

    fn matcher(&self, _: Reading) -> Matcher {
        matcher(&self.pattern)
    }

    fn name(&self) -> String {
        self.pattern.text().to_owned()
    }

    fn doubts(&self) -> Vec<String> {
        let lists = self.pattern.branches().lists().iter();
        let absent = lists.filter(|list| list.tests.iter().any(|test| test.kind == TestKind::Exists(false)));
        let doubts = absent.map(|list| format!("that `{}` is never below an array", list.path));
        if self.arrays == Arrays::Chosen { doubts.collect() } else { vec![] }
    }

    fn parts(&self) -> Vec<(EventSet, String)> {
        let part = |(pattern, name)| (EventSet::of(Self { pattern, arrays: self.arrays }), name);
        parts(&self.pattern).into_iter().map(part).collect()
    }
}
