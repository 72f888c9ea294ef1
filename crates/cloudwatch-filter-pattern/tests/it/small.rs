//! Small patterns and small events over the same few names and values, so that they often meet.

use cloudwatch_filter_pattern::Pattern;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// The text of a JSON pattern.
pub fn json_pattern() -> impl Strategy<Value = String> {
    let condition = prop_oneof![
        2 => (selector(), select(vec!["IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS"])).prop_map(|(s, t)| format!("{s} {t}")),
        4 => (selector(), select(vec!["=", "!="]), literal()).prop_map(|(s, op, l)| format!("{s} {op} {l}")),
        1 => (selector(), select(vec!["<", "<=", ">", ">="]), number()).prop_map(|(s, op, n)| format!("{s} {op} {n}")),
    ];
    expr(condition).prop_map(|expr| format!("{{ {expr} }}")).prop_filter("beyond AWS's limits", parses)
}

/// The text of a space-delimited pattern.
pub fn fields_pattern() -> impl Strategy<Value = String> {
    let condition = |name: &'static str| {
        let equal =
            (select(vec!["=", "!="]), literal()).prop_map(move |(op, literal)| format!("{name} {op} {literal}"));
        let ordered = (select(vec!["<", ">="]), number()).prop_map(move |(op, number)| format!("{name} {op} {number}"));
        expr(prop_oneof![3 => equal, 1 => ordered])
    };
    let entry =
        |name| prop_oneof![1 => Just(String::new()), 1 => Just(name).prop_map(str::to_owned), 2 => condition(name)];
    let ellipsis = prop::option::of(0..4_usize);
    (entry("x"), entry("y"), entry("z"), 1..4_usize, ellipsis)
        .prop_map(|(x, y, z, count, ellipsis)| {
            let mut entries = vec![x, y, z];
            entries.truncate(count);
            if let Some(at) = ellipsis {
                entries.insert(at.min(count), "...".to_owned());
            }
            format!("[{}]", entries.join(", "))
        })
        .prop_filter("beyond AWS's limits", parses)
}

/// The text of an unstructured pattern.
pub fn terms_pattern() -> impl Strategy<Value = String> {
    let term = select(vec!["a", "-a", "?a", "b", "-b", "?b", "\"a b\"", "-\"1\"", "?\"1 \"", "x"]);
    let regex = select(vec!["%a%", "%^a%", "%b$%", "%a.*b|1%", "%^$%", "%[^a ]{2}%"]).prop_map(str::to_owned);
    prop_oneof![3 => vec(term, 0..4).prop_map(|terms| terms.join(" ")), 1 => regex]
}

/// A JSON event.
pub fn event() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        select(vec![json!(null), json!(true), json!(false)]),
        select(vec![
            json!(0),
            json!(1),
            json!(2),
            json!(-1),
            json!(1.0),
            json!(1.5),
            json!(1e3),
            json!(1e7),
            json!(-0.0)
        ]),
        select(vec!["", "a", "b", "ab", "a*b", "aab", "1", "1.0", "true", "*", "+1", "é"]).prop_map(|text| json!(text)),
    ];
    let value = scalar.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![vec(inner.clone(), 0..4).prop_map(Value::Array), members(inner).prop_map(Value::Object)]
    });
    members(value).prop_map(Value::Object)
}

/// A line of fields.
pub fn line() -> impl Strategy<Value = String> {
    let field =
        select(vec!["a", "b", "ab", "aab", "a*b", "1", "1.0", "2", "\"a b\"", "[a b]", "\"\"", "\"a", "[b", "\"a\"b"]);
    let space = select(vec![" ", " ", "  ", "\t", ""]);
    vec((space.clone(), field), 0..5).prop_flat_map(move |fields| {
        let line: String = fields.into_iter().flat_map(|(space, field)| [space, field]).collect();
        space.clone().prop_map(move |space| format!("{line}{space}"))
    })
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    vec((select(vec!["a", "b", "c.d"]), value), 0..4)
        .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn selector() -> impl Strategy<Value = String> {
    let first = select(vec![".a", ".a", ".a", ".b", ".['c.d']", ".*"]);
    let step = select(vec![".a", ".b", "[0]", "[1]", "[*]", ".*"]);
    (first, vec(step, 0..3)).prop_map(|(first, rest)| format!("${first}{}", rest.concat()))
}

fn literal() -> impl Strategy<Value = String> {
    let text = select(vec![
        "a", "b", "a*", "*b", "*a*", "*", "a*b", "*a*b", "true", "\"1\"", "\"1.0\"", "\"1*\"", "\"\"", "\"a b\"",
        "\"-0.0\"",
    ]);
    let regex = select(vec!["%a%", "%^1%", "%b$%", "%a.*b%"]);
    prop_oneof![4 => text, 1 => regex, 2 => number()].prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = &'static str> {
    select(vec!["0", "1", "+1", "1.0", "2", "-1", "1.5", "1e0", "1e3", "10000000"])
}

fn expr(leaf: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    leaf.prop_recursive(2, 4, 3, |inner| {
        (vec(inner, 1..4), select(vec![" && ", " || "])).prop_map(|(members, op)| format!("({})", members.join(op)))
    })
}

#[expect(clippy::ptr_arg, reason = "the signature of a filter")]
fn parses(text: &String) -> bool {
    text.parse::<Pattern>().is_ok()
}
