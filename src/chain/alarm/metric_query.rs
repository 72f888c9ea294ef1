//! What an alarm measures: one statistic of a metric, or metric math over several.

use std::collections::HashMap;

use super::expression::Expression;
use super::math::{self, Lines};
use super::model::Line;
use super::publishers::MetricKey;
use super::statistic::Statistic;
use crate::account::{Dimension, MetricAlarm, MetricDataQuery};
use crate::fault::{AlarmDoubt, MathError};

/// What an alarm measures.
#[derive(Clone, Debug)]
pub(crate) struct MetricQuery<'a> {
    /// The account of the alarm.
    pub account: &'a str,
    /// The statistic or the expression.
    pub text: &'a str,
    /// In seconds.
    pub period: u32,
    pub expression: Expression,
    pub lines: Vec<Line>,
    pub series: Vec<SeriesQuery<'a>>,
}

/// A series of a metric, as an alarm measures it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SeriesQuery<'a> {
    pub metric: MetricKey<'a>,
    /// Sorted.
    pub dimensions: Vec<&'a Dimension>,
    /// Only datapoints of this unit count, where set.
    pub unit: Option<&'a str>,
}

impl<'a> MetricQuery<'a> {
    /// What an alarm of the account measures.
    pub(crate) fn of(alarm: &'a MetricAlarm, account: &'a str) -> Result<Self, AlarmDoubt> {
        if alarm.evaluation_criteria.is_some() {
            return Err(AlarmDoubt::PromQl);
        }
        if alarm.threshold_metric_id.is_some() {
            return Err(AlarmDoubt::AnomalyBand);
        }
        if !alarm.metrics.is_empty() {
            return of_lines(&alarm.metrics, account);
        }
        let lacks = |member| move || AlarmDoubt::Lacks { member };
        let text = alarm.statistic.as_ref().map(crate::account::Statistic::as_str);
        let text = text.or(alarm.extended_statistic.as_deref()).ok_or_else(lacks("Statistic"))?;
        let namespace = alarm.namespace.as_deref().ok_or_else(lacks("Namespace"))?;
        let name = alarm.metric_name.as_deref().ok_or_else(lacks("MetricName"))?;
        let metric = MetricKey { account, namespace, name };
        let series = SeriesQuery::new(metric, &alarm.dimensions, alarm.unit.as_deref());
        Ok(Self {
            account,
            text,
            period: alarm.period.ok_or_else(lacks("Period"))?,
            expression: Expression::Line(0),
            lines: vec![Line { series: 0, statistic: Statistic::parse(text)? }],
            series: vec![series],
        })
    }

    /// The places of the series of a metric.
    pub(crate) fn series_of(&self, metric: &MetricKey<'_>) -> impl Iterator<Item = usize> {
        self.series.iter().enumerate().filter(move |(_, series)| series.metric == *metric).map(|(at, _)| at)
    }
}

impl<'a> SeriesQuery<'a> {
    fn new(metric: MetricKey<'a>, dimensions: &'a [Dimension], unit: Option<&'a str>) -> Self {
        let mut dimensions: Vec<_> = dimensions.iter().collect();
        dimensions.sort();
        Self { metric, dimensions, unit }
    }
}

fn of_lines<'a>(lines: &'a [MetricDataQuery], account: &'a str) -> Result<MetricQuery<'a>, AlarmDoubt> {
    let mut returned = lines.iter().filter(|line| line.return_data != Some(false));
    let (Some(result), None) = (returned.next(), returned.next()) else { return Err(MathError::NoSingleResult.into()) };
    let mut periods = lines.iter().filter_map(|line| line.metric_stat.as_ref().map(|stat| stat.period));
    let period = periods.next();
    if periods.any(|other| Some(other) != period) {
        return Err(MathError::Periods.into());
    }
    let mut builder = Builder {
        account,
        by_name: lines.iter().map(|line| (line.id.as_str(), line)).collect(),
        all: lines,
        period: period.unwrap_or_default(),
        known: HashMap::new(),
        lines: Vec::new(),
        series: Vec::new(),
        operands: 0,
        repeats: 0,
        statistic: None,
    };
    let parsed = builder.line(&result.id);
    if let Some(doubt) = builder.statistic {
        return Err(doubt);
    }
    let expression = parsed?;
    let text = result.expression.as_deref().or(result.metric_stat.as_ref().map(|stat| stat.stat.as_str()));
    let text = text.unwrap_or_default();
    match period.filter(|_| !expression.lines().is_empty()) {
        Some(period) => {
            Ok(MetricQuery { account, text, period, expression, lines: builder.lines, series: builder.series })
        }
        None => Err(MathError::NoMetric.into()),
    }
}

/// Metric math over the lines of an alarm.
struct Builder<'a> {
    account: &'a str,
    all: &'a [MetricDataQuery],
    by_name: HashMap<&'a str, &'a MetricDataQuery>,
    period: u32,
    /// What each line that was met stands for.
    known: HashMap<&'a str, usize>,
    lines: Vec<Line>,
    series: Vec<SeriesQuery<'a>>,
    operands: usize,
    repeats: usize,
    /// What is wrong with a statistic, if something is.
    statistic: Option<AlarmDoubt>,
}

/// AWS allows ten lines.
const OPERANDS: usize = 200;

impl Lines for Builder<'_> {
    fn line(&mut self, name: &str) -> Result<Expression, MathError> {
        self.count()?;
        let line = *self.by_name.get(name).ok_or_else(|| MathError::NoLine { name: name.to_owned() })?;
        let Some(stat) = &line.metric_stat else {
            let text = line.expression.as_deref().ok_or_else(|| MathError::EmptyLine { name: name.to_owned() })?;
            return math::parse(text, self);
        };
        if let Some(at) = self.known.get(line.id.as_str()) {
            return Ok(Expression::Line(*at));
        }
        let named = &stat.metric;
        // One's own account may be named: that is as if it were not.
        let account = line.account_id.as_deref().unwrap_or(self.account);
        let namespace = named.namespace.as_deref().unwrap_or_default();
        let metric = MetricKey { account, namespace, name: &named.metric_name };
        let series = SeriesQuery::new(metric, &named.dimensions, stat.unit.as_deref());
        let series = self.series.iter().position(|known| *known == series).unwrap_or_else(|| {
            self.series.push(series);
            self.series.len() - 1
        });
        let statistic = Statistic::parse(&stat.stat).unwrap_or_else(|error| {
            self.statistic.get_or_insert(error.into());
            Statistic::Sum
        });
        self.known.insert(&line.id, self.lines.len());
        self.lines.push(Line { series, statistic });
        Ok(Expression::Line(self.lines.len() - 1))
    }

    fn metrics(&mut self, text: &str) -> Result<Vec<Expression>, MathError> {
        let lines = self.all.iter().filter(|line| line.metric_stat.is_some() && line.id.contains(text));
        let lines = lines.map(|line| self.line(&line.id)).collect::<Result<Vec<_>, _>>()?;
        if lines.is_empty() { Err(MathError::NoMetric) } else { Ok(lines) }
    }

    fn count(&mut self) -> Result<(), MathError> {
        self.operands += 1;
        if self.operands > OPERANDS { Err(MathError::TooLong) } else { Ok(()) }
    }

    fn period(&self) -> f64 {
        f64::from(self.period)
    }

    fn remember(&mut self) -> usize {
        self.repeats += 1;
        self.repeats - 1
    }
}
