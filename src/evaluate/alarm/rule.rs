//! The rule of a composite alarm, read as the CloudWatch API Reference ("PutCompositeAlarm") describes it.
//!
//! AWS does not document whether `AND` or `OR` binds tighter where they meet without parentheses, so a rule is read
//! with either [`Tighter`]: a verdict that both readings share does not hang on it.

use super::state::State;
use crate::chain::cursor::{Cursor, Junctions, Tighter};

/// A rule over the states of alarms.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// `TRUE` or `FALSE`
    Constant(bool),
    /// `ALARM("name")`: an alarm, by name or ARN, is in a state.
    Is(State, String),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
    /// `AT_LEAST(2, NOT OK, (a, b, c))`, with percentages turned into numbers.
    AtLeast(usize, Vec<Self>),
}

/// How deep parentheses and `NOT` may be nested; AWS allows 500 elements in all.
const DEPTH: usize = 100;

/// The rule of a text, or what is wrong with it.
pub(super) fn parse(text: &str, tighter: Tighter) -> Result<Rule, String> {
    let mut parser = Parser { cursor: Cursor::new(text), tighter, depth: 0 };
    let rule = parser.joined(tighter)?;
    if parser.cursor.peek().is_some() { Err(parser.unexpected("AND, OR or the end")) } else { Ok(rule) }
}

impl Rule {
    /// Whether the rule holds, where `state` says which state an alarm is in.
    pub(super) fn holds(&self, state: &mut impl FnMut(&str) -> State) -> bool {
        match self {
            Self::Constant(holds) => *holds,
            Self::Is(wanted, alarm) => state(alarm) == *wanted,
            Self::Not(rule) => !rule.holds(state),
            Self::And(rules) => rules.iter().all(|rule| rule.holds(state)),
            Self::Or(rules) => rules.iter().any(|rule| rule.holds(state)),
            Self::AtLeast(least, rules) => rules.iter().filter(|rule| rule.holds(state)).count() >= *least,
        }
    }

    /// The alarms that the rule names, as it names them.
    pub(super) fn alarms(&self) -> Vec<&str> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Is(_, alarm) => vec![alarm],
            Self::Not(rule) => rule.alarms(),
            Self::And(rules) | Self::Or(rules) | Self::AtLeast(_, rules) => {
                rules.iter().flat_map(Self::alarms).collect()
            }
        }
    }
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    tighter: Tighter,
    depth: usize,
}

impl<'a> Junctions<'a> for Parser<'a> {
    type Condition = Rule;
    type Error = String;

    fn cursor(&mut self) -> &mut Cursor<'a> {
        &mut self.cursor
    }

    fn single(&mut self) -> Result<Rule, String> {
        if self.cursor.eat("(") {
            return self.deeper(|parser| {
                let rule = parser.joined(parser.tighter)?;
                parser.expect(")")?;
                Ok(rule)
            });
        }
        match self.cursor.word() {
            "NOT" => self.deeper(|parser| Ok(Rule::Not(Box::new(parser.single()?)))),
            "TRUE" => Ok(Rule::Constant(true)),
            "FALSE" => Ok(Rule::Constant(false)),
            "AT_LEAST" => self.at_least(),
            word => {
                let state = state(word).ok_or_else(|| self.unexpected_word(word))?;
                self.expect("(")?;
                let alarm = self.name()?;
                self.expect(")")?;
                Ok(Rule::Is(state, alarm))
            }
        }
    }

    fn and(rules: Vec<Rule>) -> Rule {
        Rule::And(rules)
    }

    fn or(rules: Vec<Rule>) -> Rule {
        Rule::Or(rules)
    }
}

impl Parser<'_> {
    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Result<Rule, String>) -> Result<Rule, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("the rule is nested more than {DEPTH} deep"));
        }
        let rule = inner(self)?;
        self.depth -= 1;
        Ok(rule)
    }

    /// `(2, NOT OK, (a, b))`, or a percentage in place of the number.
    fn at_least(&mut self) -> Result<Rule, String> {
        self.expect("(")?;
        let number = self.cursor.word();
        let least: usize = number.parse().map_err(|_not_a_number| format!("`{number}` is not a number of alarms"))?;
        let percent = self.cursor.eat("%");
        self.expect(",")?;
        let not = self.cursor.eat_word("NOT");
        let word = self.cursor.word();
        let state = state(word).ok_or_else(|| self.unexpected_word(word))?;
        self.expect(",")?;
        self.expect("(")?;
        let mut rules = Vec::new();
        loop {
            let is = Rule::Is(state, self.name()?);
            rules.push(if not { Rule::Not(Box::new(is)) } else { is });
            if !self.cursor.eat(",") {
                break;
            }
        }
        self.expect(")")?;
        self.expect(")")?;
        let least = if percent { least.saturating_mul(rules.len()).div_ceil(100) } else { least };
        Ok(Rule::AtLeast(least, rules))
    }

    /// A name or an ARN, in double quotes or bare.
    fn name(&mut self) -> Result<String, String> {
        if let Some(quoted) = self.cursor.quoted() {
            return quoted.map_err(|unterminated| unterminated.to_string());
        }
        let name = self.cursor.take_while(|c| !c.is_whitespace() && !"(),".contains(c));
        if name.is_empty() { Err(self.unexpected("the name of an alarm")) } else { Ok(name.to_owned()) }
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.cursor.eat(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&mut self, expected: &str) -> String {
        format!("the rule has {} where {expected} should be", self.cursor.found())
    }

    fn unexpected_word(&mut self, word: &str) -> String {
        if word.is_empty() {
            self.unexpected("a state")
        } else {
            format!("the rule has `{word}` where a state should be")
        }
    }
}

fn state(word: &str) -> Option<State> {
    match word {
        "ALARM" => Some(State::Alarm),
        "OK" => Some(State::Ok),
        "INSUFFICIENT_DATA" => Some(State::InsufficientData),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Whether the rule holds with `a` in ALARM, `b` in OK and any other alarm in INSUFFICIENT_DATA.
    fn holds(text: &str, tighter: Tighter) -> bool {
        parse(text, tighter).unwrap().holds(&mut |alarm| match alarm {
            "a" => State::Alarm,
            "b" => State::Ok,
            _ => State::InsufficientData,
        })
    }

    #[rstest]
    #[case("TRUE", true)]
    #[case("FALSE", false)]
    #[case("ALARM(a)", true)]
    #[case(" ALARM ( \"a\" ) ", true)]
    #[case("ALARM(b)", false)]
    #[case("OK(b) AND INSUFFICIENT_DATA(\"c d\")", true)]
    #[case("NOT ALARM(a)", false)]
    #[case("NOT NOT ALARM(a)", true)]
    #[case("NOT (ALARM(a) AND ALARM(b))", true)]
    #[case("(ALARM(b) OR ALARM(a)) AND TRUE", true)]
    #[case("NOT ALARM(b) AND ALARM(a)", true)]
    #[case("INSUFFICIENT_DATA(\"with \\\"quotes\\\"\")", true)]
    #[case("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:a)", false)]
    #[case("AT_LEAST(1, ALARM, (a, b, c))", true)]
    #[case("AT_LEAST(2, ALARM, (a, b, c))", false)]
    #[case("AT_LEAST(2, NOT ALARM, (a, \"b\", c))", true)]
    #[case("AT_LEAST(50%, NOT OK, (a, b))", true)]
    #[case("AT_LEAST(51%, NOT OK, (a, b))", false)]
    fn rules(#[case] text: &str, #[case] expected: bool) {
        for tighter in [Tighter::And, Tighter::Or] {
            assert_eq!(holds(text, tighter), expected);
        }
    }

    #[test]
    fn and_and_or_are_read_both_ways() {
        let text = "ALARM(a) OR ALARM(a) AND ALARM(b)";
        assert!(holds(text, Tighter::And));
        assert!(!holds(text, Tighter::Or));
    }

    #[rstest]
    #[case("", "the rule has its end where a state should be")]
    #[case("ALARM", "the rule has its end where `(` should be")]
    #[case("ALARM(a", "the rule has its end where `)` should be")]
    #[case("ALARM()", "the rule has `)` where the name of an alarm should be")]
    #[case("ALARM(\"a)", "a quoted text has no end")]
    #[case("ALERT(a)", "the rule has `ALERT` where a state should be")]
    #[case("ALARM(a) ALARM(b)", "the rule has `A` where AND, OR or the end should be")]
    #[case("ALARM(a) AND", "the rule has its end where a state should be")]
    #[case("AT_LEAST(two, ALARM, (a))", "`two` is not a number of alarms")]
    fn mistakes(#[case] text: &str, #[case] message: &str) {
        assert_eq!(parse(text, Tighter::And).unwrap_err(), message);
    }

    #[test]
    fn depth_is_limited() {
        for deep in ["(".repeat(100_000), "NOT ".repeat(100_000)] {
            assert_eq!(parse(&deep, Tighter::And).unwrap_err(), "the rule is nested more than 100 deep");
        }
    }

    #[test]
    fn the_alarms_of_a_rule() {
        let rule = parse("ALARM(a) AND NOT AT_LEAST(1, OK, (b, c))", Tighter::And).unwrap();
        assert_eq!(rule.alarms(), ["a", "b", "c"]);
    }
}
