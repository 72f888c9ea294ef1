//! All integration tests but the features and the architecture, in one binary, so that they are linked once.
//!
//! A module tests one boundary and is named after it. Commands run through [`runner::trailproof`]; what users see is a
//! snapshot. `cargo test --test it diff::` runs one module.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper that fails, fails its test"
)]

#[path = "../support/accounts.rs"]
mod accounts;
mod runner;
#[path = "../support/snapshots.rs"]
mod snapshots;

mod bundles;
mod catalogue;
mod cli;
mod configuration;
mod controls;
mod diff;
mod docs;
mod event_pattern;
#[cfg(unix)]
mod field;
mod mutations;
mod narrowing;
mod pattern;
mod recordings;
mod redact;
mod reports;
#[cfg(feature = "scenarios")]
mod scenarios;
mod schema;

/// Compares a text with the snapshot of this name in a folder of `snapshots/`.
#[track_caller]
fn assert_snapshot(folder: &str, name: &str, text: &str) {
    snapshots::snapshots_in(folder).bind(|| insta::assert_snapshot!(name, text));
}
