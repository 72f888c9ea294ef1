//! The atoms and paths of a question, each once.

use std::collections::HashMap;

use crate::formula::{Atom, Formula};
use crate::kinds::Kinds;
use crate::path::Step;

/// The place of an atom in [`Table::atoms`].
pub(super) type AtomId = usize;

/// The place of a path in [`Table::paths`]; 0 is the root.
pub(super) type PathId = usize;

/// Every atom and path of a question.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) atoms: Vec<AtomInfo>,
    pub(super) paths: Vec<PathInfo>,
    atom_ids: HashMap<Atom, AtomId>,
    path_ids: HashMap<(PathId, Step), PathId>,
}

/// An atom, where it is about a place, and the kinds of value on which it holds surely or depending on the value.
#[derive(Debug)]
pub(super) struct AtomInfo {
    pub(super) atom: Atom,
    /// The place that it is about: that of the parent, for a child.
    pub(super) path: PathId,
    pub(super) sure: Kinds,
    pub(super) perhaps: Kinds,
}

/// A place without wildcards: a step from another place, but for the root.
#[derive(Debug)]
pub(super) struct PathInfo {
    pub(super) parent: Option<(PathId, Step)>,
}

/// A formula over the atoms of a table.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    Literal(AtomId, bool),
    /// All of them; `true` if there is none.
    All(Vec<Self>),
    /// One of them; `false` if there is none.
    Any(Vec<Self>),
}

impl Table {
    pub(super) fn new() -> Self {
        Self {
            atoms: Vec::new(),
            paths: vec![PathInfo { parent: None }],
            atom_ids: HashMap::new(),
            path_ids: HashMap::new(),
        }
    }

    /// The formula over this table's atoms.
    pub(super) fn goal(&mut self, formula: Formula) -> Goal {
        match formula {
            Formula::Literal(atom, positive) => Goal::Literal(self.atom(atom), positive),
            Formula::All(members) => Goal::All(members.into_iter().map(|member| self.goal(member)).collect()),
            Formula::Any(members) => Goal::Any(members.into_iter().map(|member| self.goal(member)).collect()),
        }
    }

    fn atom(&mut self, atom: Atom) -> AtomId {
        if let Some(id) = self.atom_ids.get(&atom) {
            return *id;
        }
        let path = match &atom {
            Atom::At(path, _) | Atom::Child { parent: path, .. } => self.path(path.steps()),
            _ => 0,
        };
        let (sure, perhaps) = atom.kinds();
        let id = self.atoms.len();
        self.atoms.push(AtomInfo { atom: atom.clone(), path, sure, perhaps });
        self.atom_ids.insert(atom, id);
        id
    }

    fn path(&mut self, steps: &[Step]) -> PathId {
        steps.iter().fold(0, |parent, step| {
            let next = self.paths.len();
            let id = *self.path_ids.entry((parent, step.clone())).or_insert(next);
            if id == next {
                self.paths.push(PathInfo { parent: Some((parent, step.clone())) });
            }
            id
        })
    }
}
