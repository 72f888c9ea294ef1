//! Nondeterministic automata over characters: what regular expressions and globs become, both for matching and for
//! deciding. Built by Thompson's construction, run by tracking the set of live states, so matching takes time linear in
//! the text.

/// A set of characters as sorted, disjoint, inclusive ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CharClass(Vec<(char, char)>);

/// An automaton.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nfa {
    states: Vec<State>,
    start: StateId,
}

/// The place of a state in [`Nfa::states`].
pub type StateId = usize;

/// A state and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Reads one character of the class.
    Class(CharClass, StateId),
    /// Goes on to both without reading.
    Split(StateId, StateId),
    /// Goes on at the start of the text only.
    AtStart(StateId),
    /// Goes on at the end of the text only.
    AtEnd(StateId),
    /// The text read so far is accepted.
    Accept,
}

/// What an automaton is built from. States are added back to front: each is given the state that follows it.
#[derive(Debug, Default)]
pub struct Builder {
    states: Vec<State>,
}

/// The set of states that an automaton is in, and whether it has read anything.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Live(Box<[u64]>);

impl CharClass {
    /// Every character.
    pub fn any() -> Self {
        Self(vec![('\0', char::MAX)])
    }

    /// One character.
    pub fn single(c: char) -> Self {
        Self(vec![(c, c)])
    }

    /// The union of the ranges, in any order and overlapping as they may.
    pub fn of(ranges: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().filter(|(low, high)| low <= high).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if next(last.1).is_none_or(|after| low <= after) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        Self(merged)
    }

    /// Every character that is not in this class.
    pub fn complement(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.0.len() + 1);
        let mut low = Some('\0');
        for (first, last) in &self.0 {
            if let (Some(low), Some(before)) = (low, previous(*first)) {
                ranges.push((low, before));
            }
            low = next(*last);
        }
        ranges.extend(low.map(|low| (low, char::MAX)));
        Self::of(ranges)
    }

    /// Whether the character belongs to the class.
    pub fn contains(&self, c: char) -> bool {
        self.0
            .binary_search_by(|(low, high)| {
                if *high < c {
                    std::cmp::Ordering::Less
                } else if *low > c {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok()
    }

    /// The ranges, sorted and disjoint.
    pub fn ranges(&self) -> &[(char, char)] {
        &self.0
    }
}

impl Builder {
    /// A builder without states.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a state.
    pub fn push(&mut self, state: State) -> StateId {
        self.states.push(state);
        self.states.len() - 1
    }

    /// Adds a loop that reads any number of the class's characters and then goes on to `next`.
    pub fn star(&mut self, class: &CharClass, next: StateId) -> StateId {
        let split = self.push(State::Split(next, next));
        let read = self.push(State::Class(class.clone(), split));
        if let Some(State::Split(first, _)) = self.states.get_mut(split) {
            *first = read;
        }
        split
    }

    /// Adds states that read the text and then go on to `next`.
    pub fn text(&mut self, text: &str, next: StateId) -> StateId {
        text.chars().rev().fold(next, |next, c| self.push(State::Class(CharClass::single(c), next)))
    }

    /// Changes where a split leads first; other states stay as they are. For loops over more than one state.
    pub fn redirect(&mut self, split: StateId, to: StateId) {
        if let Some(State::Split(first, _)) = self.states.get_mut(split) {
            *first = to;
        }
    }

    /// Adds all states of another automaton; returns where it starts.
    pub fn append(&mut self, other: &Nfa) -> StateId {
        let offset = self.states.len();
        self.states.extend(other.states.iter().map(|state| match state {
            State::Class(class, next) => State::Class(class.clone(), next + offset),
            State::Split(a, b) => State::Split(a + offset, b + offset),
            State::AtStart(next) => State::AtStart(next + offset),
            State::AtEnd(next) => State::AtEnd(next + offset),
            State::Accept => State::Accept,
        }));
        other.start + offset
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is no state yet.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// The automaton that starts in `start`.
    pub fn finish(self, start: StateId) -> Nfa {
        Nfa { states: self.states, start }
    }
}

impl Nfa {
    /// The states.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The states that are live before anything is read.
    pub fn begin(&self) -> Live {
        let mut live = Live::none(self.states.len() + 1);
        live.insert(self.unread());
        self.enter(self.start, true, &mut live);
        live
    }

    /// The states that are live after one more character.
    pub fn step(&self, live: &Live, c: char) -> Live {
        let mut after = Live::none(self.states.len() + 1);
        for id in live.iter() {
            if let Some(State::Class(class, next)) = self.states.get(id)
                && class.contains(c)
            {
                self.enter(*next, false, &mut after);
            }
        }
        after
    }

    /// Whether the text read so far is accepted, if it ends here.
    pub fn accepts(&self, live: &Live) -> bool {
        let mut seen = live.clone();
        let mut open: Vec<_> = live.iter().collect();
        let at_start = open.contains(&self.unread());
        while let Some(id) = open.pop() {
            let next = match self.states.get(id) {
                Some(State::Accept) => return true,
                Some(State::AtEnd(next)) => [Some(*next), None],
                Some(State::Split(a, b)) => [Some(*a), Some(*b)],
                Some(State::AtStart(next)) if at_start => [Some(*next), None],
                _ => [None, None],
            };
            open.extend(next.into_iter().flatten().filter(|id| seen.insert(*id)));
        }
        false
    }

    /// Whether every text that goes on from here is plainly accepted: a live state loops on any character and may stop.
    pub fn is_stuck_accepting(&self, live: &Live) -> bool {
        live.iter().any(|id| match self.states.get(id) {
            Some(State::Split(read, end)) => {
                matches!(self.states.get(*end), Some(State::Accept))
                    && matches!(self.states.get(*read), Some(State::Class(class, next)) if *next == id && *class == CharClass::any())
            }
            _ => false,
        })
    }

    /// Whether the whole text is accepted.
    pub fn is_match(&self, text: &str) -> bool {
        let live = text.chars().try_fold(self.begin(), |live, c| {
            let after = self.step(&live, c);
            (!after.is_empty()).then_some(after)
        });
        live.is_some_and(|live| self.accepts(&live))
    }

    /// Stands in a [`Live`] for nothing having been read; the place of no state.
    fn unread(&self) -> StateId {
        self.states.len()
    }

    fn enter(&self, id: StateId, at_start: bool, live: &mut Live) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !live.insert(id) {
                continue;
            }
            match self.states.get(id) {
                Some(State::Split(a, b)) => open.extend([*b, *a]),
                Some(State::AtStart(next)) if at_start => open.push(*next),
                _ => {}
            }
        }
    }
}

impl Live {
    fn none(states: usize) -> Self {
        Self(vec![0; states.div_ceil(64)].into())
    }

    /// Whether no state is left, so that nothing longer can be accepted.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn insert(&mut self, id: StateId) -> bool {
        let Some(word) = self.0.get_mut(id / 64) else { return false };
        let bit = 1 << (id % 64);
        let fresh = *word & bit == 0;
        *word |= bit;
        fresh
    }

    fn iter(&self) -> impl Iterator<Item = StateId> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }
}

fn next(c: char) -> Option<char> {
    match c {
        '\u{D7FF}' => Some('\u{E000}'),
        c => char::from_u32(u32::from(c) + 1),
    }
}

fn previous(c: char) -> Option<char> {
    match c {
        '\u{E000}' => Some('\u{D7FF}'),
        c => u32::from(c).checked_sub(1).and_then(char::from_u32),
    }
}
