//! What a goal itself names: the places that it looks at, and the texts that it asks for there.

use super::goal::Goal;
use crate::formula::{Atom, Test};
use crate::number::Op;
use crate::path::{Path, Step};
use crate::text::Texts;

/// What a goal names. Its author is the source of these texts.
#[derive(Debug, Default)]
pub(crate) struct Named(Vec<Name>);

#[derive(Debug)]
struct Name {
    parent: Path,
    /// The way from a child of the parent, if any child is meant.
    rest: Option<Path>,
    texts: Vec<String>,
}

impl Named {
    pub(crate) fn of(goal: &Goal) -> Self {
        let mut named = Self::default();
        named.add(goal);
        named
    }

    /// Whether the goal looks at the place.
    pub(super) fn mentions(&self, steps: &[Step]) -> bool {
        self.at(steps).next().is_some()
    }

    /// Whether the goal looks at the place, or at something below it.
    pub(super) fn touches(&self, steps: &[Step]) -> bool {
        self.0.iter().any(|name| {
            name.parent.steps().starts_with(steps) || (name.rest.is_some() && steps.starts_with(name.parent.steps()))
        })
    }

    /// The texts that the goal asks for at the place.
    pub(super) fn texts(&self, steps: &[Step]) -> impl Iterator<Item = &str> {
        self.at(steps).flat_map(|name| &name.texts).map(String::as_str)
    }

    fn at(&self, steps: &[Step]) -> impl Iterator<Item = &Name> {
        self.0.iter().filter(move |name| name.is_at(steps))
    }

    fn add(&mut self, goal: &Goal) {
        match goal {
            Goal::All(members) | Goal::Any(members) => members.iter().for_each(|member| self.add(member)),
            Goal::Literal(info, positive) => match &info.atom {
                Atom::At(path, test) => {
                    self.0.push(Name { parent: path.clone(), rest: None, texts: asked(test, *positive) });
                }
                Atom::Child { parent, rest, test, .. } => {
                    let rest = Some(rest.clone());
                    self.0.push(Name { parent: parent.clone(), rest, texts: asked(test, *positive) });
                }
                Atom::Object | Atom::Contains(_) | Atom::Text(_) | Atom::Fields(_) => {}
            },
        }
    }
}

impl Name {
    fn is_at(&self, steps: &[Step]) -> bool {
        let Some(below) = steps.strip_prefix(self.parent.steps()) else { return false };
        match &self.rest {
            None => below.is_empty(),
            Some(rest) => below.split_first().is_some_and(|(_, below)| below == rest.steps()),
        }
    }
}

/// The texts that a literal asks for.
fn asked(test: &Test, positive: bool) -> Vec<String> {
    match test {
        Test::Text(Texts::OneOf(texts)) | Test::String(Texts::OneOf(texts)) | Test::MissingOr(Texts::OneOf(texts))
            if positive =>
        {
            texts.clone()
        }
        Test::NotText(Texts::OneOf(texts)) | Test::Except(Texts::OneOf(texts), _) if !positive => texts.clone(),
        Test::Number(op, _, literal) if (*op == Op::Eq && positive) || (*op == Op::Ne && !positive) => {
            vec![literal.clone()]
        }
        _ => vec![],
    }
}
