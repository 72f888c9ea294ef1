//! What a step is: the text that an auditor writes, and what it does.

use std::fmt;

use cucumber::step::{Collection, Context, Step};
use regex::Regex;

use super::world::World;

/// A step that feature files may use.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Where it may stand.
    pub keyword: Keyword,
    /// Its text, with `{text}` for a quoted text, `{number}` for a number and `{control}` for the words of a control's
    /// key. `is/are` stands for either word.
    pub text: &'static str,
    /// What it means.
    pub meaning: &'static str,
    pub(super) run: Step<World>,
}

/// Where a step may stand. `And` and `But` go on with the keyword before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    /// What the account is like.
    Given,
    /// The audit.
    When,
    /// What is expected of the report.
    Then,
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Why a step fails: a sentence for whoever wrote the scenario.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Mismatch(pub String);

impl Mismatch {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// What a step's text and the lines below it hold.
pub(super) struct Arguments(pub Context);

impl Arguments {
    /// The quoted text, number or control at this place, counted from 0.
    pub(super) fn text(&self, place: usize) -> &str {
        // The first match is the whole text.
        self.0.matches.get(place + 1).map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    pub(super) fn number<T: std::str::FromStr>(&self, place: usize) -> Result<T, Mismatch> {
        let text = self.text(place);
        text.parse().map_err(|_| Mismatch(format!("`{text}` is not a number that fits here")))
    }

    /// What the text at this place says: a region, an account, …
    pub(super) fn parsed<T: std::str::FromStr<Err: fmt::Display>>(&self, place: usize) -> Result<T, Mismatch> {
        parsed(self.text(place))
    }

    /// The text between the `"""` below the step.
    pub(super) fn below(&self) -> Result<&str, Mismatch> {
        let text = self.0.step.docstring.as_deref().map(str::trim);
        text.ok_or_else(|| Mismatch::new("the step takes a text below it, between lines of `\"\"\"`"))
    }
}

/// What a text says.
pub(super) fn parsed<T: std::str::FromStr<Err: fmt::Display>>(text: &str) -> Result<T, Mismatch> {
    text.parse().map_err(|error| Mismatch(format!("{error}")))
}

/// Ends a step.
#[expect(clippy::panic, reason = "it is by a panic that cucumber learns of a failure")]
pub(super) fn settle(result: Result<(), Mismatch>) {
    if let Err(mismatch) = result {
        panic!("{mismatch}");
    }
}

/// A function over the world and the arguments, as cucumber wants it.
macro_rules! action {
    ($body:expr) => {
        |world, context| {
            let body: fn(
                &mut $crate::scenario::world::World,
                &$crate::scenario::step::Arguments,
            ) -> Result<(), $crate::scenario::step::Mismatch> = $body;
            $crate::scenario::step::settle(body(world, &$crate::scenario::step::Arguments(context)));
            Box::pin(std::future::ready(()))
        }
    };
}

/// A step that describes the account: what it does to the draft.
macro_rules! given {
    ($text:literal, $meaning:literal, |$draft:pat_param, $arguments:pat_param| $body:expr) => {
        $crate::scenario::step::Definition {
            keyword: $crate::scenario::step::Keyword::Given,
            text: $text,
            meaning: $meaning,
            run: $crate::scenario::step::action!(|world, $arguments| {
                let $draft = world.draft()?;
                $body;
                Ok(())
            }),
        }
    };
}
pub(super) use {action, given};

/// The steps as cucumber looks them up.
pub(super) fn collection(definitions: impl IntoIterator<Item = Definition>) -> Collection<World> {
    definitions.into_iter().fold(Collection::new(), |collection, Definition { keyword, text, run, .. }| {
        let Ok(regex) = Regex::new(&expression(text)) else { return collection };
        match keyword {
            Keyword::Given => collection.given(None, regex, run),
            Keyword::When => collection.when(None, regex, run),
            Keyword::Then => collection.then(None, regex, run),
        }
    })
}

/// The regular expression of a step's text.
pub(super) fn expression(text: &str) -> String {
    let text = regex::escape(text)
        .replace(r"\{text\}", r#""([^"]*)""#)
        .replace(r"\{number\}", r"(-?\d+(?:\.\d+)?)")
        .replace(r"\{control\}", "([A-Za-z][A-Za-z0-9 ]*?)")
        .replace("is/are", "(?:is|are)");
    format!("^{text}$")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::definitions;

    #[test]
    fn every_step_can_be_looked_up() {
        for definition in definitions() {
            Regex::new(&expression(definition.text)).unwrap();
        }
    }

    #[test]
    fn a_text_reads_one_way_only() {
        for one in definitions() {
            let example = one.text.replace("{text}", "\"a\"").replace("{number}", "1").replace("{control}", "a b");
            let example = example.replace("is/are", "are");
            let readings = definitions().filter(|other| {
                other.keyword == one.keyword && Regex::new(&expression(other.text)).unwrap().is_match(&example)
            });
            assert_eq!(readings.map(|other| other.text).collect::<Vec<_>>(), [one.text]);
        }
    }

    #[test]
    fn the_documentation_lists_the_steps() {
        let page = include_str!("../../docs/scenarios.md");
        let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let steps: Vec<_> =
            definitions().map(|step| format!("| `{} {}` | {} |", step.keyword, step.text, step.meaning)).collect();
        assert_eq!(rows, steps, "\n{}", steps.join("\n"));
    }
}
