//! Errors as a user sees them: what is wrong, where, and what to do.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::exit::Exit;
use crate::provider::recorded::RecordingError;
use crate::render::tame;

/// An error that ends a command before it has said anything.
pub(super) trait Diagnostic: std::error::Error {
    /// The file, and the place in it.
    fn place(&self) -> Option<String>;

    /// What to do.
    fn help(&self) -> Option<String>;
}

/// Tells the error, and how the command ends. What a file says in it does not steer the terminal.
pub(super) fn report_error(problem: &dyn Diagnostic, err: &mut dyn Write) -> io::Result<Exit> {
    let (red, cyan) = (AnsiColor::Red.on_default().bold(), AnsiColor::Cyan.on_default().bold());
    let bold = Style::new().bold();
    writeln!(err, "{red}error{red:#}{bold}: {}{bold:#}", lines(&problem.to_string()))?;
    if let Some(place) = problem.place() {
        writeln!(err, "  {cyan}-->{cyan:#} {}", tame(&place))?;
    }
    if let Some(help) = problem.help() {
        writeln!(err, "{cyan}help{cyan:#}: {}", tame(&help))?;
    }
    Ok(Exit::Unusable)
}

/// A text whose lines stay lines, indented so that none can be taken for another message.
fn lines(text: &str) -> String {
    text.lines().map(tame).collect::<Vec<_>>().join("\n  ")
}

impl Diagnostic for RecordingError {
    fn place(&self) -> Option<String> {
        let file = self.file.display();
        Some(self.problem.place().map_or_else(|| file.to_string(), |place| format!("{file}, {place}")))
    }

    fn help(&self) -> Option<String> {
        Some(self.problem.help())
    }
}
