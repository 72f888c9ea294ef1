//! What the emulators cannot hold, or answer otherwise than AWS does.

use crate::provider::api::Timestamp;
use crate::provider::api::cloudwatch::{DescribeAlarmsOutput, MetricAlarm, StateValue};
use crate::provider::api::kms::KeyState;
use crate::provider::api::logs::MetricFilter;
use crate::provider::recorded::Recording;
use crate::provider::{Ask as _, Question, RefusalKind, question};

/// A difference between the emulators and AWS on account of which some accounts cannot be emulated.
#[derive(Debug, Clone, Copy)]
pub struct Quirk {
    /// In kebab-case, as a tag.
    pub name: &'static str,
    /// What the emulators do.
    pub meaning: &'static str,
    concerns: fn(&Recording) -> bool,
}

/// Every quirk. For each, `tests/emulators/scenarios.rs` asserts that it is still there.
pub const QUIRKS: &[Quirk] = &[
    Quirk {
        name: "nothing-is-refused",
        meaning: "No call is denied or throttled: the emulators know no permissions and no limits",
        concerns: has_refusal,
    },
    Quirk {
        name: "deliveries-never-fail",
        meaning: "moto says neither when a trail last delivered nor that a delivery failed",
        concerns: |recording| {
            let mut statuses = answers::<question::GetTrailStatus>(recording);
            statuses.any(|status| {
                let failed = status.latest_cloud_watch_logs_delivery_error.is_some();
                failed || !recent(status.latest_cloud_watch_logs_delivery_time, recording.asked_at())
            })
        },
    },
    Quirk {
        name: "log-groups-always-exist",
        meaning: "LocalStack lists the metric filters of a log group that does not exist: none",
        concerns: |recording| {
            let filters = recording.answers_to::<question::DescribeMetricFilters>();
            filters.filter_map(|(_, answer)| answer.err()).any(|refusal| refusal.kind == RefusalKind::NotFound)
        },
    },
    Quirk {
        name: "no-field-selections",
        meaning: "LocalStack forgets which events a metric filter is to see by their log group's fields",
        concerns: |recording| filters(recording).any(|filter| filter.field_selection_criteria.is_some()),
    },
    Quirk {
        name: "no-system-fields",
        meaning: "LocalStack forgets that a metric filter publishes system fields as dimensions",
        concerns: |recording| filters(recording).any(|filter| !filter.emit_system_field_dimensions.is_empty()),
    },
    Quirk {
        name: "no-transformed-logs",
        meaning: "LocalStack forgets that a metric filter sees transformed events",
        concerns: |recording| filters(recording).any(|filter| filter.apply_on_transformed_logs),
    },
    Quirk {
        name: "no-evaluation-windows",
        meaning: "LocalStack forgets that an alarm's window is bound to the clock",
        concerns: |recording| metric_alarms(recording).any(|alarm| alarm.evaluation_window.is_some()),
    },
    Quirk {
        name: "no-warming-up",
        meaning: "LocalStack forgets that an alarm warms up",
        concerns: |recording| metric_alarms(recording).any(|alarm| alarm.warm_up_configuration.is_some()),
    },
    Quirk {
        name: "no-queries",
        meaning: "LocalStack knows neither log alarms nor alarms on PromQL",
        concerns: |recording| {
            let promql =
                |alarm: &MetricAlarm| alarm.evaluation_criteria.is_some() || alarm.evaluation_interval.is_some();
            alarms(recording).any(|answer| !answer.log_alarms.is_empty()) || metric_alarms(recording).any(promql)
        },
    },
    Quirk {
        name: "statistics-are-percentiles",
        meaning: "LocalStack takes no extended statistic but percentiles",
        concerns: |recording| {
            let mut statistics = metric_alarms(recording).filter_map(|alarm| alarm.extended_statistic.as_ref());
            statistics.any(|statistic| !statistic.starts_with('p'))
        },
    },
    Quirk {
        name: "states-are-its-own",
        meaning: "LocalStack plays alarms itself, and does not keep one in the state that it had",
        concerns: |recording| {
            let metric = metric_alarms(recording).map(|alarm| &alarm.state_value);
            let composite = alarms(recording).flat_map(|answer| &answer.composite_alarms);
            let composite = composite.map(|alarm| &alarm.state_value);
            let in_alarm = metric.chain(composite).flatten().any(|state| *state == StateValue::Alarm);
            in_alarm || filter_policies(recording).any(|policy| policy.contains("\"OldStateValue\""))
        },
    },
    Quirk {
        name: "no-mute-rules",
        meaning: "LocalStack knows no rules that mute alarms; for an account without any, this is said in its place",
        concerns: |recording| {
            let lists = answers::<question::ListAlarmMuteRules>(recording);
            lists.flat_map(|answer| &answer.alarm_mute_rule_summaries).next().is_some()
        },
    },
    Quirk {
        name: "keys-have-few-states",
        meaning: "moto's keys are enabled, disabled, or pending deletion",
        concerns: |recording| {
            let mut keys = answers::<question::DescribeKey>(recording).map(|answer| &answer.key_metadata);
            let states = [KeyState::Enabled, KeyState::Disabled, KeyState::PendingDeletion];
            keys.any(|key| !states.contains(&key.key_state))
        },
    },
    Quirk {
        name: "regions-are-those-audited",
        meaning: "moto enables every region; that an account enables the audited ones is said in its place",
        concerns: |recording| {
            let mut enabled = answers::<question::ListRegions>(recording).flat_map(|answer| &answer.regions);
            enabled.any(|region| !recording.regions().contains(&region.region_name))
        },
    },
    Quirk {
        name: "no-wildcards",
        meaning: "LocalStack takes no wildcards in the filter policy of a subscription",
        concerns: |recording| filter_policies(recording).any(|policy| policy.contains("\"wildcard\"")),
    },
    Quirk {
        name: "deleted-subscriptions-are-gone",
        meaning: "LocalStack no longer lists a subscription that was deleted",
        concerns: |recording| {
            let topics = answers::<question::ListSubscriptionsByTopic>(recording);
            topics.flat_map(|answer| &answer.subscriptions).any(|listed| listed.subscription_arn == "Deleted")
        },
    },
    Quirk {
        name: "subscriptions-are-private",
        meaning: "LocalStack shows the attributes of a subscription to the account of its topic alone",
        concerns: |recording| {
            let account = recording.identity().account.as_str();
            let attributes = recording.answers_to::<question::GetSubscriptionAttributes>();
            let shown = attributes.filter(|(_, answer)| answer.is_ok());
            let mut arns = shown.filter_map(|(call, _)| call.resource.as_deref());
            arns.any(|arn| arn.split(':').nth(4) != Some(account))
        },
    },
];

impl Quirk {
    /// The first quirk on account of which an account cannot be emulated.
    pub fn of(recording: &Recording) -> Option<&'static Self> {
        QUIRKS.iter().find(|quirk| (quirk.concerns)(recording))
    }
}

/// Whether a call was refused, other than because there is nothing to answer about.
fn has_refusal(recording: &Recording) -> bool {
    recording.calls().filter_map(|(_, refusal)| refusal).any(|refusal| !refusal.is_of_nothing())
}

/// Whether a delivery is of the hour before the account was asked.
fn recent(delivered: Option<Timestamp>, asked: Option<Timestamp>) -> bool {
    let age = delivered.zip(asked).map(|(delivered, asked)| asked.seconds() - delivered.seconds());
    age.is_some_and(|age| (0..3600).contains(&age))
}

/// What an operation answered, wherever it was not refused.
fn answers<Q: Question>(recording: &Recording) -> impl Iterator<Item = &Q::Output> {
    recording.answers_to::<Q>().filter_map(|(_, answer)| answer.ok())
}

fn filters(recording: &Recording) -> impl Iterator<Item = &MetricFilter> {
    answers::<question::DescribeMetricFilters>(recording).flat_map(|answer| &answer.metric_filters)
}

fn filter_policies(recording: &Recording) -> impl Iterator<Item = &str> {
    let attributes = answers::<question::GetSubscriptionAttributes>(recording);
    attributes.filter_map(|answer| answer.attributes.filter_policy.as_deref())
}

fn alarms(recording: &Recording) -> impl Iterator<Item = &DescribeAlarmsOutput> {
    answers::<question::DescribeAlarms>(recording)
}

fn metric_alarms(recording: &Recording) -> impl Iterator<Item = &MetricAlarm> {
    alarms(recording).flat_map(|answer| &answer.metric_alarms)
}
