//! The filter patterns of a run, each parsed once: accounts of one landing zone have the same filters.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use event_sets::EventSet;

use super::hop::FilterPattern;
use crate::pattern::Pattern;

/// The filter patterns that were met, by their text. It can be shared among threads.
#[derive(Debug, Default)]
pub struct Patterns(RwLock<HashMap<String, Arc<FilterPattern>>>);

impl Patterns {
    /// What the text means.
    pub(super) fn parse(&self, text: &str) -> Arc<FilterPattern> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(known);
        }
        let parsed = text.parse::<Pattern>();
        let events = parsed.as_ref().map_or_else(|_| EventSet::everything(), EventSet::from);
        let pattern = Arc::new(FilterPattern { text: text.to_owned(), parsed, events });
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(text.to_owned()).or_insert(pattern))
    }
}
