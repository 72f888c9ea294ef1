//! The decision procedure against brute force: events are enumerated, and an independent evaluator judges them.

use super::{bodies, oracle, small, trees};
use cloudwatch_filter_pattern::{Pattern, Reading, covers, equivalent};
use event_sets::{Domain, EventSet, Prover, Verdict};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

fn parse(text: &str) -> Pattern {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn matched(pattern: &Pattern, message: &str, reading: Reading) -> bool {
    match serde_json::from_str::<Value>(message) {
        // Beyond what the naive evaluator can hold: 1e999.
        Err(error) if error.to_string().contains("out of range") => pattern.matches_as(message, reading),
        Ok(event) if event.is_object() => oracle::matches_as(pattern.tree(), &event, reading),
        _ => naive_text(pattern, message, reading),
    }
}

fn naive_text(pattern: &Pattern, message: &str, reading: Reading) -> bool {
    !matches!(pattern.tree(), cloudwatch_filter_pattern::ast::Tree::Json(_))
        && oracle::matches_text(pattern.tree(), message, reading)
}

/// A verdict may not be refuted by any of the messages, and a witness must be one.
fn check(required: &str, by: &[String], messages: &[String]) -> Result<(), TestCaseError> {
    let required = parse(required);
    let by: Vec<Pattern> = by.iter().map(|text| parse(text)).collect();
    let escapes = |message: &str, reading| {
        matched(&required, message, reading) && !by.iter().any(|pattern| matched(pattern, message, reading))
    };
    match covers(&required, &by) {
        Verdict::Covered => {
            let by: Vec<EventSet> = by.iter().map(EventSet::from).collect();
            let certificate = Prover::new(Domain::any()).certificate(&EventSet::from(&required), &by);
            prop_assert!(certificate.is_some());
            // Log messages have a character at least.
            for message in messages.iter().filter(|message| !message.is_empty()) {
                for reading in [Reading::Literal, Reading::Wildcard] {
                    prop_assert!(!escapes(message, reading), "{required} by {by:?} is refuted by {message}");
                }
            }
            for part in certificate.iter().flat_map(|certificate| &certificate.parts) {
                prop_assert!(part.by.iter().all(|at| *at < by.len()));
            }
        }
        Verdict::Escapes(witness) => {
            for reading in [Reading::Literal, Reading::Wildcard] {
                prop_assert!(
                    escapes(&witness.message, reading),
                    "{required} by {by:?}: no witness is {}",
                    witness.message
                );
            }
        }
        Verdict::Undetermined(_) => {}
    }
    Ok(())
}

fn messages() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(small::event().prop_map(|event| event.to_string()), 60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn json_verdicts_stand(
        required in small::json_pattern(),
        by in prop::collection::vec(small::json_pattern(), 0..3),
        messages in messages(),
    ) {
        check(&required, &by, &messages)?;
    }

    #[test]
    fn json_questions_are_decided(required in small::json_pattern(), by in small::json_pattern()) {
        if !required.contains("a*b") && !by.contains("a*b") {
            let verdict = covers(&parse(&required), &[parse(&by)]);
            prop_assert!(!matches!(verdict, Verdict::Undetermined(_)), "{required} by {by}: {verdict:?}");
        }
    }

    #[test]
    fn text_verdicts_stand(
        required in prop_oneof![small::fields_pattern(), small::terms_pattern()],
        by in prop::collection::vec(prop_oneof![small::fields_pattern(), small::terms_pattern()], 0..3),
        messages in prop::collection::vec(small::line(), 60),
    ) {
        check(&required, &by, &messages)?;
    }

    #[test]
    fn mixed_verdicts_stand(
        required in prop_oneof![small::json_pattern(), small::terms_pattern()],
        by in prop::collection::vec(prop_oneof![small::json_pattern(), small::terms_pattern(), small::fields_pattern()], 0..3),
        lines in prop::collection::vec(small::line(), 20),
        messages in messages(),
    ) {
        check(&required, &by, &[lines, messages].concat())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn covering_is_reflexive(pattern in prop_oneof![small::json_pattern(), small::terms_pattern()]) {
        let pattern = parse(&pattern);
        prop_assert!(!matches!(covers(&pattern, std::slice::from_ref(&pattern)), Verdict::Escapes(_)), "{pattern}");
    }

    #[test]
    fn covering_is_transitive(a in small::json_pattern(), b in small::json_pattern(), c in small::json_pattern()) {
        let [a, b, c] = [parse(&a), parse(&b), parse(&c)];
        let covered = |x: &Pattern, y: &Pattern| covers(x, std::slice::from_ref(y));
        if matches!((covered(&a, &b), covered(&b, &c)), (Verdict::Covered, Verdict::Covered)) {
            prop_assert!(!matches!(covered(&a, &c), Verdict::Escapes(_)), "{a} in {b} in {c}");
        }
    }

    #[test]
    fn more_patterns_cover_more(a in small::json_pattern(), b in small::json_pattern(), c in small::json_pattern()) {
        let [a, b, c] = [parse(&a), parse(&b), parse(&c)];
        if matches!(covers(&a, std::slice::from_ref(&b)), Verdict::Covered) {
            prop_assert!(!matches!(covers(&a, &[b, c]), Verdict::Escapes(_)));
        }
    }

    #[test]
    fn a_set_and_its_complement_share_nothing(pattern in small::json_pattern()) {
        let set = EventSet::of(parse(&pattern));
        let complement = set.complement();
        let prover = Prover::new(Domain::json());
        let both = EventSet::all([set.clone(), complement.clone()]);
        prop_assert!(prover.decide(&both, &[]).witness().is_none());
        prop_assert!(prover.decide(&EventSet::everything(), &[set, complement]).witness().is_none());
    }
}

proptest! {
    #[test]
    fn any_two_patterns_give_a_verdict(required in trees::tree(), by in trees::tree()) {
        bodies::question(&required.into(), &by.into());
    }
}

/// Laws of this logic, and laws of other logics that it breaks.
#[test]
fn algebra() {
    let same = |a: &str, b: &str| match equivalent(&parse(a), &parse(b)) {
        Verdict::Covered => true,
        Verdict::Escapes(_) => false,
        Verdict::Undetermined(reason) => panic!("{a} and {b}: {reason}"),
    };
    assert!(same("{ ($.a = 1 || $.b = 2) && $.c = 3 }", "{ ($.a = 1 && $.c = 3) || ($.b = 2 && $.c = 3) }"));
    assert!(same("{ $.a = 1 || $.a = 1 && $.b = 2 }", "{ $.a = 1 }"));
    assert!(same("{ $.a[*] = 1 || $.a[*] = 2 }", "{ $.a.* = 2 || $.a.* = 1 }"));
    assert!(same("{ $.a >= 1 }", "{ $.a > 1 || ($.a = 1 && $.a != \"x\" && $.a <= 1) }"));
    // Excluded middle, `!=` as negation, and "some element" over "and" do not hold.
    let everything = |pattern: &str| {
        Prover::new(Domain::json()).is_covered(&EventSet::everything(), &[EventSet::of(parse(pattern))])
    };
    assert!(!everything("{ $.a = 1 || $.a != 1 }"));
    assert!(!everything("{ $.a = * || $.a NOT EXISTS }"));
    assert!(everything("{ $.a[*] = 1 || $.a[*] != 1 || $.a NOT EXISTS }"));
    assert!(!same("{ $.a[*] > 1 && $.a[*] < 3 }", "{ $.a[*] = 2 }"));
}

proptest! {
    /// With a single field and a small vocabulary, brute force is complete: the two must agree exactly.
    #[test]
    fn brute_force_agrees_on_one_field(tests in prop::collection::vec(select(vec![
        "$.a = a", "$.a != a", "$.a = b*", "$.a != b*", "$.a = 1", "$.a != 1", "$.a = \"1\"", "$.a > 0", "$.a <= 1",
        "$.a IS NULL", "$.a IS TRUE", "$.a NOT EXISTS", "$.a = *", "$.a != *", "$.a = %a|b%",
    ]), 2..5)) {
        let values = [json!(null), json!(true), json!(false), json!("a"), json!("b"), json!("ba"), json!("ca"), json!("c"), json!("1"), json!("*"),
            json!(0), json!(1), json!(1.0), json!(2), json!(-1), json!(0.5), json!({}), json!([]), json!([null]), json!(["a"])];
        let mut events: Vec<String> = values.iter().map(|value| json!({"a": value}).to_string()).collect();
        events.extend(["{}".to_owned(), r#"{"a":1e999}"#.to_owned(), r#"{"a":-1e999}"#.to_owned(), "x".to_owned()]);
        let (required, by) = tests.split_at(1);
        let required = parse(&format!("{{ {} }}", required.concat()));
        let by: Vec<Pattern> = by.iter().map(|test| parse(&format!("{{ {test} }}"))).collect();
        let refuted = events.iter().any(|event| {
            required.matches(event) && !by.iter().any(|pattern| pattern.matches(event))
        });
        match covers(&required, &by) {
            Verdict::Covered => prop_assert!(!refuted, "{required} by {by:?}"),
            Verdict::Escapes(_) => prop_assert!(refuted, "{required} by {by:?}: brute force finds nothing"),
            Verdict::Undetermined(reason) => prop_assert!(false, "{required} by {by:?}: {reason}"),
        }
    }
}
