//! From a provider's answers to an [`Account`].
//!
//! Three waits in a row for what the benchmark asks, whatever the account's size: the trails and Security Hub; then all
//! that trails and their log groups lead to; then the topics. What goes beyond the benchmark takes two more at most:
//! subscriptions, keys and mute rules; then the policies of keys. Within a wait all calls are under way together.

mod mute;
mod topics;

use std::collections::{BTreeMap, BTreeSet};

use futures::future::{join, join_all, join3};

use super::watch::{self, MetricId};
use super::{Account, Alarms, Gap, Known, LogGroup, LogGroupId, Selectors, TopicArn, Trail};
use crate::provider::api::cloudtrail::{GetEventSelectors, Trail as Described};
use crate::provider::permissions::Operation;
use crate::provider::{Answer, Call, Provider, Refusal, RefusalKind, arn};

/// Asks for everything that bears on whether an event of this account would be noticed.
pub async fn collect(provider: &impl Provider) -> Account {
    let (identity, regions) = (provider.identity(), provider.regions());
    let (described, security_hub) = join(
        join_all(regions.iter().map(|region| describe_trails(provider, region))),
        join_all(regions.iter().map(|region| security_hub(provider, region))),
    )
    .await;
    let described = merge(described);
    let trails: &[_] = described.as_deref().unwrap_or_default();

    let ids: BTreeSet<_> = trails
        .iter()
        .filter_map(|(_, trail)| trail.cloud_watch_logs_log_group_arn.as_ref())
        .filter(|arn| arn.account == identity.account.as_str())
        .map(|arn| LogGroupId { region: arn.region.clone(), name: arn.name.clone() })
        .collect();
    let alarm_regions: BTreeSet<_> = ids.iter().map(|id| id.region.clone()).collect();
    let (details, log_groups, alarms) = join3(
        join_all(trails.iter().map(|(home, trail)| trail_details(provider, home, trail))),
        join_all(ids.into_iter().map(|id| log_group(provider, id))),
        join_all(alarm_regions.into_iter().map(|region| alarms(provider, region))),
    )
    .await;
    let (log_groups, alarms) = (log_groups.into_iter().collect(), alarms.into_iter().collect());

    let named = named_topics(&log_groups, &alarms);
    let notifying: BTreeSet<_> = named.iter().map(|(region, _)| region.clone()).collect();
    let named: BTreeSet<_> = named.into_iter().map(|(_, topic)| topic).collect();
    let (topics, mute_rules) = join(
        join_all(named.into_iter().map(|arn| topics::topic(provider, arn))),
        join_all(notifying.into_iter().map(|region| mute::rules(provider, region))),
    )
    .await;
    Account {
        identity: identity.clone(),
        asked_at: provider.asked_at(),
        regions: regions.to_vec(),
        trails: described.map(|_| details),
        log_groups,
        alarms,
        topics: topics.into_iter().collect(),
        security_hub: security_hub.into_iter().collect(),
        mute_rules: mute_rules.into_iter().collect(),
    }
}

/// Whether Security Hub is enabled. Where it is not, `DescribeHub` ends in `InvalidAccessException`: a missing permission
/// is an `AccessDeniedException`.
async fn security_hub(provider: &impl Provider, region: &str) -> (String, Known<bool>) {
    let enabled = match provider.describe_hub(region).await {
        Ok(_) => Ok(true),
        Err(refusal) if refusal.kind == RefusalKind::NotFound => Ok(false),
        Err(refusal) if refusal.code.as_deref() == Some("InvalidAccessException") => Ok(false),
        Err(refusal) => Err(Gap::from(refusal)),
    };
    (region.to_owned(), enabled)
}

/// A described trail with its home region.
type Homed = (String, Described);

async fn describe_trails(provider: &impl Provider, region: &str) -> Answer<Vec<Homed>> {
    let home = |trail: &Described| {
        let home = trail.home_region.as_deref().or_else(|| arn::region_of(&trail.trail_arn));
        home.unwrap_or(region).to_owned()
    };
    let trails = provider.describe_trails(region).await?.trails;
    Ok(trails.into_iter().map(|trail| (home(&trail), trail)).collect())
}

/// The trails of all regions that answered. Multi-region trails show in every region, so that one answer has all the
/// trails that can matter; only if no region answered is there a gap, the first region's.
fn merge(answers: Vec<Answer<Vec<Homed>>>) -> Known<Vec<Homed>> {
    let mut refusal = None;
    let mut trails: Option<BTreeMap<String, Homed>> = None;
    for answer in answers {
        match answer {
            Ok(found) => {
                let trails = trails.get_or_insert_default();
                for trail in found {
                    trails.entry(trail.1.trail_arn.clone()).or_insert(trail);
                }
            }
            Err(refused) => refusal = refusal.or(Some(refused)),
        }
    }
    trails.map(|trails| trails.into_values().collect()).ok_or_else(|| {
        let unasked = || Refusal::not_recorded(Call::about_region(Operation::DESCRIBE_TRAILS, ""));
        Gap::from(refusal.unwrap_or_else(unasked))
    })
}

async fn trail_details(provider: &impl Provider, home: &str, trail: &Described) -> Trail {
    let (status, selectors) =
        join(provider.get_trail_status(home, &trail.trail_arn), provider.get_event_selectors(home, &trail.trail_arn))
            .await;
    let delivery_error = status.as_ref().ok().and_then(|status| status.latest_cloud_watch_logs_delivery_error.clone());
    let last_delivery = status.as_ref().ok().and_then(|status| status.latest_cloud_watch_logs_delivery_time);
    Trail {
        arn: trail.trail_arn.clone(),
        name: trail.name.clone(),
        home_region: home.to_owned(),
        multi_region: trail.is_multi_region_trail,
        organization: trail.is_organization_trail,
        logging: status.map(|status| status.is_logging).map_err(Gap::from),
        delivery_error: delivery_error.filter(|error| !error.is_empty()),
        last_delivery,
        selectors: selectors.map(selectors_in_use).map_err(Gap::from),
        log_group: trail.cloud_watch_logs_log_group_arn.clone(),
    }
}

/// AWS prints the list in use. Where both are printed, as emulators do, the advanced selectors are: setting basic ones
/// on AWS removes them.
fn selectors_in_use(answer: GetEventSelectors) -> Selectors {
    let GetEventSelectors { event_selectors, advanced_event_selectors, .. } = answer;
    if !advanced_event_selectors.is_empty() {
        Selectors::Advanced(advanced_event_selectors)
    } else if !event_selectors.is_empty() {
        Selectors::Basic(event_selectors)
    } else {
        Selectors::Default
    }
}

async fn log_group(provider: &impl Provider, id: LogGroupId) -> (LogGroupId, Known<LogGroup>) {
    let log_group = match provider.describe_metric_filters(&id.region, &id.name).await {
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

async fn alarms(provider: &impl Provider, region: String) -> (String, Known<Alarms>) {
    let alarms = provider.describe_alarms(&region).await.map_err(Gap::from);
    (region, alarms)
}

/// The topics that alarms on the filters' metrics name, and the region where filter and alarm meet.
fn named_topics(
    log_groups: &BTreeMap<LogGroupId, Known<LogGroup>>,
    alarms: &BTreeMap<String, Known<Alarms>>,
) -> BTreeSet<(String, TopicArn)> {
    let mut metrics = BTreeMap::<_, BTreeSet<MetricId<'_>>>::new();
    for (id, log_group) in log_groups {
        if let Ok(LogGroup::Present { filters }) = log_group {
            let published = filters.iter().flat_map(|filter| &filter.metric_transformations).map(MetricId::from);
            metrics.entry(&id.region).or_default().extend(published);
        }
    }
    alarms
        .iter()
        .filter_map(|(region, alarms)| Some((region, metrics.get(region)?, alarms.as_ref().ok()?)))
        .flat_map(|(region, metrics, alarms)| watch::actions(alarms, metrics).into_iter().map(move |one| (region, one)))
        .filter_map(|(region, action)| Some((region.clone(), action.parse().ok()?)))
        .collect()
}
