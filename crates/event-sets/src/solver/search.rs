//! The search for a consistent choice of literals that makes a formula true.
//!
//! A depth-first search with unit propagation: literals that must hold are asserted, disjunctions lose the members that
//! are false by now, and one with a single member left is that member. What a literal says of the kind of value at a
//! place, or of its exact text, settles other literals at once. A choice that leaves nothing open goes to
//! `event_builder` or `message`, which find an event for it or show that there is none.

use super::choice::{Budget, Choice, Outcome};
use super::goal::{AtomInfo, Atoms, Goal, Place};
use super::named::Named;
use super::premises::Premises;
use super::{event_builder, message};
use crate::formula::{Atom, Test};
use crate::json::Json;
use crate::kinds::Kinds;
use crate::path::{Path, Step};
use crate::text::Texts;
use crate::verdict::Unknown;

/// How many disjunctions may be chosen from at once, so that the stack suffices on any thread.
const DEPTH: usize = 600;

/// An event that was found.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Json(Json),
    Text(String),
}

#[derive(Debug)]
pub(super) struct Search<'a> {
    premises: &'a Premises,
    named: Option<&'a Named>,
    budget: &'a mut Budget,
    /// What is chosen for each atom.
    known: Vec<Known>,
    /// What is chosen for each place.
    places: Vec<Range<'a>>,
    chosen: Vec<(&'a AtomInfo, bool)>,
    undo: Vec<Undo<'a>>,
    depth: usize,
    /// The first choice that could not be decided; it counts if no event is found otherwise.
    undecided: Option<Unknown>,
    /// The first place for which a choice had only values that are not known to occur.
    unsourced: Option<Path>,
}

/// A disjunction that is neither true nor down to one member.
#[derive(Debug)]
struct Open<'f> {
    goal: &'f Goal,
    /// Its members that are not false by now.
    members: Vec<&'f Goal>,
}

/// What is chosen for an atom. The numbers make that a new list of them is nothing but zeros, which costs next to nothing.
type Known = u8;
const OPEN: Known = 0;
const FALSE: Known = 1;
const TRUE: Known = 2;

/// What can stand at a place.
#[derive(Clone, Copy, Debug)]
struct Range<'a> {
    kinds: Kinds,
    /// The text that a string here must have.
    text: Option<&'a str>,
}

#[derive(Debug)]
enum Undo<'a> {
    Chosen(usize),
    Range(usize, Range<'a>),
}

impl Event {
    /// Whether there is a value at the place.
    pub(crate) fn has(&self, place: &Path) -> bool {
        matches!(self, Self::Json(json) if json.at(place.steps()).is_some())
    }

    pub(crate) fn into_message(self) -> String {
        match self {
            Self::Json(json) => {
                let mut message = String::with_capacity(2048);
                json.write(&mut message);
                message
            }
            Self::Text(text) => text,
        }
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(atoms: &Atoms, premises: &'a Premises, named: Option<&'a Named>, budget: &'a mut Budget) -> Self {
        let (atoms, places) = atoms.count();
        Self {
            premises,
            named,
            budget,
            known: vec![OPEN; atoms],
            places: vec![Range { kinds: Kinds::ANY, text: None }; places],
            chosen: Vec::new(),
            undo: Vec::new(),
            depth: 0,
            undecided: None,
            unsourced: None,
        }
    }

    /// Takes it that there is no value at these places.
    pub(super) fn leave_out(&mut self, places: &[usize]) {
        for place in places {
            if let Some(range) = self.places.get_mut(*place) {
                range.kinds = Kinds::MISSING;
            }
        }
    }

    /// An event for the goals; if there is none, the place for which one was left out, if that was the reason.
    pub(super) fn run(mut self, goals: &'a [Goal]) -> Result<(Outcome<Event>, Option<Path>), Unknown> {
        match (self.solve(goals.iter().collect())?, self.undecided) {
            (Some(event), _) => Ok((Outcome::Found(event), None)),
            (None, Some(unknown)) => Err(unknown),
            (None, None) => Ok((Outcome::Impossible, self.unsourced)),
        }
    }

    /// An event for the goals under what is chosen so far. Leaves the choices as they were.
    fn solve(&mut self, goals: Vec<&'a Goal>) -> Result<Option<Event>, Unknown> {
        let mark = self.undo.len();
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Unknown::Steps);
        }
        let result = match self.propagate(goals)? {
            None => Ok(None),
            Some(open) => match open.iter().min_by_key(|disjunction| disjunction.members.len()) {
                None => self.event(),
                Some(smallest) => self.branch(smallest, &open),
            },
        };
        self.roll_back(mark);
        self.depth -= 1;
        result
    }

    fn branch(&mut self, at: &Open<'a>, open: &[Open<'a>]) -> Result<Option<Event>, Unknown> {
        let mark = self.undo.len();
        let others = || open.iter().map(|other| other.goal).filter(|goal| !std::ptr::eq(*goal, at.goal));
        for member in &at.members {
            if let Some(event) = self.solve(std::iter::once(*member).chain(others()).collect())? {
                return Ok(Some(event));
            }
            // The member failed: whatever follows may rely on its being false.
            if let Goal::Literal(atom, positive) = member
                && !self.assert(atom, !positive)?
            {
                break;
            }
        }
        self.roll_back(mark);
        Ok(None)
    }

    /// Asserts what must hold; `None` on a contradiction, otherwise the disjunctions that are open.
    fn propagate(&mut self, mut goals: Vec<&'a Goal>) -> Result<Option<Vec<Open<'a>>>, Unknown> {
        loop {
            let before = self.chosen.len();
            let mut open: Vec<Open<'a>> = Vec::new();
            while let Some(goal) = goals.pop() {
                match goal {
                    Goal::All(members) => goals.extend(members.iter().rev()),
                    Goal::Literal(atom, positive) => {
                        if !self.assert(atom, *positive)? {
                            return Ok(None);
                        }
                    }
                    Goal::Any(members) => {
                        let Some(members) = self.undecided_members(members)? else { continue };
                        match members.as_slice() {
                            [] => return Ok(None),
                            [one] => goals.push(one),
                            _ => open.push(Open { goal, members }),
                        }
                    }
                }
            }
            if self.chosen.len() == before {
                return Ok(Some(open));
            }
            goals = open.into_iter().map(|disjunction| disjunction.goal).collect();
        }
    }

    /// The members of a disjunction that are not false by now; `None` if one of them is true.
    fn undecided_members(&mut self, members: &'a [Goal]) -> Result<Option<Vec<&'a Goal>>, Unknown> {
        let mut undecided = Vec::new();
        for member in members {
            match self.truth(member)? {
                Some(true) => return Ok(None),
                Some(false) => {}
                None => undecided.push(member),
            }
        }
        Ok(Some(undecided))
    }

    fn truth(&mut self, formula: &Goal) -> Result<Option<bool>, Unknown> {
        let (members, absorbing) = match formula {
            Goal::Literal(atom, positive) => return Ok(self.value(atom)?.map(|value| value == *positive)),
            Goal::All(members) => (members, false),
            Goal::Any(members) => (members, true),
        };
        let mut all_known = true;
        for member in members.iter() {
            match self.truth(member)? {
                Some(value) if value == absorbing => return Ok(Some(absorbing)),
                Some(_) => {}
                None => all_known = false,
            }
        }
        Ok(all_known.then_some(!absorbing))
    }

    /// Whether the atom holds, as far as the choices so far settle it.
    fn value(&mut self, info: &AtomInfo) -> Result<Option<bool>, Unknown> {
        self.budget.spend(1)?;
        match self.known.get(info.id) {
            Some(&TRUE) => return Ok(Some(true)),
            Some(&FALSE) => return Ok(Some(false)),
            _ => {}
        }
        let Atom::At(_, test) = &info.atom else { return Ok(None) };
        let Some(range) = self.places.get(info.place.id).copied() else { return Ok(None) };
        let kinds = if self.reachable(&info.place) { range.kinds } else { Kinds::MISSING };
        Ok(match range.text {
            _ if !kinds.meets(info.sure | info.perhaps) => Some(false),
            _ if kinds.within(info.sure) => Some(true),
            Some(text) if kinds == Kinds::TEXT => Some(test.holds_of(text)),
            _ => None,
        })
    }

    /// Whether every place above can still be the container that the place needs.
    fn reachable(&self, place: &Place) -> bool {
        let mut at = place;
        while let Some((parent, step)) = &at.parent {
            if self.places.get(parent.id).is_some_and(|range| !range.kinds.meets(container(step))) {
                return false;
            }
            at = parent;
        }
        true
    }

    /// Chooses that the atom holds or not; `false` if that contradicts earlier choices.
    fn assert(&mut self, info: &'a AtomInfo, positive: bool) -> Result<bool, Unknown> {
        if let Some(value) = self.value(info)? {
            if self.known.get(info.id) == Some(&OPEN) && value == positive {
                self.choose(info, positive);
            }
            return Ok(value == positive);
        }
        self.choose(info, positive);
        match &info.atom {
            Atom::At(_, test) => {
                let kinds = if positive { info.sure | info.perhaps } else { !info.sure };
                let text = match test {
                    Test::Text(Texts::OneOf(texts)) | Test::String(Texts::OneOf(texts)) if positive => sole(texts),
                    Test::NotText(Texts::OneOf(texts)) if !positive => sole(texts),
                    _ => None,
                };
                Ok(self.restrict(&info.place, kinds, text))
            }
            Atom::Child { array, .. } if positive => {
                let kinds = if *array { Kinds::ARRAY } else { Kinds::ARRAY | Kinds::OBJECT };
                Ok(self.restrict(&info.place, kinds, None))
            }
            Atom::Object if positive => Ok(self.restrict(&info.place, Kinds::OBJECT, None)),
            _ => Ok(true),
        }
    }

    fn choose(&mut self, info: &'a AtomInfo, positive: bool) {
        if let Some(known) = self.known.get_mut(info.id) {
            *known = if positive { TRUE } else { FALSE };
        }
        self.chosen.push((info, positive));
        self.undo.push(Undo::Chosen(info.id));
    }

    /// Narrows what can stand at a place, and that the places above are containers if there must be a value.
    fn restrict(&mut self, place: &Place, kinds: Kinds, text: Option<&'a str>) -> bool {
        let Some(range) = self.places.get_mut(place.id) else { return true };
        let narrowed = Range { kinds: range.kinds & kinds, text: range.text.or(text) };
        self.undo.push(Undo::Range(place.id, *range));
        *range = narrowed;
        if narrowed.kinds.is_empty() {
            return false;
        }
        match &place.parent {
            Some((parent, step)) if !narrowed.kinds.meets(Kinds::MISSING) => {
                self.restrict(parent, container(step), None)
            }
            _ => true,
        }
    }

    fn roll_back(&mut self, mark: usize) {
        while self.undo.len() > mark {
            match self.undo.pop() {
                Some(Undo::Chosen(atom)) => {
                    self.chosen.pop();
                    if let Some(known) = self.known.get_mut(atom) {
                        *known = OPEN;
                    }
                }
                Some(Undo::Range(place, before)) => {
                    if let Some(range) = self.places.get_mut(place) {
                        *range = before;
                    }
                }
                None => {}
            }
        }
    }

    /// An event for what is chosen; what cannot be decided is kept in mind while the search goes on.
    fn event(&mut self) -> Result<Option<Event>, Unknown> {
        let choice = Choice { premises: self.premises, named: self.named, literals: &self.chosen };
        let json = self.chosen.iter().any(|(info, positive)| *positive && info.atom == Atom::Object);
        let outcome = if json {
            event_builder::event(&choice, self.budget).map(|outcome| outcome.map(Event::Json))
        } else {
            message::event(&choice, self.budget).map(|outcome| outcome.map(Event::Text))
        };
        match outcome {
            Ok(Outcome::Found(event)) => Ok(Some(event)),
            Ok(Outcome::Impossible) => Ok(None),
            Err(Unknown::Steps) => Err(Unknown::Steps),
            Err(Unknown::UnsourcedValue(place)) => {
                self.unsourced.get_or_insert(place);
                Ok(None)
            }
            Err(unknown) => {
                self.undecided.get_or_insert(unknown);
                Ok(None)
            }
        }
    }
}

/// What a place must be for this step to lead on from it.
pub(super) fn container(step: &Step) -> Kinds {
    match step {
        Step::Key(_) => Kinds::OBJECT,
        Step::Index(_) => Kinds::ARRAY,
        Step::Any => Kinds::OBJECT | Kinds::ARRAY,
    }
}

fn sole(texts: &[String]) -> Option<&str> {
    match texts {
        [one] => Some(one),
        _ => None,
    }
}
