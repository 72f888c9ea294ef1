//! What a language of patterns has to tell, so that its patterns can be decided.

use std::any::Any;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};

use crate::formula::{Bound, Formula};
use crate::set::EventSet;

/// A pattern of some language: a set of events.
///
/// A pattern says twice which events it matches: by a [matcher](Self::matcher), and by a [formula](Self::lower) that the
/// prover reasons about. The two should share as little code as they can, because each checks the other: every witness
/// is put through the matchers before it leaves the prover.
///
/// Equal patterns match the same events. They may differ in what matters for neither, such as their spacing.
pub trait Language: Debug + Eq + Hash + Send + Sync + 'static {
    /// The pattern as a formula: a bound of the set of events that it matches. The two bounds differ only where
    /// [`doubts`](Self::doubts) says so.
    fn lower(&self, bound: Bound) -> Formula;

    /// What tells whether the pattern matches a message under a reading.
    fn matcher(&self, reading: Reading) -> Matcher;

    /// The pattern as messages and certificates call it, usually its text.
    fn name(&self) -> String;

    /// What is not documented about the pattern and makes its two bounds differ, in words that go on "it is not
    /// documented …".
    fn doubts(&self) -> Vec<String> {
        vec![]
    }

    /// Sets whose union the pattern is, each with its name, so that a certificate can tell what covers which; empty if
    /// the pattern is best taken as a whole.
    fn parts(&self) -> Vec<(EventSet, String)> {
        vec![]
    }
}

/// Whether a message is in a set.
pub type Matcher = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// How what is not documented about patterns is read. Whoever needs a firm answer asks for both.
///
/// The one thing that matchers read in two ways so far is a `*` that is neither first nor last in a text literal of a
/// CloudWatch Logs filter pattern. AWS's guide said from 2018 to 2021 that `Ev*ent` matches the text `Ev*ent` alone; the
/// sentence is gone since, nothing took its place, and the emulators of the service read such a star as a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The star is an ordinary character, as AWS once documented.
    Literal,
    /// The star stands for any text, as it does at either end.
    Wildcard,
}

impl Reading {
    /// Both readings.
    pub const ALL: [Self; 2] = [Self::Literal, Self::Wildcard];
}

/// A pattern whose language is not known at compile time.
pub(crate) trait AnyLanguage: Debug + Send + Sync {
    fn lower(&self, bound: Bound) -> Formula;
    fn matcher(&self, reading: Reading) -> Matcher;
    fn name(&self) -> String;
    fn doubts(&self) -> Vec<String>;
    fn parts(&self) -> Vec<(EventSet, String)>;
    fn as_any(&self) -> &dyn Any;
    fn equals(&self, other: &dyn AnyLanguage) -> bool;
    fn hash(&self, state: &mut dyn Hasher);
}

impl<L: Language> AnyLanguage for L {
    fn lower(&self, bound: Bound) -> Formula {
        Language::lower(self, bound)
    }

    fn matcher(&self, reading: Reading) -> Matcher {
        Language::matcher(self, reading)
    }

    fn name(&self) -> String {
        Language::name(self)
    }

    fn doubts(&self) -> Vec<String> {
        Language::doubts(self)
    }

    fn parts(&self) -> Vec<(EventSet, String)> {
        Language::parts(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn AnyLanguage) -> bool {
        other.as_any().downcast_ref::<L>().is_some_and(|other| self == other)
    }

    fn hash(&self, mut state: &mut dyn Hasher) {
        Hash::hash(self, &mut state);
    }
}
