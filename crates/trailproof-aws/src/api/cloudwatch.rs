//! CloudWatch: alarms.

use serde::{Deserialize, Serialize};

use super::{Timestamp, open_enum, or_default};
use crate::arn::AlarmArn;
use crate::{Asked, Flaw, Response};

/// `cloudwatch:DescribeAlarms`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarmsOutput {
    /// Alarms on metrics.
    #[serde(default)]
    pub metric_alarms: Vec<MetricAlarm>,
    /// Alarms on the states of other alarms.
    #[serde(default)]
    pub composite_alarms: Vec<CompositeAlarm>,
    /// Alarms on the results of scheduled log queries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_alarms: Vec<LogAlarm>,
}

impl Response for DescribeAlarmsOutput {
    const MEMBERS: &'static [&'static str] = &["MetricAlarms", "CompositeAlarms", "LogAlarms"];

    fn append(&mut self, mut page: Self) {
        self.metric_alarms.append(&mut page.metric_alarms);
        self.composite_alarms.append(&mut page.composite_alarms);
        self.log_alarms.append(&mut page.log_alarms);
    }

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        let metric = self.metric_alarms.iter().map(|alarm| (&alarm.alarm_name, &alarm.alarm_arn));
        let composite = self.composite_alarms.iter().map(|alarm| (&alarm.alarm_name, &alarm.alarm_arn));
        let log = self.log_alarms.iter().map(|alarm| (&alarm.alarm_name, &alarm.alarm_arn));
        let placed = |list: &'static str| {
            move |(at, (name, arn)): (usize, (&String, &Option<String>))| {
                let place = format!("{list}[{at}].AlarmArn");
                let Some(arn) = arn else { return Err(Flaw::lacks(place)) };
                asked.place(&place, arn)?;
                match arn.parse::<AlarmArn>() {
                    Ok(arn) if arn.name == *name => Ok(()),
                    _ => Err(Flaw::value(place, arn)),
                }
            }
        };
        metric.enumerate().try_for_each(placed("MetricAlarms"))?;
        composite.enumerate().try_for_each(placed("CompositeAlarms"))?;
        log.enumerate().try_for_each(placed("LogAlarms"))
    }
}

/// An alarm on one metric, on metric math, or on a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricAlarm {
    /// The name, unique in the region.
    pub alarm_name: String,
    /// The ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_arn: Option<String>,
    /// What its owner says of it, which is part of its notifications.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_description: Option<String>,
    /// Whether any action runs.
    pub actions_enabled: bool,
    /// What runs on the transition to ALARM: ARNs of topics, functions, …
    #[serde(default)]
    pub alarm_actions: Vec<String>,
    /// What runs on the transition to OK.
    #[serde(default, rename = "OKActions")]
    pub ok_actions: Vec<String>,
    /// What runs on the transition to INSUFFICIENT_DATA.
    #[serde(default)]
    pub insufficient_data_actions: Vec<String>,
    /// The state now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_value: Option<StateValue>,
    /// When the state, or what is said of it, was last updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_updated_timestamp: Option<Timestamp>,
    /// When the state last became another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_transitioned_timestamp: Option<Timestamp>,
    /// When the alarm's settings were last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_configuration_updated_timestamp: Option<Timestamp>,
    /// The metric's name, where the alarm is on a single metric.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric_name: Option<String>,
    /// The metric's namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// How the datapoints of a period become one value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistic: Option<Statistic>,
    /// A percentile or trimmed statistic such as `p99` or `tm90`, in place of `statistic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extended_statistic: Option<String>,
    /// The metric's dimensions; all of them, exactly.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// The length of a period in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<u32>,
    /// Only datapoints of this unit count, where set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How many of the latest periods are looked at: N of "M out of N".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_periods: Option<u32>,
    /// How many of them must breach: M; all of them where not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datapoints_to_alarm: Option<u32>,
    /// What a period's value is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// How it is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison_operator: Option<ComparisonOperator>,
    /// What a period without datapoints counts as; `missing` where not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treat_missing_data: Option<TreatMissingData>,
    /// For percentiles: `evaluate` or `ignore` periods with too few datapoints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluate_low_sample_count_percentile: Option<String>,
    /// Metric math or a query, in place of a single metric.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<MetricDataQuery>,
    /// For anomaly detection: which of `metrics` is the band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold_metric_id: Option<String>,
    /// Whether CloudWatch can evaluate the alarm at all: `PARTIAL_DATA`, `EVALUATION_ERROR`, `EVALUATION_FAILURE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_state: Option<String>,
    /// How periods are laid over time; a sliding window where not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_window: Option<EvaluationWindow>,
    /// How long after its creation or update the alarm stays silent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warm_up_configuration: Option<WarmUpConfiguration>,
    /// A PromQL query, in place of metrics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_criteria: Option<EvaluationCriteria>,
    /// How often the alarm is evaluated, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_interval: Option<u32>,
}

/// A name and a value that, with others, tell apart metrics of one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Dimension {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// One line of metric math: a metric or an expression over other lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricDataQuery {
    /// The line's name in expressions.
    pub id: String,
    /// The metric, where the line is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric_stat: Option<MetricStat>,
    /// The expression or Metrics Insights query, where the line is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// Whether this is the line that the alarm watches; true where not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_data: Option<bool>,
    /// The period of an expression in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<u32>,
    /// The account whose metric it is, where not the alarm's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

/// A metric and how its datapoints become one value a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricStat {
    /// The metric.
    pub metric: Metric,
    /// The length of a period in seconds.
    pub period: u32,
    /// `Sum`, `p99`, …
    pub stat: String,
    /// Only datapoints of this unit count, where set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Metric {
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The name.
    pub metric_name: String,
    /// The dimensions; all of them, exactly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
}

/// How periods are laid over time; neither member means a kind of window that AWS added later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluationWindow {
    /// The window moves with each evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sliding_window: Option<SlidingWindow>,
    /// The window is bound to the clock: the hour, the day, the week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wall_clock_window: Option<WallClockWindow>,
}

/// A sliding window has no settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlidingWindow {}

/// A window bound to the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct WallClockWindow {
    /// The clock's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// How long an alarm stays silent after its creation or update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct WarmUpConfiguration {
    /// The time in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warm_up_period_duration_in_minutes: Option<u32>,
    /// Whether nothing at all is evaluated until then, rather than what there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_start_evaluating_after_warm_up_period_ends: Option<bool>,
}

/// What an alarm evaluates in place of metrics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationCriteria {
    /// A PromQL query.
    #[serde(rename = "PromQLCriteria", skip_serializing_if = "Option::is_none")]
    pub promql_criteria: Option<PromQlCriteria>,
}

/// A PromQL query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PromQlCriteria {
    /// The query.
    pub query: String,
    /// For how many seconds the query has to breach before the alarm goes off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_period: Option<u32>,
    /// For how many seconds it has to be well before the alarm is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_period: Option<u32>,
}

/// An alarm on the states of other alarms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CompositeAlarm {
    /// The name, unique in the region.
    pub alarm_name: String,
    /// The ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_arn: Option<String>,
    /// What its owner says of it, which is part of its notifications.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_description: Option<String>,
    /// The rule, such as `ALARM("a") OR ALARM("b")`.
    pub alarm_rule: String,
    /// Whether any action runs.
    pub actions_enabled: bool,
    /// What runs on the transition to ALARM.
    #[serde(default)]
    pub alarm_actions: Vec<String>,
    /// What runs on the transition to OK.
    #[serde(default, rename = "OKActions")]
    pub ok_actions: Vec<String>,
    /// What runs on the transition to INSUFFICIENT_DATA.
    #[serde(default)]
    pub insufficient_data_actions: Vec<String>,
    /// The state now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_value: Option<StateValue>,
    /// When the state, or what is said of it, was last updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_updated_timestamp: Option<Timestamp>,
    /// When the state last became another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_transitioned_timestamp: Option<Timestamp>,
    /// When the alarm's settings were last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_configuration_updated_timestamp: Option<Timestamp>,
    /// The alarm that silences this one's actions while it is in ALARM, by name or ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions_suppressor: Option<String>,
    /// For how many seconds the actions wait for the suppressor to go into ALARM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions_suppressor_wait_period: Option<u32>,
    /// For how many seconds the actions wait after the suppressor has left ALARM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions_suppressor_extension_period: Option<u32>,
    /// Who silences the actions now: `WaitPeriod`, `ExtensionPeriod` or `Alarm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions_suppressed_by: Option<String>,
}

/// An alarm on the results of a scheduled log query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LogAlarm {
    /// The name, unique in the region.
    pub alarm_name: String,
    /// The ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_arn: Option<String>,
    /// Whether any action runs.
    pub actions_enabled: bool,
    /// What runs on the transition to ALARM.
    #[serde(default)]
    pub alarm_actions: Vec<String>,
    /// The state now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_value: Option<StateValue>,
    /// When the state, or what is said of it, was last updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_updated_timestamp: Option<Timestamp>,
    /// When the state last became another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_transitioned_timestamp: Option<Timestamp>,
    /// When the alarm's settings were last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_configuration_updated_timestamp: Option<Timestamp>,
    /// What is queried, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_query_configuration: Option<ScheduledQueryConfiguration>,
    /// How many of the latest results are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_results_to_evaluate: Option<u32>,
    /// How many of them must breach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_results_to_alarm: Option<u32>,
    /// What a result is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// How it is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison_operator: Option<ComparisonOperator>,
    /// What a query without a result counts as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treat_missing_data: Option<TreatMissingData>,
    /// Whether CloudWatch can evaluate the alarm at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_state: Option<String>,
    /// How long after its creation or update the alarm stays silent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warm_up_configuration: Option<WarmUpConfiguration>,
}

/// A log query that runs on a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ScheduledQueryConfiguration {
    /// The query.
    pub query_string: String,
    /// The log groups that it reads, by name or ARN.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub log_group_identifiers: Vec<String>,
    /// When it runs.
    pub schedule_configuration: ScheduleConfiguration,
    /// How its rows become one result.
    pub aggregation_expression: String,
}

/// When a query runs, and about what time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ScheduleConfiguration {
    /// Such as `rate(5 minutes)`.
    pub schedule_expression: String,
    /// How many seconds before its run the time begins that it is about.
    pub start_time_offset: i64,
    /// How many seconds before its run that time ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time_offset: Option<i64>,
}

open_enum! {
    /// The state of an alarm.
    StateValue {
        /// Not breaching.
        Ok = "OK",
        /// Breaching.
        Alarm = "ALARM",
        /// Too little data to tell.
        InsufficientData = "INSUFFICIENT_DATA",
    }
}

open_enum! {
    /// How the datapoints of a period become one value.
    Statistic {
        /// How many there are.
        SampleCount = "SampleCount",
        /// Their mean.
        Average = "Average",
        /// Their sum.
        Sum = "Sum",
        /// The least.
        Minimum = "Minimum",
        /// The greatest.
        Maximum = "Maximum",
    }
}

open_enum! {
    /// How a period's value, on the left, is compared with the threshold.
    ComparisonOperator {
        /// `>=`
        GreaterThanOrEqualToThreshold = "GreaterThanOrEqualToThreshold",
        /// `>`
        GreaterThanThreshold = "GreaterThanThreshold",
        /// `<`
        LessThanThreshold = "LessThanThreshold",
        /// `<=`
        LessThanOrEqualToThreshold = "LessThanOrEqualToThreshold",
        /// Outside the band of an anomaly detector.
        LessThanLowerOrGreaterThanUpperThreshold = "LessThanLowerOrGreaterThanUpperThreshold",
        /// Below the band.
        LessThanLowerThreshold = "LessThanLowerThreshold",
        /// Above the band.
        GreaterThanUpperThreshold = "GreaterThanUpperThreshold",
    }
}

open_enum! {
    /// What a period without datapoints counts as.
    TreatMissingData {
        /// Breaching.
        Breaching = "breaching",
        /// Not breaching.
        NotBreaching = "notBreaching",
        /// Nothing: the state stays.
        Ignore = "ignore",
        /// Missing: with all periods missing the state is INSUFFICIENT_DATA.
        Missing = "missing",
    }
}
