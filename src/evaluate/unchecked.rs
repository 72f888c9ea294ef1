//! Checks beyond the benchmark's own that were not made.

use std::collections::BTreeSet;
use std::fmt;

/// Something that could still find a message lost, and that was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unchecked {
    Topic,
    TopicPolicy,
    Key,
    Filters,
    MuteRules,
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Topic => "the topic's policy and encryption",
            Self::TopicPolicy => "the statements of the topic's policy",
            Self::Key => "the permissions of the topic's key",
            Self::Filters => "the filter policies of its subscriptions",
            Self::MuteRules => "mute rules of the alarm",
        })
    }
}

/// What was not looked at, as a sentence.
pub(super) fn sentence<'a>(unchecked: impl IntoIterator<Item = &'a Unchecked>) -> String {
    let each: BTreeSet<_> = unchecked.into_iter().collect();
    let mut each: Vec<_> = each.into_iter().map(ToString::to_string).collect();
    let last = each.pop().unwrap_or_default();
    let list = if each.is_empty() { last } else { format!("{} and {last}", each.join(", ")) };
    format!("{list} were not looked at")
}
