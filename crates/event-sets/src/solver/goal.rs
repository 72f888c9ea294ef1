//! Formulas whose atoms are numbered, each atom and each path once for all questions of a prover.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::formula::{Atom, Formula};
use crate::hash::FastHash;
use crate::kinds::Kinds;
use crate::path::{Path, Step};

/// A formula over numbered atoms. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    Literal(Arc<AtomInfo>, bool),
    /// All of them; `true` if there is none.
    All(Arc<[Self]>),
    /// One of them; `false` if there is none.
    Any(Arc<[Self]>),
}

/// An atom, where it is about a place, and the kinds of value on which it holds surely or depending on the value.
#[derive(Debug)]
pub(crate) struct AtomInfo {
    pub(super) id: usize,
    pub(super) atom: Atom,
    /// The place that it is about: that of the parent, for a child.
    pub(super) place: Arc<Place>,
    pub(super) sure: Kinds,
    pub(super) perhaps: Kinds,
}

/// A place without wildcards: a step from another place, but for the root.
#[derive(Debug)]
pub(crate) struct Place {
    pub(super) id: usize,
    pub(super) parent: Option<(Arc<Self>, Step)>,
}

/// The atoms and places of a prover.
#[derive(Debug)]
pub(crate) struct Atoms {
    root: Arc<Place>,
    tables: Mutex<Tables>,
}

#[derive(Debug, Default)]
struct Tables {
    atoms: HashMap<Atom, Arc<AtomInfo>, FastHash>,
    places: HashMap<Path, Arc<Place>, FastHash>,
}

impl Atoms {
    pub(crate) fn new() -> Self {
        Self { root: Arc::new(Place { id: 0, parent: None }), tables: Mutex::default() }
    }

    /// The formula over numbered atoms.
    pub(crate) fn goal(&self, formula: Formula) -> Goal {
        self.import(formula, &mut self.tables.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// That the message is a JSON object.
    pub(crate) fn object(&self) -> Goal {
        self.goal(Formula::object())
    }

    /// How many atoms, and how many places, have been numbered.
    pub(super) fn count(&self) -> (usize, usize) {
        let tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        (tables.atoms.len(), tables.places.len() + 1)
    }

    fn import(&self, formula: Formula, tables: &mut Tables) -> Goal {
        match formula {
            Formula::Literal(atom, positive) => Goal::Literal(self.atom(atom, tables), positive),
            Formula::All(members) => Goal::All(members.into_iter().map(|member| self.import(member, tables)).collect()),
            Formula::Any(members) => Goal::Any(members.into_iter().map(|member| self.import(member, tables)).collect()),
        }
    }

    fn atom(&self, atom: Atom, tables: &mut Tables) -> Arc<AtomInfo> {
        if let Some(known) = tables.atoms.get(&atom) {
            return Arc::clone(known);
        }
        let place = match &atom {
            Atom::At(path, _) | Atom::Child { parent: path, .. } => self.place(path.steps(), tables),
            Atom::Object | Atom::Contains(_) | Atom::Text(_) | Atom::Fields(_) => Arc::clone(&self.root),
        };
        let (sure, perhaps) = atom.kinds();
        let info = Arc::new(AtomInfo { id: tables.atoms.len(), atom: atom.clone(), place, sure, perhaps });
        tables.atoms.insert(atom, Arc::clone(&info));
        info
    }

    fn place(&self, steps: &[Step], tables: &mut Tables) -> Arc<Place> {
        let Some((last, before)) = steps.split_last() else { return Arc::clone(&self.root) };
        if let Some(known) = tables.places.get(steps) {
            return Arc::clone(known);
        }
        let parent = self.place(before, tables);
        let place = Arc::new(Place { id: tables.places.len() + 1, parent: Some((parent, last.clone())) });
        if let Some(path) = Path::new(steps.to_vec()) {
            tables.places.insert(path, Arc::clone(&place));
        }
        place
    }
}

impl Goal {
    /// What always holds.
    pub(super) fn always() -> Self {
        Self::All([].into())
    }

    /// The goal that holds just where this one does not.
    pub(crate) fn negated(&self) -> Self {
        match self {
            Self::Literal(atom, positive) => Self::Literal(Arc::clone(atom), !positive),
            Self::All(members) => Self::Any(members.iter().map(Self::negated).collect()),
            Self::Any(members) => Self::All(members.iter().map(Self::negated).collect()),
        }
    }

    /// Adds the places that the goal looks at, by number.
    pub(super) fn places<'g>(&'g self, places: &mut BTreeMap<usize, &'g Path>) {
        match self {
            Self::All(members) | Self::Any(members) => members.iter().for_each(|member| member.places(places)),
            Self::Literal(info, _) => match &info.atom {
                Atom::At(path, _) | Atom::Child { parent: path, .. } => _ = places.insert(info.place.id, path),
                Atom::Object | Atom::Contains(_) | Atom::Text(_) | Atom::Fields(_) => {}
            },
        }
    }

    /// The same goal, of which the last member is tried first.
    pub(super) fn reversed(&self) -> Self {
        match self {
            Self::Any(members) => Self::Any(members.iter().rev().cloned().collect()),
            other => other.clone(),
        }
    }
}
