//! The search for a consistent choice of literals that makes a formula true.
//!
//! A depth-first search with unit propagation: literals that must hold are asserted, disjunctions lose the members that
//! are false by now, and one with a single member left is that member. What a literal says of the kind of value at a
//! place, or of its exact text, settles other literals at once. A choice that leaves nothing open goes to
//! `event_builder` or `message`, which find an event for it or show that there is none.

mod choice;
mod compiled;
mod event_builder;
mod field_solver;
mod message;
mod number_language;
mod number_solver;
mod table;
mod text_constraints;
mod text_solver;

pub(crate) use self::choice::Outcome;
use self::choice::{Budget, Choice};
pub(crate) use self::compiled::Compiled;
use self::table::{AtomId, Goal, Table};
use crate::domain::{Condition, Fact, FactKind};
use crate::formula::{Atom, Formula, Test};
use crate::json::Json;
use crate::kinds::Kinds;
use crate::path::Step;
use crate::text::Texts;
use crate::verdict::Unknown;

/// How many disjunctions may be chosen from at once, so that the stack suffices on any thread.
const DEPTH: usize = 600;

/// After how many events that contradict facts those are brought in, too, that another name in its place would contradict:
/// names are many, and an event of each may be found before one that can occur.
const ROUNDS: usize = 8;

/// An event of the domain that all formulas hold for. Only the facts that are `kept` are known.
pub(crate) fn satisfy(
    formulas: impl IntoIterator<Item = Formula>,
    domain: &Compiled,
    kept: impl Fn(&Fact) -> bool,
) -> Result<Outcome<String>, Unknown> {
    let mut table = Table::new();
    let mut goals: Vec<Goal> = formulas.into_iter().map(|formula| table.goal(formula)).collect();
    goals.extend(domain.domain.json.then(|| table.goal(Formula::object())));
    let mut budget = Budget::new();
    let mut open: Vec<&Fact> = domain.domain.facts.iter().filter(|fact| kept(fact)).collect();
    // Facts are brought in when an event is found that contradicts them: most have no bearing on a question.
    let mut rounds = 0;
    loop {
        let found = Search::new(&table, domain, &mut budget).run(&goals)?;
        let Outcome::Found(event) = &found else { return Ok(Outcome::Impossible) };
        let (broken, rest): (Vec<&Fact>, Vec<&Fact>) = open.iter().partition(|fact| event.contradicts(fact));
        if broken.is_empty() {
            return Ok(Outcome::Found(event.message()));
        }
        goals.extend(broken.into_iter().map(|fact| table.goal(fact.lower())));
        let (alike, rest): (Vec<&Fact>, Vec<&Fact>) =
            rest.iter().partition(|fact| rounds >= ROUNDS && event.may_contradict(fact));
        // Rather another name than what this one would ask for.
        goals.extend(alike.into_iter().map(|fact| reversed(table.goal(fact.lower()))));
        open = rest;
        rounds += 1;
    }
}

/// The same formula, of which the last member is tried first.
fn reversed(goal: Goal) -> Goal {
    match goal {
        Goal::Any(members) => Goal::Any(members.into_iter().rev().collect()),
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
    domain: &'a Compiled,
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
    goal: &'f Goal,
    /// Its members that are not false by now.
    members: Vec<&'f Goal>,
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

    fn contradicts(&self, fact: &Fact) -> bool {
        let Self::Json(json) = self else { return false };
        let given = |condition: &Condition| matches!(json.at(condition.at.steps()), Some(Json::Text(text)) if condition.one_of.contains(text));
        fact.given.iter().all(given) && self.belies(&fact.says)
    }

    /// Whether the event would contradict the fact if it had the texts on which the fact depends.
    fn may_contradict(&self, fact: &Fact) -> bool {
        !fact.given.is_empty() && self.belies(&fact.says)
    }

    /// Whether what a fact says is not so.
    fn belies(&self, says: &FactKind) -> bool {
        let Self::Json(json) = self else { return false };
        let value = json.at(says.path().steps());
        let text = match value {
            Some(Json::Text(text)) => Some(text),
            _ => None,
        };
        let is_one_of = |texts: &[String]| text.is_some_and(|text| texts.contains(text));
        match says {
            FactKind::AlwaysText(_) => text.is_none(),
            FactKind::Boolean(_) => !matches!(value, None | Some(Json::Bool(_))),
            FactKind::AlwaysBoolean(_, wanted) => value != Some(&Json::Bool(*wanted)),
            FactKind::OneOf(_, texts) => value.is_some() && !is_one_of(texts),
            FactKind::Always(_, texts) => !is_one_of(texts),
            FactKind::Absent(_) => value.is_some(),
            FactKind::Matches(_, forms) => {
                value.is_some() && !text.is_some_and(|text| forms.iter().any(|form| form.is_match(text)))
            }
        }
    }
}

impl<'a> Search<'a> {
    fn new(table: &'a Table, domain: &'a Compiled, budget: &'a mut Budget) -> Self {
        Self {
            table,
            domain,
            budget,
            known: vec![None; table.atoms.len()],
            places: vec![Place { kinds: Kinds::ANY, text: None }; table.paths.len()],
            chosen: Vec::new(),
            undo: Vec::new(),
            depth: 0,
            undecided: None,
        }
    }

    fn run(mut self, goals: &[Goal]) -> Result<Outcome<Event>, Unknown> {
        match (self.solve(goals.iter().collect())?, self.undecided) {
            (Some(event), _) => Ok(Outcome::Found(event)),
            (None, Some(unknown)) => Err(unknown),
            (None, None) => Ok(Outcome::Impossible),
        }
    }

    /// An event for the goals under what is chosen so far. Leaves the choices as they were.
    fn solve(&mut self, goals: Vec<&Goal>) -> Result<Option<Event>, Unknown> {
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
            if let Goal::Literal(atom, positive) = member
                && !self.assert(*atom, !positive)?
            {
                break;
            }
        }
        self.roll_back(mark);
        Ok(None)
    }

    /// Asserts what must hold; `None` on a contradiction, otherwise the disjunctions that are open.
    fn propagate<'f>(&mut self, mut goals: Vec<&'f Goal>) -> Result<Option<Vec<Open<'f>>>, Unknown> {
        loop {
            let before = self.chosen.len();
            let mut open: Vec<Open<'f>> = Vec::new();
            while let Some(goal) = goals.pop() {
                match goal {
                    Goal::All(members) => goals.extend(members.iter().rev()),
                    Goal::Literal(atom, positive) => {
                        if !self.assert(*atom, *positive)? {
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
    fn undecided_members<'f>(&mut self, members: &'f [Goal]) -> Result<Option<Vec<&'f Goal>>, Unknown> {
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
            Goal::Literal(atom, positive) => return Ok(self.value(*atom)?.map(|value| value == *positive)),
            Goal::All(members) => (members, false),
            Goal::Any(members) => (members, true),
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
        let Atom::At(_, test) = &info.atom else { return Ok(None) };
        let Some(place) = self.places.get(info.path).copied() else { return Ok(None) };
        let kinds = if self.reachable(info.path) { place.kinds } else { Kinds::MISSING };
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
            Atom::At(_, test) => {
                let kinds = if positive { info.sure | info.perhaps } else { !info.sure };
                let text = match test {
                    Test::Text(Texts::OneOf(texts)) | Test::String(Texts::OneOf(texts)) if positive => sole(texts),
                    Test::NotText(Texts::OneOf(texts)) if !positive => sole(texts),
                    _ => None,
                };
                Ok(self.restrict(info.path, kinds, text))
            }
            Atom::Child { array, .. } if positive => {
                let kinds = if *array { Kinds::ARRAY } else { Kinds::ARRAY | Kinds::OBJECT };
                Ok(self.restrict(info.path, kinds, None))
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
        let choice = Choice { table: self.table, domain: self.domain, literals: &self.chosen };
        let json = choice.literals.iter().any(|(atom, positive)| {
            *positive && self.table.atoms.get(*atom).is_some_and(|info| info.atom == Atom::Object)
        });
        let outcome = if json {
            event_builder::event(&choice, self.budget).map(|outcome| outcome.map(Event::Json))
        } else {
            message::event(&choice, self.budget).map(|outcome| outcome.map(Event::Text))
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
