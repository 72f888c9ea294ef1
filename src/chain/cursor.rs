//! Reading the small languages of AWS word by word: metric math, the rules of composite alarms, field selections.

use std::fmt;

/// What is left of a text to be read. Space between words means nothing.
pub(crate) struct Cursor<'a> {
    pub rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// The next character that is no space.
    pub(crate) fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    /// What comes next, in words.
    pub(crate) fn found(&mut self) -> String {
        self.peek().map_or("its end".to_owned(), |c| format!("`{c}`"))
    }

    /// Whether this came next, and was read.
    pub(crate) fn eat(&mut self, sign: &str) -> bool {
        self.peek();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The characters up to the first that is not wanted; possibly none.
    pub(crate) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        self.peek();
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Letters, digits and underscores; possibly none.
    pub(crate) fn word(&mut self) -> &'a str {
        self.take_while(|c| c.is_ascii_alphanumeric() || c == '_')
    }

    /// Whether this word came next, and was read.
    pub(crate) fn eat_word(&mut self, wanted: &str) -> bool {
        let before = self.rest;
        let found = self.word() == wanted;
        if !found {
            self.rest = before;
        }
        found
    }

    /// A text in double quotes, in which a backslash takes away the meaning of the next character; none if something
    /// else comes next.
    pub(crate) fn quoted(&mut self) -> Option<Result<String, Unterminated>> {
        if !self.eat("\"") {
            return None;
        }
        let mut text = String::new();
        let mut chars = self.rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    self.rest = chars.as_str();
                    return Some(Ok(text));
                }
                '\\' => text.extend(chars.next()),
                c => text.push(c),
            }
        }
        Some(Err(Unterminated))
    }
}

/// A quoted text without an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unterminated;

impl fmt::Display for Unterminated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quoted text has no end")
    }
}

/// Which of `AND` and `OR` binds tighter where they meet without parentheses. AWS does not say so for any of the
/// languages that have them: a text is read with either, and what both readings share does not hang on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tighter {
    And,
    Or,
}

/// A language whose conditions are joined by `AND` and `OR`.
pub(crate) trait Junctions<'a> {
    /// A condition, or several that are joined.
    type Condition;
    /// Why a text is not of the language.
    type Error;

    fn cursor(&mut self) -> &mut Cursor<'a>;
    /// One condition, in parentheses perhaps.
    fn single(&mut self) -> Result<Self::Condition, Self::Error>;
    fn and(conditions: Vec<Self::Condition>) -> Self::Condition;
    fn or(conditions: Vec<Self::Condition>) -> Self::Condition;

    /// One condition, or several joined by `AND` and `OR`.
    fn joined(&mut self, tighter: Tighter) -> Result<Self::Condition, Self::Error> {
        let (tight, loose) = if tighter == Tighter::And { ("AND", "OR") } else { ("OR", "AND") };
        let (inner, outer): (fn(_) -> _, fn(_) -> _) =
            if tighter == Tighter::And { (Self::and, Self::or) } else { (Self::or, Self::and) };
        let (mut groups, mut group) = (Vec::new(), vec![self.single()?]);
        loop {
            if self.cursor().eat_word(tight) {
                group.push(self.single()?);
            } else if self.cursor().eat_word(loose) {
                groups.push(one_or(std::mem::take(&mut group), inner));
                group.push(self.single()?);
            } else {
                groups.push(one_or(group, inner));
                return Ok(one_or(groups, outer));
            }
        }
    }
}

fn one_or<T>(mut all: Vec<T>, join: fn(Vec<T>) -> T) -> T {
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => one,
        (last, _) => {
            all.extend(last);
            join(all)
        }
    }
}
