//! The regular expressions of `%…%`: AWS's subset, which has no groups and no back-references, so that every one of them
//! is a plain regular language.

mod class;
mod parse;

use event_sets::text::{Builder, CharClass, Nfa, State, StateId};

/// A regular expression: alternatives, each a run of repeated atoms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Regex {
    /// The text between the percent signs, as written.
    pub source: String,
    /// What is separated by `|`.
    pub alternatives: Vec<Vec<Piece>>,
}

/// An atom and how often it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// What is read.
    pub atom: Atom,
    /// The least number of repetitions.
    pub min: u32,
    /// The greatest, if there is one.
    pub max: Option<u32>,
}

/// What a piece of a regular expression reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    /// One character of a class.
    Class(CharClass),
    /// `^`: nothing, at the start of the text.
    Start,
    /// `$`: nothing, at the end of the text.
    End,
}

impl Regex {
    /// The automaton that accepts every text in which the expression is found.
    pub fn search(&self) -> Nfa {
        let mut builder = Builder::new();
        let accept = builder.push(State::Accept);
        let tail = builder.star(&CharClass::any(), accept);
        let mut start = None;
        for pieces in &self.alternatives {
            let head = pieces.iter().rev().fold(tail, |next, piece| piece.build(&mut builder, next));
            start = Some(start.map_or(head, |others| builder.push(State::Split(head, others))));
        }
        let start = builder.star(&CharClass::any(), start.unwrap_or(tail));
        builder.finish(start)
    }
}

impl Piece {
    fn build(&self, builder: &mut Builder, next: StateId) -> StateId {
        let mut next = next;
        match self.max {
            None => {
                let split = builder.push(State::Split(next, next));
                let body = self.atom.build(builder, split);
                builder.redirect(split, body);
                next = split;
            }
            Some(max) => {
                let end = next;
                for _ in self.min..max {
                    let body = self.atom.build(builder, next);
                    next = builder.push(State::Split(body, end));
                }
            }
        }
        (0..self.min).fold(next, |next, _| self.atom.build(builder, next))
    }
}

impl Atom {
    fn build(&self, builder: &mut Builder, next: StateId) -> StateId {
        builder.push(match self {
            Self::Class(class) => State::Class(class.clone(), next),
            Self::Start => State::AtStart(next),
            Self::End => State::AtEnd(next),
        })
    }
}
