//! How an account's filters compare with texts: the benchmark's own, and those that other tools demand.

pub(super) mod benchmark;
pub(super) mod security_hub;
