//! Random questions, compared with an evaluator that shares no code with the crate and tries small events one by one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod naive;

use cloudwatch_filter_pattern::Pattern;
use event_pattern::records::{RecordPattern, event};
use event_pattern::{EventPattern, covers};
use event_sets::{Domain, EventSet, Prover, Reading, Unknown, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

fn texts() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "x", "X", "xy", "yx", "y"])
}

fn wildcards() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["*", "x*", "*x", "x*y", "*y*"])
}

fn scalars() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => texts().prop_map(Value::from),
        1 => (0..3).prop_map(Value::from),
        1 => prop::sample::select(vec![json!(true), json!(null), json!(0.5)]),
    ]
}

fn tests(absence: bool) -> impl Strategy<Value = Value> {
    let texts = || texts().prop_map(Value::from).boxed();
    let filled = || prop::sample::select(vec!["x", "X", "xy"]).prop_map(Value::from);
    prop_oneof![
        4 => scalars(),
        1 => texts().prop_map(|text| json!({"prefix": text})),
        1 => texts().prop_map(|text| json!({"suffix": text})),
        1 => texts().prop_map(|text| json!({"equals-ignore-case": text})),
        1 => texts().prop_map(|text| json!({"prefix": {"equals-ignore-case": text}})),
        1 => texts().prop_map(|text| json!({"suffix": {"equals-ignore-case": text}})),
        1 => wildcards().prop_map(|text| json!({"wildcard": text})),
        1 => texts().prop_map(|text| json!({"anything-but": text})),
        1 => (texts(), texts()).prop_map(|(a, b)| json!({"anything-but": [a, b]})),
        1 => (0..3, 0..3).prop_map(|(a, b)| json!({"anything-but": [a, b]})),
        1 => filled().prop_map(|text| json!({"anything-but": {"prefix": text}})),
        1 => (filled(), filled()).prop_map(|(a, b)| json!({"anything-but": {"suffix": [a, b]}})),
        1 => (wildcards(), texts()).prop_map(|(a, b)| json!({"anything-but": {"wildcard": [a, b]}})),
        1 => texts().prop_map(|a| json!({"anything-but": {"equals-ignore-case": a}})),
        1 => prop::sample::select(vec!["=", "<", "<=", ">", ">="]).prop_flat_map(|op| (0..3).prop_map(move |n| json!({"numeric": [op, n]}))),
        1 => (0..2).prop_map(|n| json!({"numeric": [">", n, "<=", n + 1]})),
        1 => any::<bool>().prop_map(move |exists| json!({"exists": exists || !absence})),
    ]
}

fn patterns(paths: &'static [&'static str], absence: bool) -> impl Strategy<Value = Value> {
    let list = move || prop::collection::vec(tests(absence), 1..4).prop_map(Value::from);
    let lists = move || prop::collection::btree_map(prop::sample::select(paths.to_vec()), list(), 1..3);
    let branch = move || {
        lists().prop_map(|lists| {
            let mut pattern = json!({});
            for (path, list) in lists {
                let mut at = &mut pattern;
                for name in path.split('.') {
                    at = &mut at[name];
                }
                *at = list;
            }
            pattern
        })
    };
    prop_oneof![
        3 => branch(),
        1 => (branch(), branch(), branch()).prop_map(|(a, b, mut all)| {
            all.as_object_mut().unwrap().insert("$or".to_owned(), json!([a, b]));
            all
        }),
    ]
    .prop_filter("a path is named once", |pattern| !names_twice(pattern))
}

/// Whether `$or` names what stands beside it, so that one list would replace another.
fn names_twice(pattern: &Value) -> bool {
    let object = pattern.as_object().unwrap();
    let alternatives = object.get("$or").and_then(Value::as_array).cloned().unwrap_or_default();
    alternatives.iter().any(|one| one.as_object().unwrap().keys().any(|name| object.contains_key(name)))
}

fn parsed(pattern: &Value) -> EventPattern {
    pattern.to_string().parse().unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Values that tell the tests above apart.
fn values() -> Vec<Value> {
    let texts =
        ["", "x", "X", "xy", "xY", "XY", "yx", "YX", "y", "Y", "xyx", "xx", "z", "xz", "zy", "zx"].map(Value::from);
    let others = [json!(0), json!(0.5), json!(1), json!(2), json!(3), json!(true), json!(false), json!(null)];
    texts.into_iter().chain(others).collect()
}

/// Small events with members `a` and `b`, each a value, a list or missing.
fn small_events() -> Vec<Value> {
    let mut one: Vec<Option<Value>> = values().into_iter().map(Some).collect();
    one.extend([
        None,
        Some(json!({})),
        Some(json!([])),
        Some(json!(["x", "y"])),
        Some(json!(["x", 1])),
        Some(json!([{"c": "x"}])),
    ]);
    let mut events = vec![];
    for a in &one {
        for b in &one {
            let members = [("a", a), ("b", b)];
            let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
            events.push(Value::Object(members.collect()));
        }
    }
    events
}

/// Events in which `a` is an object or an array of objects.
fn nested_events() -> Vec<Value> {
    let values = [json!("x"), json!("y"), json!("xy"), json!(1), json!(null)];
    let mut objects = vec![json!({})];
    for c in &values {
        objects.push(json!({"c": c}));
        objects.push(json!({"d": c}));
        for d in &values {
            objects.push(json!({"c": c, "d": d}));
        }
    }
    let mut events: Vec<Value> = objects.iter().map(|object| json!({"a": object, "b": "x"})).collect();
    for one in &objects {
        events.extend(objects.iter().map(|other| json!({"a": [one, other]})));
    }
    events
}

fn check(required: &Value, by: &[Value], verdict: &Verdict, events: &[Value]) -> Result<(), TestCaseError> {
    let escapes = |event: &Value| naive::matches(required, event) && !by.iter().any(|by| naive::matches(by, event));
    match verdict {
        Verdict::Covered => {
            let escaped = events.iter().find(|event| escapes(event));
            prop_assert!(escaped.is_none(), "covered, but {}", escaped.unwrap());
        }
        Verdict::Escapes(witness) => prop_assert!(escapes(&witness.event().unwrap()), "{witness:?}"),
        Verdict::Undetermined(unknown) => prop_assert!(false, "{unknown}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_matcher_agrees(pattern in patterns(&["a", "b"], true)) {
        let compiled = event_pattern::Matcher::new(&parsed(&pattern));
        for event in small_events() {
            prop_assert_eq!(compiled.is_match(&event.to_string()).unwrap(), naive::matches(&pattern, &event), "{}", event);
        }
    }

    #[test]
    fn the_matcher_agrees_about_arrays(pattern in patterns(&["a.c", "a.d", "b"], false)) {
        let compiled = event_pattern::Matcher::new(&parsed(&pattern));
        for event in nested_events() {
            prop_assert_eq!(compiled.is_match(&event.to_string()).unwrap(), naive::matches(&pattern, &event), "{}", event);
        }
    }

    #[test]
    fn normal_forms_match_the_same(pattern in patterns(&["a", "b"], true)) {
        let (plain, normal) = (parsed(&pattern), parsed(&pattern).normalize());
        for event in small_events().iter().step_by(7) {
            prop_assert_eq!(plain.matches(&event.to_string()), normal.matches(&event.to_string()));
        }
        prop_assert_eq!(covers(&plain, &[normal]), Verdict::Covered);
    }

    #[test]
    fn covers_agrees(required in patterns(&["a", "b"], true), by in prop::collection::vec(patterns(&["a", "b"], true), 1..4)) {
        let verdict = covers(&parsed(&required), &by.iter().map(parsed).collect::<Vec<_>>());
        check(&required, &by, &verdict, &small_events())?;
    }

    #[test]
    fn covers_agrees_about_arrays(
        required in patterns(&["a.c", "a.d", "b"], false),
        by in prop::collection::vec(patterns(&["a.c", "a.d", "b"], false), 1..4),
    ) {
        let verdict = covers(&parsed(&required), &by.iter().map(parsed).collect::<Vec<_>>());
        check(&required, &by, &verdict, &nested_events())?;
    }

    /// Intersections, where arrays matter: what is proved must be so.
    #[test]
    fn proofs_about_sets_agree(
        required in prop::collection::vec(patterns(&["a.c", "a.d", "b"], false), 2),
        by in patterns(&["a.c", "a.d", "b"], false),
    ) {
        let sets: Vec<EventSet> = required.iter().map(|one| parsed(one).into()).collect();
        let verdict = Prover::new(Domain::json()).decide(&EventSet::all(sets), &[parsed(&by).into()]);
        let escapes = |event: &Value| required.iter().all(|one| naive::matches(one, event)) && !naive::matches(&by, event);
        match verdict.as_ref() {
            Verdict::Covered => prop_assert!(!nested_events().iter().any(escapes)),
            Verdict::Escapes(witness) => prop_assert!(escapes(&witness.event().unwrap())),
            Verdict::Undetermined(Unknown::Undocumented(_)) => {}
            Verdict::Undetermined(unknown) => prop_assert!(false, "{unknown}"),
        }
    }
}

/// CloudTrail records that tell the patterns below apart.
fn records() -> Vec<Value> {
    let mut records = vec![];
    for name in [json!("x"), json!("xy"), json!("y"), json!("X"), json!(null)] {
        for code in [None, Some(json!("x")), Some(json!("y")), Some(json!(["x", "y"])), Some(json!(1))] {
            for source in ["ec2.amazonaws.com", "s3.amazonaws.com", "quicksight.amazonaws.com"] {
                for kind in ["AwsApiCall", "AwsConsoleSignIn"] {
                    let mut record = json!({"eventName": name, "eventSource": source, "eventType": kind});
                    if let Some(code) = &code {
                        record["errorCode"] = code.clone();
                    }
                    records.push(record);
                }
            }
        }
    }
    records
}

fn rules() -> impl Strategy<Value = Value> {
    let source = prop::option::of(prop::sample::select(vec![
        json!(["aws.ec2"]),
        json!(["aws.ec2", "aws.s3"]),
        json!([{"prefix": "aws."}]),
        json!([{"anything-but": "aws.ec2"}]),
    ]));
    let kind = prop::option::of(prop::sample::select(vec![
        json!(["AWS API Call via CloudTrail"]),
        json!([{"prefix": "AWS Console Sign"}]),
        json!(["AWS Console Sign In via CloudTrail", "AWS API Call via CloudTrail"]),
    ]));
    (patterns(&["eventName", "errorCode"], true), source, kind).prop_map(|(detail, source, kind)| {
        let mut rule = json!({"detail": detail});
        rule["source"] = source.unwrap_or_default();
        rule["detail-type"] = kind.unwrap_or_default();
        rule.as_object_mut().unwrap().retain(|_, asked| !asked.is_null());
        rule
    })
}

fn filters() -> impl Strategy<Value = String> {
    let condition = prop::sample::select(vec![
        "($.eventName = x)",
        "($.eventName = x*)",
        "($.eventName != x)",
        "($.errorCode NOT EXISTS)",
        "($.errorCode = x)",
        "($.errorCode = \"*\")",
        "($.eventSource = ec2.amazonaws.com)",
        "($.eventSource = s3.amazonaws.com)",
        "($.eventType = AwsApiCall)",
    ]);
    (condition.clone(), condition.clone(), condition, prop::sample::select(vec!["&&", "||"]))
        .prop_map(|(a, b, c, join)| format!("{{ ({a} {join} {b}) && {c} }}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn questions_across_both_languages_agree(
        required in filters(),
        rules in prop::collection::vec(rules(), 1..3),
        filters in prop::collection::vec(filters(), 0..2),
    ) {
        let filter = |text: &String| text.parse::<Pattern>().unwrap();
        let by: Vec<EventSet> = rules.iter().map(|rule| EventSet::of(RecordPattern::new(parsed(rule))))
            .chain(filters.iter().map(|text| EventSet::from(filter(text)))).collect();
        let escapes = |record: &Value| {
            let (text, event) = (record.to_string(), serde_json::from_str(&event(&record.to_string()).unwrap()).unwrap());
            filter(&required).matches(&text)
                && !rules.iter().any(|rule| naive::matches(rule, &event))
                && !filters.iter().any(|one| filter(one).matches(&text))
        };
        let required_set = EventSet::from(filter(&required));
        match Prover::new(Domain::json()).decide(&required_set, &by).as_ref() {
            Verdict::Covered => {
                let escaped = records().into_iter().find(escapes);
                prop_assert!(escaped.is_none(), "covered, but {:?}", escaped);
            }
            Verdict::Escapes(witness) => {
                prop_assert!(escapes(&witness.event().unwrap()), "{witness:?}");
                prop_assert!(by.iter().all(|set| !set.contains(&witness.message, Reading::Literal)));
            }
            Verdict::Undetermined(Unknown::Undocumented(_)) => {}
            Verdict::Undetermined(unknown) => prop_assert!(false, "{unknown}"),
        }
    }
}
