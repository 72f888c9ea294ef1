//! CloudWatch Logs filter patterns: parsed, matched and decided.
//!
//! This module stands alone: it uses nothing else of the crate.

pub mod alike;
pub mod ast;
pub mod decide;
mod error;
mod event;
pub mod explain;
pub mod glob;
mod lex;
pub mod lint;
mod matches;
pub mod nfa;
pub mod number;
mod parse;
mod print;
pub mod regex;
mod search;
pub mod value;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use error::ParseError;
pub use glob::Reading;
pub use matches::Matcher;
pub use value::Value;

/// A filter pattern that AWS accepts: its text and what the text says.
///
/// Patterns are equal if their trees are, however they are spaced.
///
/// ```
/// use trailproof::pattern::Pattern;
///
/// let pattern: Pattern = "{ $.eventName = CreateRoute }".parse()?;
/// assert_eq!(pattern, "{$.eventName=CreateRoute}".parse()?);
/// # Ok::<(), trailproof::pattern::ParseError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    text: String,
    tree: ast::Tree,
}

impl Pattern {
    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text says.
    pub fn tree(&self) -> &ast::Tree {
        &self.tree
    }
}

/// The pattern that a tree prints as.
impl From<ast::Tree> for Pattern {
    fn from(tree: ast::Tree) -> Self {
        Self { text: tree.to_string(), tree }
    }
}

impl FromStr for Pattern {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Ok(Self { text: text.to_owned(), tree: parse::parse(text)? })
    }
}

impl TryFrom<String> for Pattern {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.text
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree
    }
}

impl Eq for Pattern {}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
