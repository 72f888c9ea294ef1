//! The texts in a recording that may hold identifiers.

use std::mem;

use serde_json::{Map, Value};

use super::token::{Kind, Tokens, name, telephone};

type With<'a> = dyn FnMut(Kind, &str) -> String + 'a;

/// Replaces the identifiers in the file of a recording: in its account, and in what its calls are about and answered.
pub(super) fn rewrite(file: &mut Value, tokens: &Tokens, with: &mut With<'_>) {
    if let Some(account) = file.get_mut("account") {
        value(account, tokens, with);
    }
    for call in file.get_mut("calls").and_then(Value::as_array_mut).into_iter().flatten() {
        for member in ["resource", "output", "error"] {
            if let Some(found) = call.get_mut(member) {
                value(found, tokens, with);
            }
        }
    }
}

/// Replaces every text in a value.
pub(super) fn strings(value: &mut Value, with: &mut dyn FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = with(text),
        Value::Array(elements) => elements.iter_mut().for_each(|element| strings(element, with)),
        Value::Object(members) => members.values_mut().for_each(|member| strings(member, with)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The JSON object that a text is, as policies are.
pub(super) fn embedded(text: &str) -> Option<Value> {
    text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok()).flatten()
}

fn value(found: &mut Value, tokens: &Tokens, with: &mut With<'_>) {
    match found {
        Value::String(text) => *text = self::text(text, tokens, with),
        Value::Array(elements) => elements.iter_mut().for_each(|element| value(element, tokens, with)),
        Value::Object(members) => {
            let endpoint = endpoint(members, with);
            for (name, member) in members.iter_mut() {
                value(member, tokens, with);
                // The one member of an answer whose names are the account's own.
                if let ("dimensions", Value::Object(dimensions)) = (name.as_str(), member) {
                    rename(dimensions, tokens, with);
                }
            }
            if let Some(endpoint) = endpoint {
                members.insert("Endpoint".to_owned(), Value::String(endpoint));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn text(text: &str, tokens: &Tokens, with: &mut With<'_>) -> String {
    let Some(document) = embedded(text) else { return tokens.rewrite(text, with) };
    let mut rewritten = document.clone();
    self::document(&mut rewritten, tokens, with);
    if rewritten == document { text.to_owned() } else { rewritten.to_string() }
}

/// A policy. Its members are named by AWS, and its numbers may be accounts.
fn document(found: &mut Value, tokens: &Tokens, with: &mut With<'_>) {
    match found {
        Value::Number(number) => {
            let text = number.to_string();
            let rewritten = tokens.rewrite(&text, with);
            if rewritten != text {
                *found = serde_json::from_str(&rewritten).unwrap_or(Value::String(rewritten));
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| document(element, tokens, with)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                // The condition keys whose values are names.
                match key.to_ascii_lowercase().as_str() {
                    "aws:username" => strings(member, &mut |text| name(text, Kind::Name, with)),
                    "aws:userid" => strings(member, &mut |text| user_id(text, tokens, with)),
                    _ => document(member, tokens, with),
                }
            }
            rename(members, &tokens.without_names(), with);
        }
        other => value(other, tokens, with),
    }
}

/// The id of a user, or of a role and the name of a session: `AROA…:session`.
fn user_id(text: &str, tokens: &Tokens, with: &mut With<'_>) -> String {
    match text.split_once(':') {
        Some((id, session)) => format!("{}:{}", tokens.rewrite(id, with), name(session, Kind::Name, with)),
        None => tokens.rewrite(text, with),
    }
}

/// Replaces the identifiers in the names of members.
fn rename(members: &mut Map<String, Value>, tokens: &Tokens, with: &mut With<'_>) {
    let renamed = mem::take(members).into_iter().map(|(name, member)| (tokens.rewrite(&name, with), member));
    members.extend(renamed);
}

/// What stands in place of the address of a subscriber, which its protocol tells to be one, whatever it looks like.
fn endpoint(members: &mut Map<String, Value>, with: &mut With<'_>) -> Option<String> {
    let kind = match members.get("Protocol")?.as_str()? {
        "email" | "email-json" => Kind::Email,
        "sms" => Kind::Phone,
        "http" | "https" => Kind::Url,
        _ => return None,
    };
    let address = members.get("Endpoint")?.as_str()?;
    let endpoint = if kind == Kind::Phone { with(kind, &telephone(address)) } else { with(kind, address) };
    // It is replaced as a whole, and not again for what it is made of.
    members.insert("Endpoint".to_owned(), Value::Null);
    Some(endpoint)
}
