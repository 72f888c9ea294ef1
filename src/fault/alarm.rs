//! Faults of a metric alarm.

use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::account::Timestamp;
use crate::report::Code;

/// Why a metric alarm notifies nobody of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum AlarmFault {
    /// No alarm watches the metric.
    NoAlarm {
        /// The region of the metric.
        region: String,
        /// An alarm on a metric of the same name.
        namesake: Option<Namesake>,
    },
    /// The expression of the alarm does not use the metric.
    DoesNotUseMetric,
    /// The alarm expects a unit that the filter does not publish.
    UnitDiffers {
        /// The unit that the alarm expects.
        expected: String,
        /// The unit that the filter publishes.
        published: String,
    },
    /// The alarm does not go to ALARM, however many events come.
    NeverFires {
        /// What an event publishes, if anything.
        value: Option<f64>,
    },
    /// The default value that other events publish keeps the alarm from going to ALARM.
    Diluted {
        /// That value.
        default: f64,
    },
    /// The alarm goes to ALARM only if several events come together.
    NeedsBurst {
        /// How many in one period.
        events: u64,
        /// In how many periods.
        periods: usize,
        /// Of how many.
        of: usize,
        /// The length of a period in seconds.
        period: u32,
    },
    /// The alarm goes to ALARM for one event, but not if more come with it.
    Inverse,
    /// The alarm stays in ALARM after the first event.
    StaysInAlarm {
        /// In which log groups.
        traffic: Traffic,
    },
    /// The alarm is in ALARM before any event comes.
    InAlarmBefore {
        /// In which log groups.
        traffic: Traffic,
        /// What other events publish, if they publish anything.
        default: Option<f64>,
    },
    /// The alarm has been in ALARM for long, and notifies nobody until it leaves it.
    InAlarm {
        /// Since when.
        since: Timestamp,
    },
    /// The alarm's actions are disabled.
    ActionsDisabled,
    /// The alarm notifies no SNS topic.
    NoTopic {
        /// What it does instead.
        has: Actions,
    },
    /// Whether the alarm goes to ALARM is undecided.
    Undecided(AlarmDoubt),
    /// A log alarm queries the log group.
    LogAlarm,
}

/// An alarm that watches a metric of the same name elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Namesake {
    /// The alarm.
    pub alarm: String,
    /// Its region.
    pub region: String,
    /// The namespace of the metric that it watches.
    pub namespace: String,
}

/// In which log groups an alarm does so, by the events that match no filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Traffic {
    /// In all.
    Any,
    /// Where no other events come.
    Quiet,
    /// Where other events come, which publish the default value.
    Busy,
}

/// What an alarm does that notifies no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actions {
    /// Nothing.
    None,
    /// It has actions for the state OK.
    ForOk,
    /// It runs something else.
    Other,
}

/// Why it is undecided whether an alarm goes to ALARM.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum AlarmDoubt {
    /// The alarm is on a PromQL query.
    PromQl,
    /// The alarm is on an anomaly detection band.
    AnomalyBand,
    /// The expression of the alarm.
    Math(MathError),
    /// The statistic of the alarm.
    Statistic(StatisticError),
    /// The answer lacks a setting that every such alarm has.
    Lacks {
        /// The member.
        member: &'static str,
    },
    /// AWS accepts no alarm with such a setting.
    NotAccepted {
        /// The member.
        member: &'static str,
        /// Its value.
        value: String,
    },
    /// The alarm also measures a metric that no filter of the audited log groups publishes.
    OtherMetric {
        /// The account, where it is another than the alarm's.
        account: Option<String>,
        /// Namespace and name.
        metric: String,
    },
    /// Another filter publishes to what the alarm watches, and may keep it from going to ALARM.
    OtherFilter {
        /// The filter.
        filter: String,
    },
    /// Other events that the filter matches publish other numbers, which may keep the alarm from going to ALARM.
    OtherValues {
        /// The field that they are taken from.
        field: String,
    },
    /// AWS does not document whether `MAX` and `MIN` count a series without a datapoint.
    MissingMember,
    /// AWS does not document whether `FILL(…, REPEAT)` reaches back beyond the evaluation range.
    Repeat,
    /// AWS does not document how a mean between percentages weighs a few datapoints of different values.
    FewDatapoints {
        /// The statistic.
        statistic: String,
    },
    /// The percentile of an expression over series with too few datapoints.
    LowSamples,
    /// The kind of evaluation window.
    EvaluationWindow,
    /// The warm-up period of the alarm is not over.
    WarmUp {
        /// Until when it lasts, where that is known.
        until: Option<Timestamp>,
    },
    /// CloudWatch cannot evaluate the alarm.
    NotEvaluated {
        /// Its evaluation state.
        state: String,
    },
}

/// Why the expression of an alarm has no value that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum MathError {
    /// A Metrics Insights query.
    Insights,
    /// An anomaly detection band.
    Learned,
    /// A function that is not supported yet.
    Unsupported {
        /// The function.
        function: String,
    },
    /// A function of the time at which a datapoint is published.
    Clock {
        /// The function.
        function: String,
    },
    /// A function whose result depends on how many datapoints CloudWatch retrieves.
    Retrieved {
        /// The function.
        function: String,
    },
    /// A function of which AWS does not document what it makes of missing datapoints.
    Undocumented {
        /// The function.
        function: String,
    },
    /// Operators whose precedence AWS does not document.
    Precedence {
        /// Which.
        operators: &'static str,
    },
    /// An array of series where one series is needed.
    Array,
    /// An operator between two arrays.
    Arrays,
    /// A number in an array of series.
    ScalarInArray,
    /// A series where an array is needed.
    NoArray {
        /// The function.
        function: String,
    },
    /// Nothing but numbers.
    NoMetric,
    /// A name that no line has.
    NoLine {
        /// The name.
        name: String,
    },
    /// A line with neither a metric nor an expression.
    EmptyLine {
        /// Its name.
        name: String,
    },
    /// No single line that the alarm watches.
    NoSingleResult,
    /// Metrics of different periods.
    Periods,
    /// What is no number.
    Number {
        /// The text.
        text: String,
    },
    /// A quoted text without an end.
    Quote,
    /// A character that does not belong there, or the end.
    Unexpected {
        /// The character.
        found: Option<char>,
    },
    /// A circle, or more operands than anybody writes.
    TooLong,
}

/// Why the number that a statistic gives is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum StatisticError {
    /// AWS documents no statistic of this name.
    Unknown {
        /// The name.
        statistic: String,
    },
    /// AWS does not document how a percentage of a few datapoints is rounded.
    FewDatapoints {
        /// The name.
        statistic: String,
    },
}

impl AlarmFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::NoAlarm { .. } => Code::NoAlarm,
            Self::UnitDiffers { .. } => Code::AlarmUnitDiffers,
            Self::DoesNotUseMetric | Self::NeverFires { .. } | Self::Diluted { .. } => Code::AlarmNeverFires,
            Self::NeedsBurst { .. } => Code::AlarmNeedsBurst,
            Self::Inverse => Code::AlarmInverse,
            Self::StaysInAlarm { .. } | Self::InAlarmBefore { .. } => Code::AlarmFiresOnce,
            Self::InAlarm { .. } => Code::AlarmInAlarm,
            Self::ActionsDisabled => Code::AlarmActionsDisabled,
            Self::NoTopic { .. } => Code::AlarmWithoutTopic,
            Self::Undecided(_) => Code::AlarmNotJudged,
            Self::LogAlarm => Code::LogAlarmNotJudged,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::InAlarm { .. } | Self::Undecided(_) | Self::LogAlarm => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl From<MathError> for AlarmDoubt {
    fn from(error: MathError) -> Self {
        Self::Math(error)
    }
}

impl From<StatisticError> for AlarmDoubt {
    fn from(error: StatisticError) -> Self {
        Self::Statistic(error)
    }
}

impl From<AlarmDoubt> for AlarmFault {
    fn from(doubt: AlarmDoubt) -> Self {
        Self::Undecided(doubt)
    }
}

impl fmt::Display for AlarmFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAlarm { region, namesake: None } => write!(f, "no alarm in {region} watches the metric"),
            Self::NoAlarm { region, namesake: Some(Namesake { alarm, region: elsewhere, namespace }) } => write!(
                f,
                "no alarm in {region} watches the metric; `{alarm}` in {elsewhere} watches a metric of the same name in \
                 namespace {namespace}"
            ),
            Self::DoesNotUseMetric => f.write_str("the alarm's expression does not use the metric"),
            Self::UnitDiffers { expected, published } => {
                write!(f, "the alarm expects the unit {expected}, the filter publishes {published}")
            }
            Self::NeverFires { value: Some(value) } => {
                write!(f, "no number of events that publish {value} makes the alarm go to ALARM")
            }
            Self::NeverFires { value: None } => f.write_str("the alarm does not go to ALARM for events that publish nothing"),
            Self::Diluted { default } => {
                write!(f, "other events publish the default value {default}, which keeps the alarm from going to ALARM")
            }
            Self::NeedsBurst { events, periods: 1, period, .. } => {
                write!(f, "the alarm needs {events} events within {period} s")
            }
            Self::NeedsBurst { events, periods, of, period } => {
                let each = if *events == 1 { "an event".to_owned() } else { format!("{events} events") };
                write!(f, "the alarm needs {each} in each of {periods} out of {of} periods of {period} s")
            }
            Self::Inverse => f.write_str("the alarm goes to ALARM for one event, but not if more come with it"),
            Self::StaysInAlarm { traffic } => f.write_str(match traffic {
                Traffic::Any => "the alarm stays in ALARM after the first event and does not notify the next one",
                Traffic::Quiet => {
                    "the alarm stays in ALARM after the first event until other events come, and does not notify the next \
                     one"
                }
                Traffic::Busy => {
                    "other events keep the alarm in ALARM after the first event, so it does not notify the next one"
                }
            }),
            Self::InAlarmBefore { traffic: Traffic::Any, .. } => {
                f.write_str("the alarm is in ALARM while nothing happens, so it notifies no event")
            }
            Self::InAlarmBefore { traffic: Traffic::Quiet, .. } => {
                f.write_str("the alarm is in ALARM while no other events come, so it notifies no event")
            }
            Self::InAlarmBefore { traffic: Traffic::Busy, default } => write!(
                f,
                "other events publish the default value {}, which keeps the alarm in ALARM, so it notifies no event",
                default.unwrap_or_default()
            ),
            Self::InAlarm { since } => {
                write!(f, "the alarm has been in ALARM since {since}, and notifies nobody until it leaves that state")
            }
            Self::ActionsDisabled => f.write_str("the alarm's actions are disabled"),
            Self::NoTopic { has } => f.write_str(match has {
                Actions::Other => "none of the alarm's actions notifies an SNS topic",
                Actions::ForOk => "the alarm has actions for OK, and none for ALARM",
                Actions::None => "the alarm has no actions",
            }),
            Self::Undecided(doubt) => doubt.fmt(f),
            Self::LogAlarm => f.write_str(
                "a log alarm may find the required events; the queries of log alarms are not supported yet",
            ),
        }
    }
}

impl fmt::Display for AlarmDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PromQl => f.write_str("alarms on PromQL queries are not supported yet"),
            Self::AnomalyBand => MathError::Learned.fmt(f),
            Self::Math(error) => error.fmt(f),
            Self::Statistic(error) => error.fmt(f),
            Self::Lacks { member } => write!(f, "the answer lacks the alarm's {member}"),
            Self::NotAccepted { member, value } => write!(f, "AWS does not document alarms whose {member} is {value}"),
            Self::OtherMetric { account: None, metric } => write!(
                f,
                "the alarm also measures {metric}, which no metric filter of the audited log groups publishes"
            ),
            Self::OtherMetric { account: Some(account), metric } => write!(
                f,
                "the alarm also measures {metric} of account {account}, which no metric filter of the audited log groups \
                 publishes"
            ),
            Self::OtherFilter { filter } => write!(
                f,
                "the filter {filter} publishes to what the alarm watches too, and may keep it from going to ALARM"
            ),
            Self::OtherValues { field } => write!(
                f,
                "other events publish other numbers from {field}, which may keep the alarm from going to ALARM"
            ),
            Self::MissingMember => {
                f.write_str("AWS does not document whether MAX and MIN count a metric without a datapoint as 0")
            }
            Self::Repeat => {
                f.write_str("AWS does not document whether REPEAT reaches back beyond the alarm's evaluation range")
            }
            Self::FewDatapoints { statistic } => write!(
                f,
                "AWS does not document how the statistic {statistic} weighs a few datapoints of different values"
            ),
            Self::LowSamples => f.write_str(
                "AWS does not document how an expression over percentiles treats periods with too few datapoints",
            ),
            Self::EvaluationWindow => f.write_str("the alarm's kind of evaluation window is not supported yet"),
            Self::WarmUp { until: Some(until) } => {
                write!(f, "the alarm warms up until {until}, and is silent while it does")
            }
            Self::WarmUp { until: None } => {
                f.write_str("the alarm is silent while it warms up, and it is not known when it was created or updated")
            }
            Self::NotEvaluated { state } => write!(f, "CloudWatch cannot evaluate the alarm: {state}"),
        }
    }
}

impl fmt::Display for MathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insights => f.write_str("alarms on Metrics Insights queries are not supported yet"),
            Self::Learned => {
                f.write_str("AWS does not document which band CloudWatch learns from the past of a metric")
            }
            Self::Unsupported { function } => write!(f, "the function {function} of metric math is not supported yet"),
            Self::Clock { function } => {
                write!(f, "the function {function} depends on when an event comes, which is not supported yet")
            }
            Self::Retrieved { function } => write!(
                f,
                "AWS does not document how many datapoints CloudWatch retrieves, on which {function} depends in an alarm"
            ),
            Self::Undocumented { function } => {
                write!(f, "AWS does not document what {function} makes of missing datapoints")
            }
            Self::Precedence { operators } => write!(f, "AWS does not document the precedence of {operators}"),
            Self::Array => f.write_str("AWS accepts no alarm whose expression gives several time series"),
            Self::Arrays => f.write_str("AWS does not document operators between two arrays of metrics"),
            Self::ScalarInArray => f.write_str("AWS does not document numbers in an array of metrics"),
            Self::NoArray { function } => write!(f, "AWS does not document the function {function} of a single metric"),
            Self::NoMetric => f.write_str("AWS accepts no alarm whose expression has no metric"),
            Self::NoLine { name } => write!(f, "the alarm's metric math has no line `{name}`"),
            Self::EmptyLine { name } => write!(f, "the line `{name}` has neither a metric nor an expression"),
            Self::NoSingleResult => f.write_str("AWS accepts no alarm without exactly one line that returns data"),
            Self::Periods => f.write_str("AWS accepts no alarm on metrics with different periods"),
            Self::Number { text } => write!(f, "AWS does not document the number `{text}` in metric math"),
            Self::Quote => f.write_str("a quoted text in the alarm's expression has no end"),
            Self::Unexpected { found: Some(found) } => {
                write!(f, "AWS does not document `{found}` where the alarm's expression has it")
            }
            Self::Unexpected { found: None } => f.write_str("the alarm's expression ends too early"),
            Self::TooLong => f.write_str("the alarm's metric math is circular or too long"),
        }
    }
}

impl fmt::Display for StatisticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { statistic } => write!(f, "AWS does not document the statistic {statistic}"),
            Self::FewDatapoints { statistic } => {
                write!(f, "AWS does not document how the statistic {statistic} rounds a percentage of a few datapoints")
            }
        }
    }
}
