//! Decides inclusion among sets of JSON events, with a certificate or a witness.
//!
//! Is every event that one set asks for caught by others, and if not, which one escapes?

mod bounds;
mod domain;
pub mod formula;
mod hash;
mod json;
mod kinds;
mod language;
pub mod number;
mod path;
mod prover;
pub mod reader;
mod set;
mod solver;
pub mod text;
mod verdict;

/// The example of the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use bounds::{Bounds, State};

pub use domain::{Condition, Domain, Exemplars, Fact, FactKind};
pub use formula::{Bound, Formula};
pub use kinds::Kinds;
pub use language::{Language, Matcher, Reading};
pub use number::Op;
pub use path::{Path, Step, write_steps};
pub use prover::{Allowance, Certificate, Part, Prover};
pub use set::{EventSet, TextMatch};
pub use verdict::{LIMIT, Unknown, Verdict, Witness};
