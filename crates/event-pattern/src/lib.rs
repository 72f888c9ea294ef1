//! Parses, matches and decides EventBridge event patterns and SNS filter policies.

mod address;
pub mod ast;
mod branch;
mod error;
pub mod explain;
mod fold;
mod json;
pub mod lint;
mod matcher;
pub mod normalize;
mod number;
mod parse;
mod pattern;
mod print;
pub mod sns;
mod span;
mod wildcard;

pub use branch::{Branches, PathTests};
pub use error::{ErrorKind, ParseError};
pub use json::JsonError;
pub use matcher::{EventError, Matcher};
pub use pattern::EventPattern;
