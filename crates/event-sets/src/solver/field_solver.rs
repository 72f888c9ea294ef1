//! Messages for space-delimited patterns.
//!
//! For a given number of fields, each pattern asks something of some fields and perhaps of the rest of the message from
//! one field on. These are solved one by one, as if the rest were a text of its own: what is impossible so is impossible,
//! and a message that is found is put through the matcher. More fields than all patterns name together change nothing.

use std::collections::BTreeMap;

use super::choice::Budget;
use super::text_constraints::{LayoutConstraint, TextConstraints};
use super::{number_solver, text_solver};
use crate::formula::{FieldFormula, Slot};
use crate::json;
use crate::number::{Decimal, Op};
use crate::text::Texts;
use crate::verdict::Unknown;

/// A message as asked; `None` if there is none.
pub(super) fn solve(constraints: &TextConstraints<'_>, budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let named: usize = constraints.layouts.iter().map(|constraint| constraint.layout.slots.len()).sum();
    let mut unknown = None;
    // A blank message, of no field, reads worst and comes last.
    for count in (1..=named + 1).chain([0]) {
        let goals: Vec<Goal<'_>> = constraints.layouts.iter().map(|layout| Goal::of(layout, count)).collect();
        match search(&goals.iter().collect::<Vec<_>>(), &mut BTreeMap::new(), count, constraints, budget) {
            Ok(Some(message)) => return Ok(Some(message)),
            Ok(None) => {}
            Err(Unknown::Steps) => return Err(Unknown::Steps),
            Err(reason) => unknown = Some(reason),
        }
    }
    unknown.map_or(Ok(None), Err)
}

/// A part of a message that has a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Field(usize),
    /// Everything from this field on, two fields or more.
    Rest(usize),
}

#[derive(Clone, Debug)]
enum Goal<'a> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Test(Place, FieldTest<'a>),
}

/// What is asked of a text.
#[derive(Clone, Copy, Debug)]
enum FieldTest<'a> {
    /// It is in the set, or it is not.
    Text(&'a Texts, bool),
    /// It compares so with the number, or it does not.
    Number(Op, &'a Decimal, bool),
}

/// What is asked of each part.
type Choice<'a> = BTreeMap<Place, Vec<FieldTest<'a>>>;

impl<'a> Goal<'a> {
    /// What a pattern or its negation asks of a message of so many fields.
    fn of(LayoutConstraint { layout, positive }: &LayoutConstraint<'a>, count: usize) -> Self {
        let ellipsis = layout.slots.iter().position(|slot| *slot == Slot::Ellipsis);
        let slots = layout.slots.len();
        let fields = slots - usize::from(ellipsis.is_some());
        if count < fields {
            return truth(!positive);
        }
        let mut members = Vec::new();
        for (at, slot) in layout.slots.iter().enumerate() {
            let Slot::Field(Some(formula)) = slot else { continue };
            let place = match ellipsis {
                Some(dots) if at > dots => Place::Field(count + at - slots),
                None if at + 1 == slots && count > slots => Place::Rest(at),
                _ => Place::Field(at),
            };
            members.push(Self::formula(formula, place, *positive));
        }
        if *positive { Self::All(members) } else { Self::Any(members) }
    }

    fn formula(formula: &'a FieldFormula, place: Place, positive: bool) -> Self {
        let build = |members: &'a [FieldFormula]| members.iter().map(|m| Self::formula(m, place, positive)).collect();
        match formula {
            FieldFormula::All(members) if positive => Self::All(build(members)),
            FieldFormula::All(members) => Self::Any(build(members)),
            FieldFormula::Any(members) if positive => Self::Any(build(members)),
            FieldFormula::Any(members) => Self::All(build(members)),
            FieldFormula::Text(texts, inside) => Self::Test(place, FieldTest::Text(texts, *inside == positive)),
            FieldFormula::Number(op, value) => Self::Test(place, FieldTest::Number(*op, value, positive)),
        }
    }
}

fn truth<'a>(value: bool) -> Goal<'a> {
    if value { Goal::All(vec![]) } else { Goal::Any(vec![]) }
}

/// A message of so many fields for the goals, beside what is chosen.
fn search<'a>(
    goals: &[&Goal<'a>],
    choice: &mut Choice<'a>,
    count: usize,
    constraints: &TextConstraints<'_>,
    budget: &mut Budget,
) -> Result<Option<String>, Unknown> {
    budget.spend(1)?;
    let Some((first, others)) = goals.split_first() else { return message(choice, count, constraints, budget) };
    match first {
        Goal::All(members) => {
            let goals: Vec<_> = members.iter().chain(others.iter().copied()).collect();
            search(&goals, choice, count, constraints, budget)
        }
        Goal::Any(members) => {
            let mut unknown = None;
            for member in members {
                let goals: Vec<_> = std::iter::once(member).chain(others.iter().copied()).collect();
                match search(&goals, choice, count, constraints, budget) {
                    Ok(None) => {}
                    Err(reason) if reason != Unknown::Steps => unknown = Some(reason),
                    found => return found,
                }
            }
            unknown.map_or(Ok(None), Err)
        }
        Goal::Test(place, test) => {
            choice.entry(*place).or_default().push(*test);
            let found = search(others, choice, count, constraints, budget);
            if let Some(tests) = choice.get_mut(place) {
                tests.pop();
            }
            found
        }
    }
}

fn message(
    choice: &Choice<'_>,
    count: usize,
    constraints: &TextConstraints<'_>,
    budget: &mut Budget,
) -> Result<Option<String>, Unknown> {
    let mut fields: Vec<String> = Vec::new();
    for at in 0..count {
        let tests = choice.get(&Place::Field(at)).map_or(&[][..], Vec::as_slice);
        let Some(text) = text(tests, &constraints.lacks, budget)? else { return Ok(None) };
        fields.push(delimited(&text).unwrap_or(text));
    }
    let mut drafts = vec![if count == 0 { " ".to_owned() } else { fields.join(" ") }];
    for (place, tests) in choice.iter().filter(|(_, tests)| !tests.is_empty()) {
        let Place::Rest(at) = place else { continue };
        let Some(rest) = rest(tests, &constraints.lacks, budget)? else { return Ok(None) };
        let head = fields.get(..*at).unwrap_or_default().join(" ");
        drafts.extend(
            [format!("{head} {rest}"), format!("{head} {rest} x"), format!("{head} x {rest}")]
                .map(|draft| draft.trim_start().to_owned()),
        );
        drafts.push([&fields.join(" "), " ", &rest].concat());
    }
    let mut disagreement = Ok(());
    for draft in drafts {
        disagreement =
            if json::is_object(&draft) { Err(Unknown::Fields(draft.clone())) } else { constraints.agrees_with(&draft) };
        if disagreement.is_ok() {
            return Ok(Some(draft));
        }
    }
    match disagreement {
        Err(Unknown::Writing(pattern)) => Err(Unknown::Fields(pattern)),
        other => other.map(|()| None),
    }
}

/// A text for two fields or more, which is never a number.
fn rest(tests: &[FieldTest<'_>], lacks: &[&str], budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let (numeric, others): (Vec<_>, Vec<_>) = tests.iter().partition(|test| matches!(test, FieldTest::Number(..)));
    let holds = |test: &FieldTest<'_>| match test {
        FieldTest::Number(op, _, positive) => (*op == Op::Ne) == *positive,
        FieldTest::Text(..) => true,
    };
    if numeric.iter().all(holds) { text(&others, lacks, budget) } else { Ok(None) }
}

/// A text for a field.
fn text(tests: &[FieldTest<'_>], lacks: &[&str], budget: &mut Budget) -> Result<Option<String>, Unknown> {
    // What a field contains, the message contains.
    let lacks: Vec<Texts> = lacks.iter().map(|text| Texts::containing(text)).collect();
    let mut wanted: Vec<(&Texts, bool)> = lacks.iter().map(|texts| (texts, false)).collect();
    let mut compared: Vec<(Op, &Decimal, bool)> = Vec::new();
    for test in tests {
        match *test {
            FieldTest::Number(op, value, positive) => compared.push((op, value, positive)),
            FieldTest::Text(texts, inside) => wanted.push((texts, inside)),
        }
    }
    let compares = |text: &str| {
        compared.iter().all(|(op, value, positive)| {
            let holds = Decimal::parse(text).map_or(*op == Op::Ne, |number| op.allows(number.cmp(value)));
            holds == *positive
        })
    };
    let numeric: Vec<_> = compared
        .iter()
        .map(|(op, value, positive)| (if *positive { *op } else { number_solver::opposite(*op) }, *value))
        .collect();
    // A field that is no number is unequal to every number, and does not compare with any.
    let only_numbers = compared.iter().any(|(op, _, positive)| *positive != (*op == Op::Ne));
    if only_numbers {
        let candidates = number_solver::between(&numeric);
        let fits = |text: &&String| wanted.iter().all(|(texts, inside)| texts.contains(text) == *inside);
        if let Some(found) = candidates.iter().find(fits) {
            return Ok(Some(found.clone()));
        }
        return if candidates.is_empty() { Ok(None) } else { Err(Unknown::NumberText) };
    }
    let mut excluded: Vec<String> = Vec::new();
    for _ in 0..16 {
        let tried = Texts::OneOf(excluded.clone());
        let conditions: Vec<_> = wanted.iter().copied().chain([(&tried, false)]).collect();
        let Some(text) = text_solver::solve(&conditions, &["x"], budget)? else { return Ok(None) };
        if compares(&text) {
            return Ok(Some(text));
        }
        excluded.push(text);
    }
    Err(Unknown::NumberText)
}

/// The text as it must be written to be one field, if it needs delimiters and there are some for it.
fn delimited(text: &str) -> Option<String> {
    // A brace could make the message a JSON object.
    let plain = !text.is_empty() && !text.starts_with(['"', '[', '{']) && !text.contains(char::is_whitespace);
    match text {
        _ if plain => None,
        _ if !text.contains('"') => Some(format!("\"{text}\"")),
        _ if !text.contains(']') => Some(format!("[{text}]")),
        _ => None,
    }
}
