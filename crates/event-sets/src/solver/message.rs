//! Messages that are no JSON objects.

use super::choice::{Budget, Choice, Outcome};
use super::text_constraints::TextConstraints;
use super::{field_solver, text_solver};
use crate::json;
use crate::text::{Builder, CharClass, Nfa, State, Texts};
use crate::verdict::Unknown;

/// A message for the choice that is no JSON object.
pub(super) fn event(choice: &Choice<'_>, budget: &mut Budget) -> Result<Outcome<String>, Unknown> {
    let constraints = TextConstraints::of(choice);
    let found = if constraints.layouts.is_empty() {
        solve(&constraints, budget)?
    } else {
        field_solver::solve(&constraints, budget)?
    };
    Ok(found.map_or(Outcome::Impossible, Outcome::Found))
}

fn solve(constraints: &TextConstraints<'_>, budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let sets: Vec<(Texts, bool)> = constraints.texts();
    let empty = Texts::OneOf(vec![String::new()]);
    let wanted: Vec<_> = sets.iter().map(|(texts, inside)| (texts, *inside)).chain([(&empty, false)]).collect();
    let together = constraints.has.join(" ");
    let apart = [&["other"], constraints.has.as_slice()].concat().join(" ");
    if let Some(text) = text_solver::solve_within(&[unbraced()], &wanted, &[&together, &apart], budget)? {
        return Ok(Some(text));
    }
    match text_solver::solve(&wanted, text_solver::NO_HINTS, budget)? {
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
