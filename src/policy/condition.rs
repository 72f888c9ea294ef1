//! Conditions of a statement, compared with what is known of the request.

use super::doubt::{FailedCondition, PolicyDoubt};
use super::json::Json;
use super::keys::{Case, Knowledge, Value, knowledge};
use super::operator::{Comparison, Operator, Set};
use super::pattern::{Pattern, Symbol};
use super::request::Request;
use crate::ternary::Ternary;

/// A condition such as `StringEquals` on `aws:SourceAccount`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    operator: Result<Operator, PolicyDoubt>,
    /// The operator as it is written.
    name: String,
    key: String,
    values: Vec<String>,
}

impl Condition {
    /// The conditions of a `Condition` element.
    pub(super) fn all(value: Json) -> Result<Vec<Self>, PolicyDoubt> {
        let malformed = || PolicyDoubt::MalformedElement { element: "Condition" };
        let unique = |value: Json| match value.members().ok_or_else(malformed)? {
            (members, None) => Ok(members),
            (_, Some(element)) => Err(PolicyDoubt::RepeatedElement { element }),
        };
        let mut all = Vec::new();
        for (name, keys) in unique(value)? {
            let operator =
                Operator::parse(&name).ok_or_else(|| PolicyDoubt::UnknownOperator { operator: name.clone() });
            for (key, values) in unique(keys)? {
                let values = values.texts().ok_or_else(malformed)?;
                all.push(Self { operator: operator.clone(), name: name.clone(), key, values });
            }
        }
        Ok(all)
    }

    /// Whether the request meets the condition; `variables` is whether texts may have policy variables.
    pub(super) fn holds(&self, request: &Request<'_>, variables: bool) -> Ternary<PolicyDoubt> {
        let operator = match &self.operator {
            Ok(operator) => *operator,
            Err(doubt) => return Ternary::Unknown(doubt.clone()),
        };
        let known = knowledge(&self.key, request);
        let doubt = || PolicyDoubt::Key { key: self.key.clone(), why: known.doubt };
        let holds = |case: &Case<'_>| match case {
            Case::Absent => self.without_key(operator),
            Case::Present { values, open } => {
                self.with_values(operator, values, *open, &known, variables.then_some(request))
            }
        };
        match known.cases.as_slice() {
            [only] => holds(only),
            cases => Ternary::in_every_case(cases.iter().map(holds), doubt),
        }
    }

    /// Why the request does not meet the condition, if it does not.
    pub(super) fn failure(&self, request: &Request<'_>, variables: bool) -> Option<FailedCondition> {
        let absent = knowledge(&self.key, request).cases == [Case::Absent];
        let fails = self.holds(request, variables) == Ternary::False;
        fails.then(|| FailedCondition { operator: self.name.clone(), key: self.key.clone(), absent })
    }

    /// Without the key nothing matches, so that negated operators hold; `ForAllValues` holds, as all of no values do
    /// (IAM User Guide, "Condition operators", "Single-valued vs. multivalued context keys").
    fn without_key(&self, operator: Operator) -> Ternary<PolicyDoubt> {
        match (operator.comparison, operator.set) {
            (Comparison::Null, _) => self.null(true),
            _ if operator.if_exists => Ternary::True,
            (_, Some(Set::All)) => Ternary::True,
            (_, Some(Set::Any)) => Ternary::False,
            (_, None) => Ternary::from(operator.negated),
        }
    }

    fn with_values(
        &self,
        operator: Operator,
        found: &[Value<'_>],
        open: bool,
        known: &Knowledge<'_>,
        variables: Option<&Request<'_>>,
    ) -> Ternary<PolicyDoubt> {
        let doubt = || PolicyDoubt::Key { key: self.key.clone(), why: known.doubt };
        if operator.comparison == Comparison::Null {
            return self.null(false);
        }
        if known.list && operator.set.is_none() {
            return Ternary::Unknown(self.not_for_key());
        }
        let one = |found: &Value<'_>| {
            let any = Ternary::any(self.values.iter().map(|value| {
                self.compare(operator.comparison, value, *found, variables).unwrap_or_else(|| Ternary::Unknown(doubt()))
            }));
            if operator.negated { !any } else { any }
        };
        let others = open.then(|| Ternary::Unknown(doubt()));
        let all = found.iter().map(one).chain(others);
        if operator.set == Some(Set::Any) { Ternary::any(all) } else { Ternary::all(all) }
    }

    /// Whether the key is missing, as one of the values says.
    fn null(&self, absent: bool) -> Ternary<PolicyDoubt> {
        Ternary::any(self.values.iter().map(|value| match value.to_ascii_lowercase().as_str() {
            "true" => Ternary::from(absent),
            "false" => Ternary::from(!absent),
            _ => Ternary::Unknown(self.not_for_key()),
        }))
    }

    /// Whether a value of the policy matches one of the request; none if what is known of that one does not tell.
    fn compare(
        &self,
        comparison: Comparison,
        value: &str,
        found: Value<'_>,
        variables: Option<&Request<'_>>,
    ) -> Option<Ternary<PolicyDoubt>> {
        let has_variables = matches!(
            comparison,
            Comparison::Text | Comparison::TextInAnyCase | Comparison::Like | Comparison::Arn | Comparison::Bool
        );
        let wild = matches!(comparison, Comparison::Like | Comparison::Arn);
        let value = match pattern(value, wild, variables.filter(|_| has_variables)) {
            Ok(Some(value)) => value,
            Ok(None) => return Some(Ternary::False),
            Err(doubt) => return Some(Ternary::Unknown(doubt)),
        };
        let literal = value.literal();
        match (comparison, found) {
            (_, Value::Unknown) => None,
            (_, Value::AccountOfAws) => {
                let of_customer = |text: &str| text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit());
                literal.is_some_and(|text| of_customer(&text)).then_some(Ternary::False)
            }
            (_, Value::PrincipalOfAws) => value.is_of_service(&["iam", "sts"]).then_some(Ternary::False),
            (Comparison::Text | Comparison::Like, Value::Text(found)) => Some(Ternary::from(value.matches(found))),
            (Comparison::TextInAnyCase | Comparison::Bool, Value::Text(found)) => {
                Some(Ternary::from(literal.is_some_and(|text| text.to_lowercase() == found.to_lowercase())))
            }
            (Comparison::Arn, Value::Text(found)) => Some(value.matches_arn(found)),
            (Comparison::Date(order) | Comparison::Number(order), Value::Time(now)) => {
                let time = literal.and_then(|text| seconds(&text));
                Some(time.map_or_else(
                    || Ternary::Unknown(self.not_for_key()),
                    |time| Ternary::from(order.holds(now.cmp(&time))),
                ))
            }
            (Comparison::Number(order), Value::Text(found)) => {
                let number = |text: &str| text.parse::<f64>().ok();
                let found = number(found).zip(literal.and_then(|text| number(&text)));
                let compared = found.and_then(|(found, value)| found.partial_cmp(&value));
                Some(compared.map_or_else(
                    || Ternary::Unknown(self.not_for_key()),
                    |compared| Ternary::from(order.holds(compared)),
                ))
            }
            _ => Some(Ternary::Unknown(self.not_for_key())),
        }
    }

    fn not_for_key(&self) -> PolicyDoubt {
        PolicyDoubt::OperatorForKey { operator: self.name.clone(), key: self.key.clone() }
    }
}

/// A text of a policy as a pattern, with the values of the request in place of the policy variables. None if one of these
/// has no value: nothing is equal to it (IAM User Guide, "IAM policy elements: Variables and tags").
pub(super) fn pattern(text: &str, wild: bool, variables: Option<&Request<'_>>) -> Result<Option<Pattern>, PolicyDoubt> {
    let symbol = |character| if wild { Symbol::of(character) } else { Symbol::Letter(character) };
    let Some(request) = variables.filter(|_| text.contains("${")) else {
        return Ok(Some(Pattern::of(text, text.chars().map(symbol).collect())));
    };
    let (mut symbols, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("${") {
        symbols.extend(before.chars().map(symbol));
        let Some((variable, after)) = after.split_once('}') else {
            return Err(PolicyDoubt::Variable { variable: text.to_owned() });
        };
        match value_of(variable, request) {
            Ok(Some(value)) => symbols.extend(value.chars().map(Symbol::Letter)),
            Ok(None) => return Ok(None),
            Err(()) => return Err(PolicyDoubt::Variable { variable: format!("${{{variable}}}") }),
        }
        rest = after;
    }
    symbols.extend(rest.chars().map(symbol));
    Ok(Some(Pattern::of(text, symbols)))
}

/// The value of a policy variable, such as `aws:SourceAccount` or `aws:username, 'nobody'`; none if it has none.
fn value_of(variable: &str, request: &Request<'_>) -> Result<Option<String>, ()> {
    if ["*", "?", "$"].contains(&variable) {
        return Ok(Some(variable.to_owned()));
    }
    let (key, default) = match variable.split_once(',') {
        None => (variable, None),
        Some((key, default)) => {
            let quoted = default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
            (key, Some(quoted.ok_or(())?.to_owned()))
        }
    };
    let known = knowledge(key.trim(), request);
    match known.cases.as_slice() {
        [Case::Absent] => Ok(default),
        [Case::Present { values, open: false }] if !known.list => match values.as_slice() {
            [Value::Text(value)] => Ok(Some((*value).to_owned())),
            _ => Err(()),
        },
        _ => Err(()),
    }
}

/// The seconds since 1970 of a date, a time or a number of seconds.
fn seconds(text: &str) -> Option<i64> {
    let midnight = || jiff::tz::Offset::UTC.to_timestamp(text.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0)).ok();
    let time = || text.parse::<jiff::Timestamp>().ok().or_else(midnight);
    text.parse().ok().or_else(|| Some(time()?.as_second()))
}
