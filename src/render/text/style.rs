//! Colours, if asked for, and where columns begin.

use anstyle::{AnsiColor, Style};

use crate::render::Options;
use crate::report::{State, Status};

#[derive(Clone, Copy)]
pub(super) struct Paint {
    pub options: Options,
    /// How wide the column of statuses is.
    pub status: usize,
}

impl Paint {
    pub(super) fn strong(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    pub(super) fn faint(self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    pub(super) fn note(self, text: &str) -> String {
        self.with(AnsiColor::Cyan.on_default(), text)
    }

    /// The status, padded to the width of its column.
    pub(super) fn status(self, status: Status) -> String {
        self.of(status, &format!("{:1$}", super::code(&status), self.status))
    }

    /// Where that begins which stands beside the status.
    pub(super) fn indent(self) -> usize {
        self.status + 2
    }

    pub(super) fn of(self, status: Status, text: &str) -> String {
        let colour = match status {
            Status::Pass | Status::Attested => AnsiColor::Green,
            Status::Fail => AnsiColor::Red,
            Status::Undetermined => AnsiColor::Yellow,
            Status::NotApplicable => AnsiColor::White,
        };
        self.with(colour.on_default().bold(), text)
    }

    pub(super) fn state(self, state: State, text: &str) -> String {
        let colour = match state {
            State::Live => AnsiColor::Green,
            State::Uncertain => AnsiColor::Yellow,
            State::Broken => AnsiColor::Red,
        };
        self.with(colour.on_default(), text)
    }

    fn with(self, style: Style, text: &str) -> String {
        if self.options.coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
