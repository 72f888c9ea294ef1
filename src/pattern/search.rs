//! Automata run over many texts: where a set of live states leads is worked out once and remembered.

use std::collections::HashMap;
use std::sync::Mutex;

use super::nfa::{Live, Nfa};

/// An automaton with a memory.
#[derive(Debug)]
pub(super) struct Searcher {
    nfa: Nfa,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
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

impl Searcher {
    pub(super) fn new(nfa: Nfa) -> Self {
        Self { nfa, memory: Mutex::default() }
    }

    /// Whether the whole text is accepted.
    pub(super) fn is_match(&self, text: &str) -> bool {
        // While another thread uses the memory, this one does without.
        match self.memory.try_lock() {
            Ok(mut memory) => memory.is_match(&self.nfa, text),
            Err(_) => self.nfa.is_match(text),
        }
    }
}

impl Clone for Searcher {
    fn clone(&self) -> Self {
        Self::new(self.nfa.clone())
    }
}

impl Memory {
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
    use super::*;
    use crate::pattern::regex::Regex;

    fn check(regex: &str, text: &str) {
        let nfa = Regex::parse(regex).unwrap().search();
        let searcher = Searcher::new(nfa.clone());
        let text = text.repeat(3);
        // Every start of the text, twice: once to learn, once from memory.
        for (end, _) in text.char_indices().chain(text.char_indices()) {
            let start = text.get(..end).unwrap();
            assert_eq!(searcher.is_match(start), nfa.is_match(start), "{regex} {start}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_the_automaton_says() {
        for regex in ["a", "^ab", "b$", "^$", "a.{2}b", "^[^b]*$", "x|^aé", "[ab]{2}c$"] {
            check(regex, "aébabc\n x");
        }
    }

    #[test]
    fn the_memory_has_an_end() {
        let searcher = Searcher::new(Regex::parse("a[ab]{11}c").unwrap().search());
        let text: String =
            (0..4000_u32).map(|at| if at.wrapping_mul(0x9e37_79b9) >> 31 == 0 { 'a' } else { 'b' }).collect();
        assert!(!searcher.is_match(&text));
        assert!(searcher.memory.lock().unwrap().sets.len() <= MAX_SETS + 1);
        assert!(searcher.is_match(&format!("{text}abbbbabbbbbbc")));
    }
}
