//! The differences between two reports as text, for a pull request, or as data.

mod markdown;
mod text;

use std::io::{self, Write};

use crate::report::Status;
use crate::report::diff::{Diff, Outcome};

/// How differences are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// For a person.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For a program: `trailproof-diff/1`.
    Json,
}

/// Writes the differences. Text comes with ANSI colours.
pub fn render_diff(diff: &Diff, format: DiffFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        DiffFormat::Text => text::write(diff, out),
        DiffFormat::Markdown => markdown::write(diff, out),
        DiffFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(diff)?),
    }
}

/// How many changes there are of each kind, those that are none left out.
fn counts(diff: &Diff) -> String {
    let counts = diff.kinds().into_iter().filter(|(_, changes)| !changes.is_empty());
    let counts: Vec<_> = counts.map(|(name, changes)| format!("{} {name}", changes.len())).collect();
    if counts.is_empty() { "nothing changed".to_owned() } else { counts.join(", ") }
}

/// How many findings are the same.
fn unchanged(diff: &Diff) -> String {
    match diff.unchanged {
        1 => "1 finding is the same".to_owned(),
        count => format!("{count} findings are the same"),
    }
}

/// Which benchmarks were compared, if there are two.
fn benchmarks(diff: &Diff) -> Option<String> {
    let named = [&diff.before, &diff.after].map(|benchmark| format!("{} {}", benchmark.name, benchmark.version));
    let [before, after] = named;
    (before != after).then(|| format!("{before} before, {after} after"))
}

fn status(outcome: Option<&Outcome>) -> &'static str {
    match outcome.map(|outcome| outcome.status) {
        None => "–",
        Some(Status::Pass) => "pass",
        Some(Status::Fail) => "fail",
        Some(Status::Undetermined) => "undetermined",
        Some(Status::Attested) => "attested",
        Some(Status::NotApplicable) => "not-applicable",
    }
}
