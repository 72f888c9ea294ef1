//! Regular languages with a name.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::lazy_dfa::LazyDfa;
use super::nfa::Nfa;

/// A regular language: the texts that an automaton accepts. Copies share the automaton and what was learnt of it.
#[derive(Clone, Debug)]
pub struct Regular(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    automaton: LazyDfa,
}

impl Regular {
    /// The texts that the automaton accepts. `name` is how messages call the language: a regular expression as written.
    pub fn new(name: impl Into<String>, nfa: Nfa) -> Self {
        Self(Arc::new(Inner { name: name.into(), automaton: LazyDfa::new(nfa) }))
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The automaton.
    pub fn nfa(&self) -> &Nfa {
        self.0.automaton.nfa()
    }

    /// Whether the text is in the language.
    pub fn contains(&self, text: &str) -> bool {
        self.0.automaton.is_match(text)
    }
}

/// Equal if name and automaton are.
impl PartialEq for Regular {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.name() == other.name() && self.nfa() == other.nfa())
    }
}

impl Eq for Regular {}

impl Hash for Regular {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}
