//! The chain: every resource of an estate that an event passes on its way to a person, and which events it carries.
//!
//! The chain is drawn once for an estate and holds no control: each hop has [`Bounds`], the events
//! that surely and those that possibly pass it. What a control requires is asked of it in `judge`.

mod alarm;
mod builder;
pub(crate) mod cursor;
mod hop;
mod mute;
mod path;
mod patterns;
pub(crate) mod publication;
mod selection;
mod selectors;
mod series;
mod system_fields;
mod topic;
mod trail;

use std::collections::BTreeMap;

use event_sets::{Bounds, EventSet};

pub use alarm::Regions;
pub(crate) use hop::{FilterPattern, Gate, Hop, Note};
pub use patterns::Patterns;
pub(crate) use system_fields::Origin;

use crate::account::{Account, Gap};
use crate::estate::Estate;

/// The place of a hop in a chain.
pub(crate) type HopId = usize;

/// The hops of an estate, and the ways through them.
#[derive(Debug, Default)]
pub struct Chain {
    hops: Vec<Hop>,
    /// The ways of each account's events, trail by trail and filter by filter.
    paths: BTreeMap<String, Vec<Path>>,
    /// Why the trails of an account are not known.
    gaps: BTreeMap<String, Gap>,
}

/// A way through hops, and which events it carries.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub hops: Vec<HopId>,
    /// What passes all gates.
    pub carries: Bounds,
    /// What would pass if all closed gates were open and all doubts were resolved for the better.
    pub content: EventSet,
    /// The metric filter.
    pub filter: Option<HopId>,
    /// Whether it ends at a log group that was seen: where it ends for a control for which no filter is there.
    pub ends_at_log_group: bool,
    /// Whether what it carries may depend on the account of the event.
    pub names_account: bool,
}

impl Chain {
    /// The chain of an estate. `patterns` keeps what was parsed for further estates.
    pub fn of(estate: &Estate, patterns: &Patterns) -> Self {
        builder::build(&Regions::of(estate, patterns), estate.accounts())
    }

    /// The part of an estate's chain that the events of these of its accounts take.
    pub fn of_accounts<'a>(regions: &Regions<'_>, accounts: impl IntoIterator<Item = &'a Account>) -> Self {
        builder::build(regions, accounts)
    }

    pub(crate) fn hop(&self, id: HopId) -> Option<&Hop> {
        self.hops.get(id)
    }

    /// The ways that an account's events can take.
    pub(crate) fn paths(&self, account: &str) -> &[Path] {
        self.paths.get(account).map_or(&[], Vec::as_slice)
    }

    /// Why the trails of the account are not known, if they are not.
    pub(crate) fn gap(&self, account: &str) -> Option<&Gap> {
        self.gaps.get(account)
    }

    fn add(&mut self, mut hop: Hop) -> HopId {
        let account = event_sets::Path::keys(["recipientAccountId"]);
        hop.names_account = hop.gates.iter().any(|gate| gate.carries.possible().mentions(&account));
        self.hops.push(hop);
        self.hops.len() - 1
    }
}

impl Path {
    /// The way to the first hop.
    fn start() -> Self {
        let (carries, content) = (Bounds::everything(), EventSet::everything());
        Self { hops: Vec::new(), carries, content, filter: None, ends_at_log_group: false, names_account: false }
    }

    /// The way that goes on to this hop.
    fn then(&self, chain: &Chain, id: HopId) -> Self {
        let mut longer = self.clone();
        longer.hops.push(id);
        let Some(hop) = chain.hop(id) else { return longer };
        if hop.pattern.is_some() {
            longer.filter = Some(id);
        }
        longer.names_account |= hop.names_account;
        for gate in &hop.gates {
            longer.carries = longer.carries.meet(&gate.carries);
            if !gate.is_closed() {
                longer.content = EventSet::all([longer.content, gate.carries.possible().clone()]);
            }
        }
        longer
    }
}
