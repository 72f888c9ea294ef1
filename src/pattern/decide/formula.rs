//! Predicates as and/or trees over atoms, the simplest conditions on an event.
//!
//! Negation is pushed down to the atoms: `!=` is not the negation of `=` in this language, so what is negated is always
//! a whole atom. Where AWS does not document what a literal means, an atom is made larger or smaller than it may be, so
//! that the formula is a [`Bound`] of the set in question.

use std::collections::{BTreeSet, HashMap};

use super::kinds::Kinds;
use super::world::Says;
use super::{Predicate, TextMatch};
use crate::pattern::ast::{
    Condition, Entry, Expr, Literal, Op, Step, Term, TermKind, Test as Asked, TextLiteral, Tree,
};
use crate::pattern::glob::{Glob, Reading};
use crate::pattern::number::{Decimal, JsonNumber};
use crate::pattern::regex::Regex;

/// Which bound of a set a formula describes, where the exact set is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Only what is in the set under every reading.
    Sure,
    /// All that is in the set under some reading.
    Possible,
}

/// Literals joined by "and" and "or".
#[derive(Clone, Debug)]
pub(super) enum Formula {
    Literal(AtomId, bool),
    /// All of them; `true` if there is none.
    All(Vec<Self>),
    /// One of them; `false` if there is none.
    Any(Vec<Self>),
}

/// The place of an atom in [`Table::atoms`].
pub(super) type AtomId = usize;

/// The place of a path in [`Table::paths`]; 0 is the root.
pub(super) type PathId = usize;

/// Every atom and path of a question, each once.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) atoms: Vec<AtomInfo>,
    pub(super) paths: Vec<PathInfo>,
    atom_ids: HashMap<Atom, AtomId>,
    path_ids: HashMap<(PathId, Step), PathId>,
}

/// An atom, and the kinds of value on which it holds surely or depending on the value.
#[derive(Debug)]
pub(super) struct AtomInfo {
    pub(super) atom: Atom,
    pub(super) sure: Kinds,
    pub(super) perhaps: Kinds,
}

/// A place without wildcards: a step from another place, but for the root.
#[derive(Debug)]
pub(super) struct PathInfo {
    pub(super) parent: Option<(PathId, Step)>,
}

/// The simplest conditions on an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    /// The message is a JSON object.
    Object,
    /// The value at a place.
    At(PathId, Test),
    /// Some element or member of the value at a place; of an array only, if `array`.
    Child { parent: PathId, rest: Vec<Step>, test: Test, array: bool },
    /// The message contains this text.
    Contains(String),
    /// The regular expression is found in the message.
    Search(Regex),
    /// The message has these space-delimited fields. The flag tells to read an inner `*` as a wildcard in `=` and as an
    /// asterisk in `!=`, which makes the set larger, instead of the other way round.
    Fields(Vec<Entry>, bool),
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Test {
    /// Its kind is one of these.
    Kind(Kinds),
    /// It is a string, or a number with a text, in the set.
    Text(Texts),
    /// It is a string, or a number with a text, outside the set.
    NotText(Texts),
    /// It is a string in the set.
    String(Texts),
    /// It is a string in the set, or missing.
    MissingOr(Texts),
    /// It compares so with the number; `=` and `!=` compare strings with the literal's text.
    Number(Op, Decimal, String),
}

/// A set of texts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Texts {
    All,
    OneOf(Vec<String>),
    Glob(Glob),
    Search(Regex),
}

/// What AWS does not document about the predicates' patterns, in words.
pub(super) fn doubts<'a>(predicates: impl Iterator<Item = &'a Predicate>) -> Vec<String> {
    let mut doubts = BTreeSet::new();
    predicates.for_each(|predicate| collect_doubts(predicate, &mut doubts));
    doubts.into_iter().collect()
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

    /// The formula of a predicate, or of its negation.
    pub(super) fn predicate(&mut self, predicate: &Predicate, positive: bool, bound: Bound) -> Formula {
        match predicate {
            Predicate::Everything => truth(positive),
            Predicate::Nothing => truth(!positive),
            Predicate::Matches(pattern) => self.tree(pattern.tree(), positive, bound),
            Predicate::Text { selector, how, values } => {
                let path = self.path(&selector.0);
                let sets = match how {
                    TextMatch::Equals => vec![Texts::OneOf(values.clone())],
                    TextMatch::StartsWith => values.iter().map(|v| Texts::starting(v)).collect(),
                    TextMatch::EndsWith => values.iter().map(|v| Texts::ending(v)).collect(),
                };
                let tests = sets.into_iter().map(|texts| self.at(path, Test::String(texts), positive)).collect();
                self.json(any(tests, positive), positive)
            }
            Predicate::Boolean(selector, wanted) => {
                let path = self.path(&selector.0);
                let kind = if *wanted { Kinds::TRUE } else { Kinds::FALSE };
                let test = self.at(path, Test::Kind(kind), positive);
                self.json(test, positive)
            }
            Predicate::Not(inner) => self.predicate(inner, !positive, bound),
            Predicate::All(members) => {
                all(members.iter().map(|m| self.predicate(m, positive, bound)).collect(), positive)
            }
            Predicate::Any(members) => {
                any(members.iter().map(|m| self.predicate(m, positive, bound)).collect(), positive)
            }
        }
    }

    /// The formula of a fact.
    pub(super) fn fact(&mut self, says: &Says) -> Formula {
        match says {
            Says::AlwaysText(selector) => {
                let path = self.path(&selector.0);
                self.at(path, Test::Kind(Kinds::TEXT), true)
            }
            Says::Boolean(selector) => {
                let path = self.path(&selector.0);
                self.at(path, Test::Kind(Kinds::MISSING | Kinds::TRUE | Kinds::FALSE), true)
            }
            Says::OneOf(selector, values) => {
                let path = self.path(&selector.0);
                self.at(path, Test::MissingOr(Texts::OneOf(values.clone())), true)
            }
            Says::Implies { when, value, then, one_of } => {
                let (when, then) = (self.path(&when.0), self.path(&then.0));
                Formula::Any(vec![
                    self.at(then, Test::MissingOr(Texts::OneOf(one_of.clone())), true),
                    self.at(when, Test::String(Texts::OneOf(vec![value.clone()])), false),
                ])
            }
        }
    }

    /// The formula "the message is a JSON object".
    pub(super) fn object(&mut self) -> Formula {
        self.literal(Atom::Object, true)
    }

    fn tree(&mut self, tree: &Tree, positive: bool, bound: Bound) -> Formula {
        match tree {
            Tree::Everything => truth(positive),
            Tree::Terms(terms) => self.terms(terms, positive),
            Tree::Regex(regex) => self.literal(Atom::Search(regex.clone()), positive),
            Tree::Json(expr) => {
                let body = self.expr(expr, positive, bound);
                self.json(body, positive)
            }
            Tree::Fields(entries) if entries.iter().all(|e| *e == Entry::Ellipsis) => truth(positive),
            Tree::Fields(entries) => {
                self.literal(Atom::Fields(entries.clone(), positive == (bound == Bound::Possible)), positive)
            }
        }
    }

    fn terms(&mut self, terms: &[Term], positive: bool) -> Formula {
        let mut literals = |kind: TermKind, positive: bool| -> Vec<Formula> {
            let texts = terms.iter().filter(|term| term.kind == kind).map(|term| term.text.clone());
            texts.collect::<Vec<_>>().into_iter().map(|text| self.literal(Atom::Contains(text), positive)).collect()
        };
        if terms.iter().all(|term| term.kind == TermKind::Optional) {
            return any(literals(TermKind::Optional, positive), positive);
        }
        let mut members = literals(TermKind::Required, positive);
        members.extend(literals(TermKind::Excluded, !positive));
        all(members, positive)
    }

    fn expr(&mut self, expr: &Expr<Condition>, positive: bool, bound: Bound) -> Formula {
        match expr {
            Expr::And(members, _) => all(members.iter().map(|m| self.expr(m, positive, bound)).collect(), positive),
            Expr::Or(members, _) => any(members.iter().map(|m| self.expr(m, positive, bound)).collect(), positive),
            Expr::Test(condition) => self.condition(condition, positive, bound),
        }
    }

    fn condition(&mut self, Condition { selector, test, .. }: &Condition, positive: bool, bound: Bound) -> Formula {
        let Some(wild) = selector.0.iter().position(|step| *step == Step::Any) else {
            let path = self.path(&selector.0);
            return match test {
                Asked::IsNull => {
                    let null = self.at(path, Test::Kind(Kinds::NULL), positive);
                    let element =
                        Atom::Child { parent: path, rest: vec![], test: Test::Kind(Kinds::NULL), array: true };
                    any(vec![null, self.literal(element, positive)], positive)
                }
                Asked::NotExists => self.at(path, Test::Kind(Kinds::MISSING), positive),
                _ => self.at(path, meaning(test, positive, bound), positive),
            };
        };
        let (before, after) = selector.0.split_at(wild);
        let parent = self.path(before);
        let mut child = |test: Test, positive: bool| {
            let rest = after.get(1..).unwrap_or_default().to_vec();
            self.literal(Atom::Child { parent, rest, test, array: false }, positive)
        };
        match test {
            Asked::NotExists => child(Test::Kind(Kinds::PRESENT), !positive),
            // With a wildcard, `!=` asks that the container's place has a value and that nothing selected is equal.
            Asked::Compare(Op::Ne, literal) => {
                let equal = Asked::Compare(Op::Eq, literal.clone());
                let none = child(meaning(&equal, !positive, bound), !positive);
                all(vec![self.at(parent, Test::Kind(Kinds::PRESENT), positive), none], positive)
            }
            _ => child(meaning(test, positive, bound), positive),
        }
    }

    fn at(&mut self, path: PathId, test: Test, positive: bool) -> Formula {
        self.literal(Atom::At(path, test), positive)
    }

    /// A JSON pattern matches JSON objects only, and matches none other when negated.
    fn json(&mut self, body: Formula, positive: bool) -> Formula {
        let object = self.literal(Atom::Object, positive);
        all(vec![body, object], positive)
    }

    fn literal(&mut self, atom: Atom, positive: bool) -> Formula {
        let next = self.atoms.len();
        let id = *self.atom_ids.entry(atom.clone()).or_insert(next);
        if id == next {
            let (sure, perhaps) = match &atom {
                Atom::At(_, test) => test.kinds(),
                _ => (Kinds::NONE, Kinds::ANY),
            };
            self.atoms.push(AtomInfo { atom, sure, perhaps });
        }
        Formula::Literal(id, positive)
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

impl Test {
    /// The kinds on which the test holds whatever the value, and those on which it depends on the value.
    pub(super) fn kinds(&self) -> (Kinds, Kinds) {
        let infinite = |inside: bool, texts: &Texts| {
            [("Infinity", Kinds::INFINITE), ("-Infinity", Kinds::MINUS_INFINITE)]
                .into_iter()
                .filter(|(text, _)| texts.contains(text) == inside)
                .fold(Kinds::NONE, |kinds, (_, kind)| kinds | kind)
        };
        match self {
            Self::Kind(kinds) => (*kinds, Kinds::NONE),
            Self::Text(texts) if texts.number_free() => (infinite(true, texts), Kinds::TEXT),
            Self::Text(texts) => (infinite(true, texts), Kinds::TEXT | Kinds::NUMBER),
            Self::NotText(texts) => (infinite(false, texts), Kinds::TEXT | Kinds::NUMBER),
            Self::String(_) => (Kinds::NONE, Kinds::TEXT),
            Self::MissingOr(_) => (Kinds::MISSING, Kinds::TEXT),
            Self::Number(Op::Eq | Op::Ne, ..) => (Kinds::NONE, Kinds::TEXT | Kinds::NUMBER),
            Self::Number(..) => (Kinds::NONE, Kinds::NUMBER),
        }
    }

    /// Whether the test holds of a string.
    pub(super) fn holds_of(&self, text: &str) -> bool {
        match self {
            Self::Kind(kinds) => kinds.meets(Kinds::TEXT),
            Self::Text(texts) | Self::String(texts) | Self::MissingOr(texts) => texts.contains(text),
            Self::NotText(texts) => !texts.contains(text),
            Self::Number(Op::Eq, _, literal) => text == literal,
            Self::Number(Op::Ne, _, literal) => text != literal,
            Self::Number(..) => false,
        }
    }
}

impl Texts {
    /// The texts that begin so.
    pub(super) fn starting(text: &str) -> Self {
        Self::Glob(Glob { open_start: false, pieces: vec![text.to_owned()], open_end: true })
    }

    /// The texts that end so.
    pub(super) fn ending(text: &str) -> Self {
        Self::Glob(Glob { open_start: true, pieces: vec![text.to_owned()], open_end: false })
    }

    /// The texts that this is a part of.
    pub(super) fn containing(text: &str) -> Self {
        Self::Glob(Glob { open_start: true, pieces: vec![text.to_owned()], open_end: true })
    }

    /// Whether the text is in the set.
    pub(super) fn contains(&self, text: &str) -> bool {
        match self {
            Self::All => true,
            Self::OneOf(texts) => texts.iter().any(|t| t == text),
            Self::Glob(glob) => glob.is_match(text),
            Self::Search(regex) => regex.search().is_match(text),
        }
    }

    /// Whether the set is a list without the text of any number.
    fn number_free(&self) -> bool {
        match self {
            Self::OneOf(texts) => !texts.iter().any(|t| JsonNumber::parse(t).is_some_and(|n| n.text() == t)),
            _ => false,
        }
    }
}

/// Joins formulas that were built with the given polarity: negated, "and" becomes "or".
fn all(members: Vec<Formula>, positive: bool) -> Formula {
    if positive { Formula::All(members) } else { Formula::Any(members) }
}

fn any(members: Vec<Formula>, positive: bool) -> Formula {
    all(members, !positive)
}

fn truth(value: bool) -> Formula {
    if value { Formula::All(vec![]) } else { Formula::Any(vec![]) }
}

/// What a test asks of a value, made larger or smaller than it may be as the bound and the polarity want.
fn meaning(test: &Asked, positive: bool, bound: Bound) -> Test {
    let larger = positive == (bound == Bound::Possible);
    match test {
        Asked::IsNull => Test::Kind(Kinds::NULL),
        Asked::IsTrue => Test::Kind(Kinds::TRUE),
        Asked::IsFalse => Test::Kind(Kinds::FALSE),
        Asked::NotExists => Test::Kind(Kinds::MISSING),
        Asked::Compare(op, Literal::Number(number)) => Test::Number(*op, number.value.clone(), number.text.clone()),
        Asked::Compare(Op::Ne, literal) => Test::NotText(texts(literal, !larger)),
        Asked::Compare(_, literal) => Test::Text(texts(literal, larger)),
    }
}

/// The texts that a literal may stand for, more or fewer where that is not documented.
pub(super) fn texts(literal: &Literal, larger: bool) -> Texts {
    match literal {
        Literal::Number(number) => Texts::OneOf(vec![number.text.clone()]),
        Literal::Regex(regex) => Texts::Search(regex.clone()),
        Literal::Text(text) if text.odd_escape => {
            if larger {
                Texts::All
            } else {
                Texts::OneOf(vec![])
            }
        }
        Literal::Text(text) => text_set(text, if larger { Reading::Wildcard } else { Reading::Literal }),
    }
}

fn text_set(text: &TextLiteral, reading: Reading) -> Texts {
    let glob = text.glob(reading);
    match glob.pieces.as_slice() {
        [] if !glob.open_start => Texts::OneOf(vec![String::new()]),
        [exact] if !glob.open_start && !glob.open_end => Texts::OneOf(vec![exact.clone()]),
        _ => Texts::Glob(glob),
    }
}

fn collect_doubts(predicate: &Predicate, doubts: &mut BTreeSet<String>) {
    match predicate {
        Predicate::Matches(pattern) => {
            let literals: Vec<&Literal> = match pattern.tree() {
                Tree::Json(expr) => expr
                    .tests()
                    .into_iter()
                    .filter_map(|c| if let Asked::Compare(_, literal) = &c.test { Some(literal) } else { None })
                    .collect(),
                Tree::Fields(entries) => {
                    let conditions = entries.iter().filter_map(|entry| match entry {
                        Entry::Field { condition, .. } => condition.as_ref(),
                        Entry::Ellipsis => None,
                    });
                    conditions.flat_map(|expr| expr.tests()).map(|test| &test.literal).collect()
                }
                _ => vec![],
            };
            doubts.extend(literals.into_iter().filter_map(doubt));
        }
        Predicate::Not(inner) => collect_doubts(inner, doubts),
        Predicate::All(members) | Predicate::Any(members) => members.iter().for_each(|m| collect_doubts(m, doubts)),
        _ => {}
    }
}

fn doubt(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Text(text) if text.odd_escape => Some(format!("what the backslash in `{}` means", text.value)),
        Literal::Text(text) if text.is_ambiguous() => {
            Some(format!("whether the inner `*` of `{}` stands for any text or for an asterisk", text.value))
        }
        _ => None,
    }
}
