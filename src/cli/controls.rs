//! `trailproof controls`: what an audit asks, and what can be proved about the benchmark that asks it.

mod lint;
mod list;
mod show;

use std::io::{self, Write};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::audit_plan::Problem;
use super::diagnostic::report_error;
use crate::control::{Unknown, Version};
use crate::exit::Exit;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the controls of a benchmark version
    List(list::List),
    /// Show one control: what it requires, why, how to comply, and what other tools call it
    Show(show::Show),
    /// Check the benchmark's own patterns for mistakes, or compare two versions
    ///
    /// Exits with 0 whatever it finds, and with 3 if something could not be decided.
    Lint(lint::Lint),
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
}

impl Command {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let ran = match self {
            Self::List(list) => list.run(out),
            Self::Show(show) => show.run(out),
            Self::Lint(lint) => lint.run(out),
        };
        match ran {
            Ok(exit) => Ok(exit),
            Err(CommandError::Problem(problem)) => report_error(&problem, err),
            Err(CommandError::Output(error)) => Err(error),
        }
    }
}

/// How wide a column of ids is, if none is longer.
const ID: usize = 5;

/// Why a command ended early.
#[derive(Debug)]
enum CommandError {
    Problem(Problem),
    Output(io::Error),
}

impl From<Problem> for CommandError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Unknown> for CommandError {
    fn from(unknown: Unknown) -> Self {
        Self::Problem(unknown.into())
    }
}

/// What remains of writing an answer.
fn written(answer: io::Result<()>) -> Result<Exit, CommandError> {
    answer.map(|()| Exit::Success).map_err(CommandError::Output)
}

fn json(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)
}

/// Versions in a few words: `1.2.0, 1.4.0 to 7.0.0`, where `all` says which follow one another.
fn span(versions: &[Version], all: &[Version]) -> String {
    let place = |version: &Version| all.iter().position(|known| known == version);
    let follows = |one: &Version, next: &Version| place(one).map(|at| at + 1) == place(next);
    let runs = versions.chunk_by(follows).map(|run| match run {
        [first, _, .., last] => format!("{first} to {last}"),
        few => few.iter().map(Version::to_string).collect::<Vec<_>>().join(", "),
    });
    runs.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Version, span};

    #[test]
    fn versions_that_follow_one_another_are_a_span() {
        let versions = |text: &str| text.split(' ').map(|one| one.parse().unwrap()).collect::<Vec<Version>>();
        let all = versions("1.0.0 1.1.0 2.0.0 3.0.0 4.0.0");
        assert_eq!(span(&versions("1.0.0 2.0.0 3.0.0 4.0.0"), &all), "1.0.0, 2.0.0 to 4.0.0");
        assert_eq!(span(&versions("1.0.0 1.1.0"), &all), "1.0.0, 1.1.0");
    }
}
