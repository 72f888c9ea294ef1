//! The text of a pattern and what it says.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ast;
use crate::error::ParseError;
use crate::parse;

/// A filter pattern that AWS accepts: its text and what the text says.
///
/// Patterns are equal if their trees are, however they are spaced.
///
/// ```
/// use cloudwatch_filter_pattern::Pattern;
///
/// let pattern: Pattern = "{ $.eventName = CreateRoute }".parse()?;
/// assert_eq!(pattern, "{$.eventName=CreateRoute}".parse()?);
/// # Ok::<(), cloudwatch_filter_pattern::ParseError>(())
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

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tree.hash(state);
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
