//! The branches of a pattern: what is asked of which path, with `$or` multiplied out.

use std::cmp::Ordering;

use crate::ast::{Asked, Member, Object, Test};
use crate::error::{ErrorKind, ParseError};
use crate::span::Span;

/// What is asked of a path. A path is the names down to a value, joined by dots.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathTests {
    /// The path.
    pub path: String,
    /// One of these has to hold of a value there. Never empty.
    pub tests: Vec<Test>,
    /// Where the list stands.
    pub span: Span,
}

/// A pattern with `$or` multiplied out: an event matches if all lists of one branch hold.
///
/// Where a path is named twice on a way through the pattern, the later list in the order of the text stands, as in AWS's
/// engine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Branches {
    lists: Vec<PathTests>,
    branches: Vec<Vec<usize>>,
}

/// How many combinations of `$or` AWS takes.
pub(crate) const MAX_COMBINATIONS: usize = 1000;

impl Branches {
    /// Multiplies a pattern out, unless that makes more branches than AWS takes.
    pub(crate) fn of(object: &Object) -> Result<Self, ParseError> {
        let mut all = Self { lists: vec![], branches: vec![] };
        let mut branches = vec![];
        all.object(object, &mut vec![], &mut branches)?;
        for branch in &mut branches {
            branch.sort_by(|a, b| compare(all.path(*a), all.path(*b)));
        }
        all.branches = branches;
        Ok(all)
    }

    /// The branches, each with its lists in the order in which AWS's engine looks at them: by path, in UTF-16 units.
    pub fn iter(&self) -> impl Iterator<Item = Vec<&PathTests>> {
        self.branches.iter().map(|branch| branch.iter().filter_map(|list| self.lists.get(*list)).collect())
    }

    /// Every list, in the order of the text, also those that a later one replaces.
    pub fn lists(&self) -> &[PathTests] {
        &self.lists
    }

    /// The branches, as places in [`lists`](Self::lists).
    pub(crate) fn indices(&self) -> &[Vec<usize>] {
        &self.branches
    }

    fn path(&self, list: usize) -> &str {
        self.lists.get(list).map_or("", |list| &list.path)
    }

    fn object(
        &mut self,
        object: &Object,
        names: &mut Vec<String>,
        branches: &mut Vec<Vec<usize>>,
    ) -> Result<(), ParseError> {
        for member in &object.members {
            match member {
                Member::Field(field) => match &field.asked {
                    Asked::Object(object) => {
                        names.push(field.name.clone());
                        self.object(object, names, branches)?;
                        names.pop();
                    }
                    Asked::OneOf(tests, span) => {
                        let path = extended(names, &field.name);
                        self.lists.push(PathTests { path, tests: tests.clone(), span: *span });
                        self.write(branches);
                    }
                },
                Member::Or(alternatives, span) => {
                    let before = std::mem::take(branches);
                    for alternative in alternatives {
                        let mut after = if before.is_empty() { vec![vec![]] } else { before.clone() };
                        self.object(alternative, names, &mut after)?;
                        branches.append(&mut after);
                        if branches.len() > MAX_COMBINATIONS {
                            let kind = ErrorKind::TooManyCombinations { limit: MAX_COMBINATIONS };
                            return Err(ParseError::new(kind, *span));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds the last list to every branch.
    fn write(&mut self, branches: &mut Vec<Vec<usize>>) {
        let later = self.lists.len() - 1;
        if branches.is_empty() {
            branches.push(vec![]);
        }
        for branch in branches {
            let same = branch.iter().position(|list| self.path(*list) == self.path(later));
            if let Some(at) = same {
                branch.remove(at);
            }
            branch.push(later);
        }
    }
}

/// The path of a name below others, as AWS's engine joins them: no dot comes after a path that is empty.
fn extended(names: &[String], last: &str) -> String {
    let base = names.join(".");
    if base.is_empty() { last.to_owned() } else { format!("{base}.{last}") }
}

/// As Java compares strings.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}
