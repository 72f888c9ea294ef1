//! Verdicts of the prover on the command line.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::exit::Exit;
use crate::pattern::event_sets::{Certificate, Part, Verdict};

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program: verdict, witness, assumptions, reason, certificate
    Json,
}

/// A question about patterns, as they were written.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) required: String,
    pub(super) by: Vec<String>,
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

impl Question {
    /// Prints the answer, and says how the program ends.
    pub(super) fn answer(
        &self,
        verdict: &Verdict,
        certificate: Option<&Certificate>,
        format: Format,
        out: &mut dyn Write,
    ) -> io::Result<Exit> {
        match format {
            Format::Text => self.print(verdict, certificate, out)?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &Answer::of(verdict, certificate))?;
                writeln!(out)?;
            }
        }
        Ok(match verdict {
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
