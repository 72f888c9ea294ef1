//! What tells a finding from all others.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The fingerprint of the finding on a control in an account: the first 16 bytes of the SHA-256 of
/// `trailproof/1 ACCOUNT CONTROL`, in hexadecimal digits. Neither the benchmark version nor the result is part of it, so that
/// it stays the same from run to run.
pub(super) fn of(account: &str, control: &str) -> String {
    let digest = Sha256::digest(format!("trailproof/1 {account} {control}"));
    let mut text = String::new();
    for byte in digest.iter().take(16) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
