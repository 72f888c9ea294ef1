//! `trailproof event-pattern covers`: whether patterns together match all that another one matches.

use std::io::{self, Write};

use clap::Args;
use event_pattern::records::RecordPattern;
use event_pattern::{certificate, covers};

use super::read;
use crate::cli::pattern::records;
use crate::cli::verdict::{Format, Question};
use crate::exit::Exit;
use crate::pattern::event_sets::EventSet;

/// A question about two sets of events.
#[derive(Debug, Args)]
pub(in crate::cli) struct Covers {
    /// The pattern whose events must be matched: a text, `file://PATH`, or `-` for standard input
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
    required: String,

    /// A pattern that matches some of them, likewise; several count together
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true, required = true)]
    by: Vec<String>,

    /// Decide for events of CloudTrail records only, about which more is known than about events in general
    #[arg(long)]
    cloudtrail: bool,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Covers {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let mut parsed = Vec::new();
        for (option, value) in
            std::iter::once(("--required", self.required)).chain(self.by.into_iter().map(|by| ("--by", by)))
        {
            match read(option, value) {
                Ok(pattern) => parsed.push(pattern),
                Err(rejected) => return rejected.tell(err),
            }
        }
        let Some((required, by)) = parsed.split_first() else { return Ok(Exit::Unusable) };
        let question = Question {
            required: required.text().to_owned(),
            by: by.iter().map(|pattern| pattern.text().to_owned()).collect(),
        };
        if !self.cloudtrail {
            return question.answer(&covers(required, by), certificate(required, by).as_deref(), self.format, out);
        }
        let of_records = |pattern: &event_pattern::EventPattern| EventSet::of(RecordPattern::new(pattern.clone()));
        let (required, by): (_, Vec<EventSet>) = (of_records(required), by.iter().map(of_records).collect());
        let prover = records();
        let verdict = prover.decide(&required, &by);
        question.answer(&verdict, prover.certificate(&required, &by).as_deref(), self.format, out)
    }
}
