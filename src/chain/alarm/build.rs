//! From an alarm's settings to its model.

use super::metric_query::{MetricQuery, SeriesQuery};
use super::missing_data::MissingDataRule;
use super::model::{AlarmModel, Comparison, Line, Neighbor, Series, Window};
use super::publishers::{Publisher, Publishers};
use super::statistic::Statistic;
use crate::account::{ComparisonOperator, MetricAlarm, Timestamp, TreatMissingData};
use crate::fault::{AlarmDoubt, AlarmFault};

/// The alarm, as a filter publishes to one of the series that it measures.
pub(crate) fn model(
    alarm: &MetricAlarm,
    query: &MetricQuery<'_>,
    own: (usize, &Publisher<'_>),
    series: usize,
    publishers: &Publishers<'_>,
    now: Option<Timestamp>,
) -> Result<AlarmModel, AlarmFault> {
    let (place, publisher) = own;
    let watched = query.series.get(series).and_then(|series| series.unit);
    if let Some(expected) = watched.filter(|expected| *expected != publisher.unit()) {
        let (expected, published) = (expected.to_owned(), publisher.unit().to_owned());
        return Err(AlarmFault::UnitDiffers { expected, published });
    }
    let all: Vec<_> =
        query.series.iter().enumerate().map(|(at, it)| it.load(place, publisher, at == series, publishers)).collect();
    if let Some((series, _)) = query.series.iter().zip(&all).find(|(_, load)| load.is_none()) {
        return Err(query.other_metric(series).into());
    }
    let all: Vec<Series> = all.into_iter().flatten().collect();
    for line in &query.lines {
        let has_default = all.get(line.series).is_some_and(Series::has_default);
        if has_default && !line.statistic.is_exact() {
            return Err(AlarmDoubt::FewDatapoints { statistic: query.text.to_owned() }.into());
        }
    }
    Ok(settings(alarm, query, all, publisher.publication.field(), now)?)
}

/// The alarm as it is while no event comes: nothing is published to what it measures but default values.
pub(crate) fn at_rest(
    alarm: &MetricAlarm,
    query: &MetricQuery<'_>,
    publishers: &Publishers<'_>,
    now: Option<Timestamp>,
) -> Option<AlarmModel> {
    let series = query.series.iter().map(|series| series.at_rest(publishers)).collect::<Option<Vec<_>>>()?;
    settings(alarm, query, series, String::new(), now).ok()
}

fn settings(
    alarm: &MetricAlarm,
    query: &MetricQuery<'_>,
    series: Vec<Series>,
    field: String,
    now: Option<Timestamp>,
) -> Result<AlarmModel, AlarmDoubt> {
    evaluation(alarm, now)?;
    Ok(AlarmModel {
        expression: query.expression.clone(),
        lines: query.lines.clone(),
        series,
        comparison: comparison(alarm)?,
        threshold: threshold(alarm)?,
        rule: rule(alarm, query.period)?,
        period: query.period,
        window: window(alarm, query.period)?,
        spacing: spacing(query.period)?,
        samples: samples(alarm, &query.lines)?,
        field,
    })
}

/// What the alarm compares with.
pub(crate) fn threshold(alarm: &MetricAlarm) -> Result<f64, AlarmDoubt> {
    let threshold = alarm.threshold.filter(|threshold| threshold.is_finite());
    threshold.ok_or(AlarmDoubt::Lacks { member: "Threshold" })
}

/// How the alarm compares.
pub(crate) fn comparison(alarm: &MetricAlarm) -> Result<Comparison, AlarmDoubt> {
    match &alarm.comparison_operator {
        Some(ComparisonOperator::GreaterThanOrEqualToThreshold) => Ok(Comparison::AtLeast),
        Some(ComparisonOperator::GreaterThanThreshold) => Ok(Comparison::Above),
        Some(ComparisonOperator::LessThanThreshold) => Ok(Comparison::Below),
        Some(ComparisonOperator::LessThanOrEqualToThreshold) => Ok(Comparison::AtMost),
        Some(ComparisonOperator::Other(other)) => {
            Err(AlarmDoubt::NotAccepted { member: "ComparisonOperator", value: other.clone() })
        }
        Some(_) => Err(AlarmDoubt::AnomalyBand),
        None => Err(AlarmDoubt::Lacks { member: "ComparisonOperator" }),
    }
}

/// M of N, and what a missing datapoint counts as.
fn rule(alarm: &MetricAlarm, period: u32) -> Result<MissingDataRule, AlarmDoubt> {
    let of = alarm.evaluation_periods.ok_or(AlarmDoubt::Lacks { member: "EvaluationPeriods" })?;
    let needed = alarm.datapoints_to_alarm.unwrap_or(of);
    let seconds = u64::from(of) * u64::from(period);
    // PutMetricAlarm, EvaluationPeriods: seven days, and one day where a period is shorter than an hour.
    if of == 0 || seconds > 7 * DAY || (u64::from(period) < HOUR && seconds > DAY) {
        return Err(AlarmDoubt::NotAccepted { member: "EvaluationPeriods", value: of.to_string() });
    }
    if needed == 0 || needed > of {
        return Err(AlarmDoubt::NotAccepted { member: "DatapointsToAlarm", value: needed.to_string() });
    }
    let missing = alarm.treat_missing_data.clone().unwrap_or(TreatMissingData::Missing);
    if let TreatMissingData::Other(other) = missing {
        return Err(AlarmDoubt::NotAccepted { member: "TreatMissingData", value: other });
    }
    Ok(MissingDataRule { needed: needed as usize, of: of as usize, missing })
}

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// Whether CloudWatch evaluates the alarm now (CloudWatch User Guide, "Alarm evaluation state", "Alarm warm-up periods").
fn evaluation(alarm: &MetricAlarm, now: Option<Timestamp>) -> Result<(), AlarmDoubt> {
    let minutes = alarm.warm_up_configuration.as_ref().and_then(|warm_up| warm_up.warm_up_period_duration_in_minutes);
    let updated = alarm.alarm_configuration_updated_timestamp;
    let end = |minutes: u32| Some(Timestamp::from_seconds(updated?.seconds() + 60 * i64::from(minutes)));
    match alarm.evaluation_state.as_deref() {
        None | Some("" | "PARTIAL_DATA") => {}
        Some("IN_WARM_UP") => return Err(AlarmDoubt::WarmUp { until: minutes.and_then(end) }),
        Some(state) => return Err(AlarmDoubt::NotEvaluated { state: state.to_owned() }),
    }
    match (alarm.warm_up_configuration.as_ref(), minutes) {
        (None, _) | (Some(_), Some(0)) => Ok(()),
        (Some(_), minutes) => {
            let until = minutes.and_then(end);
            let is_over = until.zip(now).is_some_and(|(until, now)| until <= now);
            if is_over { Ok(()) } else { Err(AlarmDoubt::WarmUp { until }) }
        }
    }
}

/// How the periods lie on the clock (CloudWatch User Guide, "Alarm evaluation window").
fn window(alarm: &MetricAlarm, period: u32) -> Result<Window, AlarmDoubt> {
    let Some(window) = &alarm.evaluation_window else { return Ok(Window::Sliding) };
    match (window.sliding_window.is_some(), window.wall_clock_window.is_some()) {
        (true, _) => Ok(Window::Sliding),
        (false, true) if [60, 300, 3600, 86_400, 604_800].contains(&period) => Ok(Window::WallClock),
        (false, true) => Err(AlarmDoubt::NotAccepted { member: "Period", value: period.to_string() }),
        (false, false) => Err(AlarmDoubt::EvaluationWindow),
    }
}

/// How many periods there are to a datapoint: a filter publishes one a minute.
fn spacing(period: u32) -> Result<usize, AlarmDoubt> {
    match period {
        10 => Ok(6),
        20 => Ok(3),
        30 => Ok(2),
        minutes if minutes > 0 && minutes % 60 == 0 => Ok(1),
        other => Err(AlarmDoubt::NotAccepted { member: "Period", value: other.to_string() }),
    }
}

/// How many datapoints a period must have, if a percentile of few ones is ignored: 10/(1-p), below the median 10/p
/// (CloudWatch User Guide, "Percentile-based alarms and low data samples").
fn samples(alarm: &MetricAlarm, lines: &[Line]) -> Result<u64, AlarmDoubt> {
    if alarm.evaluate_low_sample_count_percentile.as_deref() != Some("ignore") {
        return Ok(0);
    }
    let percentile = |line: &Line| matches!(line.statistic, Statistic::Percentile(_));
    match lines {
        [Line { statistic: Statistic::Percentile(rank), .. }] if alarm.metrics.is_empty() => {
            let share = if *rank < 50.0 { rank / 100.0 } else { 1.0 - rank / 100.0 };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; never negative")]
            // Rounded, because 1 - 0.9 is a little less than 0.1.
            Ok((10.0 / share - 1e-6).ceil() as u64)
        }
        lines if lines.iter().any(percentile) => Err(AlarmDoubt::LowSamples),
        _ => Ok(0),
    }
}

impl Series {
    fn has_default(&self) -> bool {
        let neighbors = self.here.iter().chain(&self.elsewhere);
        self.default.or_else(|| neighbors.filter_map(|neighbor| neighbor.default).next()).is_some()
    }
}

impl SeriesQuery<'_> {
    /// What is published to the series, where a filter publishes to another one or to this one; `None` if no filter does.
    fn load(&self, place: usize, own: &Publisher<'_>, is_own: bool, publishers: &Publishers<'_>) -> Option<Series> {
        let mut load = Series { has_value: is_own, ..Series::default() };
        let mut is_known = is_own;
        for (at, publisher) in publishers.on(&self.metric) {
            is_known = true;
            if self.unit.is_some_and(|unit| unit != publisher.unit()) {
                continue;
            }
            let value = publisher.reaches(&self.dimensions).then(|| publisher.values());
            let default = publisher.default(&self.dimensions);
            let mut neighbor = Neighbor {
                publisher: at,
                filter: publisher.filter.filter_name.clone(),
                shares_events: publisher.may_share_events(own),
                value,
                default,
            };
            if at == place {
                load.default = default;
                // Events of the filter with other dimensions.
                neighbor.default = None;
                neighbor.shares_events = false;
                load.elsewhere.extend((!is_own && value.is_some()).then_some(neighbor));
            } else if value.is_some() || default.is_some() {
                let is_here = publisher.account == own.account && publisher.log_group == own.log_group;
                if is_here { load.here.push(neighbor) } else { load.elsewhere.push(neighbor) }
            }
        }
        is_known.then_some(load)
    }

    fn at_rest(&self, publishers: &Publishers<'_>) -> Option<Series> {
        let mut load = Series::default();
        let mut is_known = false;
        for (at, publisher) in publishers.on(&self.metric) {
            is_known = true;
            let default =
                publisher.default(&self.dimensions).filter(|_| self.unit.is_none_or(|unit| unit == publisher.unit()));
            if default.is_some() {
                let filter = publisher.filter.filter_name.clone();
                load.here.push(Neighbor { publisher: at, filter, shares_events: false, value: None, default });
            }
        }
        is_known.then_some(load)
    }
}

impl MetricQuery<'_> {
    /// That the series is of a metric that no filter publishes.
    fn other_metric(&self, series: &SeriesQuery<'_>) -> AlarmDoubt {
        let account = Some(series.metric.account).filter(|account| *account != self.account);
        let metric = format!("{}/{}", series.metric.namespace, series.metric.name);
        AlarmDoubt::OtherMetric { account: account.map(str::to_owned), metric }
    }
}
