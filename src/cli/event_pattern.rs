//! `trailproof event-pattern`: questions about EventBridge event patterns, without an account.

mod covers;
mod explain;
mod test;

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::Subcommand;
use event_pattern::{EventPattern, ParseError};

use super::parameter::{ParameterError, text};
use crate::exit::Exit;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Test whether a pattern matches an event, as `aws events test-event-pattern` does
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

/// Why an option is no pattern.
#[derive(Debug)]
pub(super) enum Rejected {
    Parameter(ParameterError),
    Pattern { option: &'static str, error: ParseError, text: String },
}

/// The pattern that an option gives.
pub(super) fn read(option: &'static str, value: String) -> Result<EventPattern, Rejected> {
    let text = text(option, value).map_err(Rejected::Parameter)?;
    text.parse().map_err(|error| Rejected::Pattern { option, error, text })
}

impl Rejected {
    pub(super) fn tell(&self, err: &mut dyn Write) -> io::Result<Exit> {
        match self {
            Self::Parameter(error) => writeln!(err, "error: {error}")?,
            Self::Pattern { option, error, text } => {
                writeln!(err, "error: {option} is not an event pattern: {error}\n{}", place(error, text))?;
            }
        }
        Ok(Exit::Unusable)
    }
}

/// The place of an error in a pattern's text, and what to write instead.
fn place(error: &ParseError, text: &str) -> String {
    let marked = AnnotationKind::Primary.span(error.span.start..error.span.end);
    let mut group = Group::with_level(Level::ERROR).element(Snippet::source(text).annotation(marked));
    if !error.is_verbatim() {
        group = group.element(Level::NOTE.message("it is not known in which words AWS says so"));
    }
    let help = error.help();
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}
