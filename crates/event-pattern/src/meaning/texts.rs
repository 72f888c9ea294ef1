//! What operators ask of a text.

use std::any::Any;

use event_sets::text::{Builder, CharClass, Glob, Nfa, Predicate, Regular, State, TextPredicate, Texts};

use crate::address::{Address, in_range};
use crate::ast::Wildcard;
use crate::fold::units;

/// Texts that start so. A prefix may end with the quote that ends a value, as AWS's engine compares.
pub(super) fn starting(prefix: &str) -> Vec<Texts> {
    let whole = prefix.strip_suffix('"').map(Texts::exactly);
    std::iter::once(Texts::starting(prefix)).chain(whole).collect()
}

/// Texts that end so. A suffix may start with the quote that starts a value.
pub(super) fn ending(suffix: &str) -> Vec<Texts> {
    let whole = suffix.strip_prefix('"').map(Texts::exactly);
    std::iter::once(Texts::ending(suffix)).chain(whole).collect()
}

/// Texts of the form of a wildcard.
pub(super) fn wildcard(wildcard: &Wildcard) -> Texts {
    let pieces = wildcard.pieces();
    if let [only] = pieces {
        return Texts::exactly(only.as_str());
    }
    Texts::from(Glob {
        open_start: pieces.first().is_some_and(String::is_empty),
        pieces: pieces.iter().filter(|piece| !piece.is_empty()).cloned().collect(),
        open_end: pieces.last().is_some_and(String::is_empty),
    })
}

/// This text in upper or lower case.
pub(super) fn ignoring_case(text: &str) -> Texts {
    if !text.chars().any(|c| c.is_alphabetic() || c.len_utf16() == 2) {
        return Texts::exactly(text);
    }
    regular(format!("={text}"), text, false, false)
}

pub(super) fn starting_ignoring_case(prefix: &str) -> Vec<Texts> {
    let whole = prefix.strip_suffix('"').map(ignoring_case);
    std::iter::once(regular(format!("^{prefix}"), prefix, false, true)).chain(whole).collect()
}

pub(super) fn ending_ignoring_case(suffix: &str) -> Vec<Texts> {
    let whole = suffix.strip_prefix('"').map(ignoring_case);
    std::iter::once(regular(format!("{suffix}$"), suffix, true, false)).chain(whole).collect()
}

fn regular(name: String, text: &str, open_start: bool, open_end: bool) -> Texts {
    let mut builder = Builder::new();
    let mut state = builder.push(State::Accept);
    if open_end {
        state = builder.star(&CharClass::any(), state);
    }
    for [lower, upper] in units(text).iter().rev() {
        let (mut lower_chars, mut upper_chars) = (lower.chars(), upper.chars());
        state = match (lower_chars.next(), lower_chars.next(), upper_chars.next(), upper_chars.next()) {
            (Some(lower), None, Some(upper), None) => {
                builder.push(State::Class(CharClass::of([(lower, lower), (upper, upper)]), state))
            }
            _ => {
                let (lower, upper) = (builder.text(lower, state), builder.text(upper, state));
                builder.push(State::Split(lower, upper))
            }
        };
    }
    if open_start {
        state = builder.star(&CharClass::any(), state);
    }
    Texts::Regular(Regular::new(name, builder.finish(state)))
}

/// The texts of one of the sets.
pub(super) fn union(mut sets: Vec<Texts>) -> Texts {
    if sets.len() == 1 {
        return sets.remove(0);
    }
    let mut builder = Builder::new();
    let accept = builder.push(State::Accept);
    let mut start = builder.push(State::Class(CharClass::default(), accept));
    for set in &sets {
        let head = match set {
            Texts::OneOf(texts) => texts.iter().fold(start, |others, text| {
                let this = builder.text(text, accept);
                builder.push(State::Split(this, others))
            }),
            Texts::Glob(glob) => append(&mut builder, &glob.nfa(), start),
            Texts::Regular(regular) => append(&mut builder, regular.nfa(), start),
            Texts::All | Texts::Predicate(_) => start,
        };
        start = head;
    }
    Texts::Regular(Regular::new(format!("{sets:?}"), builder.finish(start)))
}

fn append(builder: &mut Builder, nfa: &Nfa, others: usize) -> usize {
    let head = builder.append(nfa);
    builder.push(State::Split(head, others))
}

/// The addresses from the lowest to the highest, in all their spellings.
pub(super) fn address(text: &str, low: &Address, high: &Address) -> Texts {
    Texts::Predicate(Predicate::new(Addresses {
        text: text.to_owned(),
        low: low.digits(),
        high: high.digits(),
        samples: [low, high].map(spelled).to_vec(),
    }))
}

#[derive(Debug)]
struct Addresses {
    text: String,
    low: Vec<u8>,
    high: Vec<u8>,
    samples: Vec<String>,
}

impl TextPredicate for Addresses {
    fn name(&self) -> String {
        format!("addresses in {}", self.text)
    }

    fn contains(&self, text: &str) -> bool {
        Address::parse(text).is_some_and(|address| in_range(&self.low, &self.high, address.digits().into_iter()))
    }

    fn samples(&self) -> Vec<String> {
        self.samples.clone()
    }

    fn is_within(&self, other: &dyn TextPredicate) -> bool {
        let other: &dyn Any = other;
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| self.low.len() == other.low.len() && self.low >= other.low && self.high <= other.high)
    }

    fn is_disjoint(&self, other: &dyn TextPredicate) -> bool {
        let other: &dyn Any = other;
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| self.low.len() == other.low.len() && (self.high < other.low || self.low > other.high))
    }
}

fn spelled(address: &Address) -> String {
    match *address.bytes() {
        [a, b, c, d] => format!("{a}.{b}.{c}.{d}"),
        ref bytes => {
            let groups: Vec<String> = bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|[high, low]| format!("{:x}", u16::from_be_bytes([*high, *low])))
                .collect();
            groups.join(":")
        }
    }
}
