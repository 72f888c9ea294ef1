//! Changes of one answer in a recording.

use serde_json::Value;

/// Sets a member of a call's output: `Operation/pointer`. The operation alone stands for the whole call: an object is
/// the error that it ends in, `null` takes it away. A pointer that ends in `/+` adds to a list, and `+` alone adds a call.
pub(crate) fn edit(recording: &mut Value, place: &str, value: Value) {
    let (operation, pointer) = place.split_once('/').unwrap_or((place, ""));
    let calls = recording["calls"].as_array_mut().unwrap();
    if place == "+" {
        calls.push(value);
        return;
    }
    let at = calls.iter().position(|call| call["operation"] == operation).unwrap_or_else(|| panic!("{place}"));
    if pointer.is_empty() {
        let mut call = calls.remove(at);
        if !value.is_null() {
            call.as_object_mut().unwrap().remove("output");
            call["error"] = value;
            calls.push(call);
        }
        return;
    }
    let (parent, member) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let parent = if parent.is_empty() { String::new() } else { format!("/{parent}") };
    match calls[at]["output"].pointer_mut(&parent).unwrap_or_else(|| panic!("{place}")) {
        Value::Array(list) if member == "+" => list.push(value),
        Value::Array(list) => list[member.parse::<usize>().unwrap()] = value,
        object => object[member] = value,
    }
}
