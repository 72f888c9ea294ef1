//! The rule of a composite alarm, read as the CloudWatch API Reference ("PutCompositeAlarm") describes it.
//!
//! AWS does not document whether `AND` or `OR` binds tighter where they meet without parentheses, so a rule is read with
//! either [`Tighter`]: what both readings share does not depend on it.

use super::missing_data::State;
use super::timeline::States;
use crate::chain::cursor::{Cursor, Junctions, Tighter};
use crate::fault::RuleError;

/// A rule over the states of alarms.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule<Alarm> {
    /// `TRUE` or `FALSE`
    Constant(bool),
    /// `ALARM("name")`: an alarm is in a state.
    Is(State, Alarm),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
    /// `AT_LEAST(2, NOT OK, (a, b, c))`, with percentages turned into numbers.
    AtLeast(usize, Vec<Self>),
}

/// How deep parentheses and `NOT` may be nested; AWS allows 500 elements in all.
const DEPTH: usize = 100;

/// The rule of a text: alarms are named by name or by ARN.
pub(super) fn parse(text: &str, tighter: Tighter) -> Result<Rule<String>, RuleError> {
    let mut parser = Parser { cursor: Cursor::new(text), tighter, depth: 0 };
    let rule = parser.joined(tighter)?;
    if parser.cursor.peek().is_some() { Err(parser.unexpected("AND, OR or the end")) } else { Ok(rule) }
}

impl<Alarm> Rule<Alarm> {
    /// The same rule over what `replace` makes of the alarms.
    pub(super) fn map<Other>(&self, replace: &mut impl FnMut(&Alarm) -> Other) -> Rule<Other> {
        let mut each = |rules: &[Self]| rules.iter().map(|rule| rule.map(replace)).collect();
        match self {
            Self::Constant(holds) => Rule::Constant(*holds),
            Self::Is(state, alarm) => Rule::Is(*state, replace(alarm)),
            Self::Not(rule) => Rule::Not(Box::new(rule.map(replace))),
            Self::And(rules) => Rule::And(each(rules)),
            Self::Or(rules) => Rule::Or(each(rules)),
            Self::AtLeast(least, rules) => Rule::AtLeast(*least, each(rules)),
        }
    }

    /// Whether the rule holds, where `states` says which states an alarm may be in; `None` if that does not tell. Each
    /// alarm is taken to be in any of its states whatever the others are in, and wherever else the rule names it.
    pub(super) fn holds(&self, states: &impl Fn(&Alarm) -> States) -> Option<bool> {
        match self {
            Self::Constant(holds) => Some(*holds),
            Self::Is(wanted, alarm) => states(alarm).is(*wanted),
            Self::Not(rule) => rule.holds(states).map(|holds| !holds),
            Self::And(rules) => all(rules.iter().map(|rule| rule.holds(states))),
            Self::Or(rules) => all(rules.iter().map(|rule| rule.holds(states).map(|holds| !holds))).map(|none| !none),
            Self::AtLeast(least, rules) => {
                let each: Vec<_> = rules.iter().map(|rule| rule.holds(states)).collect();
                let sure = each.iter().filter(|holds| **holds == Some(true)).count();
                let possible = each.iter().filter(|holds| **holds != Some(false)).count();
                match () {
                    () if sure >= *least => Some(true),
                    () if possible < *least => Some(false),
                    () => None,
                }
            }
        }
    }
}

/// Whether all hold: one that does not outweighs those of which it is not known.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    tighter: Tighter,
    depth: usize,
}

impl<'a> Junctions<'a> for Parser<'a> {
    type Condition = Rule<String>;
    type Error = RuleError;

    fn cursor(&mut self) -> &mut Cursor<'a> {
        &mut self.cursor
    }

    fn single(&mut self) -> Result<Rule<String>, RuleError> {
        if self.cursor.eat("(") {
            return self.deeper(|parser| {
                let rule = parser.joined(parser.tighter)?;
                parser.expect(')')?;
                Ok(rule)
            });
        }
        match self.cursor.word() {
            "NOT" => self.deeper(|parser| Ok(Rule::Not(Box::new(parser.single()?)))),
            "TRUE" => Ok(Rule::Constant(true)),
            "FALSE" => Ok(Rule::Constant(false)),
            "AT_LEAST" => self.at_least(),
            word => {
                let state = self.state(word)?;
                self.expect('(')?;
                let alarm = self.name()?;
                self.expect(')')?;
                Ok(Rule::Is(state, alarm))
            }
        }
    }

    fn and(rules: Vec<Rule<String>>) -> Rule<String> {
        Rule::And(rules)
    }

    fn or(rules: Vec<Rule<String>>) -> Rule<String> {
        Rule::Or(rules)
    }
}

impl Parser<'_> {
    fn deeper(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<Rule<String>, RuleError>,
    ) -> Result<Rule<String>, RuleError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(RuleError::TooDeep { depth: DEPTH });
        }
        let rule = inner(self)?;
        self.depth -= 1;
        Ok(rule)
    }

    /// `(2, NOT OK, (a, b))`, or a percentage in place of the number.
    fn at_least(&mut self) -> Result<Rule<String>, RuleError> {
        self.expect('(')?;
        let word = self.cursor.word();
        let least: usize = word.parse().map_err(|_not_a_number| RuleError::Number { word: word.to_owned() })?;
        let percent = self.cursor.eat("%");
        self.expect(',')?;
        let not = self.cursor.eat_word("NOT");
        let word = self.cursor.word();
        let state = self.state(word)?;
        self.expect(',')?;
        self.expect('(')?;
        let mut rules = Vec::new();
        loop {
            let is = Rule::Is(state, self.name()?);
            rules.push(if not { Rule::Not(Box::new(is)) } else { is });
            if !self.cursor.eat(",") {
                break;
            }
        }
        self.expect(')')?;
        self.expect(')')?;
        let least = if percent { least.saturating_mul(rules.len()).div_ceil(100) } else { least };
        Ok(Rule::AtLeast(least, rules))
    }

    /// A name or an ARN, in double quotes or bare.
    fn name(&mut self) -> Result<String, RuleError> {
        if let Some(quoted) = self.cursor.quoted() {
            return quoted.map_err(|_unterminated| RuleError::Quote);
        }
        let name = self.cursor.take_while(|c| !c.is_whitespace() && !"(),".contains(c));
        if name.is_empty() { Err(self.unexpected("the name of an alarm")) } else { Ok(name.to_owned()) }
    }

    fn state(&mut self, word: &str) -> Result<State, RuleError> {
        match word {
            "ALARM" => Ok(State::Alarm),
            "OK" => Ok(State::Ok),
            "INSUFFICIENT_DATA" => Ok(State::InsufficientData),
            "" => Err(self.unexpected("a state")),
            word => Err(RuleError::State { word: word.to_owned() }),
        }
    }

    fn expect(&mut self, sign: char) -> Result<(), RuleError> {
        if self.cursor.eat(sign.encode_utf8(&mut [0; 4])) {
            return Ok(());
        }
        Err(self.unexpected(match sign {
            '(' => "`(`",
            ')' => "`)`",
            _ => "`,`",
        }))
    }

    fn unexpected(&mut self, expected: &'static str) -> RuleError {
        RuleError::Unexpected { found: self.cursor.peek(), expected }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Whether the rule holds with `a` in ALARM, `b` in OK, `x` in any state, and any other in INSUFFICIENT_DATA.
    fn holds(text: &str, tighter: Tighter) -> Option<bool> {
        parse(text, tighter).unwrap().holds(&|alarm| match alarm.as_str() {
            "a" => States::only(State::Alarm),
            "b" => States::only(State::Ok),
            "x" => States::ANY,
            _ => States::only(State::InsufficientData),
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
    #[case("ALARM(a) OR ALARM(x)", true)]
    #[case("ALARM(b) AND ALARM(x)", false)]
    #[case("AT_LEAST(1, ALARM, (a, x))", true)]
    #[case("AT_LEAST(3, ALARM, (a, b, x))", false)]
    fn rules(#[case] text: &str, #[case] expected: bool) {
        for tighter in [Tighter::And, Tighter::Or] {
            assert_eq!(holds(text, tighter), Some(expected));
        }
    }

    #[rstest]
    #[case("ALARM(x)")]
    #[case("NOT OK(x)")]
    #[case("ALARM(a) AND ALARM(x)")]
    #[case("ALARM(b) OR NOT ALARM(x)")]
    #[case("AT_LEAST(2, ALARM, (a, b, x))")]
    fn unknown(#[case] text: &str) {
        assert_eq!(holds(text, Tighter::And), None);
    }

    #[test]
    fn and_and_or_are_read_both_ways() {
        let text = "ALARM(a) OR ALARM(a) AND ALARM(b)";
        assert_eq!([holds(text, Tighter::And), holds(text, Tighter::Or)], [Some(true), Some(false)]);
    }

    #[rstest]
    #[case("", "the rule ends where a state should be")]
    #[case("ALARM", "the rule ends where `(` should be")]
    #[case("ALARM(a", "the rule ends where `)` should be")]
    #[case("ALARM()", "the rule has `)` where the name of an alarm should be")]
    #[case("ALARM(\"a)", "a quoted name has no end")]
    #[case("ALERT(a)", "the rule has `ALERT` where a state should be")]
    #[case("ALARM(a) ALARM(b)", "the rule has `A` where AND, OR or the end should be")]
    #[case("ALARM(a) AND", "the rule ends where a state should be")]
    #[case("AT_LEAST(two, ALARM, (a))", "`two` is not a number of alarms")]
    fn mistakes(#[case] text: &str, #[case] message: &str) {
        assert_eq!(parse(text, Tighter::And).unwrap_err().to_string(), message);
    }

    #[test]
    fn depth_is_limited() {
        for deep in ["(".repeat(100_000), "NOT ".repeat(100_000)] {
            assert_eq!(parse(&deep, Tighter::And).unwrap_err(), RuleError::TooDeep { depth: 100 });
        }
    }

    #[test]
    fn the_alarms_of_a_rule() {
        let rule = parse("ALARM(a) AND NOT AT_LEAST(1, OK, (b, c))", Tighter::And).unwrap();
        let mut alarms = Vec::new();
        rule.map(&mut |alarm| alarms.push(alarm.clone()));
        assert_eq!(alarms, ["a", "b", "c"]);
    }
}
