//! CloudWatch Logs filter patterns: parsed, matched and decided.
//!
//! This module stands alone: it uses nothing else of the crate.

pub mod ast;
mod error;
mod event;
pub mod glob;
mod matches;
pub mod nfa;
pub mod number;
pub mod regex;
pub mod value;

pub use error::ParseError;
pub use glob::Reading;
pub use matches::Matcher;
pub use value::Value;
