//! Snapshots of what users see.

use std::path::Path;

/// One file for each, by its own name alone, in a directory that is relative to the test's file.
pub(crate) fn snapshots_in(directory: impl AsRef<Path>) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(directory);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
