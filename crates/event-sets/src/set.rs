//! Sets of events.

mod contains;
mod mentions;

use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use self::contains::Contains;
use crate::formula::{Bound, Formula, Test};
use crate::hash::{FastHash, FastHasher};
use crate::kinds::Kinds;
use crate::language::{AnyLanguage, Language, Reading};
use crate::path::Path;
use crate::text::Texts;

/// A set of events: log messages, most of them JSON objects.
///
/// Sets are built from patterns of a [`Language`], from simple conditions on JSON events, and from other sets. A set is
/// cheap to clone. Two sets are equal if they are built alike, which is known fast: whether they hold the same events is
/// a question for a [`Prover`](crate::Prover).
#[derive(Clone)]
pub struct EventSet(Arc<Inner>);

struct Inner {
    node: Node,
    hash: u64,
    /// One for each reading.
    contains: [OnceLock<Contains>; 2],
    /// The sets that it is best split into, each with its name.
    parts: OnceLock<Vec<(EventSet, String)>>,
}

/// How a set is built.
pub(crate) enum Node {
    Everything,
    Nothing,
    Pattern(Box<dyn AnyLanguage>),
    Text { at: Path, how: TextMatch, values: Vec<String> },
    Boolean(Path, bool),
    Present(Path),
    Not(EventSet),
    All(Vec<EventSet>),
    Any(Vec<EventSet>),
}

/// How a text is compared in [`EventSet::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextMatch {
    /// The whole text.
    Equals,
    /// Its beginning.
    StartsWith,
    /// Its end.
    EndsWith,
}

impl EventSet {
    /// Every event.
    pub fn everything() -> Self {
        Self::new(Node::Everything)
    }

    /// No event.
    pub fn nothing() -> Self {
        Self::new(Node::Nothing)
    }

    /// The events that a pattern matches.
    pub fn of(pattern: impl Language) -> Self {
        Self::new(Node::Pattern(Box::new(pattern)))
    }

    /// The JSON events that have a string at this place that compares so with one of the values. The values are exact:
    /// `*` is an asterisk.
    pub fn text(at: Path, how: TextMatch, values: Vec<String>) -> Self {
        Self::new(Node::Text { at, how, values })
    }

    /// The JSON events whose value at this place is this boolean.
    pub fn boolean(at: Path, value: bool) -> Self {
        Self::new(Node::Boolean(at, value))
    }

    /// The JSON events that have a value at this place, `null` included.
    pub fn present(at: Path) -> Self {
        Self::new(Node::Present(at))
    }

    /// The events that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        match self.node() {
            Node::Everything => Self::nothing(),
            Node::Nothing => Self::everything(),
            Node::Not(inner) => inner.clone(),
            _ => Self::new(Node::Not(self.clone())),
        }
    }

    /// The events that are in all of the sets; every event, if there is none.
    pub fn all(sets: impl IntoIterator<Item = Self>) -> Self {
        let mut members = Members::default();
        for set in sets {
            match set.node() {
                Node::Everything => {}
                Node::Nothing => return set,
                Node::All(inner) => inner.iter().for_each(|set| members.add(set)),
                _ => members.add(&set),
            }
        }
        members.join(Node::All).unwrap_or_else(Self::everything)
    }

    /// The events that are in one of the sets; no event, if there is none.
    pub fn any(sets: impl IntoIterator<Item = Self>) -> Self {
        let mut members = Members::default();
        for set in sets {
            match set.node() {
                Node::Nothing => {}
                Node::Everything => return set,
                Node::Any(inner) => inner.iter().for_each(|set| members.add(set)),
                _ => members.add(&set),
            }
        }
        members.join(Node::Any).unwrap_or_else(Self::nothing)
    }

    /// Whether it is built to hold every event. Another set may happen to.
    pub fn is_everything(&self) -> bool {
        matches!(self.node(), Node::Everything)
    }

    /// Whether it is built to hold no event. Another set may happen to.
    pub fn is_nothing(&self) -> bool {
        matches!(self.node(), Node::Nothing)
    }

    /// Whether the event is in the set. What it takes to tell is made ready once and kept with the set.
    pub fn contains(&self, event: &str, reading: Reading) -> bool {
        let [literal, wildcard] = &self.0.contains;
        let ready = match reading {
            Reading::Literal => literal,
            Reading::Wildcard => wildcard,
        };
        ready.get_or_init(|| Contains::new(self.node(), reading)).test(event)
    }

    /// The pattern, if the set is that of a pattern of this language.
    pub fn language<L: Language>(&self) -> Option<&L> {
        match self.node() {
            Node::Pattern(pattern) => pattern.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// What is not documented about the patterns that it is built from, in words.
    pub fn doubts(&self) -> Vec<String> {
        match self.node() {
            Node::Pattern(pattern) => pattern.doubts(),
            Node::Not(inner) => inner.doubts(),
            Node::All(members) | Node::Any(members) => members.iter().flat_map(Self::doubts).collect(),
            Node::Everything | Node::Nothing | Node::Text { .. } | Node::Boolean(..) | Node::Present(_) => vec![],
        }
    }

    /// The set as a formula.
    pub(crate) fn lower(&self, bound: Bound) -> Formula {
        let json = |body| Formula::All(vec![body, Formula::object()]);
        let kind = |at: &Path, kinds| json(Formula::at(at.clone(), Test::Kind(kinds)));
        match self.node() {
            Node::Everything => Formula::constant(true),
            Node::Nothing => Formula::constant(false),
            Node::Pattern(pattern) => pattern.lower(bound),
            Node::Text { at, how, values } => {
                let sets = match how {
                    TextMatch::Equals => vec![Texts::OneOf(values.clone())],
                    TextMatch::StartsWith => values.iter().map(|value| Texts::starting(value)).collect(),
                    TextMatch::EndsWith => values.iter().map(|value| Texts::ending(value)).collect(),
                };
                let tests = sets.into_iter().map(|texts| Formula::at(at.clone(), Test::String(texts)));
                json(Formula::Any(tests.collect()))
            }
            Node::Boolean(at, value) => kind(at, if *value { Kinds::TRUE } else { Kinds::FALSE }),
            Node::Present(at) => kind(at, Kinds::PRESENT),
            Node::Not(inner) => inner.lower(bound.opposite()).negated(),
            Node::All(members) => Formula::All(members.iter().map(|member| member.lower(bound)).collect()),
            Node::Any(members) => Formula::Any(members.iter().map(|member| member.lower(bound)).collect()),
        }
    }

    /// The sets that it is best split into, each with its name, made by `split` once.
    pub(crate) fn parts(&self, split: impl FnOnce() -> Vec<(Self, String)>) -> &[(Self, String)] {
        self.0.parts.get_or_init(split)
    }

    pub(crate) fn node(&self) -> &Node {
        &self.0.node
    }

    fn new(node: Node) -> Self {
        let mut hasher = FastHasher::default();
        node.hash(&mut hasher);
        Self(Arc::new(Inner {
            node,
            hash: hasher.finish(),
            contains: [OnceLock::new(), OnceLock::new()],
            parts: OnceLock::new(),
        }))
    }
}

/// Distinct sets, in the order in which they came.
#[derive(Default)]
struct Members {
    sets: Vec<EventSet>,
    /// The same sets, once there are more than a few.
    seen: HashSet<EventSet, FastHash>,
}

/// How many sets are a few.
const FEW: usize = 16;

impl Members {
    fn add(&mut self, set: &EventSet) {
        // Of a few it is faster to look at all.
        let is_new = if self.sets.len() < FEW {
            !self.sets.contains(set)
        } else {
            if self.seen.is_empty() {
                self.seen.extend(self.sets.iter().cloned());
            }
            self.seen.insert(set.clone())
        };
        if is_new {
            self.sets.push(set.clone());
        }
    }

    /// The one set that there is, or all of them joined; `None` if there is none.
    fn join(mut self, join: impl FnOnce(Vec<EventSet>) -> Node) -> Option<EventSet> {
        if self.sets.len() > 1 { Some(EventSet::new(join(self.sets))) } else { self.sets.pop() }
    }
}

impl TextMatch {
    pub(crate) fn holds(self, text: &str, value: &str) -> bool {
        match self {
            Self::Equals => text == value,
            Self::StartsWith => text.starts_with(value),
            Self::EndsWith => text.ends_with(value),
        }
    }
}

impl PartialEq for EventSet {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.hash == other.0.hash && self.node() == other.node())
    }
}

impl Eq for EventSet {}

impl Hash for EventSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everything, Self::Everything) | (Self::Nothing, Self::Nothing) => true,
            (Self::Pattern(one), Self::Pattern(other)) => one.equals(other.as_ref()),
            (Self::Text { at, how, values }, Self::Text { at: at2, how: how2, values: values2 }) => {
                (at, how, values) == (at2, how2, values2)
            }
            (Self::Boolean(at, value), Self::Boolean(at2, value2)) => (at, value) == (at2, value2),
            (Self::Present(at), Self::Present(at2)) => at == at2,
            (Self::Not(one), Self::Not(other)) => one == other,
            (Self::All(one), Self::All(other)) | (Self::Any(one), Self::Any(other)) => one == other,
            _ => false,
        }
    }
}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Everything | Self::Nothing => {}
            Self::Pattern(pattern) => pattern.hash(state),
            Self::Text { at, how, values } => (at, how, values).hash(state),
            Self::Boolean(at, value) => (at, value).hash(state),
            Self::Present(at) => at.hash(state),
            Self::Not(inner) => inner.hash(state),
            Self::All(members) | Self::Any(members) => members.hash(state),
        }
    }
}

impl fmt::Debug for EventSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node() {
            Node::Everything => f.write_str("everything"),
            Node::Nothing => f.write_str("nothing"),
            Node::Pattern(pattern) => f.write_str(&pattern.name()),
            Node::Text { at, how, values } => write!(f, "{at} {how:?} {values:?}"),
            Node::Boolean(at, value) => write!(f, "{at} is {value}"),
            Node::Present(at) => write!(f, "{at} exists"),
            Node::Not(inner) => write!(f, "not {inner:?}"),
            Node::All(members) => f.debug_tuple("all").field(members).finish(),
            Node::Any(members) => f.debug_tuple("any").field(members).finish(),
        }
    }
}
