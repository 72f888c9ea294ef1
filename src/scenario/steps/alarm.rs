//! Alarms.

use super::mute::time;
use crate::account::{
    ComparisonOperator, CompositeAlarm, Dimension, EvaluationWindow, LogAlarm, Metric, MetricAlarm, MetricDataQuery,
    MetricStat, StateValue, Timestamp, WallClockWindow, WarmUpConfiguration,
};
use crate::scenario::draft::compliant::alarm_arn;
use crate::scenario::draft::{Draft, Placed};
use crate::scenario::step::{Definition, Mismatch, given};

pub(super) const STEPS: &[Definition] = &[
    given!("there is no alarm", "The account has no alarm", |draft, _| draft.alarms.clear()),
    given!("the alarm is in region {text}", "Not where the log group is", |draft, arguments| {
        let alarm = draft.placed_alarm()?;
        alarm.region = arguments.text(0).to_owned();
        alarm.is.alarm_arn = Some(alarm_arn(&alarm.region, &alarm.is.alarm_name));
    }),
    given!("the alarm watches namespace {text}", "The namespace of the metric that it watches", |draft, arguments| {
        draft.alarm()?.namespace = Some(arguments.text(0).to_owned());
    }),
    given!("the alarm watches metric {text}", "A metric of another name", |draft, arguments| {
        draft.alarm()?.metric_name = Some(arguments.text(0).to_owned());
    }),
    given!(
        "the alarm watches dimension {text} with value {text}",
        "A metric with one more dimension",
        |draft, arguments| {
            let (name, value) = (arguments.text(0).to_owned(), arguments.text(1).to_owned());
            draft.alarm()?.dimensions.push(Dimension { name, value });
        }
    ),
    given!("the alarm's threshold is {number}", "What the statistic is compared with", |draft, arguments| {
        draft.alarm()?.threshold = Some(arguments.number(0)?);
    }),
    given!(
        "the alarm compares with {text}",
        "The comparison operator, such as `GreaterThanThreshold`",
        |draft, arguments| {
            draft.alarm()?.comparison_operator = Some(arguments.text(0).into());
        }
    ),
    given!("the alarm's statistic is {text}", "`Sum`, `Average`, `SampleCount`, …", |draft, arguments| {
        draft.alarm()?.statistic = Some(arguments.text(0).into());
    }),
    given!(
        "the alarm needs {number} of {number} periods",
        "So many datapoints out of so many periods",
        |draft, arguments| {
            let alarm = draft.alarm()?;
            alarm.datapoints_to_alarm = Some(arguments.number(0)?);
            alarm.evaluation_periods = Some(arguments.number(1)?);
        }
    ),
    given!(
        "the alarm treats missing data as {text}",
        "`breaching`, `notBreaching`, `ignore` or `missing`",
        |draft, arguments| {
            draft.alarm()?.treat_missing_data = Some(arguments.text(0).into());
        }
    ),
    given!("the alarm's actions are disabled", "`ActionsEnabled` is false", |draft, _| {
        draft.alarm()?.actions_enabled = false;
    }),
    given!("the alarm has no actions", "It tells nobody", |draft, _| draft.alarm()?.alarm_actions.clear()),
    given!("the alarm has OK actions only", "It notifies the topic when it is over", |draft, _| {
        let alarm = draft.alarm()?;
        alarm.ok_actions = std::mem::take(&mut alarm.alarm_actions);
    }),
    given!("the alarm runs {text}", "An action beside those that it has, by its ARN", |draft, arguments| {
        draft.alarm()?.alarm_actions.push(arguments.text(0).to_owned());
    }),
    given!("the alarm's percentile is {text}", "`p90`, `tm99`, … in place of a statistic", |draft, arguments| {
        let alarm = draft.alarm()?;
        alarm.statistic = None;
        alarm.extended_statistic = Some(arguments.text(0).to_owned());
    }),
    given!(
        "the alarm ignores percentiles of few datapoints",
        "`EvaluateLowSampleCountPercentile` is `ignore`",
        |draft, _| draft.alarm()?.evaluate_low_sample_count_percentile = Some("ignore".to_owned())
    ),
    given!("the alarm's period is {number} seconds", "The length of a period", |draft, arguments| {
        draft.alarm()?.period = Some(arguments.number(0)?);
    }),
    given!("the alarm waits for the unit {text}", "Datapoints of other units do not count", |draft, arguments| {
        draft.alarm()?.unit = Some(arguments.text(0).to_owned());
    }),
    given!("the alarm's window is bound to the clock", "It evaluates hours or days of the calendar", |draft, _| {
        let wall_clock_window = Some(WallClockWindow { timezone: None });
        draft.alarm()?.evaluation_window = Some(EvaluationWindow { sliding_window: None, wall_clock_window });
    }),
    given!("the alarm goes by what is usual", "It has an anomaly band in place of a threshold", |draft, _| {
        let alarm = draft.alarm()?;
        alarm.threshold = None;
        alarm.comparison_operator = Some(ComparisonOperator::GreaterThanUpperThreshold);
        alarm.threshold_metric_id = Some("ad1".to_owned());
    }),
    given!(
        "a log alarm notifies in the alarm's place",
        "The alarm has no actions; an alarm on a scheduled query of logs has them",
        |draft, _| {
            let Placed { region, is } = draft.placed_alarm()?;
            let alarm_name = format!("{}-query", is.alarm_name);
            let alarm_arn = Some(alarm_arn(region, &alarm_name));
            let alarm_actions = std::mem::take(&mut is.alarm_actions);
            let is = LogAlarm {
                alarm_name,
                alarm_arn,
                actions_enabled: true,
                alarm_actions,
                state_value: None,
                state_updated_timestamp: None,
                state_transitioned_timestamp: None,
                alarm_configuration_updated_timestamp: None,
                scheduled_query_configuration: None,
                query_results_to_evaluate: None,
                query_results_to_alarm: None,
                threshold: None,
                comparison_operator: None,
                treat_missing_data: None,
                evaluation_state: None,
                warm_up_configuration: None,
            };
            let region = region.clone();
            draft.log_alarms.push(Placed { region, is });
        }
    ),
    given!("the alarm warms up for {number} minutes", "It is silent after it was changed", |draft, arguments| {
        let minutes = Some(arguments.number(0)?);
        draft.alarm()?.warm_up_configuration = Some(WarmUpConfiguration {
            warm_up_period_duration_in_minutes: minutes,
            only_start_evaluating_after_warm_up_period_ends: None,
        });
    }),
    given!(
        "the alarm was updated at {text}",
        "Its settings, at a time such as `2026-11-01T12:00:00Z`",
        |draft, arguments| {
            draft.alarm()?.alarm_configuration_updated_timestamp = Some(time(arguments.text(0))?);
        }
    ),
    given!(
        "the alarm has been in ALARM since {text}",
        "A time such as `2026-11-01T12:00:00Z`; accounts are recorded on 2026-11-20 at 9:30",
        |draft, arguments| {
            let since = time(arguments.text(0))?;
            let alarm = draft.alarm()?;
            alarm.state_value = Some(StateValue::Alarm);
            (alarm.state_updated_timestamp, alarm.state_transitioned_timestamp) = (Some(since), Some(since));
        }
    ),
    given!(
        "the alarm watches the expression {text}",
        "Metric math, in which `m1` is the metric with the alarm's statistic and period",
        |draft, arguments| watch_expression(draft.alarm()?, arguments.text(0))
    ),
    given!(
        "a composite alarm notifies in the alarm's place",
        "The alarm has no actions; a composite alarm on it has them",
        |draft, _| composite(draft)?
    ),
    given!(
        "the composite alarm's rule is {text}",
        "Over alarms by name: the alarm has the control's key for a name, the composite alarm the same with `-composite`",
        |draft, arguments| draft.composite_alarm()?.alarm_rule = arguments.text(0).to_owned()
    ),
    given!(
        "alarm {text} suppresses the composite alarm's actions",
        "While that alarm is in ALARM; by its name",
        |draft, arguments| draft.composite_alarm()?.actions_suppressor = Some(arguments.text(0).to_owned())
    ),
    given!(
        "alarm {text} is in ALARM",
        "One more alarm, on something else; \"the alarm\" stays what it was",
        |draft, arguments| {
            let other = other_in_alarm(draft, arguments.text(0), None)?;
            draft.alarms.insert(0, other);
        }
    ),
    given!(
        "alarm {text} has been in ALARM since {text}",
        "The same, with the time at which it went there",
        |draft, arguments| {
            let since = time(arguments.text(1))?;
            let other = other_in_alarm(draft, arguments.text(0), Some(since))?;
            draft.alarms.insert(0, other);
        }
    ),
];

/// One more alarm, on a metric of its own, that is in ALARM.
fn other_in_alarm(draft: &mut Draft, name: &str, since: Option<Timestamp>) -> Result<Placed<MetricAlarm>, Mismatch> {
    let mut other = draft.placed_alarm()?.clone();
    other.is.alarm_arn = Some(alarm_arn(&other.region, name));
    other.is.metric_name = Some(name.to_owned());
    other.is.alarm_name = name.to_owned();
    other.is.alarm_actions.clear();
    other.is.state_value = Some(StateValue::Alarm);
    (other.is.state_updated_timestamp, other.is.state_transitioned_timestamp) = (since, since);
    Ok(other)
}

/// Turns the alarm on a metric into one on metric math.
fn watch_expression(alarm: &mut MetricAlarm, text: &str) {
    let stat = MetricStat {
        metric: Metric {
            namespace: alarm.namespace.take(),
            metric_name: alarm.metric_name.take().unwrap_or_default(),
            dimensions: std::mem::take(&mut alarm.dimensions),
        },
        period: alarm.period.take().unwrap_or(300),
        stat: alarm.statistic.take().map_or_else(|| "Sum".to_owned(), |statistic| statistic.as_str().to_owned()),
        unit: alarm.unit.take(),
    };
    let line = |id: &str, returned| MetricDataQuery {
        id: id.to_owned(),
        metric_stat: None,
        expression: None,
        return_data: Some(returned),
        period: None,
        account_id: None,
    };
    alarm.metrics = vec![
        MetricDataQuery { metric_stat: Some(stat), ..line("m1", false) },
        MetricDataQuery { expression: Some(text.to_owned()), ..line("e1", true) },
    ];
}

fn composite(draft: &mut Draft) -> Result<(), Mismatch> {
    let alarm = draft.placed_alarm()?;
    let name = format!("{}-composite", alarm.is.alarm_name);
    let composite = CompositeAlarm {
        alarm_arn: Some(alarm_arn(&alarm.region, &name)),
        alarm_description: None,
        alarm_name: name,
        alarm_rule: format!("ALARM(\"{}\")", alarm.is.alarm_name),
        actions_enabled: true,
        alarm_actions: std::mem::take(&mut alarm.is.alarm_actions),
        ok_actions: vec![],
        insufficient_data_actions: vec![],
        state_value: Some(StateValue::Ok),
        state_updated_timestamp: None,
        state_transitioned_timestamp: None,
        alarm_configuration_updated_timestamp: None,
        actions_suppressor: None,
        actions_suppressor_wait_period: None,
        actions_suppressor_extension_period: None,
        actions_suppressed_by: None,
    };
    let composite = Placed { region: alarm.region.clone(), is: composite };
    draft.composite_alarms.push(composite);
    Ok(())
}
