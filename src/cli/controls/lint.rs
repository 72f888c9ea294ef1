//! `trailproof controls lint`: what the prover finds out about the benchmark itself.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::{CommandError, Format, json, span};
use crate::cli::settings::ConfigArgs;
use crate::control::Version;
use crate::control::changes::{Change, ChangeKind, Procedure, changes};
use crate::control::compare::Comparison;
use crate::control::lint::{Disagreement, Oddity, disagreements, oddities};
use crate::exit::Exit;
use crate::render::{code, wrap};

#[derive(Debug, Args)]
pub(in crate::cli) struct Lint {
    /// Compare this version of the benchmark with a later one
    #[arg(long, value_name = "VERSION", requires = "to")]
    from: Option<String>,

    /// The version up to which to tell what changed
    #[arg(long, value_name = "VERSION", requires = "from")]
    to: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Serialize)]
struct Remarks {
    /// What is odd about patterns.
    oddities: Vec<Oddity>,
    /// Where audit and remediation differ.
    disagreements: Vec<Disagreement>,
}

impl Lint {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Exit, CommandError> {
        let catalogue = self.config.settings()?.catalogue;
        let (undecided, written) = match (&self.from, &self.to) {
            (Some(from), Some(to)) => {
                let (from, to) = (catalogue.version(Some(from))?, catalogue.version(Some(to))?);
                let found = changes(&catalogue, from, to);
                let undecided = found.iter().any(|change| match &change.kind {
                    ChangeKind::Events { comparison, .. } => comparison.undecided.is_some(),
                    ChangeKind::Added { .. } | ChangeKind::Removed { .. } | ChangeKind::Reworded { .. } => false,
                });
                (undecided, self.write(&found, out, |out| all_changes(&found, from, to, out)))
            }
            _ => {
                let all: Vec<_> = catalogue.versions().into_iter().collect();
                let found = Remarks { oddities: oddities(&catalogue), disagreements: disagreements(&catalogue) };
                let compared = found.disagreements.iter().flat_map(|one| [&one.records, &one.events]);
                let undecided = { compared }.any(|comparison| comparison.undecided.is_some());
                (undecided, self.write(&found, out, |out| remarks(&found, catalogue.controls.len(), &all, out)))
            }
        };
        written.map_err(CommandError::Output)?;
        Ok(if undecided { Exit::Undetermined } else { Exit::Success })
    }

    fn write(
        &self,
        found: &impl Serialize,
        out: &mut dyn Write,
        text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match self.format {
            Format::Text => text(out),
            Format::Json => json(found, out),
        }
    }
}

fn remarks(found: &Remarks, controls: usize, all: &[Version], out: &mut dyn Write) -> io::Result<()> {
    for oddity in &found.oddities {
        let Oddity { control, pattern, versions, kind, message, event, .. } = oddity;
        writeln!(out, "{control}, pattern `{pattern}` of {} [{}]", span(versions, all), code(kind))?;
        lines(message, out)?;
        self::event("such as", event.as_ref(), out)?;
        writeln!(out)?;
    }
    for Disagreement { control, versions, audit, remediation, records, events } in &found.disagreements {
        writeln!(out, "{control}, audit and remediation of {} [texts-differ]", span(versions, all))?;
        let [audit, remediation] = [audit, remediation].map(|names| format!("`{}`", names.join("`, `")));
        lines(&format!("the audit asks for {audit}, the remediation sets {remediation}"), out)?;
        if records.is_equal() {
            lines("no CloudTrail record tells them apart", out)?;
            if !events.is_equal() {
                comparison(events, "the remediation", "the audit", "of other JSON events, ", out)?;
            }
        } else {
            comparison(records, "the remediation", "the audit", "", out)?;
        }
        writeln!(out)?;
    }
    let (oddities, texts) = (found.oddities.len(), found.disagreements.len());
    writeln!(out, "{oddities} odd patterns, {texts} texts that differ, in {controls} controls")
}

fn all_changes(found: &[Change], from: Version, to: Version, out: &mut dyn Write) -> io::Result<()> {
    if found.is_empty() {
        return writeln!(out, "no control is new or gone, and all ask for the same events");
    }
    found.iter().try_for_each(|change| self::change(change, from, to, out))
}

fn change(Change { control, kind }: &Change, from: Version, to: Version, out: &mut dyn Write) -> io::Result<()> {
    match kind {
        ChangeKind::Added { id } => writeln!(out, "{control}: added as {id}"),
        ChangeKind::Removed { id } => writeln!(out, "{control}: removed, it was {id}"),
        ChangeKind::Reworded { procedure } => {
            writeln!(out, "{control}: {} reworded", name(*procedure))?;
            lines("no CloudTrail record tells the texts apart", out)
        }
        ChangeKind::Events { procedure, comparison } => {
            let how = match (&comparison.wider, &comparison.narrower) {
                (Some(_), None) => "widened",
                (None, Some(_)) => "narrowed",
                (Some(_), Some(_)) => "widened and narrowed",
                (None, None) => "changed",
            };
            writeln!(out, "{control}: {} {how}", name(*procedure))?;
            self::comparison(comparison, &to.to_string(), &from.to_string(), "", out)
        }
    }
}

fn name(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Audit => "audit",
        Procedure::Remediation => "remediation",
    }
}

/// What the second of two lists of patterns asks for and the first does not, and the other way round.
fn comparison(found: &Comparison, second: &str, first: &str, of: &str, out: &mut dyn Write) -> io::Result<()> {
    event(&format!("{of}{second} asks for more:"), found.wider.as_ref(), out)?;
    event(&format!("{of}{first} asks for more:"), found.narrower.as_ref(), out)?;
    match &found.undecided {
        Some(why) => lines(&format!("not decided: {why}"), out),
        None => Ok(()),
    }
}

fn event(what: &str, event: Option<&Value>, out: &mut dyn Write) -> io::Result<()> {
    let Some(event) = event else { return Ok(()) };
    writeln!(out, "  {what}\n    {event}")
}

fn lines(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(text, 78) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
