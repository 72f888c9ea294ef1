//! `trailproof controls show`: all that the catalogue says of one control.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::{CommandError, Format, ID, json, span, written};
use crate::cli::settings::ConfigArgs;
use crate::control::{Assessment, BENCHMARK, Control, Edition, Mapping, Policy, Reference, Requires, Similar, Version};
use crate::exit::Exit;
use crate::render::{tame, wrap};

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// The control, by its key or its id in the version
    #[arg(value_name = "KEY|ID")]
    control: String,

    /// The benchmark version; the newest if not given
    #[arg(long, value_name = "VERSION", env = "TRAILPROOF_BENCHMARK")]
    benchmark: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    config: ConfigArgs,
}

impl Show {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Exit, CommandError> {
        let settings = self.config.settings()?;
        let version = settings.version(self.benchmark.as_deref())?;
        let catalogue = settings.catalogue;
        let all: Vec<_> = catalogue.versions().into_iter().collect();
        for control in catalogue.select(version, std::slice::from_ref(&self.control))? {
            let shown = match self.format {
                Format::Text => text(control, version, &all, out),
                Format::Json => json(&Shown::of(control, version), out),
            };
            shown.map_err(CommandError::Output)?;
        }
        written(Ok(()))
    }
}

fn text(control: &Control, version: Version, all: &[Version], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", control.key, tame(&control.title))?;
    paragraphs(&control.description, "", out)?;
    for (heading, text) in
        [("Why", &control.rationale), ("What it costs", &control.impact), ("How to comply", &control.remediation)]
    {
        writeln!(out, "\n{heading}")?;
        paragraphs(text, "  ", out)?;
    }
    writeln!(out, "\n{BENCHMARK} {version}")?;
    match control.editions.get(&version) {
        Some(edition) => self::edition(edition, out)?,
        None => writeln!(out, "  This version does not have the control.")?,
    }
    services(control, out)?;
    writeln!(out, "\nIn all versions")?;
    let editions: Vec<_> = control.editions.iter().collect();
    let ids = editions.iter().map(|(_, edition)| edition.id.chars().count()).max().unwrap_or_default().max(ID);
    for run in editions.chunk_by(|one, next| one.1.id == next.1.id) {
        let versions: Vec<_> = run.iter().map(|(version, _)| **version).collect();
        let id = run.first().map(|(_, edition)| edition.id.as_str()).unwrap_or_default();
        writeln!(out, "  {id:<ids$}  {}", span(&versions, all))?;
    }
    if !control.similar.is_empty() {
        writeln!(out, "\nElsewhere")?;
    }
    for Similar { tool, id, note, .. } in &control.similar {
        let note = note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        lines(&format!("{tool}: {id}{note}"), "  ", out)?;
    }
    if !control.mappings.is_empty() {
        writeln!(out, "\nOther frameworks")?;
    }
    for Mapping { framework, requirements, source } in &control.mappings {
        lines(&format!("{framework}: {} (says {source})", requirements.join(", ")), "  ", out)?;
    }
    Ok(())
}

/// The services whose events the control requires, and where that is said.
fn services(control: &Control, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nServices")?;
    if control.services.is_empty() {
        return writeln!(out, "  all");
    }
    lines(&control.services.join(", "), "  ", out)?;
    control.services_source.iter().try_for_each(|source| lines(&format!("source: {source}"), "  ", out))
}

fn edition(edition: &Edition, out: &mut dyn Write) -> io::Result<()> {
    lines(&format!("{} {}", edition.id, edition.title), "  ", out)?;
    writeln!(out, "  level {}, {:?}", edition.level, edition.assessment)?;
    lines(&format!("source: {}", edition.source), "  ", out)?;
    let Requires::Events(references) = &edition.requires else { return Ok(()) };
    for reference in references.accepted() {
        let in_list = |list: &[_]| list.iter().any(|one: &std::sync::Arc<Reference>| one.name == reference.name);
        let role = match (in_list(&references.audit), in_list(&references.remediation)) {
            (true, true) => "audit and remediation",
            (true, false) => "audit",
            (false, true) => "remediation",
            (false, false) => "accepted as well, for it says what is meant",
        };
        writeln!(out, "\n  pattern `{}` ({role})", reference.name)?;
        // On one line, to be copied.
        writeln!(out, "    {}", tame(&reference.text))?;
        if let Some(why) = &reference.unsound {
            lines(&format!("unsound: {why}"), "    ", out)?;
        }
    }
    Ok(())
}

/// A text whose lines that begin with a number and a full stop are items of a list.
fn paragraphs(text: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut paragraph = String::new();
    for line in text.trim().lines() {
        if is_item(line) && !paragraph.is_empty() {
            lines(&std::mem::take(&mut paragraph), indent, out)?;
        }
        paragraph.push_str(line);
        paragraph.push('\n');
    }
    lines(&paragraph, indent, out)
}

fn is_item(line: &str) -> bool {
    line.split_once(". ").is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The text in lines, of which those of an item stand under its first word.
fn lines(text: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let hanging = if is_item(text) { "   " } else { "" };
    for (at, line) in wrap(text, 80 - indent.len() - hanging.len()).iter().enumerate() {
        writeln!(out, "{indent}{}{line}", if at == 0 { "" } else { hanging })?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Shown<'a> {
    key: &'a str,
    title: &'a str,
    description: &'a str,
    rationale: &'a str,
    impact: &'a str,
    remediation: &'a str,
    version: Version,
    /// None if the version lacks the control.
    edition: Option<ShownEdition<'a>>,
    /// The event sources of the services that the control is about; none if it is about all services.
    services: &'a [String],
    services_source: Option<&'a str>,
    ids: BTreeMap<String, &'a str>,
    similar: &'a [Similar],
    mappings: &'a [Mapping],
    policy: Option<&'a Policy>,
}

#[derive(Serialize)]
struct ShownEdition<'a> {
    id: &'a str,
    title: &'a str,
    level: u8,
    assessment: Assessment,
    source: &'a str,
    requires: ShownRequires<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum ShownRequires<'a> {
    Events { audit: Vec<ShownReference<'a>>, remediation: Vec<ShownReference<'a>> },
    SecurityHub,
}

#[derive(Serialize)]
struct ShownReference<'a> {
    name: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unsound: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sound: Option<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(control: &'a Control, version: Version) -> Self {
        Self {
            key: &control.key,
            title: &control.title,
            description: control.description.trim(),
            rationale: control.rationale.trim(),
            impact: control.impact.trim(),
            remediation: control.remediation.trim(),
            version,
            edition: control.editions.get(&version).map(ShownEdition::of),
            services: &control.services,
            services_source: control.services_source.as_deref(),
            ids: control.editions.iter().map(|(version, edition)| (version.to_string(), edition.id.as_str())).collect(),
            similar: &control.similar,
            mappings: &control.mappings,
            policy: control.policy.as_ref(),
        }
    }
}

impl<'a> ShownEdition<'a> {
    fn of(edition: &'a Edition) -> Self {
        let Edition { id, title, level, assessment, requires, source } = edition;
        let references =
            |list: &'a [std::sync::Arc<Reference>]| list.iter().map(|one| ShownReference::of(one)).collect();
        let requires = match requires {
            Requires::Events(given) => {
                ShownRequires::Events { audit: references(&given.audit), remediation: references(&given.remediation) }
            }
            Requires::SecurityHub => ShownRequires::SecurityHub,
        };
        Self { id, title, level: *level, assessment: *assessment, source, requires }
    }
}

impl<'a> ShownReference<'a> {
    fn of(reference: &'a Reference) -> Self {
        let Reference { name, text, unsound, sound, .. } = reference;
        Self { name, text, unsound: unsound.as_deref(), sound: sound.as_ref().map(|sound| sound.text.as_str()) }
    }
}
