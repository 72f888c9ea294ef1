//! The answers of AWS, with the member names that `aws … --output json` prints.
//!
//! Only members that bear on an audit are modelled; others are ignored. The service models of botocore, and answers
//! that were recorded, say whether a member may be left out: one that AWS always sends has no default here, and an
//! answer without it is none. A default has its source beside it. Lists inside a resource that an answer leaves out are
//! empty, as in the AWS SDKs: no model says that AWS sends an empty one. One definition serves recordings and live answers.

pub mod account;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod events;
pub mod kms;
pub mod logs;
pub mod mute;
pub mod oam;
pub mod organizations;
pub mod securityhub;
pub mod sns;
pub mod sts;
mod time;

pub use time::{NotATime, Timestamp};

use serde::Deserialize as _;

/// An enumeration that AWS may extend: a value that this version does not know is kept, not refused.
macro_rules! open_enum {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$meaning])* $variant,)*
            /// A value that AWS added later.
            Other(String),
        }

        impl $name {
            /// The value in the API's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }
    };
}
use open_enum;

/// A member that may be left out: `null` is how some tools write that it is.
fn or_default<'de, D: serde::Deserializer<'de>, T: Default + serde::Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
