//! The language of metric math, as far as it is supported.
//!
//! Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics" ("Metric math syntax and functions",
//! "Using IF expressions").

use super::expression::{Combination, Expression, Operator, Rounding};
use crate::account::watch;
use crate::chain::cursor::Cursor;
use crate::fault::MathError;

/// What the names in an expression stand for.
pub(super) trait Lines {
    /// The line of this name.
    fn line(&mut self, name: &str) -> Result<Expression, MathError>;
    /// The lines that name a metric and whose names contain the text.
    fn metrics(&mut self, text: &str) -> Result<Vec<Expression>, MathError>;
    /// Counts one more operand; an error once there are more than anybody writes.
    fn count(&mut self) -> Result<(), MathError>;
    /// The period of all metrics, in seconds.
    fn period(&self) -> f64;
    /// A place in the memory of the alarm.
    fn remember(&mut self) -> usize;
}

/// The expression over what the lines stand for.
pub(super) fn parse(text: &str, lines: &mut dyn Lines) -> Result<Expression, MathError> {
    if watch::is_query(text) {
        return Err(MathError::Insights);
    }
    let mut parser = Parser { cursor: Cursor::new(text), lines };
    let parsed = parser.expression()?;
    if let Some(found) = parser.cursor.peek() {
        return Err(MathError::Unexpected { found: Some(found) });
    }
    parsed.one()
}

struct Parser<'a, 'l> {
    cursor: Cursor<'a>,
    lines: &'l mut dyn Lines,
}

/// A series or a number, or an array of series.
#[derive(Clone, Debug)]
enum Parsed {
    One(Expression),
    Array(Vec<Expression>),
}

impl Parsed {
    fn one(self) -> Result<Expression, MathError> {
        match self {
            Self::One(expression) => Ok(expression),
            Self::Array(_) => Err(MathError::Array),
        }
    }

    /// The same of each series.
    fn map(self, apply: impl Fn(Expression) -> Expression) -> Self {
        match self {
            Self::One(expression) => Self::One(apply(expression)),
            Self::Array(members) => Self::Array(members.into_iter().map(apply).collect()),
        }
    }

    /// Each series of one side with each of the other, as metric math joins a series or a number and an array.
    fn with(self, operator: Operator, other: Self) -> Result<Self, MathError> {
        let apply = |left, right| Expression::Calculated(Box::new(left), operator, Box::new(right));
        Ok(match (self, other) {
            (Self::One(left), right) => right.map(|right| apply(left.clone(), right)),
            (left, Self::One(right)) => left.map(|left| apply(left, right.clone())),
            (Self::Array(_), Self::Array(_)) => return Err(MathError::Arrays),
        })
    }
}

/// The operators of one rank, longer ones first.
type Rank = &'static [(&'static str, Operator)];

const ANDS: Rank = &[("&&", Operator::And), ("AND", Operator::And)];
const ORS: Rank = &[("||", Operator::Or), ("OR", Operator::Or)];
const COMPARISONS: Rank = &[
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
    ("<", Operator::Less),
    (">", Operator::Greater),
];
const SUMS: Rank = &[("+", Operator::Add), ("-", Operator::Subtract)];
const PRODUCTS: Rank = &[("*", Operator::Multiply), ("/", Operator::Divide)];

impl Parser<'_, '_> {
    /// Comparisons, joined by `AND` or by `OR`. AWS does not document which of the two binds tighter.
    fn expression(&mut self) -> Result<Parsed, MathError> {
        let mut left = self.comparison()?;
        let mut joined = None;
        while let Some(operator) = self.eat(ANDS).or_else(|| self.eat(ORS)) {
            if joined.is_some_and(|joined| joined != operator) {
                return Err(MathError::Precedence { operators: "AND and OR" });
            }
            joined = Some(operator);
            left = left.with(operator, self.comparison()?)?;
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Parsed, MathError> {
        self.chain(COMPARISONS, |parser| parser.chain(SUMS, |parser| parser.chain(PRODUCTS, Self::power)))
    }

    fn chain(&mut self, rank: Rank, next: fn(&mut Self) -> Result<Parsed, MathError>) -> Result<Parsed, MathError> {
        let mut left = next(self)?;
        while let Some(operator) = self.eat(rank) {
            left = left.with(operator, next(self)?)?;
        }
        Ok(left)
    }

    fn eat(&mut self, rank: Rank) -> Option<Operator> {
        let next = |cursor: &mut Cursor<'_>, sign: &str| {
            if sign.starts_with(char::is_alphabetic) { cursor.eat_word(sign) } else { cursor.eat(sign) }
        };
        rank.iter().find(|(sign, _)| next(&mut self.cursor, sign)).map(|(_, operator)| *operator)
    }

    /// AWS does not document what `-a ^ b` and `a ^ b ^ c` are.
    fn power(&mut self) -> Result<Parsed, MathError> {
        let negated = self.cursor.peek() == Some('-');
        let base = self.operand()?;
        if !self.cursor.eat("^") {
            return Ok(base);
        }
        let exponent = self.operand()?;
        if negated || self.cursor.peek() == Some('^') {
            return Err(MathError::Precedence { operators: "the operators beside `^`" });
        }
        base.with(Operator::Power, exponent)
    }

    fn operand(&mut self) -> Result<Parsed, MathError> {
        self.lines.count()?;
        if self.cursor.eat("-") {
            let minus =
                |inner| Expression::Calculated(Box::new(Expression::Number(-1.0)), Operator::Multiply, Box::new(inner));
            return Ok(self.operand()?.map(minus));
        }
        if self.cursor.eat("(") {
            let inner = self.expression()?;
            self.expect(')')?;
            return Ok(inner);
        }
        if self.cursor.eat("[") {
            let members = self.list()?;
            self.expect(']')?;
            return Ok(Parsed::Array(members));
        }
        let word = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            let number = word.parse::<f64>().map_err(|_not_a_number| MathError::Number { text: word.to_owned() })?;
            return Ok(Parsed::One(Expression::Number(number)));
        }
        if word.is_empty() {
            return Err(MathError::Unexpected { found: self.cursor.peek() });
        }
        if self.cursor.eat("(") {
            let call = self.call(word)?;
            self.expect(')')?;
            return Ok(call);
        }
        self.lines.line(word).map(Parsed::One)
    }

    /// What is between the parentheses of a function.
    fn call(&mut self, function: &str) -> Result<Parsed, MathError> {
        let name = || function.to_owned();
        let combined = |combination| move |parser: &mut Self| parser.combined(function, combination);
        let rounded = |rounding| move |inner| Expression::Rounded(rounding, Box::new(inner));
        match function.to_ascii_uppercase().as_str() {
            "METRICS" => {
                let quoted = self.cursor.quoted().transpose().map_err(|_unterminated| MathError::Quote)?;
                self.lines.metrics(&quoted.unwrap_or_default()).map(Parsed::Array)
            }
            "SUM" => combined(Combination::Sum)(self),
            "AVG" => combined(Combination::Average)(self),
            "MAX" => combined(Combination::Maximum)(self),
            "MIN" => combined(Combination::Minimum)(self),
            "ABS" => Ok(self.expression()?.map(rounded(Rounding::Absolute))),
            "CEIL" => Ok(self.expression()?.map(rounded(Rounding::Ceiling))),
            "FLOOR" => Ok(self.expression()?.map(rounded(Rounding::Floor))),
            "IF" => self.condition(),
            "FILL" => self.fill(),
            "FIRST" | "LAST" => {
                let Parsed::Array(mut members) = self.expression()? else {
                    return Err(MathError::NoArray { function: name() });
                };
                let at = if function.eq_ignore_ascii_case("FIRST") { 0 } else { members.len().saturating_sub(1) };
                if at < members.len() { Ok(Parsed::One(members.swap_remove(at))) } else { Err(MathError::NoMetric) }
            }
            "METRIC_COUNT" => match self.expression()? {
                #[expect(clippy::cast_precision_loss, reason = "an alarm has ten lines at most")]
                Parsed::Array(members) => Ok(Parsed::One(Expression::Number(members.len() as f64))),
                Parsed::One(_) => Err(MathError::NoArray { function: name() }),
            },
            "PERIOD" => {
                self.expression()?.one()?;
                Ok(Parsed::One(Expression::Number(self.lines.period())))
            }
            "TIME_SERIES" => match self.expression()?.one()? {
                Expression::Number(number) => Ok(Parsed::One(Expression::Constant(number))),
                _ => Err(MathError::Unsupported { function: name() }),
            },
            "MINUTE" | "HOUR" | "DAY" | "DATE" | "MONTH" | "YEAR" | "EPOCH" => {
                Err(MathError::Clock { function: name() })
            }
            "ANOMALY_DETECTION_BAND" => Err(MathError::Learned),
            "DATAPOINT_COUNT" | "RUNNING_SUM" | "REMOVE_EMPTY" => Err(MathError::Retrieved { function: name() }),
            "RATE" | "DIFF" | "DIFF_TIME" | "STDDEV" => Err(MathError::Undocumented { function: name() }),
            _ => Err(MathError::Unsupported { function: name() }),
        }
    }

    /// A function that makes one series of an array. Of a single series it makes a number, which depends on how many
    /// datapoints CloudWatch retrieves: AWS recommends against that in alarms.
    fn combined(&mut self, function: &str, combination: Combination) -> Result<Parsed, MathError> {
        match self.expression()? {
            Parsed::Array(members) => Ok(Parsed::One(Expression::Combined(combination, members))),
            Parsed::One(_) => Err(MathError::Retrieved { function: function.to_owned() }),
        }
    }

    fn condition(&mut self) -> Result<Parsed, MathError> {
        let condition = self.expression()?.one()?;
        self.expect(',')?;
        let then = self.expression()?.one()?;
        let otherwise = if self.cursor.eat(",") { Some(Box::new(self.expression()?.one()?)) } else { None };
        Ok(Parsed::One(Expression::If(Box::new(condition), Box::new(then), otherwise)))
    }

    fn fill(&mut self) -> Result<Parsed, MathError> {
        let series = self.expression()?;
        self.expect(',')?;
        if self.cursor.eat_word("LINEAR") {
            // What lies between two datapoints is known once the second is there, which an alarm does not wait for.
            return Err(MathError::Undocumented { function: "FILL with LINEAR".to_owned() });
        }
        if self.cursor.eat_word("REPEAT") {
            let mut repeat = |inner| Expression::Repeat(Box::new(inner), self.lines.remember());
            return Ok(match series {
                Parsed::One(series) => Parsed::One(repeat(series)),
                Parsed::Array(members) => Parsed::Array(members.into_iter().map(repeat).collect()),
            });
        }
        let with = self.expression()?.one()?;
        Ok(series.map(|series| Expression::Fill(Box::new(series), Box::new(with.clone()))))
    }

    /// Series in brackets, of which each may be an array of its own.
    fn list(&mut self) -> Result<Vec<Expression>, MathError> {
        let mut members = Vec::new();
        loop {
            match self.expression()? {
                Parsed::One(scalar) if scalar.is_scalar() => return Err(MathError::ScalarInArray),
                Parsed::One(member) => members.push(member),
                Parsed::Array(more) => members.extend(more),
            }
            if !self.cursor.eat(",") {
                return Ok(members);
            }
        }
    }

    fn expect(&mut self, sign: char) -> Result<(), MathError> {
        let next = self.cursor.peek();
        if next == Some(sign) {
            self.cursor.eat(sign.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        Err(MathError::Unexpected { found: next })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::expression::{Memory, Reading};
    use super::super::range::{Abstract, Range};
    use super::*;

    /// Three lines: m1, m2 and errors.
    #[derive(Default)]
    struct Three {
        operands: usize,
        repeats: usize,
    }

    const NAMES: [&str; 3] = ["m1", "m2", "errors"];

    impl Lines for Three {
        fn line(&mut self, name: &str) -> Result<Expression, MathError> {
            let at = NAMES.iter().position(|known| *known == name);
            at.map(Expression::Line).ok_or_else(|| MathError::NoLine { name: name.to_owned() })
        }

        fn metrics(&mut self, text: &str) -> Result<Vec<Expression>, MathError> {
            Ok((0..3).filter(|at| NAMES[*at].contains(text)).map(Expression::Line).collect())
        }

        fn count(&mut self) -> Result<(), MathError> {
            self.operands += 1;
            if self.operands > 100 { Err(MathError::TooLong) } else { Ok(()) }
        }

        fn period(&self) -> f64 {
            300.0
        }

        fn remember(&mut self) -> usize {
            self.repeats += 1;
            self.repeats - 1
        }
    }

    fn of(text: &str, lines: [Option<f64>; 3]) -> Option<f64> {
        let expression = parse(text, &mut Three::default()).unwrap();
        let mut memory: Memory = vec![None; expression.repeats()];
        let number = expression.of(&lines, Reading::default(), &mut memory);
        // Bounds of exact numbers hold the number.
        let exact = |line: Option<f64>| line.map_or_else(Abstract::missing, Abstract::exactly);
        let range = expression.range(&lines.map(exact));
        match number {
            Some(number) => assert!(range.present.is_some_and(|range| range.has(number)), "{text}: {range:?}"),
            None => assert!(range.missing, "{text}: {range:?}"),
        }
        number
    }

    /// m1 is 6, m2 is 2, errors has no datapoint; and where none has one.
    #[rstest]
    #[case("m1", Some(6.0), None)]
    #[case("FILL(m1, 0)", Some(6.0), Some(0.0))]
    #[case("fill( m1 , -1 )", Some(6.0), Some(-1.0))]
    #[case("FILL(errors, m2)", Some(2.0), None)]
    #[case("SUM(METRICS())", Some(8.0), None)]
    #[case("SUM(METRICS(\"m\"))", Some(8.0), None)]
    #[case("SUM([METRICS(\"m1\"), METRICS(\"errors\")])", Some(6.0), None)]
    #[case("SUM([m1, FILL(errors, 5)])", Some(11.0), Some(5.0))]
    #[case("SUM(FILL(METRICS(), 1))", Some(9.0), Some(3.0))]
    #[case("SUM(METRICS() * 2)", Some(16.0), None)]
    #[case("SUM(100 / [m1, m2])", Some(100.0 / 6.0 + 50.0), None)]
    #[case("AVG([m1, m2])", Some(4.0), None)]
    #[case("AVG(METRICS())", Some(8.0 / 3.0), None)]
    #[case("MAX([m1, m2])", Some(6.0), None)]
    #[case("MIN([m1, m2])", Some(2.0), None)]
    #[case("m1 + m2 * 2 - 1", Some(9.0), None)]
    #[case("m1 + errors", Some(6.0), None)]
    #[case("errors - m1", Some(-6.0), None)]
    #[case("m1 / errors", None, None)]
    #[case("errors + 1", None, None)]
    #[case("(m1 + m2) / 2", Some(4.0), None)]
    #[case("m1 / (m2 - 2)", None, None)]
    #[case("m2 ^ 3", Some(8.0), None)]
    #[case("-m1 < 0", Some(1.0), None)]
    #[case("ABS(-m1)", Some(6.0), None)]
    #[case("CEIL(m1 / 4)", Some(2.0), None)]
    #[case("FLOOR(m1 / 4)", Some(1.0), None)]
    #[case("m1 >= 7", Some(0.0), None)]
    #[case("m1 != 6", Some(0.0), None)]
    #[case("m1 > errors", Some(1.0), None)]
    #[case("m1 > 5 AND m2 > 5", Some(0.0), None)]
    #[case("m1 > 5 && m2 > 1 && m1 < 7", Some(1.0), None)]
    #[case("m1 > 15 OR m2 > 1", Some(1.0), None)]
    #[case("m1 > 5 || errors > 5", Some(1.0), None)]
    #[case("m1 > 5 AND errors > 5", Some(0.0), None)]
    #[case("IF(m1 > 0, 1, 0)", Some(1.0), None)]
    #[case("IF(m1 < 0, 1, 0)", Some(0.0), None)]
    #[case("IF(m1 < 0, 1)", None, None)]
    #[case("IF(m1, errors)", Some(0.0), None)]
    #[case("IF(errors, m1, m2)", None, None)]
    #[case("IF(m1 - 6, m1, errors)", None, None)]
    #[case("IF(1, m1, m2)", Some(6.0), None)]
    #[case("FIRST(METRICS())", Some(6.0), None)]
    #[case("LAST([m1, m2])", Some(2.0), None)]
    #[case("m1 / METRIC_COUNT(METRICS())", Some(2.0), None)]
    #[case("m1 * 100 / PERIOD(m1)", Some(2.0), None)]
    #[case("TIME_SERIES(4) + m1", Some(10.0), Some(4.0))]
    fn expressions(#[case] text: &str, #[case] some: Option<f64>, #[case] nothing: Option<f64>) {
        assert_eq!((of(text, [Some(6.0), Some(2.0), None]), of(text, [None; 3])), (some, nothing));
    }

    /// The tables of the User Guide, column by column.
    #[rstest]
    #[case("IF(m1, m2, errors)", [(1.0, 30.0, 0.0, 30.0), (1.0, NONE, 0.0, 0.0), (0.0, 0.0, 20.0, 20.0), (0.0, 0.0, NONE, NONE), (NONE, 30.0, 20.0, NONE)])]
    #[case("IF(m1, 5, errors)", [(1.0, 30.0, 0.0, 5.0), (1.0, NONE, 0.0, 5.0), (0.0, 0.0, 20.0, 20.0), (0.0, 0.0, NONE, NONE), (NONE, 30.0, 20.0, NONE)])]
    #[case("IF(m1, m2, 5)", [(1.0, 30.0, 0.0, 30.0), (1.0, NONE, 0.0, 0.0), (0.0, 0.0, 20.0, 5.0), (0.0, 0.0, NONE, 5.0), (NONE, 30.0, 20.0, NONE)])]
    #[case("m1 < m2", [(30.0, 20.0, NONE, 0.0), (20.0, NONE, NONE, 0.0), (0.0, 20.0, NONE, 1.0), (0.0, NONE, NONE, 0.0), (NONE, NONE, NONE, NONE)])]
    #[case("m1 > 15 AND m2 > 15", [(30.0, 20.0, NONE, 1.0), (20.0, NONE, NONE, 0.0), (0.0, 20.0, NONE, 0.0), (0.0, NONE, NONE, 0.0), (NONE, NONE, NONE, NONE)])]
    fn tables(#[case] text: &str, #[case] columns: [(f64, f64, f64, f64); 5]) {
        let some = |number: f64| (!number.is_nan()).then_some(number);
        for (m1, m2, errors, expected) in columns {
            assert_eq!(of(text, [some(m1), some(m2), some(errors)]), some(expected), "{m1} {m2} {errors}");
        }
    }

    const NONE: f64 = f64::NAN;

    #[test]
    fn bounds_hold_whatever_else_is_published() {
        let range = |text: &str, lines: [Abstract; 3]| parse(text, &mut Three::default()).unwrap().range(&lines);
        let number = |low: f64, high: f64| Abstract { present: Some(Range::new(low, high)), missing: false };
        let maybe = |low: f64, high: f64| Abstract { missing: true, ..number(low, high) };
        let lines = [number(1.0, f64::INFINITY), maybe(0.0, 5.0), Abstract::missing()];
        assert_eq!(range("SUM(METRICS())", lines), number(1.0, f64::INFINITY));
        assert_eq!(range("MAX([m1, m2])", lines), number(1.0, f64::INFINITY));
        assert_eq!(range("MIN([m1, m2])", lines), number(0.0, f64::INFINITY));
        assert_eq!(range("m1 - m2", lines), number(-4.0, f64::INFINITY));
        assert_eq!(range("IF(m1 > 0, 1, 0)", lines), number(1.0, 1.0));
        assert_eq!(range("IF(m2 > 0, 1, 0)", lines), maybe(0.0, 1.0));
        assert_eq!(range("m1 > 0 OR m2 > 0", lines), number(1.0, 1.0));
        assert_eq!(range("FILL(m2, 7)", lines), number(0.0, 7.0));
        assert_eq!(range("m1 + errors", lines), number(1.0, f64::INFINITY));
        assert_eq!(range("m2 / m1", [number(1.0, 2.0), number(1.0, 1.0), Abstract::missing()]), number(0.5, 1.0));
    }

    fn function(name: &str) -> String {
        name.to_owned()
    }

    #[rstest]
    #[case("RATE(m1)", MathError::Undocumented { function: function("RATE") })]
    #[case("ANOMALY_DETECTION_BAND(m1, 2)", MathError::Learned)]
    #[case("FILL(m1, LINEAR)", MathError::Undocumented { function: function("FILL with LINEAR") })]
    #[case("SUM(m1)", MathError::Retrieved { function: function("SUM") })]
    #[case("MAX(m1) / m1", MathError::Retrieved { function: function("MAX") })]
    #[case("IF(HOUR(m1) > 8, m1)", MathError::Clock { function: function("HOUR") })]
    #[case("SORT(METRICS(), SUM, DESC)", MathError::Unsupported { function: function("SORT") })]
    #[case("METRICS()", MathError::Array)]
    #[case("FILL(METRICS(), 0) == 0", MathError::Array)]
    #[case("METRICS() + METRICS()", MathError::Arrays)]
    #[case("SUM([m1, 1])", MathError::ScalarInArray)]
    #[case("SELECT SUM(x) FROM \"y\"", MathError::Insights)]
    #[case("m1 > 1 OR m2 > 1 AND m1 > 2", MathError::Precedence { operators: "AND and OR" })]
    #[case("-m1 ^ 2", MathError::Precedence { operators: "the operators beside `^`" })]
    #[case("m1 ? 2", MathError::Unexpected { found: Some('?') })]
    #[case("(m1", MathError::Unexpected { found: None })]
    #[case("m1 +", MathError::Unexpected { found: None })]
    #[case("1.2.3 + m1", MathError::Number { text: function("1.2.3") })]
    #[case("SUM(METRICS(\"m1))", MathError::Quote)]
    #[case("m3", MathError::NoLine { name: function("m3") })]
    fn undecided(#[case] text: &str, #[case] why: MathError) {
        assert_eq!(parse(text, &mut Three::default()).unwrap_err(), why);
    }

    #[test]
    fn an_endless_expression_ends() {
        for text in ["(".repeat(100_000), "-".repeat(100_000), "ABS(".repeat(100_000)] {
            assert_eq!(parse(&text, &mut Three::default()).unwrap_err(), MathError::TooLong);
        }
    }

    #[test]
    fn repeat_remembers_the_latest_datapoint() {
        let expression = parse("FILL(m1, REPEAT)", &mut Three::default()).unwrap();
        let mut memory = vec![None];
        let mut next = |m1| expression.of(&[m1, None, None], Reading::default(), &mut memory);
        assert_eq!([next(None), next(Some(3.0)), next(None), next(Some(0.0))], [None, Some(3.0), Some(3.0), Some(0.0)]);
    }
}
