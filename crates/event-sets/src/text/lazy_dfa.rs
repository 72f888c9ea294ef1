//! Automata that are run over many texts: a deterministic automaton, built state by state as texts need it.

use std::collections::HashMap;
use std::sync::Mutex;

use super::nfa::{Live, Nfa};

/// An automaton, and the part of its deterministic equivalent that texts have needed so far.
#[derive(Debug)]
pub struct LazyDfa {
    nfa: Nfa,
    cache: Mutex<Cache>,
}

#[derive(Debug, Default)]
struct Cache {
    places: HashMap<Live, usize>,
    /// The first is where every text begins.
    sets: Vec<Set>,
}

/// A set of live states, and what is known of it.
#[derive(Debug)]
struct Set {
    live: Live,
    /// The answer, if no further character can change it.
    settled: Option<bool>,
    /// Where each ASCII character leads.
    next: [Option<usize>; 128],
}

/// How many sets are remembered, of about 2 KB each. An automaton of AWS's regular expressions seldom has a hundred.
const MAX_SETS: usize = 1000;

impl LazyDfa {
    /// The automaton, of which nothing is known yet.
    pub fn new(nfa: Nfa) -> Self {
        Self { nfa, cache: Mutex::default() }
    }

    /// The automaton itself.
    pub fn nfa(&self) -> &Nfa {
        &self.nfa
    }

    /// Whether the whole text is accepted.
    pub fn is_match(&self, text: &str) -> bool {
        // While another thread uses the cache, this one does without.
        match self.cache.try_lock() {
            Ok(mut cache) => cache.is_match(&self.nfa, text),
            Err(_) => self.nfa.is_match(text),
        }
    }
}

impl Clone for LazyDfa {
    fn clone(&self) -> Self {
        Self::new(self.nfa.clone())
    }
}

impl Cache {
    fn is_match(&mut self, nfa: &Nfa, text: &str) -> bool {
        let mut place = if self.sets.is_empty() { self.place(nfa, nfa.begin()) } else { 0 };
        for c in text.chars() {
            place = self.step(nfa, place, c);
            if let Some(Set { settled: Some(answer), .. }) = self.sets.get(place) {
                return *answer;
            }
        }
        self.sets.get(place).is_some_and(|set| nfa.accepts(&set.live))
    }

    fn step(&mut self, nfa: &Nfa, from: usize, c: char) -> usize {
        let Some(set) = self.sets.get(from) else { return from };
        if let Some(Some(next)) = set.next.get(c as usize) {
            return *next;
        }
        let after = nfa.step(&set.live, c);
        if self.sets.len() >= MAX_SETS {
            *self = Self::default();
            self.place(nfa, nfa.begin());
            return self.place(nfa, after);
        }
        let place = self.place(nfa, after);
        if let Some(next) = self.sets.get_mut(from).and_then(|set| set.next.get_mut(c as usize)) {
            *next = Some(place);
        }
        place
    }

    fn place(&mut self, nfa: &Nfa, live: Live) -> usize {
        let Self { places, sets } = self;
        *places.entry(live).or_insert_with_key(|live| {
            let settled = if live.is_empty() { Some(false) } else { nfa.is_stuck_accepting(live).then_some(true) };
            sets.push(Set { live: live.clone(), settled, next: [None; 128] });
            sets.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::nfa::{Builder, CharClass, State};
    use super::*;

    /// The texts that hold an `a`, eleven letters of `a` and `b`, and a `c`.
    fn far_apart() -> Nfa {
        let mut builder = Builder::new();
        let accept = builder.push(State::Accept);
        let tail = builder.star(&CharClass::any(), accept);
        let mut next = builder.push(State::Class(CharClass::single('c'), tail));
        for _ in 0..11 {
            next = builder.push(State::Class(CharClass::of([('a', 'b')]), next));
        }
        let head = builder.push(State::Class(CharClass::single('a'), next));
        let start = builder.star(&CharClass::any(), head);
        builder.finish(start)
    }

    #[test]
    fn the_cache_agrees_and_is_bounded() {
        let dfa = LazyDfa::new(far_apart());
        let text: String =
            (0..4000_u32).map(|at| if at.wrapping_mul(0x9e37_79b9) >> 31 == 0 { 'a' } else { 'b' }).collect();
        assert!(!dfa.is_match(&text));
        assert!(dfa.cache.lock().unwrap().sets.len() <= MAX_SETS + 1);
        for found in [format!("{text}abbbbabbbbbbc"), format!("{text}bbbbbbbbbbbbc"), "é".to_owned()] {
            assert_eq!(dfa.is_match(&found), dfa.nfa().is_match(&found), "{found}");
        }
    }
}
