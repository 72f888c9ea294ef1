//! The domain, made ready for every question: the facts by what they hang on, the templates, and the known texts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use super::goal::{Atoms, Goal};
use super::named::Named;
use super::search::Event;
use crate::domain::{Domain, Fact, FactKind};
use crate::json::{Json, objects};
use crate::kinds::Kinds;
use crate::path::{Path, Step};
use crate::text::Texts;

/// The place of a fact in the domain.
pub(crate) type FactId = usize;

/// A domain made ready.
#[derive(Debug)]
pub(crate) struct Premises {
    domain: Domain,
    index: OnceLock<Index>,
    templates: OnceLock<Vec<Json>>,
    hints: OnceLock<HashMap<Path, Vec<String>>>,
    known: OnceLock<HashMap<Path, Known>>,
    /// The places at which, or below which, something is known to occur, or callers choose.
    sourced: OnceLock<HashSet<Path>>,
}

/// What is known to occur at a place.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) texts: Vec<String>,
    /// Forms of texts.
    pub(super) forms: Vec<Texts>,
    /// Kinds of other values.
    pub(super) kinds: Kinds,
}

static NOTHING_KNOWN: Known = Known { texts: vec![], forms: vec![], kinds: Kinds::NONE };

/// The facts by what has to be looked at to see whether an event contradicts them.
#[derive(Debug, Default)]
struct Index {
    /// Those without conditions.
    always: Vec<FactId>,
    /// The others, by the place and the text of their narrowest condition.
    given: Vec<(Path, HashMap<String, Vec<FactId>>)>,
}

/// The facts as goals, each made when it is first needed.
#[derive(Debug)]
pub(crate) struct FactGoals(Vec<OnceLock<Goal>>);

impl Premises {
    pub(crate) fn new(domain: Domain) -> Self {
        Self {
            domain,
            index: OnceLock::new(),
            templates: OnceLock::new(),
            hints: OnceLock::new(),
            known: OnceLock::new(),
            sourced: OnceLock::new(),
        }
    }

    pub(crate) fn domain(&self) -> &Domain {
        &self.domain
    }

    /// The templates, as witnesses are built from them.
    pub(super) fn templates(&self) -> &[Json] {
        self.templates.get_or_init(|| objects(&self.domain.exemplars.templates))
    }

    /// Texts that are known to occur at a place: usual ones first, then those that facts name.
    pub(super) fn hints(&self, steps: &[Step]) -> &[String] {
        self.hints.get_or_init(|| hints(&self.domain)).get(steps).map_or(&[], Vec::as_slice)
    }

    /// Whether a witness may hold only values that are known to occur, but for those that callers choose.
    pub(crate) fn asks_for_sources(&self) -> bool {
        !self.domain.exemplars.free.is_empty()
    }

    /// Whether callers choose what is at the place.
    pub(super) fn is_free(&self, steps: &[Step]) -> bool {
        self.domain.exemplars.free.iter().any(|free| free.leads_to(steps))
    }

    /// What is known to occur at a place.
    pub(super) fn known(&self, steps: &[Step]) -> &Known {
        self.known.get_or_init(|| self.all_known()).get(steps).unwrap_or(&NOTHING_KNOWN)
    }

    /// The places that goals look at and where nothing is known to occur, whatever is asked: by number, and by path.
    pub(super) fn without_source(&self, goals: &[Goal], named: &Named) -> (Vec<usize>, Vec<Path>) {
        let mut places: BTreeMap<usize, &Path> = BTreeMap::new();
        goals.iter().for_each(|goal| goal.places(&mut places));
        places.retain(|id, path| *id != 0 && !self.has_source(path, named));
        places.into_iter().map(|(id, path)| (id, path.clone())).unzip()
    }

    /// Whether a goal looks at a place where nothing is known to occur.
    pub(crate) fn looks_beyond(&self, goal: &Goal, named: &Named) -> bool {
        !self.without_source(std::slice::from_ref(goal), named).0.is_empty()
    }

    fn has_source(&self, path: &Path, named: &Named) -> bool {
        let sourced = self.sourced.get_or_init(|| self.all_sourced());
        sourced.contains(path) || self.is_free(path.steps()) || named.touches(path.steps())
    }

    fn all_sourced(&self) -> HashSet<Path> {
        let known = self.known.get_or_init(|| self.all_known()).iter();
        let known = known.filter(|(_, known)| known.is_something()).map(|(path, _)| path);
        let free = &self.domain.exemplars.free;
        let starts =
            known.chain(free).flat_map(|path| (0..=path.steps().len()).filter_map(|end| path.steps().get(..end)));
        starts.filter_map(|steps| Path::new(steps.to_vec())).collect()
    }

    fn all_known(&self) -> HashMap<Path, Known> {
        let hints = self.hints.get_or_init(|| hints(&self.domain));
        let known = |texts: &Vec<String>| Known { texts: texts.clone(), ..Known::default() };
        let mut all: HashMap<Path, Known> = hints.iter().map(|(path, texts)| (path.clone(), known(texts))).collect();
        for Fact { says, .. } in &self.domain.facts {
            let known = all.entry(says.path().clone()).or_default();
            match says {
                FactKind::Matches(_, forms) => known.forms.extend(forms.iter().cloned().map(Texts::from)),
                FactKind::Boolean(_) => known.kinds = known.kinds | Kinds::TRUE | Kinds::FALSE,
                FactKind::AlwaysBoolean(_, value) => {
                    known.kinds = known.kinds | if *value { Kinds::TRUE } else { Kinds::FALSE };
                }
                FactKind::AlwaysText(_) | FactKind::OneOf(..) | FactKind::Always(..) | FactKind::Absent(_) => {}
            }
        }
        let mut steps = Vec::new();
        self.templates().iter().for_each(|template| learn(template, &mut steps, &mut all));
        all
    }

    /// The facts that the event contradicts, in their order.
    pub(super) fn contradicted(&self, event: &Event) -> Vec<FactId> {
        let Event::Json(json) = event else { return vec![] };
        let index = self.index.get_or_init(|| Index::of(&self.domain.facts));
        let mut candidates: Vec<FactId> = index.always.clone();
        for (path, facts) in &index.given {
            if let Some(Json::Text(text)) = json.at(path.steps()) {
                candidates.extend(facts.get(text).into_iter().flatten());
            }
        }
        candidates.sort_unstable();
        candidates.retain(|id| self.domain.facts.get(*id).is_some_and(|fact| contradicts(json, fact)));
        candidates
    }

    /// The facts that the event would contradict if it had the texts on which they hang.
    pub(super) fn perhaps_contradicted(&self, event: &Event) -> Vec<FactId> {
        let Event::Json(json) = event else { return vec![] };
        let facts = self.domain.facts.iter().enumerate();
        facts.filter(|(_, fact)| !fact.given.is_empty() && belies(json, &fact.says)).map(|(id, _)| id).collect()
    }
}

impl Known {
    fn is_something(&self) -> bool {
        !self.texts.is_empty() || !self.forms.is_empty() || !self.kinds.is_empty()
    }
}

impl Default for Known {
    fn default() -> Self {
        Self { texts: vec![], forms: vec![], kinds: Kinds::NONE }
    }
}

impl Index {
    fn of(facts: &[Fact]) -> Self {
        let mut index = Self::default();
        for (id, fact) in facts.iter().enumerate() {
            let Some(narrowest) = fact.given.iter().min_by_key(|condition| condition.one_of.len()) else {
                index.always.push(id);
                continue;
            };
            let at = index.given.iter().position(|(path, _)| *path == narrowest.at).unwrap_or_else(|| {
                index.given.push((narrowest.at.clone(), HashMap::new()));
                index.given.len() - 1
            });
            if let Some((_, by_text)) = index.given.get_mut(at) {
                for text in &narrowest.one_of {
                    by_text.entry(text.clone()).or_default().push(id);
                }
            }
        }
        index
    }
}

impl FactGoals {
    pub(crate) fn new(count: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(count).collect())
    }

    /// The fact as a goal.
    pub(super) fn get(&self, id: FactId, premises: &Premises, atoms: &Atoms) -> Goal {
        let make = || premises.domain.facts.get(id).map_or_else(Goal::always, |fact| atoms.goal(fact.lower()));
        self.0.get(id).map_or_else(make, |goal| goal.get_or_init(make).clone())
    }
}

/// Adds what a template has at each place.
fn learn(value: &Json, steps: &mut Vec<Step>, all: &mut HashMap<Path, Known>) {
    let kind = value.kind();
    if let Some(path) = Path::new(steps.clone()) {
        let known = all.entry(path).or_default();
        known.kinds = known.kinds | kind;
        if let Json::Text(text) = value {
            known.texts.push(text.clone());
        }
    }
    let mut inside = |step: Step, value: &Json| {
        steps.push(step);
        learn(value, steps, all);
        steps.pop();
    };
    match value {
        Json::Object(members) => members.iter().for_each(|(key, value)| inside(Step::Key(key.clone()), value)),
        Json::Array(elements) => elements.iter().zip(0..).for_each(|(value, at)| inside(Step::Index(at), value)),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::Number(_) => {}
    }
}

fn hints(domain: &Domain) -> HashMap<Path, Vec<String>> {
    let mut hints: HashMap<Path, Vec<String>> = HashMap::new();
    let mut add = |at: &Path, texts: &[String]| match hints.get_mut(at) {
        Some(known) => known.extend_from_slice(texts),
        None => _ = hints.insert(at.clone(), texts.to_vec()),
    };
    domain.exemplars.usual.iter().for_each(|(at, texts)| add(at, texts));
    domain.facts.iter().flat_map(|fact| &fact.given).for_each(|condition| add(&condition.at, &condition.one_of));
    domain.facts.iter().for_each(|fact| add(fact.says.path(), fact.says.texts()));
    hints
}

fn contradicts(event: &Json, fact: &Fact) -> bool {
    let mut given = fact.given.iter();
    given.all(
        |condition| matches!(event.at(condition.at.steps()), Some(Json::Text(text)) if condition.one_of.contains(text)),
    ) && belies(event, &fact.says)
}

/// Whether what a fact says is not so of the event.
fn belies(event: &Json, says: &FactKind) -> bool {
    let value = event.at(says.path().steps());
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
