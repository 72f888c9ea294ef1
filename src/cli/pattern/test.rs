//! `trailproof pattern test`: a drop-in for `aws logs test-metric-filter` that needs no account.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use super::place;
use crate::cli::parameter::{text, texts};
use crate::exit::Exit;
use crate::pattern::{Matcher, ParseError, Pattern, Reading};

/// Options as the AWS CLI has them.
#[derive(Debug, Args)]
pub(in crate::cli) struct Test {
    /// The pattern, 1,024 characters at most: a text, `file://PATH`, or `-` for standard input
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
    filter_pattern: String,

    /// The messages, each a text, `file://PATH`, or `-` for standard input; a JSON list of strings stands for its members
    ///
    /// AWS takes 50 messages at most in one call; here there may be any number.
    #[arg(long, value_name = "MESSAGE", required = true, num_args = 0..)]
    log_event_messages: Vec<String>,
}

/// Why AWS would not answer.
enum Refusal {
    /// The AWS CLI does not send the call.
    Invalid(String),
    /// The service rejects the pattern.
    Pattern(ParseError),
}

#[derive(Serialize)]
struct Answer<'a> {
    matches: Vec<Match<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Match<'a> {
    event_number: usize,
    event_message: &'a str,
    extracted_values: BTreeMap<String, String>,
}

impl Test {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let read = text("--filter-pattern", self.filter_pattern)
            .and_then(|pattern| Ok((pattern, texts("--log-event-messages", self.log_event_messages)?)));
        let (text, messages) = match read {
            Ok((text, messages)) => (text, as_list(messages)),
            Err(error) => {
                writeln!(err, "error: {error}")?;
                return Ok(Exit::Unusable);
            }
        };
        let pattern = match accept(&text, &messages) {
            Ok(pattern) => pattern,
            Err(refusal) => {
                refusal.tell(&text, err)?;
                return Ok(Exit::Unusable);
            }
        };
        let matches = matches(&pattern, &messages);
        write_json(&Answer { matches }, out)?;
        note_unsettled(&pattern, &messages, err)?;
        Ok(Exit::Success)
    }
}

/// The AWS CLI reads a single value that is a JSON list as the list.
fn as_list(values: Vec<String>) -> Vec<String> {
    match values.as_slice() {
        [single] => serde_json::from_str(single).unwrap_or(values),
        _ => values,
    }
}

fn accept(pattern: &str, messages: &[String]) -> Result<Pattern, Refusal> {
    let too_short = |parameter: String| {
        Refusal::Invalid(format!("Invalid length for parameter {parameter}, value: 0, valid min length: 1"))
    };
    if messages.is_empty() {
        return Err(too_short("logEventMessages".to_owned()));
    }
    if let Some(at) = messages.iter().position(String::is_empty) {
        return Err(too_short(format!("logEventMessages[{at}]")));
    }
    pattern.parse().map_err(Refusal::Pattern)
}

fn matches<'a>(pattern: &Pattern, messages: &'a [String]) -> Vec<Match<'a>> {
    let matcher = Matcher::new(pattern.tree(), Reading::Literal);
    let answer = |(at, message): (usize, &'a String)| {
        let extracted_values = matcher.extract(message)?;
        Some(Match { event_number: at + 1, event_message: message, extracted_values })
    };
    messages.iter().enumerate().filter_map(answer).collect()
}

/// As the AWS CLI prints: indented by four spaces.
fn write_json(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut *out, PrettyFormatter::with_indent(b"    "));
    answer.serialize(&mut json)?;
    writeln!(out)
}

/// Tells of which messages no one can say from AWS's documentation whether they match.
fn note_unsettled(pattern: &Pattern, messages: &[String], err: &mut dyn Write) -> io::Result<()> {
    let [literal, wildcard] =
        [Reading::Literal, Reading::Wildcard].map(|reading| Matcher::new(pattern.tree(), reading));
    for (at, message) in messages.iter().enumerate() {
        if literal.is_match(message) != wildcard.is_match(message) {
            writeln!(
                err,
                "note: event {} depends on a `*` inside a text of the pattern: AWS does not document whether it is a \
                 wildcard there; taken as the character, as AWS documented until 2021",
                at + 1
            )?;
        }
    }
    Ok(())
}

impl Refusal {
    /// In the words of the AWS CLI, with what it leaves out: the place, and what to write instead.
    fn tell(&self, pattern: &str, err: &mut dyn Write) -> io::Result<()> {
        let rejected = |message: &str| {
            format!(
                "An error occurred (InvalidParameterException) when calling the TestMetricFilter operation: {message}"
            )
        };
        match self {
            Self::Invalid(message) => writeln!(err, "Parameter validation failed:\n{message}"),
            Self::Pattern(error) => writeln!(err, "{}\n{}", rejected(&error.aws_message()), place(error, pattern)),
        }
    }
}
