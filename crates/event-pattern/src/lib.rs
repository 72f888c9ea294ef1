#![doc = include_str!("../README.md")]

mod address;
pub mod ast;
mod branch;
mod error;
pub mod explain;
mod fold;
mod json;
pub mod lint;
mod matcher;
mod meaning;
pub mod normalize;
mod number;
mod parse;
mod pattern;
mod print;
mod questions;
pub mod records;
pub mod sns;
mod span;
mod wildcard;

pub use branch::{Branches, PathTests};
pub use error::{ErrorKind, ParseError};
pub use json::JsonError;
pub use matcher::{EventError, Matcher};
pub use pattern::EventPattern;
pub use questions::{certificate, covers, equivalent};
