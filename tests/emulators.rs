//! The live provider against LocalStack and moto, over the wire.

mod emulated;

use std::env;
use std::net::TcpStream;

use emulated::emulators;
use trailproof::provider::live::emulated::ENDPOINTS;

fn answers(url: &str) -> bool {
    TcpStream::connect(url.trim_start_matches("http://")).is_ok()
}

/// Emulators that run already are not ours to end.
#[test]
fn emulators_that_were_started_end_with_their_value() {
    let Some(emulators) = emulators().filter(|_| env::var_os(ENDPOINTS).is_none()) else { return };
    let urls = [emulators.localstack.clone(), emulators.moto.clone()];
    assert!(urls.iter().all(|url| answers(url)), "{urls:?}");
    drop(emulators);
    assert!(!urls.iter().any(|url| answers(url)), "{urls:?}");
}
