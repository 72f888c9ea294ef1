//! Parses, matches and decides EventBridge event patterns and SNS filter policies.

mod address;
pub mod ast;
mod branch;
mod error;
mod fold;
mod json;
mod matcher;
mod number;
mod parse;
mod pattern;
pub mod sns;
mod span;
mod wildcard;

pub use branch::{Branches, PathTests};
pub use error::{ErrorKind, ParseError};
pub use json::JsonError;
pub use matcher::{EventError, Matcher};
pub use pattern::EventPattern;
