//! The live provider against LocalStack and moto, over the wire.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a helper that fails, fails its test")]

#[path = "../support/accounts.rs"]
mod accounts;
#[path = "../emulated/mod.rs"]
mod emulated;
#[path = "../support/snapshots.rs"]
mod snapshots;

mod described;
mod drill;
mod evidence;
mod faults;
mod proxied;
mod remediation;
mod roles;
mod scenarios;
mod starter;
