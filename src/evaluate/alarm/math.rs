//! Metric math: the expressions over one metric that can be played.
//!
//! `FILL` with a number, `SUM` and `METRICS()` over several lines, `+ - * /` and comparisons, as the CloudWatch User Guide
//! ("Using math expressions with CloudWatch metrics") describes them. Anything else is not judged, and named.

use super::measure::{Measure, Operator};
use crate::chain::cursor::Cursor;

/// What a name in an expression stands for, and what `METRICS()` does.
pub(super) trait Lines {
    fn line(&mut self, name: &str) -> Result<Measure, String>;
    fn metrics(&mut self) -> Result<Vec<Measure>, String>;
    /// Counts one more operand; an error once there are more than anybody writes.
    fn count(&mut self) -> Result<(), String>;
}

/// The expression over what the lines stand for.
pub(super) fn parse(text: &str, lines: &mut dyn Lines) -> Result<Measure, String> {
    if text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("SELECT")) {
        return Err("Metrics Insights queries are not judged".to_owned());
    }
    let mut parser = Parser { cursor: Cursor::new(text), lines };
    let parsed = parser.comparison()?;
    if let Some(odd) = parser.cursor.peek() {
        return Err(format!("`{odd}` in the expression `{text}` is not judged"));
    }
    let measure = parsed.one()?;
    if !has_series(&measure) {
        return Err(format!("the expression `{text}` has no metric in it"));
    }
    Ok(measure)
}

fn has_series(measure: &Measure) -> bool {
    match measure {
        Measure::Of(_) => true,
        Measure::Number(_) => false,
        Measure::Fill(inner, _) => has_series(inner),
        Measure::Sum(members) => members.iter().any(has_series),
        Measure::Calculated(left, _, right) => has_series(left) || has_series(right),
    }
}

struct Parser<'a, 'l> {
    cursor: Cursor<'a>,
    lines: &'l mut dyn Lines,
}

/// A series or a number, or several series.
enum Parsed {
    One(Measure),
    Several(Vec<Measure>),
}

impl Parsed {
    fn one(self) -> Result<Measure, String> {
        match self {
            Self::One(measure) => Ok(measure),
            Self::Several(_) => Err("an expression of several series is not judged".to_owned()),
        }
    }
}

/// The operators of one rank, longer ones first.
type Rank = &'static [(&'static str, Operator)];

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
    fn comparison(&mut self) -> Result<Parsed, String> {
        self.chain(COMPARISONS, |parser| parser.chain(SUMS, |parser| parser.chain(PRODUCTS, Self::operand)))
    }

    fn chain(&mut self, rank: Rank, next: fn(&mut Self) -> Result<Parsed, String>) -> Result<Parsed, String> {
        let mut left = next(self)?;
        while let Some((_, operator)) = rank.iter().find(|(sign, _)| self.cursor.eat(sign)) {
            let right = next(self)?.one()?;
            left = Parsed::One(Measure::Calculated(Box::new(left.one()?), *operator, Box::new(right)));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Parsed, String> {
        self.lines.count()?;
        if self.cursor.eat("-") {
            let negated = self.operand()?.one()?;
            let zero = Box::new(Measure::Number(0.0));
            return Ok(Parsed::One(Measure::Calculated(zero, Operator::Subtract, Box::new(negated))));
        }
        if self.cursor.eat("(") {
            let inner = self.comparison()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.cursor.eat("[") {
            return self.list("]").map(Parsed::Several);
        }
        let word = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if let Ok(number) = word.parse::<f64>() {
            return Ok(Parsed::One(Measure::Number(number)));
        }
        if word.is_empty() {
            return Err(format!("the metric math expression is not understood at {}", self.cursor.found()));
        }
        if self.cursor.eat("(") { self.call(word) } else { self.lines.line(word).map(Parsed::One) }
    }

    fn call(&mut self, function: &str) -> Result<Parsed, String> {
        match function.to_ascii_uppercase().as_str() {
            "METRICS" => {
                if !self.cursor.eat(")") {
                    return Err("METRICS with a name in parentheses is not judged".to_owned());
                }
                self.lines.metrics().map(Parsed::Several)
            }
            "SUM" => {
                let argument = self.comparison()?;
                self.expect(")")?;
                match argument {
                    Parsed::Several(measures) => Ok(Parsed::One(Measure::Sum(measures))),
                    Parsed::One(_) => {
                        Err("SUM of a single series is one number for the whole time, not one a period".to_owned())
                    }
                }
            }
            "FILL" => {
                let argument = self.comparison()?;
                self.expect(",")?;
                let sign = if self.cursor.eat("-") { -1.0 } else { 1.0 };
                let with = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '.');
                let number =
                    sign * with.parse::<f64>().map_err(|_not_a_number| format!("FILL with {with} is not judged"))?;
                self.expect(")")?;
                let fill = |measure| Measure::Fill(Box::new(measure), number);
                Ok(match argument {
                    Parsed::One(measure) => Parsed::One(fill(measure)),
                    Parsed::Several(measures) => Parsed::Several(measures.into_iter().map(fill).collect()),
                })
            }
            other => Err(format!("the function {other} of metric math is not judged")),
        }
    }

    fn list(&mut self, end: &str) -> Result<Vec<Measure>, String> {
        let mut members = vec![self.comparison()?.one()?];
        while self.cursor.eat(",") {
            members.push(self.comparison()?.one()?);
        }
        self.expect(end)?;
        Ok(members)
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.cursor.eat(sign) { Ok(()) } else { Err(format!("the metric math expression lacks a `{sign}`")) }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::measure::{Datapoints, Statistic};
    use super::*;

    /// One line, `m1`, and a second on the same metric, `m2`.
    struct Two(usize);

    impl Lines for Two {
        fn line(&mut self, name: &str) -> Result<Measure, String> {
            match name {
                "m1" => Ok(Measure::Of(Statistic::Sum)),
                "m2" => Ok(Measure::Of(Statistic::SampleCount)),
                other => Err(format!("no {other}")),
            }
        }

        fn metrics(&mut self) -> Result<Vec<Measure>, String> {
            Ok(vec![self.line("m1")?, self.line("m2")?])
        }

        fn count(&mut self) -> Result<(), String> {
            self.0 += 1;
            if self.0 > 100 { Err("too long".to_owned()) } else { Ok(()) }
        }
    }

    #[rstest]
    #[case("m1", Some(6.0), None)]
    #[case("FILL(m1, 0)", Some(6.0), Some(0.0))]
    #[case("fill( m1 , -1 )", Some(6.0), Some(-1.0))]
    #[case("SUM(METRICS())", Some(8.0), None)]
    #[case("SUM([m1, FILL(m2, 5)])", Some(8.0), Some(5.0))]
    #[case("SUM(FILL(METRICS(), 1))", Some(8.0), Some(2.0))]
    #[case("m1 + m2 * 2 - 1", Some(9.0), None)]
    #[case("(m1 + m2) / 2", Some(4.0), None)]
    #[case("m1 / (m2 - 2)", None, None)]
    #[case("-m1 < 0", Some(1.0), None)]
    #[case("m1 >= 7", Some(0.0), None)]
    #[case("m1 != 6", Some(0.0), None)]
    fn expressions(#[case] text: &str, #[case] two_events: Option<f64>, #[case] nothing: Option<f64>) {
        let measure = parse(text, &mut Two(0)).unwrap();
        let of = |events| measure.of(&Datapoints { matching: (events, 3.0), others: (0, 0.0) });
        assert_eq!((of(2), of(0)), (two_events, nothing));
    }

    #[rstest]
    #[case("RATE(m1)", "the function RATE of metric math is not judged")]
    #[case("ANOMALY_DETECTION_BAND(m1, 2)", "the function ANOMALY_DETECTION_BAND of metric math is not judged")]
    #[case("FILL(m1, REPEAT)", "FILL with REPEAT is not judged")]
    #[case("SUM(m1)", "SUM of a single series is one number for the whole time, not one a period")]
    #[case("METRICS()", "an expression of several series is not judged")]
    #[case("SELECT SUM(x) FROM \"y\"", "Metrics Insights queries are not judged")]
    #[case("1 + 1", "the expression `1 + 1` has no metric in it")]
    #[case("m1 ^ 2", "`^` in the expression `m1 ^ 2` is not judged")]
    #[case("(m1", "the metric math expression lacks a `)`")]
    #[case("m1 +", "the metric math expression is not understood at its end")]
    #[case("m3", "no m3")]
    fn not_judged(#[case] text: &str, #[case] why: &str) {
        assert_eq!(parse(text, &mut Two(0)).unwrap_err(), why);
    }

    #[test]
    fn an_endless_expression_ends() {
        assert_eq!(parse(&"(".repeat(100_000), &mut Two(0)).unwrap_err(), "too long");
    }
}
