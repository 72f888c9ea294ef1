//! Messages that are no JSON objects.

use super::asked::Asked;
use super::choice::{Budget, Choice, Outcome};
use super::formula::Texts;
use super::{Unknown, fields, json, strings};
use crate::pattern::nfa::{Builder, CharClass, Nfa, State};

/// A message for the choice that is no JSON object.
pub(super) fn event(choice: &Choice<'_>, budget: &mut Budget) -> Result<Outcome<String>, Unknown> {
    let asked = Asked::of(choice);
    let found = if asked.fields.is_empty() { solve(&asked, budget)? } else { fields::solve(&asked, budget)? };
    Ok(found.map_or(Outcome::Impossible, Outcome::Found))
}

fn solve(asked: &Asked<'_>, budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let sets: Vec<(Texts, bool)> = asked.texts();
    let empty = Texts::OneOf(vec![String::new()]);
    let wanted: Vec<_> = sets.iter().map(|(texts, inside)| (texts, *inside)).chain([(&empty, false)]).collect();
    let together = asked.has.join(" ");
    let apart = [&["other"], asked.has.as_slice()].concat().join(" ");
    if let Some(text) = strings::solve_within(&[unbraced()], &wanted, &[&together, &apart], budget)? {
        return Ok(Some(text));
    }
    match strings::solve(&wanted, &[], budget)? {
        Some(text) if json::is_object(&text) => Err(Unknown::Writing(text)),
        other => Ok(other),
    }
}

/// The texts that do not begin as a JSON object does.
fn unbraced() -> Nfa {
    let blank = CharClass::of([('\t', '\n'), ('\r', '\r'), (' ', ' ')]);
    let mut builder = Builder::new();
    let accept = builder.push(State::Accept);
    let rest = builder.star(&CharClass::any(), accept);
    let begun = CharClass::of(blank.ranges().iter().copied().chain([('{', '{')])).complement();
    let other = builder.push(State::Class(begun, rest));
    let begins = builder.push(State::Split(other, accept));
    let start = builder.star(&blank, begins);
    builder.finish(start)
}
