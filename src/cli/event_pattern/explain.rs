//! `trailproof event-pattern explain`: a pattern in words, and what is odd about it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::{Args, ValueEnum};
use event_pattern::explain::words;
use event_pattern::lint::{Lint, RuleState, lints};
use event_pattern::records::RecordPattern;

use super::read;
use crate::cli::pattern::records;
use crate::exit::Exit;
use crate::pattern::event_sets::EventSet;

/// A pattern to explain.
#[derive(Debug, Args)]
pub(in crate::cli) struct Explain {
    /// The pattern: a text, `file://PATH`, or `-` for standard input
    #[arg(value_name = "PATTERN", allow_hyphen_values = true)]
    pattern: String,

    /// The state of the rule that the pattern is of
    #[arg(long, value_enum, value_name = "STATE")]
    state: Option<State>,

    /// Warn if no CloudTrail record matches
    #[arg(long)]
    cloudtrail: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum State {
    /// The rule gets no read-only management events
    Enabled,
    /// The rule gets all management events
    EnabledWithAllCloudtrailManagementEvents,
    /// The rule gets nothing
    Disabled,
}

impl Explain {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let pattern = match read("PATTERN", self.pattern) {
            Ok(pattern) => pattern,
            Err(rejected) => return rejected.tell(err),
        };
        write!(out, "{}", words(&pattern))?;
        for lint in lints(&pattern, self.state.map(RuleState::from)) {
            writeln!(out, "\n{}", marked(&lint, pattern.text()))?;
        }
        if self.cloudtrail && records().is_covered(&EventSet::of(RecordPattern::new(pattern)), &[]) {
            writeln!(
                out,
                "\n{}",
                Renderer::styled()
                    .render(&[Group::with_title(Level::WARNING.primary_title("no CloudTrail record matches"),)])
            )?;
        }
        Ok(Exit::Success)
    }
}

fn marked(lint: &Lint, text: &str) -> String {
    let place = AnnotationKind::Primary.span(lint.span.start..lint.span.end);
    let message = lint.kind.to_string();
    let title = Level::WARNING.primary_title(message.as_str());
    Renderer::styled().render(&[Group::with_title(title).element(Snippet::source(text).annotation(place))])
}

impl From<State> for RuleState {
    fn from(state: State) -> Self {
        match state {
            State::Enabled => Self::Enabled,
            State::EnabledWithAllCloudtrailManagementEvents => Self::EnabledWithAllManagementEvents,
            State::Disabled => Self::Disabled,
        }
    }
}
