//! What Gherkin allows and would check nothing: each is an error, so that a scenario that passes has said something.

use cucumber::gherkin::{Background, Examples, Feature, LineCol, Scenario, Step, StepType};
use regex::Regex;

use super::definitions;
use super::step::expression;

/// Why a feature would check less than it seems to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// A line where a step stands, and that is none.
    #[error("`{0}` is not a step")]
    NotAStep(String),
    /// A line above the rows of examples.
    #[error("`{0}` is not a row")]
    NotARow(String),
    /// A step above the first scenario, where it is part of a description.
    #[error("the step `{0}` is in no scenario")]
    Stray(String),
    /// A scenario that expects nothing of the last audit.
    #[error("no `Then` says what the report must say")]
    NoThen,
    /// A step that describes the account after it was audited.
    #[error("`Given {0}` comes after the audit")]
    LateGiven(String),
    /// An outline without examples.
    #[error("the outline has no examples")]
    NoExamples,
    /// Examples without a row.
    #[error("the examples have no row")]
    NoRow,
}

impl ShapeError {
    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotAStep(_) => "begin a step with `Given`, `When`, `Then`, `And` or `But`, and a comment with `#`",
            Self::NotARow(_) => "put each cell of a row between `|`, and begin a comment with `#`",
            Self::Stray(_) => "begin the scenario with `Scenario:`",
            Self::NoThen => "add a step such as `Then network gateway changes are reported as \"pass\"`",
            Self::LateGiven(_) => "put it before the first `When`",
            Self::NoExamples => "add `Examples:` with a row of names and a row for each scenario",
            Self::NoRow => "add a row for each scenario below the row of names",
        }
    }
}

/// The first thing wrong with a feature, before its outlines are expanded, and its line.
pub(super) fn check(feature: &Feature, text: &str) -> Result<(), (usize, ShapeError)> {
    stray(&feature.description, feature.position, text)?;
    let checked = Checked { text, before: Vec::new() };
    let checked = checked.background(feature.background.as_ref())?;
    feature.scenarios.iter().try_for_each(|scenario| checked.scenario(scenario))?;
    for rule in &feature.rules {
        stray(&rule.description, rule.position, text)?;
        let background = checked.background(rule.background.as_ref())?;
        rule.scenarios.iter().try_for_each(|scenario| background.scenario(scenario))?;
    }
    Ok(())
}

/// A text above the first scenario is for the reader, unless it is a step.
fn stray(description: &Option<String>, start: LineCol, text: &str) -> Result<(), (usize, ShapeError)> {
    let keywords = ["Given ", "When ", "Then ", "And ", "But ", "* "];
    let is_step = |line: &str| {
        let step = keywords.iter().find_map(|keyword| line.strip_prefix(keyword));
        let is =
            |step| definitions().any(|known| Regex::new(&expression(known.text)).is_ok_and(|re| re.is_match(step)));
        step.is_some_and(is)
    };
    let lines = description.iter().flat_map(|description| description.lines().map(str::trim));
    match lines.into_iter().find(|line| is_step(line)) {
        Some(step) => Err((line_of(step, start, text), ShapeError::Stray(step.to_owned()))),
        None => Ok(()),
    }
}

/// The line, from 1, at or below `start` that is this one.
fn line_of(wanted: &str, start: LineCol, text: &str) -> usize {
    let below = text.lines().enumerate().skip(start.line);
    below.into_iter().find(|(_, line)| line.trim() == wanted).map_or(start.line, |(at, _)| at + 1)
}

/// What is known where a scenario begins.
#[derive(Clone)]
struct Checked<'a> {
    text: &'a str,
    /// The steps of the backgrounds.
    before: Vec<&'a Step>,
}

impl<'a> Checked<'a> {
    fn background(&self, background: Option<&'a Background>) -> Result<Self, (usize, ShapeError)> {
        let mut with = self.clone();
        if let Some(background) = background {
            self.described(&background.description, background.position, ShapeError::NotAStep)?;
            with.before.extend(&background.steps);
        }
        Ok(with)
    }

    fn scenario(&self, scenario: &Scenario) -> Result<(), (usize, ShapeError)> {
        self.described(&scenario.description, scenario.position, ShapeError::NotAStep)?;
        let outline = ["Scenario Outline", "Scenario Template"].contains(&scenario.keyword.trim());
        if outline && scenario.examples.is_empty() {
            return Err((scenario.position.line, ShapeError::NoExamples));
        }
        scenario.examples.iter().try_for_each(|examples| self.examples(examples))?;
        let mut last = StepType::Given;
        for step in self.before.iter().copied().chain(&scenario.steps) {
            if step.ty == StepType::Given && last != StepType::Given {
                return Err((step.position.line, ShapeError::LateGiven(step.value.clone())));
            }
            last = step.ty;
        }
        if last == StepType::Then { Ok(()) } else { Err((scenario.position.line, ShapeError::NoThen)) }
    }

    fn examples(&self, examples: &Examples) -> Result<(), (usize, ShapeError)> {
        self.described(&examples.description, examples.position, ShapeError::NotARow)?;
        match &examples.table {
            Some(table) if table.rows.len() > 1 => Ok(()),
            _ => Err((examples.position.line, ShapeError::NoRow)),
        }
    }

    /// Gherkin takes lines that are neither steps nor rows for a description.
    fn described(
        &self,
        description: &Option<String>,
        start: LineCol,
        error: fn(String) -> ShapeError,
    ) -> Result<(), (usize, ShapeError)> {
        let mut lines = description.iter().flat_map(|description| description.lines().map(str::trim));
        match lines.find(|line| !line.is_empty() && !line.starts_with('#')) {
            Some(line) => Err((line_of(line, start, self.text), error(line.to_owned()))),
            None => Ok(()),
        }
    }
}
