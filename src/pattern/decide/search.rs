//! The search for a consistent choice of literals that makes a formula true.
//!
//! A depth-first search with unit propagation: literals that must hold are asserted, disjunctions lose the members that
//! are false by now, and one with a single member left is that member. What a literal says of the kind of value at a
//! place, or of its exact text, settles other literals at once. A choice that leaves nothing open goes to [`tree`] or
//! [`text`], which find an event for it or show that there is none.

use super::choice::{Budget, Choice, Outcome};
use super::formula::{Atom, AtomId, Bound, Formula, Table, Test, Texts};
use super::json::Json;
use super::kinds::Kinds;
use super::world::{Says, World};
use super::{Predicate, Unknown, json, text, tree};
use crate::pattern::ast::Step;

/// How many disjunctions may be chosen from at once, so that the stack suffices on any thread.
const DEPTH: usize = 600;

/// After how many events that contradict facts those are brought in, too, that another name in its place would contradict:
/// names are many, and an event of each may be found before one that can occur.
const ROUNDS: usize = 8;

/// An event of the world in `required` and in none of `by`.
pub(super) fn satisfy(
    required: &Predicate,
    by: &[Predicate],
    world: &World,
    bound: Bound,
) -> Result<Outcome<String>, Unknown> {
    let mut table = Table::new();
    let mut goals = vec![table.predicate(required, true, bound)];
    goals.extend(by.iter().map(|caught| table.predicate(caught, false, bound)));
    goals.extend(world.json.then(|| table.object()));
    let mut budget = Budget::new();
    let templates = json::objects(&world.templates);
    let mut open: Vec<_> = world.facts.iter().map(|fact| &fact.says).collect();
    // Facts are brought in when an event is found that contradicts them: most have no bearing on a question.
    let mut rounds = 0;
    loop {
        let found = Search::new(&table, world, &templates, &mut budget).run(&goals)?;
        let Outcome::Found(event) = &found else { return Ok(Outcome::Impossible) };
        let (broken, rest): (Vec<&Says>, Vec<&Says>) = open.iter().partition(|says| event.contradicts(says));
        if broken.is_empty() {
            return Ok(Outcome::Found(event.message()));
        }
        goals.extend(broken.into_iter().map(|says| table.fact(says)));
        let (alike, rest): (Vec<&Says>, Vec<&Says>) =
            rest.iter().partition(|says| rounds >= ROUNDS && event.may_contradict(says));
        // Rather another name than what this one would ask for.
        goals.extend(alike.into_iter().map(|says| reversed(table.fact(says))));
        open = rest;
        rounds += 1;
    }
}

/// The same formula, of which the last member is tried first.
fn reversed(formula: Formula) -> Formula {
    match formula {
        Formula::Any(members) => Formula::Any(members.into_iter().rev().collect()),
        other => other,
    }
}

/// An event that was found.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Json(Json),
    Text(String),
}

#[derive(Debug)]
struct Search<'a> {
    table: &'a Table,
    world: &'a World,
    templates: &'a [Json],
    budget: &'a mut Budget,
    /// What is chosen for each atom.
    known: Vec<Option<bool>>,
    /// What is chosen for each place.
    places: Vec<Place<'a>>,
    chosen: Vec<(AtomId, bool)>,
    undo: Vec<Undo<'a>>,
    depth: usize,
    /// The first choice that could not be decided; it counts if no event is found otherwise.
    undecided: Option<Unknown>,
}

/// A disjunction that is neither true nor down to one member.
#[derive(Debug)]
struct Open<'f> {
    goal: &'f Formula,
    /// Its members that are not false by now.
    members: Vec<&'f Formula>,
}

#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    kinds: Kinds,
    /// The text that a string here must have.
    text: Option<&'a str>,
}

#[derive(Debug)]
enum Undo<'a> {
    Chosen(AtomId),
    Place(usize, Place<'a>),
}

impl Event {
    fn message(&self) -> String {
        match self {
            Self::Json(json) => json.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    fn contradicts(&self, says: &Says) -> bool {
        let Self::Json(json) = self else { return false };
        match says {
            Says::AlwaysText(at) => !matches!(json.at(&at.0), Some(Json::Text(_))),
            Says::Boolean(at) => !matches!(json.at(&at.0), None | Some(Json::Bool(_))),
            Says::OneOf(at, values) => !self.is_one_of(&at.0, values),
            Says::Implies { when, value, .. } => {
                matches!(json.at(&when.0), Some(Json::Text(text)) if text == value) && self.may_contradict(says)
            }
        }
    }

    /// Whether the event would contradict the fact if it had the text that the fact is about.
    fn may_contradict(&self, says: &Says) -> bool {
        matches!(says, Says::Implies { then, one_of, .. } if !self.is_one_of(&then.0, one_of))
    }

    /// Whether what is there, if anything is, is one of these texts.
    fn is_one_of(&self, steps: &[Step], texts: &[String]) -> bool {
        let Self::Json(json) = self else { return true };
        match json.at(steps) {
            Some(Json::Text(text)) => texts.contains(text),
            Some(_) => false,
            None => true,
        }
    }
}

impl<'a> Search<'a> {
    fn new(table: &'a Table, world: &'a World, templates: &'a [Json], budget: &'a mut Budget) -> Self {
        Self {
            table,
            world,
            templates,
            budget,
            known: vec![None; table.atoms.len()],
            places: vec![Place { kinds: Kinds::ANY, text: None }; table.paths.len()],
            chosen: Vec::new(),
            undo: Vec::new(),
            depth: 0,
            undecided: None,
        }
    }

    fn run(mut self, goals: &[Formula]) -> Result<Outcome<Event>, Unknown> {
        match (self.solve(goals.iter().collect())?, self.undecided) {
            (Some(event), _) => Ok(Outcome::Found(event)),
            (None, Some(unknown)) => Err(unknown),
            (None, None) => Ok(Outcome::Impossible),
        }
    }

    /// An event for the goals under what is chosen so far. Leaves the choices as they were.
    fn solve(&mut self, goals: Vec<&Formula>) -> Result<Option<Event>, Unknown> {
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

    fn branch(&mut self, at: &Open<'_>, open: &[Open<'_>]) -> Result<Option<Event>, Unknown> {
        let mark = self.undo.len();
        let others = || open.iter().map(|other| other.goal).filter(|goal| !std::ptr::eq(*goal, at.goal));
        for member in &at.members {
            if let Some(event) = self.solve(std::iter::once(*member).chain(others()).collect())? {
                return Ok(Some(event));
            }
            // The member failed: whatever follows may rely on its being false.
            if let Formula::Literal(atom, positive) = member
                && !self.assert(*atom, !positive)?
            {
                break;
            }
        }
        self.roll_back(mark);
        Ok(None)
    }

    /// Asserts what must hold; `None` on a contradiction, otherwise the disjunctions that are open.
    fn propagate<'f>(&mut self, mut goals: Vec<&'f Formula>) -> Result<Option<Vec<Open<'f>>>, Unknown> {
        loop {
            let before = self.chosen.len();
            let mut open: Vec<Open<'f>> = Vec::new();
            while let Some(goal) = goals.pop() {
                match goal {
                    Formula::All(members) => goals.extend(members.iter().rev()),
                    Formula::Literal(atom, positive) => {
                        if !self.assert(*atom, *positive)? {
                            return Ok(None);
                        }
                    }
                    Formula::Any(members) => {
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
    fn undecided_members<'f>(&mut self, members: &'f [Formula]) -> Result<Option<Vec<&'f Formula>>, Unknown> {
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

    fn truth(&mut self, formula: &Formula) -> Result<Option<bool>, Unknown> {
        let (members, absorbing) = match formula {
            Formula::Literal(atom, positive) => return Ok(self.value(*atom)?.map(|value| value == *positive)),
            Formula::All(members) => (members, false),
            Formula::Any(members) => (members, true),
        };
        let mut all_known = true;
        for member in members {
            match self.truth(member)? {
                Some(value) if value == absorbing => return Ok(Some(absorbing)),
                Some(_) => {}
                None => all_known = false,
            }
        }
        Ok(all_known.then_some(!absorbing))
    }

    /// Whether the atom holds, as far as the choices so far settle it.
    fn value(&mut self, atom: AtomId) -> Result<Option<bool>, Unknown> {
        self.budget.spend(1)?;
        if let Some(known) = self.known.get(atom).copied().flatten() {
            return Ok(Some(known));
        }
        let Some(info) = self.table.atoms.get(atom) else { return Ok(None) };
        let Atom::At(path, test) = &info.atom else { return Ok(None) };
        let Some(place) = self.places.get(*path).copied() else { return Ok(None) };
        let kinds = if self.reachable(*path) { place.kinds } else { Kinds::MISSING };
        Ok(match place.text {
            _ if !kinds.meets(info.sure | info.perhaps) => Some(false),
            _ if kinds.within(info.sure) => Some(true),
            Some(text) if kinds == Kinds::TEXT => Some(test.holds_of(text)),
            _ => None,
        })
    }

    /// Whether every place above can still be the container that the path needs.
    fn reachable(&self, path: usize) -> bool {
        let mut at = path;
        while let Some((parent, step)) = self.table.paths.get(at).and_then(|info| info.parent.as_ref()) {
            if self.places.get(*parent).is_some_and(|place| !place.kinds.meets(container(step))) {
                return false;
            }
            at = *parent;
        }
        true
    }

    /// Chooses that the atom holds or not; `false` if that contradicts earlier choices.
    fn assert(&mut self, atom: AtomId, positive: bool) -> Result<bool, Unknown> {
        if let Some(value) = self.value(atom)? {
            if self.known.get(atom).copied().flatten().is_none() && value == positive {
                self.choose(atom, positive);
            }
            return Ok(value == positive);
        }
        self.choose(atom, positive);
        let Some(info) = self.table.atoms.get(atom) else { return Ok(true) };
        match &info.atom {
            Atom::At(path, test) => {
                let kinds = if positive { info.sure | info.perhaps } else { !info.sure };
                let text = match test {
                    Test::Text(Texts::OneOf(texts)) | Test::String(Texts::OneOf(texts)) if positive => sole(texts),
                    Test::NotText(Texts::OneOf(texts)) if !positive => sole(texts),
                    _ => None,
                };
                Ok(self.restrict(*path, kinds, text))
            }
            Atom::Child { parent, array, .. } if positive => {
                let kinds = if *array { Kinds::ARRAY } else { Kinds::ARRAY | Kinds::OBJECT };
                Ok(self.restrict(*parent, kinds, None))
            }
            Atom::Object if positive => Ok(self.restrict(0, Kinds::OBJECT, None)),
            _ => Ok(true),
        }
    }

    fn choose(&mut self, atom: AtomId, positive: bool) {
        if let Some(known) = self.known.get_mut(atom) {
            *known = Some(positive);
        }
        self.chosen.push((atom, positive));
        self.undo.push(Undo::Chosen(atom));
    }

    /// Narrows what can stand at a place, and that the places above are containers if there must be a value.
    fn restrict(&mut self, path: usize, kinds: Kinds, text: Option<&'a str>) -> bool {
        let Some(place) = self.places.get_mut(path) else { return true };
        let narrowed = Place { kinds: place.kinds & kinds, text: place.text.or(text) };
        self.undo.push(Undo::Place(path, *place));
        *place = narrowed;
        if narrowed.kinds.is_empty() {
            return false;
        }
        match self.table.paths.get(path).and_then(|info| info.parent.as_ref()) {
            Some((parent, step)) if !narrowed.kinds.meets(Kinds::MISSING) => {
                self.restrict(*parent, container(step), None)
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
                        *known = None;
                    }
                }
                Some(Undo::Place(path, before)) => {
                    if let Some(place) = self.places.get_mut(path) {
                        *place = before;
                    }
                }
                None => {}
            }
        }
    }

    /// An event for what is chosen; what cannot be decided is kept in mind while the search goes on.
    fn event(&mut self) -> Result<Option<Event>, Unknown> {
        let choice = Choice { table: self.table, world: self.world, templates: self.templates, literals: &self.chosen };
        let json = choice.literals.iter().any(|(atom, positive)| {
            *positive && self.table.atoms.get(*atom).is_some_and(|info| info.atom == Atom::Object)
        });
        let outcome = if json {
            tree::event(&choice, self.budget).map(|outcome| outcome.map(Event::Json))
        } else {
            text::event(&choice, self.budget).map(|outcome| outcome.map(Event::Text))
        };
        match outcome {
            Ok(Outcome::Found(event)) => Ok(Some(event)),
            Ok(Outcome::Impossible) => Ok(None),
            Err(Unknown::Steps) => Err(Unknown::Steps),
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
