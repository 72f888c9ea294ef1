//! Sets of texts: globs, regular languages, and the automata behind them.

mod glob;
mod lazy_dfa;
mod nfa;
mod predicate;
mod regular;
mod texts;

pub use glob::Glob;
pub use lazy_dfa::LazyDfa;
pub use nfa::{Builder, CharClass, Live, Nfa, State, StateId};
pub use predicate::{Predicate, TextPredicate};
pub use regular::Regular;
pub use texts::Texts;
