//! `trailproof pattern covers`: whether patterns together match all that another one matches.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{records, rejected};
use crate::exit::Exit;
use crate::pattern::Pattern;
use crate::pattern::event_sets::{Certificate, Domain, EventSet, Exemplars, Part, Prover, Verdict};

/// A question about two sets of events.
#[derive(Debug, Args)]
pub(in crate::cli) struct Covers {
    /// The pattern whose events must be matched
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
    required: String,

    /// A pattern that matches some of them; several count together
    #[arg(long, value_name = "PATTERN", allow_hyphen_values = true, required = true)]
    by: Vec<String>,

    /// Ask about CloudTrail records only, of which more is known than of JSON events at large
    #[arg(long)]
    cloudtrail: bool,

    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program: verdict, witness, assumptions, reason, certificate
    Json,
}

#[derive(Debug, Default, Serialize)]
struct Answer {
    verdict: &'static str,
    /// The event; a string if it is not JSON.
    witness: Option<Box<RawValue>>,
    assumptions: Vec<String>,
    reason: Option<String>,
    /// For each part of the required pattern, the numbers, from 1, of the patterns that cover it.
    certificate: Option<Vec<Covered>>,
}

#[derive(Debug, Serialize)]
struct Covered {
    required: String,
    by: Vec<usize>,
}

impl Covers {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let mut parsed = Vec::new();
        for (option, text) in
            std::iter::once(("--required", &self.required)).chain(self.by.iter().map(|by| ("--by", by)))
        {
            match text.parse::<Pattern>() {
                Ok(pattern) => parsed.push(EventSet::of(pattern)),
                Err(error) => return rejected(option, &error, text, err),
            }
        }
        let nothing = EventSet::nothing();
        let (required, by) = parsed.split_first().unwrap_or((&nothing, &[]));
        // What is usual in CloudTrail makes for witnesses that read well, also where nothing is known of the events.
        let records = records();
        let prover = if self.cloudtrail {
            records
        } else {
            let exemplars = records.domain().exemplars.clone();
            Prover::new(Domain { exemplars: Exemplars { templates: vec![], ..exemplars }, ..Domain::any() })
        };
        let verdict = prover.decide(required, by);
        let certificate = prover.certificate(required, by);
        match self.format {
            Format::Text => self.print(&verdict, certificate.as_deref(), out)?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &Answer::of(&verdict, certificate.as_deref()))?;
                writeln!(out)?;
            }
        }
        Ok(match *verdict {
            Verdict::Covered => Exit::Success,
            Verdict::Escapes(_) => Exit::Failure,
            Verdict::Undetermined(_) => Exit::Undetermined,
        })
    }

    fn print(&self, verdict: &Verdict, certificate: Option<&Certificate>, out: &mut dyn Write) -> io::Result<()> {
        match verdict {
            Verdict::Covered => {
                writeln!(out, "covered")?;
                for Part { required, by } in certificate.into_iter().flat_map(|certificate| &certificate.parts) {
                    let patterns: Vec<_> =
                        by.iter().filter_map(|at| self.by.get(*at)).map(|by| format!("`{by}`")).collect();
                    match patterns.as_slice() {
                        [] => writeln!(out, "  `{required}` matches nothing")?,
                        patterns => writeln!(out, "  `{required}`\n    by {}", patterns.join("\n   and "))?,
                    }
                }
                for assumption in certificate.into_iter().flat_map(|certificate| &certificate.assumptions) {
                    writeln!(out, "  given that {assumption}")?;
                }
                Ok(())
            }
            Verdict::Escapes(witness) => {
                writeln!(out, "not covered: `{}` matches this event, and nothing else does", self.required)?;
                writeln!(out, "{}", witness.message)
            }
            Verdict::Undetermined(reason) => writeln!(out, "undetermined: {reason}"),
        }
    }
}

impl Answer {
    fn of(verdict: &Verdict, certificate: Option<&Certificate>) -> Self {
        match verdict {
            Verdict::Covered => {
                let Some(certificate) = certificate else { return Self { verdict: "covered", ..Self::default() } };
                let parts = certificate.parts.iter().map(|Part { required, by }| Covered {
                    required: required.clone(),
                    by: by.iter().map(|at| at + 1).collect(),
                });
                let (assumptions, certificate) = (certificate.assumptions.clone(), Some(parts.collect()));
                Self { verdict: "covered", assumptions, certificate, ..Self::default() }
            }
            Verdict::Escapes(witness) => {
                let json = RawValue::from_string(witness.message.clone()).or_else(|_| to_raw_value(&witness.message));
                Self { verdict: "escapes", witness: json.ok(), ..Self::default() }
            }
            Verdict::Undetermined(reason) => {
                Self { verdict: "undetermined", reason: Some(reason.to_string()), ..Self::default() }
            }
        }
    }
}
