//! Region codes.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A region code such as `us-east-1`: lower-case letters, digits and hyphens. It becomes part of a host name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

/// What is not a region code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a region code")]
pub struct NotARegion(String);

impl Region {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The region of a partition whose endpoint answers for all of its regions, as that of Organizations does.
    pub fn global_of(partition: &str) -> Self {
        Self(match partition {
            "aws-cn" => "cn-northwest-1".to_owned(),
            "aws-us-gov" => "us-gov-west-1".to_owned(),
            _ => "us-east-1".to_owned(),
        })
    }

    /// The partition that the region is in.
    pub fn partition(&self) -> &'static str {
        match () {
            () if self.0.starts_with("cn-") => "aws-cn",
            () if self.0.starts_with("us-gov-") => "aws-us-gov",
            () => "aws",
        }
    }

    /// The region of a partition in which AWS has had all services from the beginning.
    pub(crate) fn first_of(partition: &str) -> Self {
        Self(match partition {
            "aws-cn" => "cn-north-1".to_owned(),
            "aws-us-gov" => "us-gov-west-1".to_owned(),
            _ => "us-east-1".to_owned(),
        })
    }
}

impl TryFrom<String> for Region {
    type Error = NotARegion;

    fn try_from(text: String) -> Result<Self, NotARegion> {
        let is_code = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if !text.is_empty() && text.bytes().all(is_code) { Ok(Self(text)) } else { Err(NotARegion(text)) }
    }
}

impl FromStr for Region {
    type Err = NotARegion;

    fn from_str(text: &str) -> Result<Self, NotARegion> {
        Self::try_from(text.to_owned())
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0
    }
}

impl From<&Region> for String {
    fn from(region: &Region) -> Self {
        region.0.clone()
    }
}

impl Deref for Region {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Region {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Region {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Region {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Region {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl PartialEq<Region> for String {
    fn eq(&self, other: &Region) -> bool {
        *self == other.0
    }
}

impl PartialEq<Region> for str {
    fn eq(&self, other: &Region) -> bool {
        self == other.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
