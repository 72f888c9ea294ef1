//! All steps, in the order in which the documentation lists them: along the chain, then the audit, then the report.

mod account;
mod alarm;
mod audit;
mod filter;
mod mute;
mod notification;
mod report;
mod trail;

use super::step::Definition;

/// Every step that feature files may use.
///
/// They are listed here by hand: steps that register themselves by attributes can be dropped by the linker.
pub fn definitions() -> impl Iterator<Item = Definition> {
    [
        account::STEPS,
        trail::STEPS,
        filter::STEPS,
        alarm::STEPS,
        mute::STEPS,
        notification::STEPS,
        audit::STEPS,
        report::STEPS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
