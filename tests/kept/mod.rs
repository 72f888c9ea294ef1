//! [`snapshots_in`] for the tests that are not in `tests/it/` yet.

#[path = "../support/snapshots.rs"]
mod snapshots;

/// Takes the folder as these tests give it, relative to their own file.
pub(crate) fn snapshots_in(directory: impl AsRef<std::path::Path>) -> insta::Settings {
    snapshots::snapshots_in(directory.as_ref().strip_prefix("../snapshots").unwrap_or(directory.as_ref()))
}
