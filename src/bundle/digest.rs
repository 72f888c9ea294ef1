//! Digests, as `sha256sum` writes them.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The SHA-256 of the bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// One line for each part, which `sha256sum --check` takes.
pub(super) fn seal<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    parts.map(|(name, text)| line(name, text)).collect()
}

/// The parts that the seal does not fit; the seal itself, if it says something of other parts.
pub(super) fn changed(seal: &str, parts: &[(&str, &str)]) -> Vec<String> {
    let lines: Vec<&str> = seal.split_inclusive('\n').collect();
    let fits = |at: usize, name, text| lines.get(at).is_some_and(|found| *found == line(name, text));
    let changed = parts.iter().enumerate().filter(|(at, (name, text))| !fits(*at, name, text));
    let mut changed: Vec<String> = changed.map(|(_, (name, _))| (*name).to_owned()).collect();
    if lines.len() != parts.len() {
        changed.push(super::SEAL.to_owned());
    }
    changed
}

fn line(name: &str, text: &str) -> String {
    format!("{}  {name}\n", sha256(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    /// The example of FIPS 180-4.
    #[test]
    fn the_digest_is_sha_256() {
        assert_eq!(super::sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
