//! Patterns asked of log messages.

mod fields;
mod json;
mod terms;

use std::collections::BTreeMap;

use event_sets::Reading;
use event_sets::text::LazyDfa;

use self::fields::Fields;
use self::json::Json;
use self::terms::Terms;
use super::Pattern;
use super::ast::{Span, Tree};

/// A pattern made ready to be asked of many messages.
///
/// ```
/// use cloudwatch_filter_pattern::{Matcher, Pattern, Reading};
///
/// let pattern: Pattern = "{ $.eventName = *Route }".parse()?;
/// let matcher = Matcher::new(pattern.tree(), Reading::Literal);
/// assert!(matcher.is_match(r#"{"eventName":"CreateRoute"}"#));
/// # Ok::<(), cloudwatch_filter_pattern::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Everything,
    Terms(Terms),
    Regex(LazyDfa),
    Json(Json),
    Fields(Fields),
}

impl Pattern {
    /// Whether a message matches, with a star within a text literal read as AWS once documented it: as the character.
    ///
    /// Whoever asks many messages makes a [`Matcher`] once; whoever needs to know that the answer does not hang on an
    /// undocumented reading asks [`Pattern::matches_as`] for both.
    pub fn matches(&self, message: &str) -> bool {
        self.matches_as(message, Reading::Literal)
    }

    /// Whether a message matches under one reading of the stars within text literals.
    pub fn matches_as(&self, message: &str, reading: Reading) -> bool {
        Matcher::new(self.tree(), reading).is_match(message)
    }

    /// See [`Matcher::extract`].
    pub fn extract(&self, message: &str) -> Option<BTreeMap<String, String>> {
        Matcher::new(self.tree(), Reading::Literal).extract(message)
    }

    /// See [`Matcher::blame`].
    pub fn blame(&self, message: &str) -> Vec<Span> {
        Matcher::new(self.tree(), Reading::Literal).blame(message)
    }
}

impl Matcher {
    /// Makes a pattern ready under one reading of the stars within its text literals.
    pub fn new(tree: &Tree, reading: Reading) -> Self {
        Self(match tree {
            Tree::Everything => Kind::Everything,
            Tree::Terms(terms) => Kind::Terms(Terms::new(terms)),
            Tree::Regex(regex) => Kind::Regex(LazyDfa::new(regex.search())),
            Tree::Json(expr) => Kind::Json(Json::new(expr, reading)),
            Tree::Fields(entries) => Kind::Fields(Fields::new(entries, reading)),
        })
    }

    /// Whether a message matches.
    pub fn is_match(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Everything => true,
            Kind::Terms(terms) => terms.is_match(message),
            Kind::Regex(automaton) => automaton.is_match(message),
            Kind::Json(json) => json.is_match(message),
            Kind::Fields(fields) => fields.is_match(message),
        }
    }

    /// What AWS's `TestMetricFilter` extracts from a message that matches; `None` if it does not match.
    ///
    /// Only a space-delimited pattern extracts anything: `$name` for a field that it names, `$3` for any other.
    pub fn extract(&self, message: &str) -> Option<BTreeMap<String, String>> {
        match &self.0 {
            Kind::Fields(fields) => fields.extract(message),
            _ => self.is_match(message).then(BTreeMap::new),
        }
    }

    /// The conditions of a JSON pattern that keep an event from matching: of an `&&` those members that do not hold, of
    /// an `||` the whole list.
    ///
    /// Empty if the event matches, if it is no JSON object (no condition is asked then), and for patterns of any other
    /// kind.
    pub fn blame(&self, message: &str) -> Vec<Span> {
        match &self.0 {
            Kind::Json(json) => json.blame(message),
            _ => vec![],
        }
    }
}
