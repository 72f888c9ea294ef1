//! Which metric filters have to do with a control: a question of presentation. What a filter carries is asked of the
//! prover, whether the filter was meant for the control or not.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use event_sets::{EventSet, Prover};

use super::required::{Required, equals, event_names, words};
use crate::chain::FilterPattern;
use crate::pattern::ast::Tree;

/// How a filter relates to a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relevance {
    /// It is there for the control.
    Meant,
    /// It matches required events by chance.
    ByChance,
    /// It neither matches nor names any of them.
    None,
}

/// What is known of filters and one control: accounts of one landing zone have the same filters.
#[derive(Debug, Default)]
pub(super) struct RelevanceCache(RwLock<HashMap<String, Relevance>>);

impl RelevanceCache {
    /// How the filter relates to the required events.
    pub(super) fn of(&self, filter: &FilterPattern, required: &Required<'_>, prover: &Prover) -> Relevance {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&filter.text) {
            return *known;
        }
        let relevance = of(filter, required, prover);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(filter.text.clone(), relevance);
        relevance
    }
}

/// How the filter relates to the required events. A filter that names what is required and matches none of it is worth
/// showing: somebody meant it.
fn of(filter: &FilterPattern, required: &Required<'_>, prover: &Prover) -> Relevance {
    let pattern = match &filter.parsed {
        Ok(pattern) => pattern,
        Err(_) => {
            let named = required.words.iter().any(|word| filter.text.contains(word));
            return if named { Relevance::Meant } else { Relevance::None };
        }
    };
    if names(pattern.tree(), required) {
        return Relevance::Meant;
    }
    if required.never(&filter.events, prover) {
        return Relevance::None;
    }
    if selects(pattern.tree(), required) || covers_one(filter, pattern.tree(), required, prover) {
        Relevance::Meant
    } else {
        Relevance::ByChance
    }
}

/// Whether the pattern names what is required, be it in other letters, which makes it match nothing. One that lists
/// events has to have a fair part of its list, or of the required one, in common: controls on other services share a
/// name or two.
fn names(tree: &Tree, required: &Required<'_>) -> bool {
    let listed = event_names(tree);
    if listed.is_empty() || required.names.is_empty() {
        return words(tree).iter().any(|word| required.words.iter().any(|wanted| wanted.eq_ignore_ascii_case(word)));
    }
    let is_required = |name: &&&str| required.names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
    let shared = 2 * listed.iter().filter(is_required).count();
    shared >= listed.len() || shared >= required.names.len()
}

/// Whether the pattern lists no events, and selects them by a field that the control selects them by.
fn selects(tree: &Tree, required: &Required<'_>) -> bool {
    event_names(tree).is_empty() && equals(tree).iter().any(|(selector, _)| required.fields.contains(selector))
}

/// Whether the filter matches all events of one required name. Of a filter that lists names, those that it lists are asked
/// about, or all together if it lists none that is required.
fn covers_one(filter: &FilterPattern, tree: &Tree, required: &Required<'_>, prover: &Prover) -> bool {
    let covers = |events: &EventSet| prover.is_covered(events, std::slice::from_ref(&filter.events));
    let listed = event_names(tree);
    if listed.is_empty() || required.names.is_empty() {
        return required.by_name.iter().any(|(_, named)| covers(named));
    }
    let mut own = required.by_name.iter().filter(|(name, _)| listed.contains(name)).peekable();
    match own.peek() {
        Some(_) => own.any(|(_, named)| covers(named)),
        None => required.accepted.first().is_some_and(|accepted| covers(&accepted.events)),
    }
}
