//! Places in a CloudTrail record.

use event_sets::{EventSet, Path, TextMatch};

/// The place of a dotted name: `userIdentity.arn`.
pub(crate) fn path(dotted: &str) -> Path {
    Path::dotted(dotted)
}

/// The records that hold one of these texts at the place of a dotted name.
pub(crate) fn text(dotted: &str, how: TextMatch, values: &[String]) -> EventSet {
    EventSet::text(path(dotted), how, values.to_vec())
}

/// The records that hold this text at the place of a dotted name.
pub(crate) fn is(dotted: &str, value: &str) -> EventSet {
    EventSet::text(path(dotted), TextMatch::Equals, vec![value.to_owned()])
}
