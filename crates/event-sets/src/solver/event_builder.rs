//! The JSON event for a choice of literals.
//!
//! The literals are laid out over a tree of places. Every literal about a place without wildcards restricts the value
//! there alone, and literals on places below one another only ask for containers, so each place can be solved by itself,
//! from the leaves up. "Some element or member is …" is given a fresh member, or an element where only an array will do;
//! "no element or member is …" restricts every one that the tree has.

mod likeness;
mod source;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::choice::{Budget, Choice, Outcome, ValueKey};
use super::goal::Place;
use super::named::Named;
use super::premises::Premises;
use super::text_constraints::TextConstraints;
use super::{number_solver, text_solver};
use crate::formula::{Atom, Test};
use crate::json::Json;
use crate::kinds::Kinds;
use crate::number::Op;
use crate::path::Step;
use crate::text::Texts;
use crate::verdict::Unknown;

/// The longest array that a witness is built with.
const LONGEST_ARRAY: u32 = 200;

/// An event for the choice, which includes that the message is a JSON object.
pub(super) fn event(choice: &Choice<'_>, budget: &mut Budget) -> Result<Outcome<Json>, Unknown> {
    let constraints = TextConstraints::of(choice);
    let avoid: Vec<Texts> = constraints.lacks.iter().filter_map(|text| values_with(text)).collect();
    let builder = EventBuilder::of(choice, &avoid);
    let template = builder.most_like(choice.premises.templates());
    if constraints.is_empty() {
        return EventBuilder { is_kept: true, ..builder }.place(template, budget);
    }
    let Outcome::Found(plain) = builder.clone().place(template, budget)? else { return Ok(Outcome::Impossible) };
    let Err(disagreement) = constraints.agrees_with(&plain.to_string()) else { return Ok(Outcome::Found(plain)) };
    // Texts that the message must contain go into members of their own.
    let written = plain.to_string();
    let wanting = constraints.has.iter().filter(|text| !written.contains(**text));
    let contained: Vec<Test> = wanting.filter_map(|text| values_with(text)).map(Test::String).collect();
    for place in builder.note_places() {
        let mut builder = builder.clone();
        let parent = place.iter().fold(0, |node, step| builder.child(node, step));
        for test in &contained {
            let Some(key) = builder.fresh_key(parent, "note", budget)? else { return Err(disagreement) };
            builder.insert(parent, &[Step::Key(key)], test, true);
        }
        match builder.place(template, budget)? {
            Outcome::Found(event) if constraints.agrees_with(&event.to_string()).is_ok() => {
                return Ok(Outcome::Found(event));
            }
            _ => {}
        }
    }
    Err(disagreement)
}

/// The string values and keys that put a text into a JSON event, however it is spaced; `None` if it holds more of what
/// JSON escapes than a quote at either end.
fn values_with(text: &str) -> Option<Texts> {
    let start = text.strip_prefix('"');
    let inner = start.unwrap_or(text);
    let end = inner.strip_suffix('"');
    let plain = end.unwrap_or(inner);
    if plain.is_empty() || plain.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return None;
    }
    Some(match (start.is_some(), end.is_some()) {
        (true, true) => Texts::OneOf(vec![plain.to_owned()]),
        (true, false) => Texts::starting(plain),
        (false, true) => Texts::ending(plain),
        (false, false) => Texts::containing(plain),
    })
}

type NodeId = usize;

#[derive(Clone, Debug)]
struct EventBuilder<'a> {
    nodes: Vec<Node<'a>>,
    /// "Some child" that have no place yet.
    unplaced: Vec<(NodeId, ChildTest<'a>)>,
    /// What no string and no key may be, because the message must not contain it.
    avoid: &'a [Texts],
    premises: &'a Premises,
    /// What the required set names, if a witness may hold only values that are known to occur.
    named: Option<&'a Named>,
    /// Whether the budget may keep the values: all that is asked of them is asked by the question, and nothing is avoided.
    is_kept: bool,
}

/// A place, and what is asked of the value there.
#[derive(Clone, Debug)]
struct Node<'a> {
    kinds: Kinds,
    /// Tests that depend on the value, with their polarity.
    tests: Vec<(&'a Test, bool)>,
    members: BTreeMap<String, NodeId>,
    elements: BTreeMap<u32, NodeId>,
    /// What no child may be.
    none: Vec<ChildTest<'a>>,
}

/// A condition on something below every child of a place.
#[derive(Clone, Copy, Debug)]
struct ChildTest<'a> {
    rest: &'a [Step],
    test: &'a Test,
    array: bool,
}

impl<'a> EventBuilder<'a> {
    fn of(choice: &Choice<'a>, avoid: &'a [Texts]) -> Self {
        let mut builder = Self {
            nodes: vec![Node::new(Kinds::OBJECT)],
            unplaced: vec![],
            avoid,
            premises: choice.premises,
            named: choice.named,
            is_kept: false,
        };
        let mut at = BTreeMap::from([(0, 0)]);
        for (info, positive) in choice.literals {
            match &info.atom {
                Atom::At(_, test) => {
                    let node = builder.node_at(&info.place, &mut at);
                    builder.restrict(node, test, *positive);
                }
                Atom::Child { rest, test, array, .. } => {
                    let node = builder.node_at(&info.place, &mut at);
                    let wild = ChildTest { rest: rest.steps(), test, array: *array };
                    if *positive {
                        builder.unplaced.push((node, wild));
                    } else if let Some(node) = builder.nodes.get_mut(node) {
                        node.none.push(wild);
                    }
                }
                _ => {}
            }
        }
        builder.unplaced.reverse();
        builder
    }

    fn node_at(&mut self, place: &Place, at: &mut BTreeMap<usize, NodeId>) -> NodeId {
        if let Some(node) = at.get(&place.id) {
            return *node;
        }
        let Some((parent, step)) = &place.parent else { return 0 };
        let parent = self.node_at(parent, at);
        let node = self.child(parent, step);
        at.insert(place.id, node);
        node
    }

    /// The node one step below another, made if there is none.
    fn child(&mut self, parent: NodeId, step: &Step) -> NodeId {
        let fresh = self.nodes.len();
        let Some(node) = self.nodes.get_mut(parent) else { return fresh };
        let child = match step {
            Step::Key(key) => *node.members.entry(key.clone()).or_insert(fresh),
            Step::Index(index) => *node.elements.entry(*index).or_insert(fresh),
            Step::Any => return fresh,
        };
        if child == fresh {
            self.nodes.push(Node::new(Kinds::ANY));
        }
        child
    }

    fn insert(&mut self, node: NodeId, steps: &[Step], test: &'a Test, positive: bool) {
        let node = steps.iter().fold(node, |node, step| self.child(node, step));
        self.restrict(node, test, positive);
    }

    fn restrict(&mut self, node: NodeId, test: &'a Test, positive: bool) {
        let Some(node) = self.nodes.get_mut(node) else { return };
        let (sure, perhaps) = test.kinds();
        node.kinds = node.kinds & if positive { sure | perhaps } else { !sure };
        if node.kinds.meets(perhaps) {
            node.tests.push((test, positive));
        }
    }

    /// A key that no member has and that the message may contain: the wanted one or one like it if possible.
    fn fresh_key(&self, node: NodeId, wanted: &str, budget: &mut Budget) -> Result<Option<String>, Unknown> {
        let Some(node) = self.nodes.get(node) else { return Ok(None) };
        let numbered = (2..node.members.len() + 2).map(|n| format!("{wanted}{n}"));
        let like: Vec<String> = [wanted.to_owned()].into_iter().chain(numbered).chain(["x".to_owned()]).collect();
        let taken = Texts::OneOf(node.members.keys().cloned().collect());
        let unwanted: Vec<_> = self.avoid.iter().chain([&taken]).map(|texts| (texts, false)).collect();
        text_solver::solve(&unwanted, &like.iter().map(String::as_str).collect::<Vec<_>>(), budget)
    }

    /// Finds a child for each "some child" in turn, trying every one that makes a difference, and then the values.
    fn place(mut self, template: &Json, budget: &mut Budget) -> Result<Outcome<Json>, Unknown> {
        budget.spend(1 + self.nodes.len() as u64)?;
        let Some((node, wild)) = self.unplaced.pop() else { return self.solve(template, budget) };
        let mut unknown = None;
        for host in self.hosts(node, wild, budget)? {
            let mut tried = self.clone();
            let child = tried.child(node, &host);
            tried.restrict(child, PRESENT, true);
            tried.insert(child, wild.rest, wild.test, true);
            match tried.place(template, budget) {
                Ok(Outcome::Impossible) => {}
                Err(Unknown::Steps) => return Err(Unknown::Steps),
                Err(reason) => unknown = Some(reason),
                found => return found,
            }
        }
        unknown.map_or(Ok(Outcome::Impossible), Err)
    }

    /// The steps to children that can take in a "some child": a fresh member, or any element up to a fresh one.
    fn hosts(&self, node: NodeId, wild: ChildTest<'a>, budget: &mut Budget) -> Result<Vec<Step>, Unknown> {
        let Some(Node { kinds, elements, .. }) = self.nodes.get(node) else { return Ok(vec![]) };
        let mut hosts = Vec::new();
        if kinds.meets(Kinds::OBJECT) && !wild.array {
            hosts.extend(self.fresh_key(node, "item", budget)?.map(Step::Key));
        }
        if kinds.meets(Kinds::ARRAY) {
            // Elements that nothing else is asked of are alike: the first such will do, below and above what is asked.
            let above = elements.keys().next_back().map_or(0, |last| last.saturating_add(1));
            let between = (0..above).find(|index| !elements.contains_key(index));
            hosts.extend(elements.keys().copied().chain(between).chain([above]).map(Step::Index));
        }
        Ok(hosts)
    }

    fn solve(mut self, template: &Json, budget: &mut Budget) -> Result<Outcome<Json>, Unknown> {
        self.spread(0, Some(template));
        let mut path = Vec::new();
        Ok(match self.value(0, Some(template), false, &mut path, budget)? {
            Some(Some(event)) => Outcome::Found(event),
            _ => Outcome::Impossible,
        })
    }

    /// Asks of each child what none may be, from the root down. Where something is asked of every child, the members of
    /// the template are among them.
    fn spread(&mut self, node: NodeId, template: Option<&Json>) {
        let Some(none) = self.nodes.get(node).map(|node| node.none.clone()) else { return };
        if let (false, Some(Json::Object(members))) = (none.is_empty(), template) {
            for (key, _) in members {
                self.child(node, &Step::Key(key.clone()));
            }
        }
        let Some(Node { members, elements, .. }) = self.nodes.get(node).cloned() else { return };
        for wild in none {
            for child in members.values().filter(|_| !wild.array).chain(elements.values()) {
                self.insert(*child, wild.rest, wild.test, false);
            }
        }
        for (key, child) in members {
            let step = [Step::Key(key)];
            self.spread(child, template.and_then(|t| t.at(&step)));
        }
        for child in elements.into_values() {
            self.spread(child, None);
        }
    }

    /// A value for a node, `Some(None)` if there should be none; `None` if there can be neither. With `present`, there
    /// must be one.
    fn value(
        &self,
        id: NodeId,
        template: Option<&Json>,
        present: bool,
        path: &mut Vec<Step>,
        budget: &mut Budget,
    ) -> Result<Option<Option<Json>>, Unknown> {
        budget.spend(1)?;
        let Some(node) = self.nodes.get(id) else { return Ok(Some(None)) };
        let mut kinds = if present { node.kinds & Kinds::PRESENT } else { node.kinds };
        if matches!(path.last(), Some(Step::Key(key)) if self.avoid.iter().any(|texts| texts.contains(key))) {
            kinds = kinds & Kinds::MISSING;
        }
        kinds = kinds & !self.avoided_words();
        if node.members.values().any(|child| self.required(*child)) {
            kinds = kinds & Kinds::OBJECT;
        }
        if node.elements.values().any(|child| self.required(*child)) {
            kinds = kinds & Kinds::ARRAY;
        }
        if let Some(kept) = template.filter(|kept| !matches!(kept, Json::Object(_)) && self.admits(node, kinds, kept)) {
            return Ok(Some(Some(kept.clone())));
        }
        let keep_object = matches!(template, Some(Json::Object(_))) && kinds.meets(Kinds::OBJECT);
        // A place that the template fills stays filled if it can be, and another text reads better than none at all,
        // but for members of the event itself, of which a template has all that are usual; otherwise the smallest event
        // has nothing there.
        if template.is_none() && kinds.meets(Kinds::MISSING) {
            if path.len() == 1 && !self.premises.templates().is_empty() {
                return Ok(Some(None));
            }
            let text = kinds.meets(Kinds::TEXT) && self.differs(id);
            let text = if text { self.value_of_kind(Kinds::TEXT, node, None, path, budget) } else { Ok(None) };
            let object = matches!(text, Ok(None)) && kinds.meets(Kinds::OBJECT) && self.differs_below(id);
            return match text {
                Err(Unknown::Steps) => Err(Unknown::Steps),
                _ if object => Ok(Some(self.object(node, None, path, budget)?)),
                text => Ok(Some(text.unwrap_or_default())),
            };
        }
        let mut unknown = None;
        let order = if keep_object { [Kinds::OBJECT, Kinds::TEXT] } else { [Kinds::TEXT, Kinds::OBJECT] };
        for kind in order.into_iter().chain(OTHER_KINDS).filter(|kind| kinds.meets(*kind)) {
            match self.value_of_kind(kind, node, template, path, budget) {
                Ok(Some(value)) => return Ok(Some(Some(value))),
                Ok(None) => {}
                Err(Unknown::Steps) => return Err(Unknown::Steps),
                Err(reason) => unknown = Some(reason),
            }
        }
        match unknown {
            _ if kinds.meets(Kinds::MISSING) => Ok(Some(None)),
            Some(reason) => Err(reason),
            None => Ok(None),
        }
    }

    fn value_of_kind(
        &self,
        kind: Kinds,
        node: &Node<'a>,
        template: Option<&Json>,
        path: &mut Vec<Step>,
        budget: &mut Budget,
    ) -> Result<Option<Json>, Unknown> {
        match kind {
            Kinds::TEXT => {
                Ok(self.kept(kind, node, path, budget, |budget| self.text(node, path, budget))?.map(Json::Text))
            }
            _ => {
                let value = self.value_without_text(kind, node, template, path, budget)?;
                value.map(|value| self.of_known_kind(value, node, path)).transpose()
            }
        }
    }

    /// What `solve` finds for the node, kept for when the same is asked again.
    fn kept(
        &self,
        kind: Kinds,
        node: &Node<'a>,
        path: &[Step],
        budget: &mut Budget,
        solve: impl FnOnce(&mut Budget) -> Result<Option<String>, Unknown>,
    ) -> Result<Option<String>, Unknown> {
        // One test is soon done with.
        if !self.is_kept || node.tests.len() < 2 {
            return solve(budget);
        }
        budget.value(ValueKey::new(path, kind, self.named.is_some(), &node.tests), solve)
    }

    fn text(&self, node: &Node<'a>, path: &[Step], budget: &mut Budget) -> Result<Option<String>, Unknown> {
        let avoid = self.avoid.iter().map(|texts| (texts, false));
        let tests = node.tests.iter().filter_map(|(test, positive)| texts_of(test, *positive));
        let owned: Vec<_> = tests.collect();
        let wanted: Vec<_> = owned.iter().map(|(texts, inside)| (texts.as_ref(), *inside)).chain(avoid).collect();
        let text = text_solver::solve(&wanted, self.premises.hints(path), budget)?;
        text.map(|text| self.with_source(text, &wanted, path, budget)).transpose()
    }

    fn value_without_text(
        &self,
        kind: Kinds,
        node: &Node<'a>,
        template: Option<&Json>,
        path: &mut Vec<Step>,
        budget: &mut Budget,
    ) -> Result<Option<Json>, Unknown> {
        match kind {
            Kinds::NUMBER => {
                let solve = |budget: &mut Budget| number_solver::solve(&node.tests, budget);
                Ok(self.kept(kind, node, path, budget, solve)?.map(Json::Number))
            }
            Kinds::OBJECT => self.object(node, template, path, budget),
            Kinds::ARRAY => self.array(node, path, budget),
            Kinds::NULL => Ok(Some(Json::Null)),
            Kinds::TRUE => Ok(Some(Json::Bool(true))),
            Kinds::FALSE => Ok(Some(Json::Bool(false))),
            Kinds::INFINITE => Ok(Some(Json::Number("1e999".to_owned()))),
            Kinds::MINUS_INFINITE => Ok(Some(Json::Number("-1e999".to_owned()))),
            _ => Ok(None),
        }
    }

    /// The template's members with what is asked of some of them.
    fn object(
        &self,
        node: &Node<'a>,
        template: Option<&Json>,
        path: &mut Vec<Step>,
        budget: &mut Budget,
    ) -> Result<Option<Json>, Unknown> {
        let template = if let Some(Json::Object(members)) = template { members.as_slice() } else { &[] };
        let mut object = Vec::new();
        let given = template.iter().map(|(key, value)| (key, Some(value), node.members.get(key)));
        let new = node.members.iter().filter(|(key, _)| !template.iter().any(|(k, _)| k == *key));
        for (key, kept, child) in given.chain(new.map(|(key, child)| (key, None, Some(child)))) {
            let Some(child) = child else {
                object.extend(kept.and_then(|kept| self.without_avoided(key, kept)).map(|kept| (key.clone(), kept)));
                continue;
            };
            path.push(Step::Key(key.clone()));
            let value = self.value(*child, kept, false, path, budget);
            path.pop();
            match value? {
                Some(value) => object.extend(value.map(|value| (key.clone(), value))),
                None => return Ok(None),
            }
        }
        Ok(Some(Json::Object(object)))
    }

    fn array(&self, node: &Node<'a>, path: &mut Vec<Step>, budget: &mut Budget) -> Result<Option<Json>, Unknown> {
        let length = node
            .elements
            .iter()
            .filter(|(_, child)| self.required(**child))
            .map(|(index, _)| index.saturating_add(1))
            .max()
            .unwrap_or(0);
        if length > LONGEST_ARRAY {
            return Err(Unknown::TooLarge("an array"));
        }
        let no_children = node.none.iter().any(|wild| wild.rest.is_empty() && wild.test.kinds().0.meets(Kinds::OBJECT));
        let mut array = Vec::new();
        for index in 0..length {
            let element = match node.elements.get(&index) {
                Some(child) => {
                    path.push(Step::Index(index));
                    let value = self.value(*child, None, true, path, budget);
                    path.pop();
                    value?.flatten()
                }
                None => (!no_children).then(|| Json::Object(vec![])),
            };
            let Some(element) = element else { return Ok(None) };
            array.push(element);
        }
        Ok(Some(Json::Array(array)))
    }

    /// The kinds whose one value is a word with a text in it that the message must not contain.
    fn avoided_words(&self) -> Kinds {
        let anywhere = |texts: &&Texts| matches!(texts, Texts::Glob(glob) if glob.open_start && glob.open_end);
        let avoided = |word| self.avoid.iter().filter(anywhere).any(|texts| texts.contains(word));
        let words = [("true", Kinds::TRUE), ("false", Kinds::FALSE), ("null", Kinds::NULL)];
        words.into_iter().filter(|(word, _)| avoided(word)).fold(Kinds::NONE, |kinds, (_, kind)| kinds | kind)
    }

    /// Whether there must be a value at the node.
    fn required(&self, id: NodeId) -> bool {
        self.nodes.get(id).is_some_and(|node| {
            !node.kinds.meets(Kinds::MISSING)
                || node.members.values().chain(node.elements.values()).any(|child| self.required(*child))
        })
    }

    /// Whether a text is excluded at the node, so that another one would show what is amiss.
    fn differs(&self, id: NodeId) -> bool {
        let excludes = |(test, positive): &(&Test, bool)| !positive && matches!(test, Test::Text(_) | Test::String(_));
        self.nodes.get(id).is_some_and(|node| node.tests.iter().any(excludes))
    }

    fn differs_below(&self, id: NodeId) -> bool {
        let below = |child: &NodeId| self.differs(*child) || self.differs_below(*child);
        self.nodes.get(id).is_some_and(|node| node.members.values().any(below))
    }

    /// Whether the template's scalar can stay at the node.
    fn admits(&self, node: &Node<'a>, kinds: Kinds, kept: &Json) -> bool {
        match kept {
            Json::Null => kinds.meets(Kinds::NULL),
            Json::Bool(true) => kinds.meets(Kinds::TRUE),
            Json::Bool(false) => kinds.meets(Kinds::FALSE),
            Json::Text(text) => {
                kinds.meets(Kinds::TEXT)
                    && node.tests.iter().all(|(test, positive)| test.holds_of(text) == *positive)
                    && !self.avoid.iter().any(|texts| texts.contains(text))
            }
            Json::Number(_) | Json::Array(_) | Json::Object(_) => false,
        }
    }

    /// The template's value without what the message must not contain; `None` if nothing is left.
    fn without_avoided(&self, key: &str, kept: &Json) -> Option<Json> {
        let avoided = |text: &str| self.avoid.iter().any(|texts| texts.contains(text));
        match kept {
            _ if avoided(key) => None,
            Json::Text(text) if avoided(text) => None,
            Json::Object(members) => Some(Json::Object(
                members
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), self.without_avoided(key, value)?)))
                    .collect(),
            )),
            other => Some(other.clone()),
        }
    }
}

impl Node<'_> {
    fn new(kinds: Kinds) -> Self {
        Self { kinds, tests: vec![], members: BTreeMap::new(), elements: BTreeMap::new(), none: vec![] }
    }
}

/// What a test with its polarity asks of a string.
fn texts_of(test: &Test, positive: bool) -> Option<(Cow<'_, Texts>, bool)> {
    Some(match test {
        Test::Text(texts) | Test::String(texts) | Test::MissingOr(texts) => (Cow::Borrowed(texts), positive),
        Test::NotText(texts) | Test::Except(texts, _) => (Cow::Borrowed(texts), !positive),
        Test::Number(op @ (Op::Eq | Op::Ne), _, literal) => {
            (Cow::Owned(Texts::OneOf(vec![literal.clone()])), positive == (*op == Op::Eq))
        }
        Test::Number(..) | Test::Within(_) | Test::Kind(_) => return None,
    })
}

static PRESENT: &Test = &Test::Kind(Kinds::PRESENT);

const OTHER_KINDS: [Kinds; 7] =
    [Kinds::TRUE, Kinds::FALSE, Kinds::NUMBER, Kinds::NULL, Kinds::ARRAY, Kinds::INFINITE, Kinds::MINUS_INFINITE];
