//! Reports are what their schema says.

use serde_json::Value;

use super::accounts;

/// Holds a value to a schema, of which all keywords have to be known here.
fn check(value: &Value, schema: &Value, root: &Value, place: &str) {
    let Value::Object(keywords) = schema else {
        assert_eq!(*schema, Value::Bool(true), "{place}");
        return;
    };
    for (keyword, says) in keywords {
        match keyword.as_str() {
            "$ref" => {
                check(value, root.pointer(says.as_str().unwrap().strip_prefix('#').unwrap()).unwrap(), root, place)
            }
            "const" => assert_eq!(value, says, "{place}"),
            "type" => assert!(is(value, says), "{place}: {value} is no {says}"),
            "minimum" => assert!(value.as_u64() >= says.as_u64(), "{place}"),
            "anyOf" | "oneOf" => {
                let fits = |one: &&Value| {
                    if one.get("const").is_some() {
                        one["const"] == *value
                    } else {
                        (one["type"] == "null") == value.is_null()
                    }
                };
                let chosen = says.as_array().unwrap().iter().find(fits);
                check(value, chosen.unwrap_or_else(|| panic!("{place}: {value} is none of {says}")), root, place);
            }
            "required" => {
                let lacking = says.as_array().unwrap().iter().find(|name| value.get(name.as_str().unwrap()).is_none());
                assert_eq!(lacking, None, "{place}");
            }
            "properties" => {
                for (name, member) in value.as_object().unwrap() {
                    assert!(says.get(name).is_some(), "{place}: `{name}` is not in the schema");
                    check(member, &says[name], root, &format!("{place}.{name}"));
                }
            }
            "items" => {
                for (at, element) in value.as_array().unwrap().iter().enumerate() {
                    check(element, says, root, &format!("{place}[{at}]"));
                }
            }
            "$schema" | "$defs" | "title" | "description" | "format" => {}
            unknown => panic!("{place}: the keyword {unknown} is not known to this test"),
        }
    }
}

fn is(value: &Value, name: &Value) -> bool {
    match name {
        Value::Array(names) => names.iter().any(|name| is(value, name)),
        name => match name.as_str().unwrap() {
            "null" => value.is_null(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "integer" => value.is_u64(),
            other => panic!("the type {other} is not known to this test"),
        },
    }
}

#[test]
fn reports_are_what_their_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap();
    for (name, recording) in accounts::all() {
        let report = serde_json::to_value(accounts::audit(&recording)).unwrap();
        check(&report, &schema, &schema, &name);
    }
}
