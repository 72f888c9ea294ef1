//! Versions of the benchmark.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A version of the benchmark, such as `7.0.0`, in the order of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version {
    major: u16,
    minor: u16,
    patch: u16,
}

/// A text that is not three numbers with dots between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionError;

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a benchmark version is three numbers, such as `7.0.0`")
    }
}

impl std::error::Error for VersionError {}

impl Version {
    /// The version of these three numbers.
    pub(super) const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let numbers: Vec<u16> =
            text.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_not_a_number| VersionError)?;
        match numbers.as_slice() {
            &[major, minor, patch] => Ok(Self { major, minor, patch }),
            _ => Err(VersionError),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn ten_comes_after_nine() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(version("10.0.0") > version("9.12.0"));
        assert_eq!(version("4.0.1").to_string(), "4.0.1");
    }

    #[test]
    fn anything_but_three_numbers_is_no_version() {
        for text in ["", "7", "7.0", "7.0.0.0", "v7.0.0", "7.0.x", "7.0.-1", "7.0.99999"] {
            text.parse::<Version>().unwrap_err();
        }
    }
}
