//! What is asked of a message as text.

use super::Unknown;
use super::choice::Choice;
use super::formula::{Atom, Texts};
use crate::pattern::ast::{Entry, Tree};
use crate::pattern::glob::Reading;
use crate::pattern::matches::Matcher;
use crate::pattern::regex::Regex;

/// What the literals of a choice ask of the message as text.
#[derive(Debug, Default)]
pub(super) struct Asked<'a> {
    pub(super) has: Vec<&'a str>,
    pub(super) lacks: Vec<&'a str>,
    pub(super) searches: Vec<(&'a Regex, bool)>,
    pub(super) fields: Vec<Layout<'a>>,
}

/// A space-delimited pattern, or the negation of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout<'a> {
    pub(super) entries: &'a [Entry],
    /// Whether undocumented literals are read so that the pattern matches more.
    pub(super) larger: bool,
    pub(super) positive: bool,
}

impl<'a> Asked<'a> {
    pub(super) fn of(choice: &Choice<'a>) -> Self {
        let mut asked = Self::default();
        for (atom, positive) in choice.literals {
            match choice.table.atoms.get(*atom).map(|info| &info.atom) {
                Some(Atom::Contains(text)) if *positive => asked.has.push(text),
                Some(Atom::Contains(text)) => asked.lacks.push(text),
                Some(Atom::Search(regex)) => asked.searches.push((regex, *positive)),
                Some(Atom::Fields(entries, larger)) => {
                    asked.fields.push(Layout { entries, larger: *larger, positive: *positive });
                }
                _ => {}
            }
        }
        asked
    }

    /// Whether a message is as asked; if not, which pattern it disagrees with.
    pub(super) fn agrees_with(&self, message: &str) -> Result<(), Unknown> {
        let writing = |pattern: String| Err(Unknown::Writing(pattern));
        if let Some(text) = self.has.iter().find(|text| !message.contains(**text)) {
            return writing((*text).to_owned());
        }
        if let Some(text) = self.lacks.iter().find(|text| message.contains(**text)) {
            return writing((*text).to_owned());
        }
        if let Some((regex, _)) = self.searches.iter().find(|(regex, found)| regex.search().is_match(message) != *found)
        {
            return writing(Tree::Regex((*regex).clone()).to_string());
        }
        match self.fields.iter().find(|layout| !layout.agrees_with(message)) {
            Some(layout) => writing(Tree::Fields(layout.entries.to_vec()).to_string()),
            None => Ok(()),
        }
    }

    /// The sets that the message must be in or outside of.
    pub(super) fn texts(&self) -> Vec<(Texts, bool)> {
        let has = self.has.iter().map(|text| (Texts::containing(text), true));
        let lacks = self.lacks.iter().map(|text| (Texts::containing(text), false));
        has.chain(lacks)
            .chain(self.searches.iter().map(|(regex, found)| (Texts::Search((*regex).clone()), *found)))
            .collect()
    }
}

impl Layout<'_> {
    /// Whether the pattern matches the message, or does not if it is negated: under every reading if the search is for
    /// what is sure, under some reading if it is for what is possible.
    pub(super) fn agrees_with(&self, message: &str) -> bool {
        let tree = Tree::Fields(self.entries.to_vec());
        let agrees = |reading| Matcher::new(&tree, reading).is_match(message) == self.positive;
        let mut readings = [Reading::Literal, Reading::Wildcard].into_iter();
        if self.positive == self.larger { readings.any(agrees) } else { readings.all(agrees) }
    }
}
