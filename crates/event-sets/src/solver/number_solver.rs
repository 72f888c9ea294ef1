//! Numbers that compare as asked and whose texts are as asked.
//!
//! The numbers of JSON are all integers and all doubles. Between two decimals there is one that is asked for if and only
//! if it is among the next few integers or the next few doubles after the lower end, as many as are excluded one by one.

use super::choice::Budget;
use super::{number_language, text_solver};
use crate::formula::{Interval, Test};
use crate::number::{Decimal, JsonNumber, Op};
use crate::text::Texts;
use crate::verdict::Unknown;

/// A number, as JSON writes it, for which every test has its polarity; `None` if there is none.
pub(super) fn solve(tests: &[(&Test, bool)], budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let mut constraints = NumberConstraints::default();
    for (test, positive) in tests {
        match test {
            Test::Number(op, value, _) => constraints.compare(if *positive { *op } else { opposite(*op) }, value),
            Test::Text(texts) => constraints.texts.push((texts, *positive)),
            Test::NotText(texts) => constraints.texts.push((texts, !*positive)),
            Test::Within(interval) => constraints.intervals.push((interval, *positive)),
            Test::Except(_, numbers) if *positive => {
                numbers.iter().for_each(|number| constraints.compare(Op::Ne, number));
            }
            Test::Except(_, numbers) => constraints.one_of.push(numbers),
            Test::Kind(_) | Test::String(_) | Test::MissingOr(_) => {}
        }
    }
    budget.spend(1 + (tests.len() * tests.len()) as u64)?;
    let candidates = constraints.candidates();
    if let Some(found) = candidates.iter().find(|number| constraints.accepts(number)) {
        return Ok(Some(found.clone()));
    }
    // Equality leaves the integer and the double of that value, which are candidates.
    let settled = constraints.compared.iter().any(|(op, _)| *op == Op::Eq) || !constraints.one_of.is_empty();
    match constraints.beyond_reach() {
        false if settled || !candidates.iter().any(|number| constraints.compares(number)) => Ok(None),
        true if settled || constraints.texts.is_empty() => Err(Unknown::TooLarge("a number")),
        _ => constraints.by_text(budget),
    }
}

/// Whether some number compares so with all of these; the candidates that prove it.
pub(super) fn between(compared: &[(Op, &Decimal)]) -> Vec<String> {
    let mut constraints = NumberConstraints::default();
    compared.iter().for_each(|(op, value)| constraints.compare(*op, value));
    let candidates = constraints.candidates();
    candidates.into_iter().filter(|number| constraints.accepts(number)).collect()
}

/// The comparison that is true of a finite number just where the other is false.
pub(super) fn opposite(op: Op) -> Op {
    match op {
        Op::Eq => Op::Ne,
        Op::Ne => Op::Eq,
        Op::Lt => Op::Ge,
        Op::Le => Op::Gt,
        Op::Gt => Op::Le,
        Op::Ge => Op::Lt,
    }
}

#[derive(Debug, Default)]
struct NumberConstraints<'a> {
    compared: Vec<(Op, Decimal)>,
    /// Intervals that the number is in (`true`) or outside of.
    intervals: Vec<(&'a Interval, bool)>,
    /// Lists each of which has the number.
    one_of: Vec<&'a Vec<Decimal>>,
    texts: Vec<(&'a Texts, bool)>,
}

impl NumberConstraints<'_> {
    fn compare(&mut self, op: Op, value: &Decimal) {
        self.compared.push((op, value.clone()));
    }

    fn accepts(&self, number: &str) -> bool {
        let Some(JsonNumber::Finite(_, text)) = JsonNumber::parse(number) else { return false };
        self.compares(number) && self.texts.iter().all(|(texts, inside)| texts.contains(&text) == *inside)
    }

    fn compares(&self, number: &str) -> bool {
        let Some(JsonNumber::Finite(value, _)) = JsonNumber::parse(number) else { return false };
        self.compared.iter().all(|(op, other)| op.allows(value.cmp(other)))
            && self.intervals.iter().all(|(interval, inside)| interval.contains(&value) == *inside)
            && self.one_of.iter().all(|numbers| numbers.contains(&value))
    }

    /// The numbers that are compared with.
    fn literals(&self) -> impl Iterator<Item = &Decimal> {
        let compared = self.compared.iter().map(|(_, value)| value);
        let ends = self.intervals.iter().flat_map(|(interval, _)| interval.ends());
        compared.chain(ends).chain(self.one_of.iter().copied().flatten())
    }

    /// Numbers among which there is one that compares as asked, if there is any, and those that the texts name.
    fn candidates(&self) -> Vec<String> {
        let mut candidates = Vec::new();
        for (texts, _) in &self.texts {
            match texts {
                Texts::OneOf(texts) => candidates.extend(texts.iter().cloned()),
                Texts::Glob(glob) => candidates.push(glob.pieces.concat()),
                Texts::All | Texts::Regular(_) | Texts::Predicate(_) => {}
            }
        }
        let excluded = self.compared.len() + self.intervals.len() + self.texts.len() + 2;
        candidates.extend((0..excluded).map(|n| n.to_string()));
        candidates.push("-0.0".to_owned());
        for value in self.literals() {
            let text = value.to_string();
            candidates.push(text.clone());
            if let Ok(double) = text.parse::<f64>()
                && double.is_finite()
            {
                candidates.push(format!("{double:?}"));
                let up = std::iter::successors(Some(double), |d| Some(d.next_up())).take(excluded);
                let down = std::iter::successors(Some(double), |d| Some(d.next_down())).take(excluded);
                candidates.extend(up.chain(down).filter(|d| d.is_finite()).map(|d| format!("{d:?}")));
                candidates.extend(
                    [0.5, 2.0]
                        .map(|factor| double * factor)
                        .into_iter()
                        .filter(|d| d.is_finite())
                        .map(|d| format!("{d:?}")),
                );
            }
            if let Some(floor) = value.floor_i128() {
                let near = excluded as i128;
                candidates.extend((-near..=near).filter_map(|step| floor.checked_add(step)).map(|n| n.to_string()));
            }
        }
        candidates.sort_by_key(String::len);
        candidates
    }

    /// Whether a literal is too large for the candidates to include the integers next to it.
    fn beyond_reach(&self) -> bool {
        self.literals().any(|value| value.floor_i128().is_none())
    }

    /// A number found by the text that it must have.
    fn by_text(&self, budget: &mut Budget) -> Result<Option<String>, Unknown> {
        let ordered = self.compared.iter().filter(|(op, _)| !matches!(op, Op::Eq | Op::Ne));
        let numerals: Vec<_> =
            ordered.map(|(op, value)| number_language::comparing(*op, value)).chain([number_language::all()]).collect();
        let mut excluded: Vec<String> = Vec::new();
        for _ in 0..32 {
            let tried = Texts::OneOf(excluded.clone());
            let wanted: Vec<_> = self.texts.iter().copied().chain([(&tried, false)]).collect();
            let Some(text) = text_solver::solve_within(&numerals, &wanted, text_solver::NO_HINTS, budget)? else {
                return Ok(None);
            };
            if self.accepts(&text) && JsonNumber::parse(&text).is_some_and(|number| number.text() == text) {
                return Ok(Some(text));
            }
            excluded.push(text);
        }
        Err(Unknown::NumberText)
    }
}
