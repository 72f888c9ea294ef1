//! The number that an alarm compares with its threshold: one statistic, or metric math over several.
//!
//! Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics", which says for each operator and
//! function what a missing datapoint counts as. Where it does not, [`Reading`] has both answers.

use super::range::{Abstract, Range};

/// Metric math, or a single statistic.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// The statistic of a line, by its place among the lines that name a metric.
    Line(usize),
    /// A scalar.
    Number(f64),
    /// `TIME_SERIES`: a scalar at every time.
    Constant(f64),
    /// `FILL(…, 0)`: something else where a series has no datapoint.
    Fill(Box<Self>, Box<Self>),
    /// `FILL(…, REPEAT)`: the latest datapoint where a series has none. Each has a place in the memory of its own.
    Repeat(Box<Self>, usize),
    /// One series of several.
    Combined(Combination, Vec<Self>),
    /// Each datapoint of a series for itself.
    Rounded(Rounding, Box<Self>),
    Calculated(Box<Self>, Operator, Box<Self>),
    /// `IF(condition, then, otherwise)`
    If(Box<Self>, Box<Self>, Option<Box<Self>>),
}

/// A function of an array of series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combination {
    Sum,
    Average,
    Maximum,
    Minimum,
}

/// A function of a single datapoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rounding {
    Absolute,
    Ceiling,
    Floor,
}

/// An operator of metric math. Comparisons and logical operators give 1 and 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
    And,
    Or,
}

/// How what AWS does not document is read. A response that depends on it is undecided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Whether `MAX` and `MIN` of an array count a series without a datapoint as 0, or leave it out.
    pub missing_member_is_zero: bool,
    /// Whether `REPEAT` reaches back beyond the evaluation range.
    pub repeats_forever: bool,
}

/// The latest datapoints of the series that [`Expression::Repeat`] fills.
pub(crate) type Memory = Vec<Option<f64>>;

impl Expression {
    /// The number of a period whose lines have these numbers; none if it has no datapoint.
    pub(super) fn of(&self, lines: &[Option<f64>], reading: Reading, memory: &mut Memory) -> Option<f64> {
        match self {
            Self::Line(at) => lines.get(*at).copied().flatten(),
            Self::Number(number) | Self::Constant(number) => Some(*number),
            Self::Fill(series, with) => {
                let (own, other) = (series.of(lines, reading, memory), with.of(lines, reading, memory));
                own.or(other)
            }
            Self::Repeat(series, at) => {
                let own = series.of(lines, reading, memory);
                let slot = memory.get_mut(*at)?;
                *slot = own.or(*slot);
                *slot
            }
            Self::Combined(combination, members) => {
                let numbers: Vec<_> = members.iter().map(|member| member.of(lines, reading, memory)).collect();
                combination.of(&numbers, reading)
            }
            Self::Rounded(rounding, series) => series.of(lines, reading, memory).map(|number| rounding.of(number)),
            Self::Calculated(left, operator, right) => {
                let (one, other) = (left.of(lines, reading, memory), right.of(lines, reading, memory));
                let (one, other) = beside(left, one, right, other, 0.0)?;
                operator.apply(one, other)
            }
            Self::If(condition, then, otherwise) => {
                let holds = condition.of(lines, reading, memory);
                let then = then.of(lines, reading, memory);
                let rest = otherwise.as_ref().and_then(|otherwise| otherwise.of(lines, reading, memory));
                // A datapoint that makes the condition true gives 0 beside a missing one; one that makes it false, none.
                let zero = (!condition.is_scalar()).then_some(0.0);
                if holds? == 0.0 { rest } else { then.or(zero) }
            }
        }
    }

    /// What a period may come to whose lines may have these numbers.
    pub(super) fn range(&self, lines: &[Abstract]) -> Abstract {
        match self {
            Self::Line(at) => lines.get(*at).copied().unwrap_or_else(Abstract::missing),
            Self::Number(number) | Self::Constant(number) => Abstract::exactly(*number),
            Self::Fill(series, with) => {
                let series = series.range(lines);
                if series.missing { Abstract { missing: false, ..series }.join(with.range(lines)) } else { series }
            }
            // Something was there before, or nothing: the same numbers in either case.
            Self::Repeat(series, _) => series.range(lines),
            Self::Combined(combination, members) => {
                let members: Vec<_> = members.iter().map(|member| member.range(lines)).collect();
                combination.range(&members)
            }
            Self::Rounded(rounding, series) => {
                let series = series.range(lines);
                Abstract { present: series.present.map(|range| rounding.range(range)), ..series }
            }
            Self::Calculated(left, operator, right) => {
                let (one, other) = (left.range(lines), right.range(lines));
                let mut all = Abstract { present: None, missing: false };
                for one in one.cases() {
                    for other in other.cases() {
                        let sides = beside(left, one, right, other, Range::exactly(0.0));
                        all = all.join(sides.map_or_else(Abstract::missing, |(one, other)| operator.range(one, other)));
                    }
                }
                all
            }
            Self::If(condition, then, otherwise) => {
                let holds = condition.range(lines);
                let then = then.range(lines);
                let then = if then.missing && !condition.is_scalar() {
                    Abstract { missing: false, ..then }.join(Abstract::exactly(0.0))
                } else {
                    then
                };
                let otherwise = otherwise.as_ref().map_or_else(Abstract::missing, |series| series.range(lines));
                let chosen = match holds.present.map(Range::holds) {
                    None => return Abstract::missing(),
                    Some(Some(true)) => then,
                    Some(Some(false)) => otherwise,
                    Some(None) => then.join(otherwise),
                };
                Abstract { missing: chosen.missing || holds.missing, ..chosen }
            }
        }
    }

    /// Whether it is one number, the same at all times, rather than a series.
    pub(super) fn is_scalar(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Line(_)
            | Self::Constant(_)
            | Self::Fill(..)
            | Self::Repeat(..)
            | Self::Combined(..)
            | Self::If(..) => false,
            Self::Rounded(_, inner) => inner.is_scalar(),
            Self::Calculated(left, _, right) => left.is_scalar() && right.is_scalar(),
        }
    }

    /// The places of the lines that it uses, each once, in order.
    pub(super) fn lines(&self) -> Vec<usize> {
        let mut lines = Vec::new();
        self.visit(&mut |expression| {
            if let Self::Line(at) = expression {
                lines.push(*at);
            }
        });
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// How many datapoints `REPEAT` has to remember.
    pub(super) fn repeats(&self) -> usize {
        let mut repeats = 0;
        self.visit(&mut |expression| {
            if let Self::Repeat(_, at) = expression {
                repeats = repeats.max(at + 1);
            }
        });
        repeats
    }

    /// The readings that differ for the expression.
    pub(super) fn readings(&self) -> Vec<Reading> {
        let mut members = false;
        self.visit(&mut |expression| {
            if let Self::Combined(Combination::Maximum | Combination::Minimum, series) = expression {
                members |= series.len() > 1;
            }
        });
        let (members, repeats) = (if members { 2 } else { 1 }, if self.repeats() > 0 { 2 } else { 1 });
        let both = |count: usize| [false, true].into_iter().take(count);
        both(members)
            .flat_map(|missing_member_is_zero| {
                both(repeats).map(move |repeats_forever| Reading { missing_member_is_zero, repeats_forever })
            })
            .collect()
    }

    fn visit(&self, seen: &mut dyn FnMut(&Self)) {
        seen(self);
        match self {
            Self::Line(_) | Self::Number(_) | Self::Constant(_) => {}
            Self::Repeat(inner, _) | Self::Rounded(_, inner) => inner.visit(seen),
            Self::Combined(_, members) => members.iter().for_each(|member| member.visit(seen)),
            Self::Fill(one, other) | Self::Calculated(one, _, other) => {
                [one, other].iter().for_each(|it| it.visit(seen))
            }
            Self::If(condition, then, otherwise) => {
                [Some(condition), Some(then), otherwise.as_ref()].into_iter().flatten().for_each(|it| it.visit(seen));
            }
        }
    }
}

/// The two sides of an operator at one time. Where only one of two series has a datapoint, the other counts as 0; beside a
/// scalar a missing datapoint stays one.
fn beside<T>(left: &Expression, one: Option<T>, right: &Expression, other: Option<T>, zero: T) -> Option<(T, T)> {
    let zero = (!left.is_scalar() && !right.is_scalar()).then_some(zero);
    match (one, other) {
        (Some(one), Some(other)) => Some((one, other)),
        (None, None) => None,
        (None, Some(other)) => Some((zero?, other)),
        (Some(one), None) => Some((one, zero?)),
    }
}

impl Combination {
    fn of(self, numbers: &[Option<f64>], reading: Reading) -> Option<f64> {
        if numbers.iter().all(Option::is_none) {
            return None;
        }
        let zero = reading.missing_member_is_zero.then_some(0.0);
        let members = || numbers.iter().filter_map(move |number| number.or(zero));
        #[expect(clippy::cast_precision_loss, reason = "an alarm has ten lines at most")]
        let count = numbers.len() as f64;
        Some(match self {
            Self::Sum => numbers.iter().flatten().sum(),
            Self::Average => numbers.iter().flatten().sum::<f64>() / count,
            Self::Maximum => members().fold(f64::NEG_INFINITY, f64::max),
            Self::Minimum => members().fold(f64::INFINITY, f64::min),
        })
    }

    /// In either reading.
    fn range(self, members: &[Abstract]) -> Abstract {
        let missing = members.iter().all(|member| member.missing);
        let zero = Range::exactly(0.0);
        let present: Vec<_> = members.iter().filter_map(|member| Some((member.present?, member.missing))).collect();
        if present.is_empty() {
            return Abstract::missing();
        }
        let or_zero = |&(range, missing): &(Range, bool)| if missing { range.join(zero) } else { range };
        let sum = || present.iter().map(or_zero).fold(zero, Range::plus);
        #[expect(clippy::cast_precision_loss, reason = "an alarm has ten lines at most")]
        let count = members.len() as f64;
        let range = match self {
            Self::Sum => sum(),
            Self::Average => sum().map(|sum| sum / count),
            Self::Maximum => {
                let high = members.iter().any(|member| member.missing).then_some(0.0).into_iter();
                let high = high.chain(present.iter().map(|(range, _)| range.high)).fold(f64::NEG_INFINITY, f64::max);
                let sure = present.iter().filter(|(_, missing)| !missing).map(|(range, _)| range.low);
                let least = || present.iter().map(|(range, _)| range.low).fold(0.0, f64::min);
                Range::new(sure.reduce(f64::max).unwrap_or_else(least), high)
            }
            Self::Minimum => {
                let negated = |member: &Abstract| Abstract { present: member.present.map(negated), ..*member };
                let maximum = Self::Maximum.range(&members.iter().map(negated).collect::<Vec<_>>());
                return Abstract { present: maximum.present.map(self::negated), ..maximum };
            }
        };
        Abstract { present: Some(range), missing }
    }
}

fn negated(range: Range) -> Range {
    Range { low: -range.high, high: -range.low }
}

impl Rounding {
    fn of(self, number: f64) -> f64 {
        match self {
            Self::Absolute => number.abs(),
            Self::Ceiling => number.ceil(),
            Self::Floor => number.floor(),
        }
    }

    fn range(self, range: Range) -> Range {
        match self {
            Self::Absolute => range.absolute(),
            Self::Ceiling | Self::Floor => range.map(|number| self.of(number)),
        }
    }
}

impl Operator {
    /// None where it divides by zero, of which metric math makes no datapoint.
    fn apply(self, left: f64, right: f64) -> Option<f64> {
        let truth = |holds: bool| f64::from(u8::from(holds));
        let number = match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Power => left.powf(right),
            Self::Less => truth(left < right),
            Self::AtMost => truth(left <= right),
            Self::Greater => truth(left > right),
            Self::AtLeast => truth(left >= right),
            Self::Equal => truth(left == right),
            Self::Unequal => truth(left != right),
            Self::And => truth(left != 0.0 && right != 0.0),
            Self::Or => truth(left != 0.0 || right != 0.0),
        };
        number.is_finite().then_some(number)
    }

    fn range(self, left: Range, right: Range) -> Abstract {
        let truth = |yes: bool, no: bool| {
            let holds = if yes { Some(true) } else { no.then_some(false) };
            Abstract { present: Some(Range::truth(holds)), missing: false }
        };
        let there = |range| Abstract { present: Some(range), missing: false };
        match self {
            Self::Add => there(left.plus(right)),
            Self::Subtract => there(left.minus(right)),
            Self::Multiply => there(left.times(right)),
            Self::Divide => Abstract { present: left.over(right), missing: right.has(0.0) },
            Self::Power => Abstract { present: Some(Range::ANY), missing: true },
            Self::Less => truth(left.high < right.low, left.low >= right.high),
            Self::AtMost => truth(left.high <= right.low, left.low > right.high),
            Self::Greater => truth(left.low > right.high, left.high <= right.low),
            Self::AtLeast => truth(left.low >= right.high, left.high < right.low),
            Self::Equal => {
                let one = |range: Range| range.low >= range.high;
                truth(one(left) && one(right) && left == right, left.high < right.low || right.high < left.low)
            }
            Self::Unequal => {
                let equal = Self::Equal.range(left, right).present.and_then(Range::holds);
                truth(equal == Some(false), equal == Some(true))
            }
            Self::And => {
                let (one, other) = (left.holds(), right.holds());
                truth(one == Some(true) && other == Some(true), one == Some(false) || other == Some(false))
            }
            Self::Or => {
                let (one, other) = (left.holds(), right.holds());
                truth(one == Some(true) || other == Some(true), one == Some(false) && other == Some(false))
            }
        }
    }
}
