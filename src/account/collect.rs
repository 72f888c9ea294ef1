//! From a provider's answers to an [`Account`].
//!
//! Three waits in a row for what the benchmark asks, whatever the account's size: the trails; then all
//! that trails and their log groups lead to; then the topics. What goes beyond the benchmark takes two more at most:
//! subscriptions, keys and mute rules; then the policies of keys. Within a wait all calls are under way together. Security
//! Hub, on which none of them depends, is asked beside all of them.

mod mute;
mod topics;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use futures::FutureExt as _;
use futures::future::{join, join_all, join3, try_join};

use super::watch::{self, MetricId};
use super::{Account, Alarms, Gap, Identity, Known, LogGroup, LogGroupId, Selectors, TopicArn, Trail};
use crate::provider::api::cloudtrail::{GetEventSelectorsOutput, Trail as Described};
use crate::provider::{Answer, Ask, Provider, Question as _, Refusal, RefusalKind, Region, question};

/// What is asked for beside the ways of an account's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Whether Security Hub is enabled, and the regions where it has to be.
    pub security_hub: bool,
}

impl Wanted {
    /// All that any control needs.
    pub const EVERYTHING: Self = Self { security_hub: true };
}

/// Asks for everything that bears on whether an event of this account would be noticed.
pub async fn collect(provider: &impl Provider) -> Account {
    let identity = std::future::ready(Ok::<_, Infallible>(provider.identity().clone()));
    let Ok(account) = collect_beside(provider, identity, Wanted::EVERYTHING).await;
    account
}

/// The same where the account's identity is not known yet: it is waited for beside the first questions. The error is
/// that of the identity, without which there is no account.
pub async fn collect_beside<E>(
    asked: &impl Ask,
    identity: impl Future<Output = Result<Identity, E>>,
    wanted: Wanted,
) -> Result<Account, E> {
    // Beside all the rest: a call that hangs spoils nothing that does not depend on it.
    let (account, (security_hub, enabled_regions)) =
        try_join(ways(asked, identity), hub(asked, wanted).map(Ok)).await?;
    Ok(Account { security_hub, enabled_regions, ..account })
}

/// What of Security Hub is wanted: whether it is enabled in each audited region, and which regions there are.
async fn hub(asked: &impl Ask, wanted: Wanted) -> (BTreeMap<String, Known<bool>>, Known<Vec<String>>) {
    let regions = asked.regions();
    if wanted.security_hub {
        let enabled = join_all(regions.iter().map(|region| security_hub(asked, region)));
        let (enabled, regions) = join(enabled, enabled_regions(asked, regions)).await;
        return (by_name(enabled), regions);
    }
    let not_asked = |call| Gap::from(Refusal::not_recorded(call));
    let enabled = regions
        .iter()
        .map(|region| (region.clone(), Err(not_asked(question::DescribeHub { region: region.clone() }.call()))));
    (by_name(enabled), Err(not_asked(question::ListRegions { region: global(regions) }.call())))
}

/// The account, but for Security Hub.
async fn ways<E>(asked: &impl Ask, identity: impl Future<Output = Result<Identity, E>>) -> Result<Account, E> {
    let regions = asked.regions();
    let described = join_all(regions.iter().map(|region| describe_trails(asked, region)));
    let (identity, described) = try_join(identity, described.map(Ok)).await?;
    let described = merge(regions, described);
    let trails: &[_] = described.as_deref().unwrap_or_default();

    let groups: BTreeSet<_> = trails
        .iter()
        .filter_map(|trail| trail.cloud_watch_logs_log_group_arn.as_ref())
        .filter(|arn| arn.account == identity.account)
        .map(|arn| (arn.region.clone(), arn.name.clone()))
        .collect();
    let alarm_regions: BTreeSet<_> = groups.iter().map(|(region, _)| region.clone()).collect();
    let (details, log_groups, alarms) = join3(
        join_all(trails.iter().map(|trail| trail_details(asked, trail))),
        join_all(groups.into_iter().map(|(region, name)| log_group(asked, region, name))),
        join_all(alarm_regions.into_iter().map(|region| alarms(asked, region))),
    )
    .await;
    let (log_groups, alarms) = (log_groups.into_iter().collect(), alarms.into_iter().collect());

    let named = named_topics(&log_groups, &alarms);
    let notifying: BTreeSet<_> = named.iter().map(|(region, _)| region.clone()).collect();
    let named: BTreeSet<_> = named.into_iter().map(|(_, topic)| topic).collect();
    let (topics, mute_rules) = join(
        join_all(named.into_iter().map(|arn| topics::topic(asked, arn))),
        join_all(notifying.into_iter().map(|region| mute::rules(asked, region))),
    )
    .await;
    Ok(Account {
        identity,
        asked_at: asked.asked_at(),
        regions: regions.iter().map(Region::to_string).collect(),
        trails: described.map(|_| details),
        log_groups,
        alarms: by_name(alarms),
        topics: topics.into_iter().collect(),
        enabled_regions: Ok(Vec::new()),
        security_hub: BTreeMap::new(),
        mute_rules: by_name(mute_rules),
    })
}

fn by_name<T>(regions: impl IntoIterator<Item = (Region, T)>) -> BTreeMap<String, T> {
    regions.into_iter().map(|(region, what)| (region.to_string(), what)).collect()
}

/// The regions that the account has enabled. The partition's own region answers: that of its Organizations endpoint.
async fn enabled_regions(asked: &impl Ask, regions: &[Region]) -> Known<Vec<String>> {
    let region = global(regions);
    let answer = asked.ask(question::ListRegions { region }).await?;
    let enabled = answer.regions.into_iter().filter(|region| region.region_opt_status.is_enabled());
    let names: BTreeSet<String> = enabled.map(|region| region.region_name.to_string()).collect();
    Ok(names.into_iter().collect())
}

fn global(regions: &[Region]) -> Region {
    Region::global_of(regions.first().map_or("aws", Region::partition))
}

/// Whether Security Hub is enabled.
async fn security_hub(asked: &impl Ask, region: &Region) -> (Region, Known<bool>) {
    let enabled = match asked.ask(question::DescribeHub { region: region.clone() }).await {
        Ok(_) => Ok(true),
        Err(refusal) if refusal.is_of_nothing() => Ok(false),
        Err(refusal) => Err(Gap::from(refusal)),
    };
    (region.clone(), enabled)
}

async fn describe_trails(asked: &impl Ask, region: &Region) -> Answer<Vec<Described>> {
    Ok(asked.ask(question::DescribeTrails { region: region.clone() }).await?.trails)
}

/// The trails of all regions that answered. Multi-region trails show in every region, so that one answer has all the
/// trails that can matter; only if no region answered is there a gap, the first region's. Two answers that describe a
/// trail in two ways are a gap too: neither is the right one.
fn merge(regions: &[Region], answers: Vec<Answer<Vec<Described>>>) -> Known<Vec<Described>> {
    let mut refusal = None;
    let mut trails: Option<BTreeMap<_, Described>> = None;
    for (region, answer) in regions.iter().zip(answers) {
        match answer {
            Ok(found) => {
                let trails = trails.get_or_insert_default();
                for trail in found {
                    let before = trails.entry(trail.trail_arn.to_string()).or_insert_with(|| trail.clone());
                    if *before != trail {
                        let call = question::DescribeTrails { region: region.clone() }.call();
                        let message = format!("two answers describe the trail {} differently", trail.trail_arn);
                        return Err(Gap::from(Refusal::without_answer(call, &message)));
                    }
                }
            }
            Err(refused) => refusal = refusal.or(Some(refused)),
        }
    }
    match (trails, refusal) {
        (None, Some(refusal)) => Err(Gap::from(refusal)),
        // An audit is of one region at least.
        (trails, _) => Ok(trails.unwrap_or_default().into_values().collect()),
    }
}

async fn trail_details(asked: &impl Ask, described: &Described) -> Trail {
    let (region, trail) = (described.home().clone(), described.trail_arn.clone());
    let status = question::GetTrailStatus { region: region.clone(), trail: trail.clone() };
    let selectors = question::GetEventSelectors { region, trail };
    let (status, selectors) = join(asked.ask(status), asked.ask(selectors)).await;
    let status = status.map_err(Gap::from);
    let delivery_error = status.as_ref().ok().and_then(|status| status.latest_cloud_watch_logs_delivery_error.clone());
    let last_delivery = status.as_ref().ok().and_then(|status| status.latest_cloud_watch_logs_delivery_time);
    Trail {
        arn: described.trail_arn.to_string(),
        name: described.name.clone(),
        home_region: described.home().to_string(),
        multi_region: described.is_multi_region_trail,
        organization: described.is_organization_trail,
        logging: status.map(|status| status.is_logging),
        delivery_error: delivery_error.filter(|error| !error.is_empty()),
        last_delivery,
        selectors: selectors.map(selectors_in_use).map_err(Gap::from),
        log_group: described.cloud_watch_logs_log_group_arn.clone(),
    }
}

/// AWS prints the list in use. Where both are printed, as emulators do, the advanced selectors are: setting basic ones
/// on AWS removes them.
fn selectors_in_use(answer: GetEventSelectorsOutput) -> Selectors {
    let GetEventSelectorsOutput { event_selectors, advanced_event_selectors, .. } = answer;
    if !advanced_event_selectors.is_empty() {
        Selectors::Advanced(advanced_event_selectors)
    } else if !event_selectors.is_empty() {
        Selectors::Basic(event_selectors)
    } else {
        Selectors::Default
    }
}

async fn log_group(asked: &impl Ask, region: Region, name: String) -> (LogGroupId, Known<LogGroup>) {
    let id = LogGroupId { region: region.to_string(), name: name.clone() };
    let log_group = match asked.ask(question::DescribeMetricFilters { region, log_group: name }).await {
        Ok(answer) => {
            let mut filters = answer.metric_filters;
            // A recording may hold the filters of a whole region under one log group's name.
            filters.retain(|filter| filter.log_group_name.as_ref().is_none_or(|name| *name == id.name));
            filters.sort_by(|a, b| a.filter_name.cmp(&b.filter_name));
            Ok(LogGroup::Present { filters })
        }
        Err(refusal) if refusal.kind == RefusalKind::NotFound => Ok(LogGroup::Missing),
        Err(refusal) => Err(Gap::from(refusal)),
    };
    (id, log_group)
}

async fn alarms(asked: &impl Ask, region: Region) -> (Region, Known<Alarms>) {
    let alarms = asked.ask(question::DescribeAlarms { region: region.clone() }).await.map_err(Gap::from);
    (region, alarms)
}

/// The topics that alarms on the filters' metrics name, and the region where filter and alarm meet.
fn named_topics(
    log_groups: &BTreeMap<LogGroupId, Known<LogGroup>>,
    alarms: &BTreeMap<Region, Known<Alarms>>,
) -> BTreeSet<(Region, TopicArn)> {
    let mut metrics = BTreeMap::<_, BTreeSet<MetricId<'_>>>::new();
    for (id, log_group) in log_groups {
        if let Ok(LogGroup::Present { filters }) = log_group {
            let published = filters.iter().flat_map(|filter| &filter.metric_transformations).map(MetricId::from);
            metrics.entry(id.region.as_str()).or_default().extend(published);
        }
    }
    alarms
        .iter()
        .filter_map(|(region, alarms)| Some((region, metrics.get(region.as_str())?, alarms.as_ref().ok()?)))
        .flat_map(|(region, metrics, alarms)| watch::actions(alarms, metrics).into_iter().map(move |one| (region, one)))
        .filter_map(|(region, action)| Some((region.clone(), action.parse().ok()?)))
        .collect()
}
