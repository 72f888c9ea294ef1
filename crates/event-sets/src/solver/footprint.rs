//! What can be said of a goal at a glance: of which texts the event must have one at a place.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::goal::{AtomInfo, Goal};
use crate::formula::{Atom, Test};
use crate::hash::FastHasher;
use crate::kinds::Kinds;
use crate::text::Texts;

/// The number of a place.
type PlaceId = usize;

/// More texts than this are not listed.
const LONGEST_LIST: usize = 512;
/// How many atoms may be looked at to answer one question at a glance.
const STEPS: u32 = 20_000;

/// What every event of a set has: at some places a string out of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Footprint {
    /// There is no event.
    Empty,
    /// By place: the strings of which the event has one. Nothing is known of other places.
    Texts(BTreeMap<PlaceId, Arc<List>>),
}

/// Some texts, sorted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct List {
    texts: Vec<String>,
    /// The hashes of the texts, sorted: to compare them is faster.
    hashes: Vec<u64>,
}

impl Footprint {
    pub(crate) fn of(goal: &Goal) -> Self {
        match goal {
            Goal::Literal(info, true) => Self::literal(info),
            Goal::Literal(_, false) => Self::unknown(),
            Goal::All(members) => members.iter().map(Self::of).fold(Self::unknown(), |all, one| all.and(&one)),
            Goal::Any(members) => Self::any(members.iter().map(Self::of)),
        }
    }

    /// Whether no event has both footprints.
    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        let (Self::Texts(one), Self::Texts(other)) = (self, other) else { return true };
        let (fewer, more) = if one.len() < other.len() { (one, other) } else { (other, one) };
        fewer.iter().any(|(place, list)| more.get(place).is_some_and(|other| list.is_disjoint(other)))
    }

    /// Whether one of the goals holds of every event with this footprint, as far as can be told at a glance.
    pub(crate) fn is_within(&self, goals: &[Goal]) -> bool {
        let Self::Texts(texts) = self else { return true };
        // Which goal holds may differ from text to text, at the place that has most.
        let Some((place, list)) = texts.iter().max_by_key(|(_, list)| list.texts.len()) else { return false };
        let mut steps = STEPS;
        list.texts.iter().all(|text| {
            let known = Known { texts, place: *place, text };
            goals.iter().any(|goal| known.implies(goal, &mut steps))
        })
    }

    /// What both say.
    fn and(&self, other: &Self) -> Self {
        let (Self::Texts(one), Self::Texts(other)) = (self, other) else { return Self::Empty };
        let (mut both, fewer) = if one.len() > other.len() { (one.clone(), other) } else { (other.clone(), one) };
        for (place, texts) in fewer {
            let common = match both.get(place) {
                Some(known) => known.common(texts),
                None => Arc::clone(texts),
            };
            if common.texts.is_empty() {
                return Self::Empty;
            }
            both.insert(*place, common);
        }
        Self::Texts(both)
    }

    /// What one of them says.
    fn any(members: impl Iterator<Item = Self>) -> Self {
        let mut members = members.filter_map(|member| match member {
            Self::Texts(texts) => Some(texts),
            Self::Empty => None,
        });
        let Some(first) = members.next() else { return Self::Empty };
        let mut union: BTreeMap<PlaceId, Vec<String>> =
            first.into_iter().map(|(place, list)| (place, list.texts.clone())).collect();
        for member in members {
            union.retain(|place, texts| match member.get(place) {
                Some(more) if texts.len() + more.texts.len() <= LONGEST_LIST => {
                    texts.extend_from_slice(&more.texts);
                    true
                }
                _ => false,
            });
        }
        Self::Texts(union.into_iter().map(|(place, texts)| (place, List::of(texts))).collect())
    }

    fn literal(info: &AtomInfo) -> Self {
        let Atom::At(_, Test::Text(texts) | Test::String(texts)) = &info.atom else { return Self::unknown() };
        // A number may have the text, too, unless it is none.
        let only_strings = info.place.id != 0 && info.sure.is_empty() && info.perhaps == Kinds::TEXT;
        match texts {
            Texts::OneOf(list) if list.is_empty() && only_strings => Self::Empty,
            Texts::OneOf(list) if only_strings && list.len() <= LONGEST_LIST => {
                Self::Texts(BTreeMap::from([(info.place.id, List::of(list.clone()))]))
            }
            _ => Self::unknown(),
        }
    }

    fn unknown() -> Self {
        Self::Texts(BTreeMap::new())
    }
}

impl List {
    fn of(mut texts: Vec<String>) -> Arc<Self> {
        texts.sort_unstable();
        texts.dedup();
        let mut hashes: Vec<u64> = texts.iter().map(|text| hash(text)).collect();
        hashes.sort_unstable();
        Arc::new(Self { texts, hashes })
    }

    fn common(&self, other: &Self) -> Arc<Self> {
        let common = self.texts.iter().filter(|text| other.texts.binary_search(text).is_ok());
        Self::of(common.cloned().collect())
    }

    /// Whether the lists have no text in common. Texts of the same hash are taken to be the same.
    fn is_disjoint(&self, other: &Self) -> bool {
        let (mut ours, mut theirs) = (self.hashes.iter().peekable(), other.hashes.iter().peekable());
        while let (Some(one), Some(other)) = (ours.peek(), theirs.peek()) {
            match one.cmp(other) {
                Ordering::Less => ours.next(),
                Ordering::Greater => theirs.next(),
                Ordering::Equal => return false,
            };
        }
        true
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FastHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// That there is a string out of a list at some places, and this one at one of them.
struct Known<'f> {
    texts: &'f BTreeMap<PlaceId, Arc<List>>,
    place: PlaceId,
    text: &'f str,
}

impl Known<'_> {
    /// Whether the goal holds for certain.
    fn implies(&self, goal: &Goal, steps: &mut u32) -> bool {
        let Some(left) = steps.checked_sub(1) else { return false };
        *steps = left;
        match goal {
            Goal::Literal(info, positive) => match &info.atom {
                // There is a place with a string in it.
                Atom::Object => *positive,
                Atom::At(_, test) if info.place.id == self.place => test.holds_of(self.text) == *positive,
                Atom::At(_, test) => self
                    .texts
                    .get(&info.place.id)
                    .is_some_and(|list| list.texts.iter().all(|text| test.holds_of(text) == *positive)),
                _ => false,
            },
            Goal::All(members) => members.iter().all(|member| self.implies(member, steps)),
            Goal::Any(members) => members.iter().any(|member| self.implies(member, steps)),
        }
    }
}
