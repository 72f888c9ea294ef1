//! The rooms of the chain that judge alarms and mute rules.

pub(crate) mod alarm;
pub(crate) mod mute;

use crate::chain::{Gate, Hop};
use crate::fault::Fault;
use crate::report::{Code, Severity};

/// The hop, which no event passes because of something that is wrong.
fn broken(hop: Hop, code: Code, message: impl Into<String>) -> Hop {
    hop.gate(Gate::closed(Fault::Described { code, severity: Severity::Error, message: message.into() }))
}

/// The hop, of which it is not known what passes it because of something that is not judged.
fn uncertain(hop: Hop, code: Code, message: impl Into<String>) -> Hop {
    hop.gate(Gate::unknown(Fault::Described { code, severity: Severity::Warning, message: message.into() }))
}
