//! `trailproof pattern`: questions about filter patterns, without an account.

mod test;

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::Subcommand;

use crate::exit::Exit;
use crate::pattern::ParseError;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Tell which messages a pattern matches, as `aws logs test-metric-filter` does
    Test(test::Test),
}

impl Command {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        match self {
            Self::Test(test) => test.run(out, err),
        }
    }
}

/// The place of an error in a pattern's text, and what to write instead.
fn place(error: &ParseError, text: &str) -> String {
    let marked = AnnotationKind::Primary.span(error.span.start..error.span.end);
    let mut group = Group::with_level(Level::ERROR).element(Snippet::source(text).annotation(marked));
    if !error.certain {
        group = group.element(Level::NOTE.message("AWS does not document whether it accepts such a pattern"));
    }
    if let Some(help) = &error.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[group])
}
