//! A route of the chain as a control sees it.

use event_sets::{EventSet, Prover, Witness};

use super::relevance::{Relevance, RelevanceCache};
use super::required::Required;
use crate::chain::{Chain, FilterPattern, Hop, Path};
use crate::fault::{Fault, LogGroupFault};
use crate::report::State;

/// A route, and what it has to do with the control.
#[derive(Clone, Debug)]
pub(super) struct Route<'c> {
    pub path: &'c Path,
    pub hops: Vec<&'c Hop>,
    /// Whether the route is there for the control. Others may carry a required event by chance.
    pub relevant: bool,
    /// An event that the filter matches and the control does not require, if one was looked for and found.
    pub unrequested: Option<Witness>,
    /// Why the route ends at its last hop, for this control alone.
    pub ends: Option<Fault>,
}

impl<'c> Route<'c> {
    fn new(chain: &'c Chain, path: &'c Path, relevant: bool) -> Self {
        let hops = path.hops.iter().filter_map(|id| chain.hop(*id)).collect();
        Self { path, hops, relevant, unrequested: None, ends: None }
    }

    /// Whether the route surely carries something, all that it possibly carries, or nothing.
    pub(super) fn state(&self) -> State {
        match () {
            () if self.ends.is_some() || self.path.carries.possible().is_nothing() => State::Broken,
            () if self.path.carries.sure().is_nothing() => State::Uncertain,
            () => State::Live,
        }
    }

    /// The metric filter on the route, and what it matches.
    pub(super) fn filter(&self) -> Option<(&'c Hop, &'c FilterPattern)> {
        self.hops.iter().find_map(|hop| Some((*hop, hop.pattern.as_deref()?)))
    }

    /// The events that the filter's pattern matches: all of them on a route without one.
    pub(super) fn matched(&self) -> EventSet {
        self.filter().map_or_else(EventSet::everything, |(_, filter)| filter.events.clone())
    }
}

/// The routes of an account that have to do with the required events.
///
/// A log group none of whose filters is there for the control ends a route of its own.
pub(super) fn of_account<'c>(
    chain: &'c Chain,
    account: &str,
    required: &Required<'_>,
    cache: &RelevanceCache,
    prover: &Prover,
) -> Vec<Route<'c>> {
    let mut routes: Vec<Route<'c>> = Vec::new();
    // Paths come trail by trail and, within a trail, filter by filter.
    for of_trail in chain.paths(account).chunk_by(|one, next| one.hops.first() == next.hops.first()) {
        let mut has_filter = false;
        for of_filter in of_trail.chunk_by(|one, next| one.filter == next.filter) {
            let filter = of_filter.first().and_then(|path| chain.hop(path.filter?));
            let relevance = filter.and_then(|hop| hop.pattern.as_deref());
            let relevance = relevance.map_or(Relevance::Meant, |filter| cache.of(filter, required, prover));
            if relevance != Relevance::None {
                let meant = relevance == Relevance::Meant;
                has_filter |= meant && filter.is_some();
                let complete = of_filter.iter().filter(|path| !path.ends_at_log_group);
                routes.extend(complete.map(|path| Route::new(chain, path, meant)));
            }
        }
        if !has_filter {
            let ended = of_trail.iter().filter(|path| path.ends_at_log_group);
            let ends = || Some(Fault::LogGroup(LogGroupFault::NoFilter));
            routes.extend(ended.map(|path| Route { ends: ends(), ..Route::new(chain, path, true) }));
        }
    }
    routes
}
