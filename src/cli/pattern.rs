//! `trailproof pattern`: questions about filter patterns, without an account.

mod covers;
mod explain;
mod test;

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::Subcommand;

use super::parameter::{ParameterError, text};
use crate::control::Catalogue;
use crate::exit::Exit;
use crate::pattern::event_sets::{Domain, Prover};
use crate::pattern::{ParseError, Pattern};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Test which messages a pattern matches, as `aws logs test-metric-filter` does
    Test(test::Test),
    /// Decide whether patterns together match every event that another one matches
    ///
    /// Exits with 0 if they do, with 1 and an event that escapes them if they do not, with 3 if that cannot be decided.
    Covers(covers::Covers),
    /// Explain in words what a pattern matches, and warn about likely mistakes
    Explain(explain::Explain),
}

impl Command {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        match self {
            Self::Test(test) => test.run(out, err),
            Self::Covers(covers) => covers.run(out, err),
            Self::Explain(explain) => explain.run(out, err),
        }
    }
}

/// CloudTrail records, as the catalogue knows them.
pub(super) fn records() -> Prover {
    Catalogue::builtin().map(|catalogue| catalogue.records.clone()).unwrap_or_else(|_| Prover::new(Domain::json()))
}

/// Why the value of an option is no pattern.
#[derive(Debug)]
enum Rejected {
    Parameter(ParameterError),
    Pattern { option: &'static str, error: ParseError, text: String },
}

/// The pattern that an option gives.
fn read(option: &'static str, value: String) -> Result<Pattern, Rejected> {
    let text = text(option, value).map_err(Rejected::Parameter)?;
    text.parse().map_err(|error| Rejected::Pattern { option, error, text })
}

impl Rejected {
    fn tell(&self, err: &mut dyn Write) -> io::Result<Exit> {
        match self {
            Self::Parameter(error) => writeln!(err, "error: {error}")?,
            Self::Pattern { option, error, text } => {
                writeln!(err, "error: {option} is not a filter pattern: {error}\n{}", place(error, text))?;
            }
        }
        Ok(Exit::Unusable)
    }
}

/// The place of an error in a pattern's text, and what to write instead.
fn place(error: &ParseError, text: &str) -> String {
    let marked = AnnotationKind::Primary.span(error.span.start..error.span.end);
    let mut group = Group::with_level(Level::ERROR).element(Snippet::source(text).annotation(marked));
    if !error.certain {
        group = group.element(Level::NOTE.message("AWS does not document whether it accepts such a pattern"));
    }
    if let Some(help) = error.help() {
        group = group.element(Level::HELP.message(help));
    }
    Renderer::styled().render(&[group])
}
