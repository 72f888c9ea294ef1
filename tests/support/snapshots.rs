//! Snapshots of what users see.

use std::path::Path;

/// The snapshots of a folder of `snapshots/`: one file each, called by the snapshot's own name.
pub(crate) fn snapshots_in(folder: impl AsRef<Path>) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
