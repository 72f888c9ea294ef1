//! CloudWatch Logs filter patterns: parsed, matched and decided.
//!
//! This module stands alone: it uses nothing else of the crate.

pub mod ast;
mod error;
pub mod nfa;
pub mod number;
pub mod regex;

pub use error::ParseError;
