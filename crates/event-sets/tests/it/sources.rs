//! Values that were made up: a witness holds one only where callers choose what stands there.

use std::collections::BTreeSet;

use event_sets::{Condition, Domain, EventSet, Exemplars, Fact, FactKind, Path, Prover, TextMatch, Unknown, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::small::{escapes, events, set};

/// `a` is the caller's choice, `b` is known to be x or z, `c` is y in the template, and a text at `o.p` begins with x.
fn prover() -> Prover {
    let says = FactKind::Matches(
        Path::dotted("o.p"),
        vec![event_sets::text::Glob { open_start: false, pieces: vec!["x".to_owned()], open_end: true }],
    );
    let exemplars = Exemplars {
        templates: vec![serde_json::from_value(json!({"a": "x", "c": "y"})).unwrap()],
        usual: vec![(Path::dotted("b"), vec!["x".to_owned(), "z".to_owned()])],
        free: vec![Path::dotted("a")],
    };
    let facts = vec![Fact { statement: "o.p begins with x".to_owned(), given: vec![], says }];
    Prover::new(Domain { json: true, facts, exemplars })
}

fn is(place: &str, text: &str) -> EventSet {
    EventSet::text(Path::dotted(place), TextMatch::Equals, vec![text.to_owned()])
}

fn answer(required: &EventSet, by: &EventSet) -> String {
    match prover().decide(required, std::slice::from_ref(by)).as_ref() {
        Verdict::Covered => "covered".to_owned(),
        Verdict::Escapes(witness) => witness.message.clone(),
        Verdict::Undetermined(unknown) => unknown.to_string(),
    }
}

#[test]
fn known_values_come_first_and_others_are_no_witness() {
    let (everything, present) = (EventSet::everything(), |place| EventSet::present(Path::dotted(place)));
    // The caller's choice.
    assert_eq!(answer(&present("a"), &is("a", "x")), r#"{"a":"other","c":"y"}"#);
    // Usual texts, but no others.
    assert_eq!(answer(&everything, &is("b", "x").complement()), r#"{"a":"x","c":"y","b":"x"}"#);
    let unsourced = |place| format!("every event that shows it has a value of `$.{place}` that is not known to occur");
    assert_eq!(answer(&everything, &is("b", "y").complement()), unsourced("b"));
    let known = EventSet::any([is("b", "x"), is("b", "z")]);
    let text = EventSet::text(Path::dotted("b"), TextMatch::StartsWith, vec![String::new()]);
    assert_eq!(answer(&everything, &EventSet::any([known, text.complement()])), unsourced("b"));
    // What the required set asks for by name.
    assert_eq!(answer(&is("b", "y"), &is("a", "z")), r#"{"a":"x","c":"y","b":"y"}"#);
    // A value of the template, but no other text in its place.
    assert_eq!(answer(&present("c"), &is("c", "z")), r#"{"a":"x","c":"y"}"#);
    assert_eq!(answer(&everything, &is("c", "z").complement()), unsourced("c"));
    // A form that a fact gives.
    assert_eq!(answer(&everything, &present("o.p").complement()), r#"{"a":"x","c":"y","o":{"p":"x"}}"#);
    // A place that nobody knows, whatever its value.
    assert_eq!(answer(&everything, &present("n").complement()), unsourced("n"));
    assert_eq!(answer(&everything, &EventSet::boolean(Path::dotted("n"), true).complement()), unsourced("n"));
}

#[test]
fn a_choice_without_made_up_values_is_looked_for() {
    let by = EventSet::any([is("n", "x"), is("b", "z")]).complement();
    assert_eq!(answer(&EventSet::everything(), &by), r#"{"a":"x","c":"y","b":"z"}"#);
}

#[test]
fn facts_scoped_by_conditions_hold_where_they_are_known() {
    let given = vec![Condition { at: Path::dotted("b"), one_of: vec!["x".to_owned()] }];
    let says = FactKind::Always(Path::dotted("c"), vec!["z".to_owned()]);
    let domain = prover().domain().clone();
    let facts = vec![Fact { statement: "x has z".to_owned(), given, says }];
    let prover = Prover::new(Domain { facts, ..domain });
    assert!(prover.is_covered(&is("b", "x"), &[is("c", "z")]));
    let verdict = prover.decide(&EventSet::present(Path::dotted("b")), &[is("c", "z")]);
    assert_eq!(verdict.witness().unwrap().message, r#"{"a":"x","c":"y","b":"z"}"#);
}

/// Values that are known at each place.
fn known(place: &str) -> Vec<Value> {
    match place {
        "a" => super::small::all_values(),
        "b" => vec![json!("x"), json!("z")],
        "c" => vec![json!("y")],
        _ => vec![json!("x"), json!("xy"), json!("xyx")],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn brute_force_agrees(by in vec(set(), 0..3)) {
        let (prover, required) = (prover(), EventSet::everything());
        let refuted = events(known).into_iter().find(|event| escapes(event, &required, &by) && prover.admits(event));
        match prover.decide(&required, &by).as_ref() {
            Verdict::Covered => prop_assert_eq!(refuted, None),
            Verdict::Escapes(witness) => {
                let event = witness.event().unwrap();
                for place in ["b", "c", "o.p"] {
                    let value = event.pointer(&format!("/{}", place.replace('.', "/")));
                    let form = |text: &str| place == "o.p" && text.starts_with('x');
                    let sourced = |value: &Value| known(place).contains(value) || value.as_str().is_some_and(form);
                    prop_assert!(value.is_none_or(sourced), "{}", event);
                }
                let places: BTreeSet<_> = event.as_object().unwrap().keys().map(String::as_str).collect();
                prop_assert!(places.is_subset(&BTreeSet::from(["a", "b", "c", "o"])), "{}", event);
            }
            Verdict::Undetermined(Unknown::UnsourcedValue(_)) => prop_assert_eq!(refuted, None),
            Verdict::Undetermined(unknown) => prop_assert!(false, "{}", unknown),
        }
    }
}
