//! LocalStack and moto for tests, where they can be had.

#![expect(clippy::panic, reason = "a machine without emulators fails CI")]

use std::env;
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use trailproof::provider::live::emulated::{Emulators, EmulatorsError};

/// The emulators that all tests of a process share, which end with it; none where there are none.
pub(crate) fn shared() -> Option<Arc<Emulators>> {
    static SHARED: OnceLock<Option<Arc<Emulators>>> = OnceLock::new();
    SHARED.get_or_init(|| had(Emulators::start()).map(Arc::new)).clone()
}

/// Emulators of which nobody else knows.
pub(crate) fn own() -> Option<Emulators> {
    had(Emulators::start_own())
}

/// What was started. That it was not, is said, and CI does not accept it.
fn had(started: Result<Emulators, EmulatorsError>) -> Option<Emulators> {
    match started {
        Ok(emulators) => Some(emulators),
        Err(error) if env::var_os("CI").is_none() => {
            // Written past the harness, which keeps to itself what a test prints that does not fail.
            let _ = writeln!(io::stderr(), "Nothing was tested against emulators: {error}\n{}", error.help());
            None
        }
        Err(error) => panic!("{error}\n{}", error.help()),
    }
}
