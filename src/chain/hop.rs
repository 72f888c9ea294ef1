//! One resource that an event passes on its way to a person.

use std::collections::BTreeSet;
use std::sync::Arc;

use event_sets::{Bounds, EventSet};

use crate::fault::{Fault, Unchecked};
use crate::pattern::{ParseError, Pattern};
use crate::report::Kind;

/// A resource, and the conditions that it sets on the events that pass it.
#[derive(Clone, Debug)]
pub(crate) struct Hop {
    pub kind: Kind,
    /// None if it is not known which resource it is.
    pub name: Option<String>,
    pub arn: Option<String>,
    /// The account that has the resource, where that is known.
    pub account: Option<String>,
    /// The region of the resource, where that is known.
    pub region: Option<String>,
    /// What the resource does, in a few words.
    pub detail: String,
    /// The pattern, if it is a metric filter.
    pub pattern: Option<Arc<FilterPattern>>,
    /// The conditions, in the order in which an event meets them. Without any, every event passes.
    pub gates: Vec<Gate>,
    /// Whether the gates may look at the account that an event is recorded for.
    pub names_account: bool,
    /// What is worth knowing about the hop whatever the control.
    pub notes: Vec<Note>,
    /// What was not looked at and could still find an event lost.
    pub unchecked: BTreeSet<Unchecked>,
}

/// One condition that a hop sets: which events pass it, and why not the others.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub carries: Bounds,
    /// Why other events than those that possibly pass do not.
    pub fault: Fault,
    /// Why it is not known whether those pass that possibly do and not surely.
    pub doubt: Option<Fault>,
}

/// The pattern of a metric filter as it was written, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct FilterPattern {
    pub text: String,
    pub parsed: Result<Pattern, ParseError>,
    /// The events that it matches; all of them if it is not known what it means.
    pub events: EventSet,
}

/// What is worth knowing about a hop, whatever the control.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Note {
    /// AWS rejects the filter's pattern, so no such filter can exist.
    PatternInvalid {
        /// AWS's message.
        error: String,
    },
    /// The alarm has actions that notify no topic.
    OtherActions {
        /// The actions.
        actions: Vec<String>,
    },
    /// Mute rules keep the alarm's actions from running at times.
    MutedAtTimes {
        /// When, in words, one for each rule or clock.
        when: Vec<String>,
    },
    /// After an alarm, further events are not notified for up to so many seconds.
    SilentAfterAlarm {
        /// The longest silence.
        seconds: u64,
    },
    /// The alarm notifies up to so many seconds after the event.
    RingsLate {
        /// The longest delay.
        seconds: u64,
    },
    /// The trail logs one kind of management event only, where the benchmark's audit asks for both.
    PartialTrail {
        /// Whether it logs events that read.
        reads: bool,
        /// Whether it logs events that write.
        writes: bool,
    },
    /// Every confirmed subscription of the topic is a program's.
    ProgramsOnly {
        /// The protocols of those that count.
        protocols: BTreeSet<String>,
    },
}

impl Hop {
    /// A hop that every event passes.
    pub(crate) fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::unnamed(kind) }
    }

    /// A hop of which it is not known which resource it is.
    pub(crate) fn unnamed(kind: Kind) -> Self {
        Self {
            kind,
            name: None,
            arn: None,
            account: None,
            region: None,
            detail: String::new(),
            pattern: None,
            gates: Vec::new(),
            names_account: false,
            notes: Vec::new(),
            unchecked: BTreeSet::new(),
        }
    }

    pub(crate) fn arn(self, arn: impl Into<String>) -> Self {
        Self { arn: Some(arn.into()), ..self }
    }

    pub(crate) fn region(self, region: impl Into<String>) -> Self {
        Self { region: Some(region.into()), ..self }
    }

    pub(crate) fn account(self, account: impl Into<String>) -> Self {
        Self { account: Some(account.into()), ..self }
    }

    /// The hop with one more gate.
    pub(crate) fn gate(mut self, gate: Gate) -> Self {
        self.gates.push(gate);
        self
    }

    /// The ARN or the name of what a reason about the hop is about.
    pub(crate) fn subject(&self) -> &str {
        self.arn.as_deref().or(self.name.as_deref()).unwrap_or_default()
    }
}

impl Gate {
    /// A gate that these events pass.
    pub(crate) fn new(carries: Bounds, fault: impl Into<Fault>) -> Self {
        Self { carries, fault: fault.into(), doubt: None }
    }

    /// The gate with another reason for what is not known than for what does not pass.
    pub(crate) fn with_doubt(self, doubt: impl Into<Fault>) -> Self {
        Self { doubt: Some(doubt.into()), ..self }
    }

    /// A gate that no event passes.
    pub(crate) fn closed(fault: impl Into<Fault>) -> Self {
        Self::new(Bounds::nothing(), fault)
    }

    /// A gate of which it is not known what passes it.
    pub(crate) fn unknown(fault: impl Into<Fault>) -> Self {
        Self::new(Bounds::unknown(), fault)
    }

    /// Whether the gate keeps out the same events whatever they hold: a resource that is missing or switched off.
    pub(crate) fn is_closed(&self) -> bool {
        self.carries.possible().is_nothing()
    }
}
