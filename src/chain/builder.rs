//! From an estate to its chain: who delivers to whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use event_sets::Bounds;

use super::alarm::{self, Published, Regions};
use super::hop::{FilterPattern, Gate, Hop, Note};
use super::patterns::Patterns;
use super::publication::Publication;
use super::system_fields::Origin;
use super::{Chain, HopId, Path, selection, trail};
use crate::account::{Account, Gap, LogGroup, LogGroupArn, MetricFilter, MetricTransformation, Trail};
use crate::estate::Estate;
use crate::fault::{Fault, FilterFault, Lacks, LogGroupFault, MetricFault, SelectionDoubt, TrailFault};
use crate::provider::arn::TrailArn;
use crate::report::Kind;

/// The chain that the events of these accounts take through their estate.
pub(super) fn build<'a>(regions: &Regions<'_>, accounts: impl IntoIterator<Item = &'a Account>) -> Chain {
    let (estate, patterns) = (regions.estate, regions.patterns);
    let mut builder = Builder { estate, patterns, regions, chain: Chain::default(), groups: BTreeMap::new() };
    for account in accounts {
        builder.account(account);
    }
    builder.chain
}

struct Builder<'b, 'e> {
    estate: &'e Estate,
    chain: Chain,
    patterns: &'e Patterns,
    /// The alarms of each region.
    regions: &'b Regions<'e>,
    /// The ways from each log group on, the log group first. Trails that deliver to one share them.
    groups: BTreeMap<(String, bool), Vec<Tail>>,
}

/// The hops from a log group on.
#[derive(Clone, Debug)]
struct Tail {
    hops: Vec<HopId>,
    ends_at_log_group: bool,
}

impl Builder<'_, '_> {
    fn account(&mut self, account: &Account) {
        let id = account.identity.account.as_str().to_owned();
        let trails = match &account.trails {
            Ok(trails) => trails,
            Err(gap) => {
                self.chain.gaps.insert(id, gap.clone());
                return;
            }
        };
        let mut paths = Vec::new();
        for trail in trails {
            let hop = self.trail(account, trail);
            let head = self.chain.add(hop);
            let start = Path::start().then(&self.chain, head);
            match &trail.log_group {
                Some(arn) => {
                    for tail in self.log_group(arn, trail.organization) {
                        let mut path = start.clone();
                        for id in tail.hops {
                            path = path.then(&self.chain, id);
                        }
                        paths.push(Path { ends_at_log_group: tail.ends_at_log_group, ..path });
                    }
                }
                None => paths.push(start),
            }
        }
        self.chain.paths.insert(id, paths);
    }

    /// The trail as its owner describes it, where the owner is part of the estate.
    fn trail(&self, account: &Account, trail: &Trail) -> Hop {
        let own = account.identity.account.as_str();
        let owner = trail.arn.parse().ok().map(|arn: TrailArn| arn.account);
        let owner = owner.as_deref().filter(|owner| *owner != own);
        let owned = owner.and_then(|owner| self.estate.owned_trail(owner, &trail.arn));
        let Some((owner, owned)) = owner.zip(owned) else {
            return trail::hop(trail, account.asked_at).account(owner.unwrap_or(own));
        };
        let asked_at = self.estate.account(owner).and_then(|account| account.asked_at);
        let hop = trail::hop(owned, asked_at).account(owner);
        let differs = [
            ("IsMultiRegionTrail", owned.multi_region != trail.multi_region),
            ("IsOrganizationTrail", owned.organization != trail.organization),
            ("CloudWatchLogsLogGroupArn", owned.log_group != trail.log_group),
        ];
        match differs.into_iter().find(|(_, differs)| *differs) {
            Some((attribute, _)) => {
                hop.gate(Gate::unknown(TrailFault::DescriptionsDiffer { attribute, owner: owner.to_owned() }))
            }
            None => hop,
        }
    }

    fn log_group(&mut self, arn: &LogGroupArn, organization: bool) -> Vec<Tail> {
        let key = (arn.to_string(), organization);
        if let Some(known) = self.groups.get(&key) {
            return known.clone();
        }
        let tails = self.tails(arn, organization);
        self.groups.insert(key, tails.clone());
        tails
    }

    fn tails(&mut self, arn: &LogGroupArn, organization: bool) -> Vec<Tail> {
        let hop = Hop::new(Kind::LogGroup, &arn.name).arn(arn.to_string()).account(&arn.account).region(&arn.region);
        let Some(seen) = self.estate.log_group(arn) else {
            let account = arn.account.to_string();
            return self.dead_end(hop.gate(Gate::unknown(LogGroupFault::InAnotherAccount { account })));
        };
        let filters = match seen {
            Some(Ok(LogGroup::Present { filters })) => filters,
            Some(Ok(LogGroup::Missing)) => return self.dead_end(hop.gate(Gate::closed(LogGroupFault::Missing))),
            Some(Err(gap)) => return self.dead_end(hop.gate(Gate::unknown(Fault::Gap(gap.clone())))),
            None => return self.dead_end(hop.gate(Gate::unknown(Fault::Unasked))),
        };
        let group = self.chain.add(hop);
        let mut tails = vec![Tail { hops: vec![group], ends_at_log_group: true }];
        let mut add =
            |hops: Vec<HopId>| tails.push(Tail { hops: [vec![group], hops].concat(), ends_at_log_group: false });
        for hop in alarm::log_alarms(self.estate, arn) {
            add(vec![self.chain.add(hop)]);
        }
        let origin = Origin { account: &arn.account, region: &arn.region, organization };
        for filter in filters {
            let hop = filter_hop(filter, self.patterns.parse(&filter.filter_pattern), origin);
            let at = self.chain.add(hop);
            for rest in self.filter(filter, origin) {
                add([vec![at], rest].concat());
            }
        }
        tails
    }

    fn dead_end(&mut self, hop: Hop) -> Vec<Tail> {
        vec![Tail { hops: vec![self.chain.add(hop)], ends_at_log_group: false }]
    }

    /// The ways from a filter on.
    fn filter(&mut self, filter: &MetricFilter, origin: Origin<'_>) -> Vec<Vec<HopId>> {
        if filter.metric_transformations.is_empty() {
            return vec![Vec::new()];
        }
        filter.metric_transformations.iter().flat_map(|metric| self.metric(filter, metric, origin)).collect()
    }

    /// The ways from a metric on, the metric first.
    fn metric(&mut self, filter: &MetricFilter, metric: &MetricTransformation, origin: Origin<'_>) -> Vec<Vec<HopId>> {
        let hop = metric_hop(metric).account(origin.account).region(origin.region);
        if let Err(error) = Publication::new(filter, metric) {
            return vec![vec![self.chain.add(hop.gate(Gate::closed(MetricFault::Invalid(error))))]];
        }
        let region = self.regions.get(origin.region);
        match alarm::from_metric(self.estate, &region, Published { metric, origin }) {
            Ok(ways) => {
                let at = self.chain.add(hop);
                let add = |way: Vec<Hop>| way.into_iter().map(|hop| self.chain.add(hop)).collect::<Vec<_>>();
                ways.into_iter().map(add).map(|way: Vec<HopId>| [vec![at], way].concat()).collect()
            }
            Err(fault) => {
                let gate = match &fault {
                    Fault::Gap(_) | Fault::Unasked => Gate::unknown(fault),
                    _ => Gate::closed(fault),
                };
                vec![vec![self.chain.add(hop.gate(gate))]]
            }
        }
    }
}

/// The filter as a hop: what its pattern matches and its field selection selects.
fn filter_hop(filter: &MetricFilter, pattern: Arc<FilterPattern>, origin: Origin<'_>) -> Hop {
    let mut hop = Hop::new(Kind::Filter, &filter.filter_name).account(origin.account).region(origin.region);
    match &pattern.parsed {
        Ok(_) if filter.apply_on_transformed_logs => hop.gates.push(Gate::unknown(FilterFault::TransformedLogs)),
        Ok(_) => {
            let fault = FilterFault::DoesNotCover { lacks: Lacks::Some };
            hop.gates.push(Gate::new(Bounds::exactly(pattern.events.clone()), fault));
        }
        Err(error) if error.certain => {
            let error = error.to_string();
            hop.notes.push(Note::PatternInvalid { error: error.clone() });
            hop.gates.push(Gate::closed(FilterFault::PatternInvalid { error }));
        }
        Err(error) => hop.gates.push(Gate::unknown(FilterFault::PatternUndecided { error: error.to_string() })),
    }
    if let Some(criteria) = filter.field_selection_criteria.as_deref().filter(|criteria| !criteria.trim().is_empty()) {
        hop.gates.extend(selection_gate(criteria, origin));
    }
    if filter.metric_transformations.is_empty() {
        hop.gates.push(Gate::closed(FilterFault::NoMetric));
    }
    hop.pattern = Some(pattern);
    hop
}

fn selection_gate(criteria: &str, origin: Origin<'_>) -> Option<Gate> {
    let owned = || criteria.to_owned();
    let undecided = |doubt| FilterFault::SelectionUndecided { criteria: owned(), doubt };
    match selection::selected(criteria, origin) {
        Ok(events) if events == Bounds::everything() => None,
        Ok(events) if events.is_exact() => {
            Some(Gate::new(events, FilterFault::SelectionDropsEvents { criteria: owned() }))
        }
        Ok(events) => {
            let gate = Gate::new(events, FilterFault::SelectionDropsEvents { criteria: owned() });
            Some(gate.with_doubt(undecided(SelectionDoubt::Origin)))
        }
        Err(doubt) => Some(Gate::unknown(undecided(doubt))),
    }
}

fn metric_hop(metric: &MetricTransformation) -> Hop {
    let mut hop = Hop::new(Kind::Metric, format!("{}/{}", metric.metric_namespace, metric.metric_name));
    hop.detail = match metric.default_value {
        Some(default) => format!("{} for each event, {default} for any other", metric.metric_value),
        None => format!("{} for each event", metric.metric_value),
    };
    hop
}

/// A call that has no answer, as the fault of a hop.
impl From<Gap> for Fault {
    fn from(gap: Gap) -> Self {
        Self::Gap(gap)
    }
}
