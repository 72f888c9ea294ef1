//! Messages for space-delimited patterns.
//!
//! For a given number of fields, each pattern asks something of some fields and perhaps of the rest of the message from
//! one field on. These are solved one by one, as if the rest were a text of its own: what is impossible so is impossible,
//! and a message that is found is put through the matcher. More fields than all patterns name together change nothing.

use std::collections::BTreeMap;

use super::asked::{Asked, Layout};
use super::choice::Budget;
use super::formula::{Texts, texts};
use super::{Unknown, json, numbers, strings};
use crate::pattern::ast::{Entry, Expr, FieldTest, Literal, Op};
use crate::pattern::number::Decimal;

/// A message as asked; `None` if there is none.
pub(super) fn solve(asked: &Asked<'_>, budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let named: usize = asked.fields.iter().map(|layout| layout.entries.len()).sum();
    let mut unknown = None;
    // A blank message, of no field, reads worst and comes last.
    for count in (1..=named + 1).chain([0]) {
        let goals: Vec<Goal<'_>> = asked.fields.iter().map(|layout| Goal::of(layout, count)).collect();
        match search(&goals.iter().collect::<Vec<_>>(), &mut BTreeMap::new(), count, asked, budget) {
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
enum Slot {
    Field(usize),
    /// Everything from this field on, two fields or more.
    Rest(usize),
}

#[derive(Clone, Debug)]
enum Goal<'a> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Test { slot: Slot, test: &'a FieldTest, larger: bool, positive: bool },
}

/// A test, whether it is read so that it holds more often, and its polarity.
type Asks<'a> = (&'a FieldTest, bool, bool);

/// What is asked of each slot.
type Choice<'a> = BTreeMap<Slot, Vec<Asks<'a>>>;

impl<'a> Goal<'a> {
    /// What a pattern or its negation asks of a message of so many fields.
    fn of(layout: &Layout<'a>, count: usize) -> Self {
        let ellipsis = layout.entries.iter().position(|entry| *entry == Entry::Ellipsis);
        let entries = layout.entries.len();
        let fields = entries - usize::from(ellipsis.is_some());
        if count < fields {
            return truth(!layout.positive);
        }
        let mut members = Vec::new();
        for (at, entry) in layout.entries.iter().enumerate() {
            let Entry::Field { condition: Some(condition), .. } = entry else { continue };
            let slot = match ellipsis {
                Some(dots) if at > dots => Slot::Field(count + at - entries),
                None if at + 1 == entries && count > entries => Slot::Rest(at),
                _ => Slot::Field(at),
            };
            members.push(Self::expr(condition, slot, layout));
        }
        if layout.positive { Self::All(members) } else { Self::Any(members) }
    }

    fn expr(expr: &'a Expr<FieldTest>, slot: Slot, layout: &Layout<'a>) -> Self {
        let build = |members: &'a [Expr<FieldTest>]| members.iter().map(|m| Self::expr(m, slot, layout)).collect();
        match expr {
            Expr::And(members, _) if layout.positive => Self::All(build(members)),
            Expr::And(members, _) => Self::Any(build(members)),
            Expr::Or(members, _) if layout.positive => Self::Any(build(members)),
            Expr::Or(members, _) => Self::All(build(members)),
            Expr::Test(test) => Self::Test { slot, test, larger: layout.larger, positive: layout.positive },
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
    asked: &Asked<'_>,
    budget: &mut Budget,
) -> Result<Option<String>, Unknown> {
    budget.spend(1)?;
    let Some((first, others)) = goals.split_first() else { return message(choice, count, asked, budget) };
    match first {
        Goal::All(members) => {
            let goals: Vec<_> = members.iter().chain(others.iter().copied()).collect();
            search(&goals, choice, count, asked, budget)
        }
        Goal::Any(members) => {
            let mut unknown = None;
            for member in members {
                let goals: Vec<_> = std::iter::once(member).chain(others.iter().copied()).collect();
                match search(&goals, choice, count, asked, budget) {
                    Ok(None) => {}
                    Err(reason) if reason != Unknown::Steps => unknown = Some(reason),
                    found => return found,
                }
            }
            unknown.map_or(Ok(None), Err)
        }
        Goal::Test { slot, test, larger, positive } => {
            choice.entry(*slot).or_default().push((*test, *larger, *positive));
            let found = search(others, choice, count, asked, budget);
            if let Some(tests) = choice.get_mut(slot) {
                tests.pop();
            }
            found
        }
    }
}

fn message(
    choice: &Choice<'_>,
    count: usize,
    asked: &Asked<'_>,
    budget: &mut Budget,
) -> Result<Option<String>, Unknown> {
    let mut fields: Vec<String> = Vec::new();
    for at in 0..count {
        let tests = choice.get(&Slot::Field(at)).map_or(&[][..], Vec::as_slice);
        let Some(text) = text(tests, &asked.lacks, budget)? else { return Ok(None) };
        fields.push(delimited(&text).unwrap_or(text));
    }
    let mut drafts = vec![if count == 0 { " ".to_owned() } else { fields.join(" ") }];
    for (slot, tests) in choice.iter().filter(|(_, tests)| !tests.is_empty()) {
        let Slot::Rest(at) = slot else { continue };
        let Some(rest) = rest(tests, &asked.lacks, budget)? else { return Ok(None) };
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
            if json::is_object(&draft) { Err(Unknown::Fields(draft.clone())) } else { asked.agrees_with(&draft) };
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
fn rest(tests: &[Asks<'_>], lacks: &[&str], budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let (numeric, others): (Vec<_>, Vec<_>) =
        tests.iter().partition(|(test, ..)| matches!(test.literal, Literal::Number(_)));
    let holds = numeric.iter().all(|(test, _, positive)| (test.op == Op::Ne) == *positive);
    if holds { text(&others, lacks, budget) } else { Ok(None) }
}

/// A text for a field.
fn text(tests: &[Asks<'_>], lacks: &[&str], budget: &mut Budget) -> Result<Option<String>, Unknown> {
    // What a field contains, the message contains.
    let mut sets: Vec<(Texts, bool)> = lacks.iter().map(|text| (Texts::containing(text), false)).collect();
    let mut compared: Vec<(Op, &Decimal, bool)> = Vec::new();
    for (test, larger, positive) in tests {
        match (&test.literal, test.op) {
            (Literal::Number(number), op) => compared.push((op, &number.value, *positive)),
            (literal, Op::Eq) => sets.push((texts(literal, *larger), *positive)),
            (literal, _) => sets.push((texts(literal, !*larger), !*positive)),
        }
    }
    let compares = |text: &str| {
        compared.iter().all(|(op, value, positive)| {
            let holds = Decimal::parse(text).map_or(*op == Op::Ne, |number| op.allows(number.cmp(value)));
            holds == *positive
        })
    };
    let wanted: Vec<_> = sets.iter().map(|(texts, inside)| (texts, *inside)).collect();
    let numeric: Vec<_> = compared
        .iter()
        .map(|(op, value, positive)| (if *positive { *op } else { numbers::opposite(*op) }, *value))
        .collect();
    // A field that is no number is unequal to every number, and does not compare with any.
    let only_numbers = compared.iter().any(|(op, _, positive)| *positive != (*op == Op::Ne));
    if only_numbers {
        let candidates = numbers::between(&numeric);
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
        let Some(text) = strings::solve(&conditions, &["x"], budget)? else { return Ok(None) };
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
