//! Atoms that tell numbers and strings apart, and sets of texts that are known by asking, compared with trying values.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::any::Any;

use event_sets::formula::{Interval, Test};
use event_sets::number::{Decimal, JsonNumber};
use event_sets::text::{Predicate, TextPredicate, Texts};
use event_sets::{Bound, Domain, EventSet, Formula, Kinds, Language, Matcher, Path, Prover, Reading, Unknown, Verdict};
use proptest::prelude::*;
use serde_json::Value;

/// Events whose member `a` satisfies each test or, if marked `false`, does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Values(Vec<(Test, bool)>);

impl Language for Values {
    fn lower(&self, _: Bound) -> Formula {
        let literal = |(test, positive): &(Test, bool)| {
            let at = Formula::at(Path::dotted("a"), test.clone());
            if *positive { at } else { at.negated() }
        };
        Formula::All(self.0.iter().map(literal).chain([Formula::object()]).collect())
    }

    fn matcher(&self, _: Reading) -> Matcher {
        let tests = self.0.clone();
        Box::new(move |event| {
            let event: Value = serde_json::from_str(event).unwrap();
            tests.iter().all(|(test, positive)| holds(test, event.get("a")) == *positive)
        })
    }

    fn name(&self) -> String {
        format!("{:?}", self.0)
    }
}

fn holds(test: &Test, value: Option<&Value>) -> bool {
    let number = value.filter(|value| value.is_number()).map(ToString::to_string);
    let number = number.as_deref().and_then(JsonNumber::parse).and_then(|number| number.value().cloned());
    let text = value.and_then(Value::as_str);
    match test {
        Test::Within(interval) => number.is_some_and(|number| interval.contains(&number)),
        Test::Except(texts, numbers) => {
            value.is_some_and(|value| !value.is_object() && !value.is_array())
                && !text.is_some_and(|text| texts.contains(text))
                && !number.is_some_and(|number| numbers.contains(&number))
        }
        Test::String(texts) => text.is_some_and(|text| texts.contains(text)),
        Test::Kind(Kinds::TEXT) => text.is_some(),
        Test::Kind(Kinds::NUMBER) => number.is_some(),
        other => panic!("{other:?}"),
    }
}

fn decide(tests: Vec<(Test, bool)>) -> Verdict {
    Prover::new(Domain::json()).decide(&EventSet::of(Values(tests)), &[]).as_ref().clone()
}

fn decimals() -> impl Strategy<Value = Decimal> {
    prop::sample::select(vec!["-1", "0", "0.5", "1", "1.5", "2"]).prop_map(|text| Decimal::parse(text).unwrap())
}

fn tests() -> impl Strategy<Value = Test> {
    let end = || prop::option::of((decimals(), any::<bool>()));
    let texts = || prop::sample::subsequence(vec!["x".to_owned(), "y".to_owned(), "other".to_owned()], 0..3);
    prop_oneof![
        3 => (end(), end()).prop_map(|(low, high)| Test::Within(Interval { low, high })),
        1 => decimals().prop_map(|value| Test::Within(Interval::exactly(value))),
        2 => (texts(), prop::collection::vec(decimals(), 0..3))
            .prop_map(|(texts, numbers)| Test::Except(Texts::OneOf(texts), numbers)),
        1 => texts().prop_map(|texts| Test::String(Texts::OneOf(texts))),
        1 => Just(Test::Kind(Kinds::TEXT)),
        1 => Just(Test::Kind(Kinds::NUMBER)),
    ]
}

/// Values that tell the tests apart.
fn values() -> Vec<Option<Value>> {
    let numbers = ["-2", "-1", "-0.5", "0", "0.25", "0.5", "0.75", "1", "1.25", "1.5", "1.75", "2", "3"];
    let numbers = numbers.into_iter().map(|text| serde_json::from_str(text).unwrap());
    let texts = ["x", "y", "other", "z", "w", "v", "u"].map(Value::from);
    let others = [Value::Null, true.into(), Value::Array(vec![]), Value::Object(serde_json::Map::new())];
    numbers.chain(texts).chain(others).map(Some).chain([None]).collect()
}

proptest! {
    #[test]
    fn a_value_is_found_just_where_there_is_one(tests in prop::collection::vec((tests(), any::<bool>()), 1..5)) {
        let exists = values().iter().any(|value| {
            tests.iter().all(|(test, positive)| holds(test, value.as_ref()) == *positive)
        });
        match decide(tests) {
            Verdict::Covered => prop_assert!(!exists),
            Verdict::Escapes(_) => prop_assert!(exists),
            Verdict::Undetermined(unknown) => prop_assert!(false, "{unknown}"),
        }
    }
}

/// The numerals from one number to another.
#[derive(Debug)]
struct Numerals(u32, u32);

impl TextPredicate for Numerals {
    fn name(&self) -> String {
        format!("numerals from {} to {}", self.0, self.1)
    }

    fn contains(&self, text: &str) -> bool {
        text.parse().is_ok_and(|number| self.0 <= number && number <= self.1)
    }

    fn samples(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }

    fn is_within(&self, other: &dyn TextPredicate) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Self>().is_some_and(|other| other.0 <= self.0 && self.1 <= other.1)
    }

    fn is_disjoint(&self, other: &dyn TextPredicate) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Self>().is_some_and(|other| other.1 < self.0 || self.1 < other.0)
    }
}

#[test]
fn predicates_are_asked() {
    let numerals = |low, high| Test::String(Texts::Predicate(Predicate::new(Numerals(low, high))));
    assert_eq!(decide(vec![(numerals(2, 3), true), (numerals(1, 5), false)]), Verdict::Covered);
    assert_eq!(decide(vec![(numerals(2, 3), true), (numerals(4, 5), true)]), Verdict::Covered);
    assert_eq!(decide(vec![(numerals(2, 3), true), (numerals(2, 3), false)]), Verdict::Covered);
    let witness = |tests| decide(tests).witness().map(|witness| witness.message.clone());
    assert_eq!(witness(vec![(numerals(2, 5), true), (numerals(2, 3), false)]).as_deref(), Some(r#"{"a":"5"}"#));
    let text = (Test::Kind(Kinds::TEXT), true);
    assert_eq!(witness(vec![(numerals(2, 5), false), text]).as_deref(), Some(r#"{"a":"other"}"#));
    // Neither of the samples will do, and nothing else is tried.
    let open = decide(vec![
        (numerals(1, 9), true),
        (Test::String(Texts::exactly("1")), false),
        (Test::String(Texts::exactly("9")), false),
    ]);
    assert!(matches!(open, Verdict::Undetermined(Unknown::Texts(_))), "{open:?}");
}
