//! What is asked of a message as text.

use super::choice::Choice;
use crate::formula::{Atom, Bound, Layout};
use crate::language::Reading;
use crate::text::{Regular, Texts};
use crate::verdict::Unknown;

/// What the literals of a choice ask of the message as text.
#[derive(Debug, Default)]
pub(super) struct TextConstraints<'a> {
    pub(super) has: Vec<&'a str>,
    pub(super) lacks: Vec<&'a str>,
    pub(super) languages: Vec<(&'a Regular, bool)>,
    pub(super) layouts: Vec<LayoutConstraint<'a>>,
}

/// That a message has the fields of a layout, or has not.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayoutConstraint<'a> {
    pub(super) layout: &'a Layout,
    pub(super) positive: bool,
}

impl<'a> TextConstraints<'a> {
    pub(super) fn of(choice: &Choice<'a>) -> Self {
        let mut constraints = Self::default();
        for (info, positive) in choice.literals {
            let positive = *positive;
            match &info.atom {
                Atom::Contains(text) if positive => constraints.has.push(text),
                Atom::Contains(text) => constraints.lacks.push(text),
                Atom::Text(regular) => constraints.languages.push((regular, positive)),
                Atom::Fields(layout) => constraints.layouts.push(LayoutConstraint { layout, positive }),
                Atom::Object | Atom::At(..) | Atom::Child { .. } => {}
            }
        }
        constraints
    }

    /// Whether nothing is asked.
    pub(super) fn is_empty(&self) -> bool {
        self.has.is_empty() && self.lacks.is_empty() && self.languages.is_empty() && self.layouts.is_empty()
    }

    /// Whether a message is as asked; if not, which pattern it disagrees with.
    pub(super) fn agrees_with(&self, message: &str) -> Result<(), Unknown> {
        let writing = |pattern: &str| Err(Unknown::Writing(pattern.to_owned()));
        if let Some(text) = self.has.iter().find(|text| !message.contains(**text)) {
            return writing(text);
        }
        if let Some(text) = self.lacks.iter().find(|text| message.contains(**text)) {
            return writing(text);
        }
        if let Some((regular, _)) = self.languages.iter().find(|(regular, found)| regular.contains(message) != *found) {
            return writing(regular.name());
        }
        match self.layouts.iter().find(|layout| !layout.agrees_with(message)) {
            Some(LayoutConstraint { layout, .. }) => writing(&layout.name),
            None => Ok(()),
        }
    }

    /// The sets that the message must be in or outside of.
    pub(super) fn texts(&self) -> Vec<(Texts, bool)> {
        let has = self.has.iter().map(|text| (Texts::containing(text), true));
        let lacks = self.lacks.iter().map(|text| (Texts::containing(text), false));
        has.chain(lacks)
            .chain(self.languages.iter().map(|(regular, found)| (Texts::Regular((*regular).clone()), *found)))
            .collect()
    }
}

impl LayoutConstraint<'_> {
    /// Whether the pattern matches the message, or does not if it is negated: under every reading if the search is for
    /// what is sure, under some reading if it is for what is possible.
    pub(super) fn agrees_with(&self, message: &str) -> bool {
        let agrees = |reading| self.layout.pattern.contains(message, reading) == self.positive;
        let some_reading_will_do = self.positive == (self.layout.bound == Bound::Possible);
        if some_reading_will_do { Reading::ALL.into_iter().any(agrees) } else { Reading::ALL.into_iter().all(agrees) }
    }
}
