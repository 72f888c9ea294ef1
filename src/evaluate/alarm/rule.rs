//! The rule of a composite alarm, read as the CloudWatch API Reference ("PutCompositeAlarm") describes it.
//!
//! AWS does not document whether `AND` or `OR` binds tighter where they meet without parentheses, so a rule is read
//! with either [`Tighter`]: a verdict that both readings share does not hang on it.

use super::state::State;

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

/// Which operator binds tighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tighter {
    And,
    Or,
}

/// How deep parentheses and `NOT` may be nested; AWS allows 500 elements in all.
const DEPTH: usize = 100;

/// The rule of a text, or what is wrong with it.
pub(super) fn parse(text: &str, tighter: Tighter) -> Result<Rule, String> {
    let mut parser = Parser { rest: text, tighter, depth: 0 };
    let rule = parser.joined()?;
    if parser.peek().is_some() { Err(parser.unexpected("AND, OR or the end")) } else { Ok(rule) }
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
    rest: &'a str,
    tighter: Tighter,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// Rules joined by `AND` and `OR`.
    fn joined(&mut self) -> Result<Rule, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("the rule is nested more than {DEPTH} deep"));
        }
        let mut groups = vec![vec![self.single()?]];
        let (tight, loose) = if self.tighter == Tighter::And { ("AND", "OR") } else { ("OR", "AND") };
        loop {
            if self.eat_word(tight) {
                let next = self.single()?;
                groups.last_mut().into_iter().for_each(|group| group.push(next.clone()));
            } else if self.eat_word(loose) {
                groups.push(vec![self.single()?]);
            } else {
                break;
            }
        }
        self.depth -= 1;
        let (inner, outer): (fn(_) -> _, fn(_) -> _) =
            if self.tighter == Tighter::And { (Rule::And, Rule::Or) } else { (Rule::Or, Rule::And) };
        let groups = groups.into_iter().map(|group| one_or(group, inner)).collect();
        Ok(one_or(groups, outer))
    }

    fn single(&mut self) -> Result<Rule, String> {
        if self.eat("(") {
            let rule = self.joined()?;
            self.expect(")")?;
            return Ok(rule);
        }
        let word = self.word();
        match word {
            "NOT" => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return Err(format!("the rule is nested more than {DEPTH} deep"));
                }
                let rule = self.single()?;
                self.depth -= 1;
                Ok(Rule::Not(Box::new(rule)))
            }
            "TRUE" => Ok(Rule::Constant(true)),
            "FALSE" => Ok(Rule::Constant(false)),
            "AT_LEAST" => self.at_least(),
            _ => {
                let state = state(word).ok_or_else(|| self.unexpected_word(word))?;
                self.expect("(")?;
                let alarm = self.name()?;
                self.expect(")")?;
                Ok(Rule::Is(state, alarm))
            }
        }
    }

    /// `(2, NOT OK, (a, b))`, or a percentage in place of the number.
    fn at_least(&mut self) -> Result<Rule, String> {
        self.expect("(")?;
        let number = self.word();
        let least: usize = number.parse().map_err(|_not_a_number| format!("`{number}` is not a number of alarms"))?;
        let percent = self.eat("%");
        self.expect(",")?;
        let not = self.eat_word("NOT");
        let word = self.word();
        let state = state(word).ok_or_else(|| self.unexpected_word(word))?;
        self.expect(",")?;
        self.expect("(")?;
        let mut rules = Vec::new();
        loop {
            let is = Rule::Is(state, self.name()?);
            rules.push(if not { Rule::Not(Box::new(is)) } else { is });
            if !self.eat(",") {
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
        if !self.eat("\"") {
            self.skip_space();
            let end = self.rest.find(|c: char| c.is_whitespace() || "(),".contains(c)).unwrap_or(self.rest.len());
            let (name, rest) = self.rest.split_at(end);
            self.rest = rest;
            return if name.is_empty() { Err(self.unexpected("the name of an alarm")) } else { Ok(name.to_owned()) };
        }
        let mut name = String::new();
        let mut chars = self.rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    self.rest = chars.as_str();
                    return Ok(name);
                }
                '\\' => name.extend(chars.next()),
                c => name.push(c),
            }
        }
        Err("a quoted name in the rule has no end".to_owned())
    }

    fn word(&mut self) -> &'a str {
        self.skip_space();
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn eat_word(&mut self, wanted: &str) -> bool {
        let before = self.rest;
        let found = self.word() == wanted;
        if !found {
            self.rest = before;
        }
        found
    }

    fn eat(&mut self, sign: &str) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.eat(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_space();
        self.rest.chars().next()
    }

    fn unexpected(&mut self, expected: &str) -> String {
        let found = self.peek().map_or("its end".to_owned(), |c| format!("`{c}`"));
        format!("the rule has {found} where {expected} should be")
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

fn one_or(mut rules: Vec<Rule>, join: fn(Vec<Rule>) -> Rule) -> Rule {
    match (rules.pop(), rules.is_empty()) {
        (Some(one), true) => one,
        (last, _) => {
            rules.extend(last);
            join(rules)
        }
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
    #[case("ALARM(\"a)", "a quoted name in the rule has no end")]
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
