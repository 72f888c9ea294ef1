//! `trailproof pattern covers`: whether patterns together match all that another one matches.

use std::io::{self, Write};

use ::event_pattern::records::RecordPattern;
use clap::Args;

use super::{read, records};
use crate::cli::event_pattern;
use crate::cli::verdict::{Format, Question};
use crate::exit::Exit;
use crate::pattern::event_sets::{Domain, EventSet, Exemplars, Prover};

/// A question about two sets of events.
#[derive(Debug, Args)]
pub(in crate::cli) struct Covers {
    /// The pattern whose events must be matched: a text, `file://PATH`, or `-` for standard input
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
    required: String,

    /// A pattern that matches some of them, likewise; several count together
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true, required_unless_present = "by_event_pattern")]
    by: Vec<String>,

    /// An EventBridge event pattern that matches some of them: a text, `file://PATH`, or `-` for standard input
    ///
    /// It counts together with the others. The events are CloudTrail records then, as with --cloudtrail.
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
    by_event_pattern: Vec<String>,

    /// Decide for CloudTrail records only, about which more is known than about JSON events in general
    #[arg(long)]
    cloudtrail: bool,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Covers {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let (mut parsed, mut texts) = (Vec::new(), Vec::new());
        for (option, value) in
            std::iter::once(("--required", self.required)).chain(self.by.into_iter().map(|by| ("--by", by)))
        {
            match read(option, value) {
                Ok(pattern) => {
                    texts.push(pattern.text().to_owned());
                    parsed.push(EventSet::of(pattern));
                }
                Err(rejected) => return rejected.tell(err),
            }
        }
        let mut by = texts.into_iter();
        let mut question = Question { required: by.next().unwrap_or_default(), by: by.collect() };
        let cloudtrail = self.cloudtrail || !self.by_event_pattern.is_empty();
        for value in self.by_event_pattern {
            match event_pattern::read("--by-event-pattern", value) {
                Ok(pattern) => {
                    question.by.push(pattern.text().to_owned());
                    parsed.push(EventSet::of(RecordPattern::new(pattern)));
                }
                Err(rejected) => return rejected.tell(err),
            }
        }
        let nothing = EventSet::nothing();
        let (required, by) = parsed.split_first().unwrap_or((&nothing, &[]));
        // What is usual in CloudTrail makes for witnesses that read well, also where nothing is known of the events.
        let records = records();
        let prover = if cloudtrail {
            records
        } else {
            let exemplars = records.domain().exemplars.clone();
            Prover::new(Domain { exemplars: Exemplars { templates: vec![], ..exemplars }, ..Domain::any() })
        };
        let verdict = prover.decide(required, by);
        question.answer(&verdict, prover.certificate(required, by).as_deref(), self.format, out)
    }
}
