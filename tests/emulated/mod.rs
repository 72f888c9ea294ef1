//! LocalStack and moto for tests, where they can be had.

#![expect(clippy::panic, reason = "a machine without emulators fails CI")]

use std::env;
use std::io::{self, Write};

use trailproof::provider::live::emulated::Emulators;

/// The emulators; none where they cannot be had, which is said, and which CI does not accept.
pub(crate) fn emulators() -> Option<Emulators> {
    match Emulators::start() {
        Ok(emulators) => Some(emulators),
        Err(error) if env::var_os("CI").is_none() => {
            // Written past the harness, which keeps to itself what a test prints that does not fail.
            let _ = writeln!(io::stderr(), "Nothing was tested against emulators: {error}\n{}", error.help());
            None
        }
        Err(error) => panic!("{error}\n{}", error.help()),
    }
}
