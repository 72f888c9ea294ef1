//! `trailproof event-pattern test`: a drop-in for `aws events test-event-pattern` that needs no account.

use std::io::{self, Write};

use clap::Args;
use event_pattern::{EventPattern, ParseError};
use serde_json::Value;

use super::place;
use crate::cli::parameter::text;
use crate::exit::Exit;

/// Options as the AWS CLI has them.
#[derive(Debug, Args)]
pub(in crate::cli) struct Test {
    /// The pattern: a text, `file://PATH`, or `-` for standard input
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
    event_pattern: String,

    /// The event, likewise; it has to have id, detail-type, source, account, time and region
    #[arg(long, value_name = "EVENT", allow_hyphen_values = true)]
    event: String,
}

/// Why AWS would not answer.
enum Refusal {
    /// The service rejects the pattern.
    Pattern(ParseError),
    /// The service rejects the event.
    Event(String),
}

/// The members that an event has to have. AWS's reference names `resources` too, which the service does not ask for.
const MEMBERS: [&str; 6] = ["id", "detail-type", "source", "account", "time", "region"];

impl Test {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let texts =
            text("--event-pattern", self.event_pattern).and_then(|pattern| Ok((pattern, text("--event", self.event)?)));
        let (pattern, event) = match texts {
            Ok(texts) => texts,
            Err(error) => {
                writeln!(err, "error: {error}")?;
                return Ok(Exit::Unusable);
            }
        };
        match answer(&pattern, &event) {
            Ok(result) => {
                // As the AWS CLI prints: indented by four spaces.
                writeln!(out, "{{\n    \"Result\": {result}\n}}")?;
                Ok(Exit::Success)
            }
            Err(refusal) => {
                refusal.tell(&pattern, err)?;
                Ok(Exit::Unusable)
            }
        }
    }
}

fn answer(pattern: &str, event: &str) -> Result<bool, Refusal> {
    let pattern: EventPattern = pattern.parse().map_err(Refusal::Pattern)?;
    let invalid = |why: String| Refusal::Event(why);
    let matches =
        pattern.matches(event).map_err(|error| invalid(format!("the event is not a JSON object: {error}")))?;
    // What follows the closing brace does not count.
    let mut values = serde_json::Deserializer::from_str(event).into_iter::<Value>();
    let value = values.next().and_then(Result::ok).unwrap_or_default();
    match MEMBERS.iter().find(|member| value.get(member).is_none()) {
        Some(member) => Err(invalid(format!("the event has no `{member}`"))),
        None => Ok(matches),
    }
}

impl Refusal {
    /// In the words of the AWS CLI, with what it leaves out: the place, and what to write instead.
    fn tell(&self, pattern: &str, err: &mut dyn Write) -> io::Result<()> {
        let rejected = |code: &str, message: &str| {
            format!("An error occurred ({code}) when calling the TestEventPattern operation: {message}")
        };
        match self {
            Self::Pattern(error) => {
                writeln!(err, "{}\n{}", rejected(error.aws_code(), &error.aws_message()), place(error, pattern))
            }
            Self::Event(why) => {
                let message = rejected("ValidationException", "Parameter Event is not valid.");
                writeln!(err, "{message}\nnote: {why}")
            }
        }
    }
}
