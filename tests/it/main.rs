//! All integration tests but the features, the architecture and the emulators, in one binary, so that they are linked once.
//!
//! A module tests one boundary and is named after it. Commands run through [`runner::trailproof`]; what users see is a
//! snapshot. `cargo test --test it diff::` runs one module.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a helper that fails, fails its test"
)]

#[path = "../support/accounts.rs"]
mod accounts;
#[cfg(feature = "live")]
mod endpoint;
mod runner;
#[path = "../support/snapshots.rs"]
mod snapshots;

mod auditing_oracle;
mod bundles;
mod catalogue;
mod changes;
mod cli;
mod collect;
mod configuration;
mod controls;
mod diff;
mod docs;
mod edits;
mod evaluate;
mod event_pattern;
#[cfg(unix)]
mod field;
#[cfg(feature = "live")]
mod live;
mod mutations;
mod narrowing;
mod pattern;
mod peers;
mod permissions;
mod record;
mod record_command;
mod record_from_cli;
mod recordings;
mod redact;
mod reports;
#[cfg(feature = "scenarios")]
mod scenarios;
mod schema;
#[cfg(feature = "mocks")]
mod sdk;

/// Compares a text with the snapshot of this name in a folder of `snapshots/`.
#[track_caller]
fn assert_snapshot(folder: &str, name: &str, text: &str) {
    snapshots::snapshots_in(folder).bind(|| insta::assert_snapshot!(name, text));
}
