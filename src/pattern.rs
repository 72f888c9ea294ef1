//! CloudWatch Logs filter patterns, and the prover of sets of events, from their crates.

pub use cloudwatch_filter_pattern::*;
pub use event_sets;
