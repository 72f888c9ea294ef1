//! `trailproof pattern explain`: a pattern in words, as a tree, and what is odd about it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::Args;

use super::{read, records};
use crate::exit::Exit;
use crate::pattern::explain::{tree, words};
use crate::pattern::lint::{Lint, lints};

/// A pattern to explain.
#[derive(Debug, Args)]
pub(in crate::cli) struct Explain {
    /// The pattern: a text, `file://PATH`, or `-` for standard input
    #[arg(value_name = "PATTERN", allow_hyphen_values = true)]
    pattern: String,
}

impl Explain {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let pattern = match read("PATTERN", self.pattern) {
            Ok(pattern) => pattern,
            Err(rejected) => return rejected.tell(err),
        };
        write!(out, "{}", words(&pattern))?;
        let tree = tree(&pattern);
        if !tree.is_empty() {
            write!(out, "\n{tree}")?;
        }
        for lint in lints(&pattern, &records()) {
            writeln!(out, "\n{}", marked(&lint, pattern.text()))?;
        }
        Ok(Exit::Success)
    }
}

fn marked(lint: &Lint, text: &str) -> String {
    let place = AnnotationKind::Primary.span(lint.span.start..lint.span.end);
    let title = Level::WARNING.primary_title(lint.message.as_str());
    Renderer::styled().render(&[Group::with_title(title).element(Snippet::source(text).annotation(place))])
}
