//! A filter's field selection: an expression over system fields that a log event has to satisfy first.
//!
//! `@aws.account IN ["111122223333"] AND @aws.region != "eu-west-1"`, with the operators that the CloudWatch Logs API
//! Reference ("PutMetricFilter") lists: `=`, `!=`, `IN`, `NOT IN`, `AND`, `OR`. Values are in double quotes, as in all
//! its examples.

use super::cursor::{Cursor, Junctions, Tighter};
use super::required::Required;
use super::source::{Place, Told};
use super::{broken, uncertain};
use crate::pattern::event_sets::EventSet;
use crate::report::{Code, Link};

/// The filter's link, no longer live if its field selection may drop one of the events that match its pattern; and those
/// that it may let pass.
pub(super) fn judge(
    link: Link,
    criteria: &str,
    place: Place<'_>,
    events: &EventSet,
    required: &Required<'_>,
) -> (Link, EventSet) {
    let told = match told(criteria, place) {
        Ok(told) => told,
        Err(why) => {
            let message = format!("the filter sees only events selected by `{criteria}`, which is not judged: {why}");
            return (uncertain(link, Code::FilterFieldSelectionNotJudged, message), EventSet::everything());
        }
    };
    if told.is_everything(events, required) {
        return (link, EventSet::everything());
    }
    if told.is_nothing(events, required) {
        let message = format!("the filter sees only events selected by `{criteria}`, and the trail delivers none such");
        return (broken(link, Code::FilterSelectionDropsEvents, message), EventSet::nothing());
    }
    let message = format!("which events `{criteria}` selects is open: {}", Told::OPEN);
    (uncertain(link, Code::FilterFieldSelectionNotJudged, message), told.at_most())
}

/// What the criteria say of records.
fn told(criteria: &str, place: Place<'_>) -> Result<Told, String> {
    let (told, other) = (parse(criteria, place, Tighter::And)?, parse(criteria, place, Tighter::Or)?);
    if told == other { Ok(told) } else { Err("AWS does not document which of AND and OR binds tighter".to_owned()) }
}

/// How deep parentheses may be nested: no more fits into the 2,000 characters that AWS allows and is sensible.
const DEPTH: usize = 100;

struct Parser<'a> {
    cursor: Cursor<'a>,
    place: Place<'a>,
    tighter: Tighter,
    depth: usize,
}

fn parse(criteria: &str, place: Place<'_>, tighter: Tighter) -> Result<Told, String> {
    let mut parser = Parser { cursor: Cursor::new(criteria), place, tighter, depth: 0 };
    let told = parser.joined(tighter)?;
    if parser.cursor.peek().is_some() { Err(parser.unexpected("AND, OR or the end")) } else { Ok(told) }
}

impl<'a> Junctions<'a> for Parser<'a> {
    type Condition = Told;
    type Error = String;

    fn cursor(&mut self) -> &mut Cursor<'a> {
        &mut self.cursor
    }

    fn single(&mut self) -> Result<Told, String> {
        if self.cursor.eat("(") {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err(format!("it is nested more than {DEPTH} deep"));
            }
            let told = self.joined(self.tighter)?;
            self.depth -= 1;
            self.expect(")")?;
            return Ok(told);
        }
        let field = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || "@._".contains(c));
        if field.is_empty() {
            return Err(self.unexpected("a system field"));
        }
        let (holds, values) = if self.cursor.eat("!=") {
            (false, vec![self.value()?])
        } else if self.cursor.eat("=") {
            (true, vec![self.value()?])
        } else {
            let holds = !self.cursor.eat_word("NOT");
            if !self.cursor.eat_word("IN") {
                return Err(self.unexpected("`=`, `!=`, `IN` or `NOT IN`"));
            }
            (holds, self.list()?)
        };
        let told = self.place.told(field, &values)?;
        Ok(if holds { told } else { !told })
    }

    fn and(conditions: Vec<Told>) -> Told {
        Told::all(conditions)
    }

    fn or(conditions: Vec<Told>) -> Told {
        Told::any(conditions)
    }
}

impl Parser<'_> {
    fn list(&mut self) -> Result<Vec<String>, String> {
        self.expect("[")?;
        let mut values = vec![self.value()?];
        while self.cursor.eat(",") {
            values.push(self.value()?);
        }
        self.expect("]")?;
        Ok(values)
    }

    fn value(&mut self) -> Result<String, String> {
        let quoted = self.cursor.quoted().ok_or("a value is not in double quotes")?;
        quoted.map_err(|unterminated| unterminated.to_string())
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.cursor.eat(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&mut self, expected: &str) -> String {
        format!("it has {} where {expected} should be", self.cursor.found())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::pattern::Reading;

    /// Whether the criteria select a record of us-east-1, and one of eu-west-1, that the trail of an account delivers to
    /// us-east-1: `yes` or `no` where both readings agree.
    fn selected(criteria: &str, organization: bool) -> [&'static str; 2] {
        let place = Place { account: "111122223333", region: "us-east-1", organization };
        let told = told(criteria, place).unwrap();
        ["us-east-1", "eu-west-1"].map(|region| {
            let record = format!(r#"{{"awsRegion":"{region}","recipientAccountId":"444455556666"}}"#);
            let may = |told: &Told| told.at_most().contains(&record, Reading::Literal);
            match (may(&told), may(&!told.clone())) {
                (true, false) => "yes",
                (false, true) => "no",
                _ => "open",
            }
        })
    }

    #[rstest]
    #[case(r#"@aws.region = "us-east-1""#, ["yes", "open"])]
    #[case(r#"@aws.region != "us-east-1""#, ["no", "open"])]
    #[case(r#"@aws.region IN ["us-east-1", "eu-west-1"]"#, ["yes", "yes"])]
    #[case(r#"@aws.region NOT IN ["us-east-1","eu-west-1"]"#, ["no", "no"])]
    #[case(r#" @aws.region = "eu-west-1" "#, ["no", "open"])]
    #[case(r#"@aws.account = "111122223333""#, ["yes", "yes"])]
    #[case(r#"@aws.account = "444455556666""#, ["no", "no"])]
    #[case(r#"@aws.account IN ["111122223333"] AND @aws.region = "eu-west-1""#, ["no", "open"])]
    #[case(r#"@aws.account = "111122223333" OR @aws.region = "eu-west-1""#, ["yes", "yes"])]
    #[case(r#"(@aws.account = "444455556666" OR @aws.region = "us-east-1") AND @aws.region != "x""#, ["yes", "open"])]
    fn selections(#[case] criteria: &str, #[case] expected: [&str; 2]) {
        assert_eq!(selected(criteria, false), expected);
    }

    #[test]
    fn an_organizations_trail_leaves_the_account_open() {
        assert_eq!(selected(r#"@aws.account = "111122223333""#, true), ["open", "open"]);
        assert_eq!(selected(r#"@aws.account = "777788889999""#, true), ["no", "no"]);
    }

    #[rstest]
    #[case("", "it has its end where a system field should be")]
    #[case("@source.log = \"x\"", "the system field `@source.log` is not judged")]
    #[case("@aws.region == \"x\"", "a value is not in double quotes")]
    #[case("@aws.region = us-east-1", "a value is not in double quotes")]
    #[case("@aws.region = \"us-east-1", "a quoted text has no end")]
    #[case("@aws.region LIKE \"us\"", "it has `L` where `=`, `!=`, `IN` or `NOT IN` should be")]
    #[case("@aws.region IN \"us\"", "it has `\"` where `[` should be")]
    #[case("@aws.region IN []", "a value is not in double quotes")]
    #[case("@aws.region IN [\"us\"", "it has its end where `]` should be")]
    #[case("(@aws.region = \"x\"", "it has its end where `)` should be")]
    #[case("@aws.region = \"x\" && @aws.region = \"y\"", "it has `&` where AND, OR or the end should be")]
    #[case(
        "@aws.region = \"x\" OR @aws.region = \"y\" AND @aws.account = \"z\"",
        "AWS does not document which of AND and OR binds tighter"
    )]
    fn not_judged(#[case] criteria: &str, #[case] why: &str) {
        let place = Place { account: "111122223333", region: "us-east-1", organization: false };
        assert_eq!(told(criteria, place).unwrap_err(), why);
        assert_eq!(told(&"(".repeat(1000), place).unwrap_err(), "it is nested more than 100 deep");
    }
}
