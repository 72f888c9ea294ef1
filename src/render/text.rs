//! The report for a person: what is wrong first, then where, then the event that shows it.

mod event;
mod excerpt;
mod style;

use std::io::{self, Write};

use self::style::Paint;
use super::Options;
use super::wrap::{tame, wrap};
use crate::report::{Advisory, Attestation, Finding, Kind, Link, Report, Route, State, Statement, Status};

/// How wide a line is at most. Names and events are not broken.
const WIDTH: usize = 80;

/// How wide the column of statuses is, if `not-applicable`, which is longer, is not among them.
const STATUS: usize = 12;

pub(super) fn write(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let widths = report.findings.iter().map(|finding| code(&finding.status).len());
    let paint = Paint { options, status: widths.max().unwrap_or_default().max(STATUS) };
    writeln!(out, "{} {}", report.benchmark.name, report.benchmark.version)?;
    if let [finding] = report.findings.as_slice() {
        writeln!(out)?;
        self::finding(finding, paint, out)?;
    } else {
        for findings in report.findings.chunk_by(|one, next| one.account == next.account) {
            account(findings, paint, out)?;
        }
    }
    writeln!(out)?;
    summary(report, paint, out)
}

/// The findings for one account. Beside others, one that passes takes a line, so that the rest is found.
fn account(findings: &[Finding], paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let id = findings.first().map_or("", |finding| finding.account.as_str());
    writeln!(out, "\naccount {id}")?;
    let is_brief = |finding: &Finding| finding.status == Status::Pass;
    for alike in findings.chunk_by(|one, next| is_brief(one) && is_brief(next)) {
        writeln!(out)?;
        for finding in alike {
            if is_brief(finding) {
                title(finding, paint, out)?;
                advisories(finding, paint, out)?;
            } else {
                self::finding(finding, paint, out)?;
            }
        }
    }
    Ok(())
}

fn title(finding: &Finding, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let (id, indent) = (finding.id.as_deref().unwrap_or("-"), paint.indent());
    let lines = wrap(&format!("{id} {}", finding.title), WIDTH - indent);
    let lines: Vec<_> = lines.iter().map(|line| paint.strong(line)).collect();
    writeln!(out, "{}  {}", paint.status(finding.status), lines.join(&format!("\n{:indent$}", "")))
}

fn finding(finding: &Finding, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    title(finding, paint, out)?;
    let indent = paint.indent();
    writeln!(out, "{}", paint.faint(&format!("{:indent$}account {}, {}", "", finding.account, finding.control)))?;
    match &finding.attestation {
        Some(Attestation { statement, measured }) => {
            let Statement { by, reason, evidence, expires } = statement;
            paragraph(&format!("{by} attests until {expires}: {reason} ({evidence})"), indent, out)?;
            paragraph(&format!("Measured all the same: {}. {}", code(measured), why(*measured, finding)), indent, out)?;
        }
        None => paragraph(&why(finding.status, finding), indent, out)?,
    }

    for (at, route) in finding.routes.iter().enumerate() {
        writeln!(out)?;
        let number = if finding.routes.len() > 1 { format!(" {}", at + 1) } else { String::new() };
        writeln!(out, "  route{number} ({})", paint.state(route.state, name(route.state)))?;
        self::route(route, finding, paint, out)?;
    }
    if let Some(witness) = &finding.witness {
        writeln!(out, "\n  {}", paint.strong("an event that nobody would hear of"))?;
        if paint.options.details {
            event::whole(witness, out)?;
        } else {
            event::brief(witness, finding, paint, out)?;
        }
    }
    if !finding.advisories.is_empty() {
        writeln!(out)?;
    }
    advisories(finding, paint, out)?;
    if !finding.assumptions.is_empty() {
        writeln!(out, "\n  {}", paint.faint("assuming of CloudTrail records that"))?;
        for assumption in &finding.assumptions {
            for (at, line) in wrap(assumption, WIDTH - 6).iter().enumerate() {
                writeln!(out, "    {}{}", if at == 0 { "- " } else { "  " }, paint.faint(line))?;
            }
        }
    }
    Ok(())
}

/// A status in a sentence.
fn why(status: Status, finding: &Finding) -> String {
    let reasons: Vec<&str> = finding.reasons.iter().map(|reason| reason.message.as_str()).collect();
    match status {
        Status::Pass if finding.routes.is_empty() => String::new(),
        Status::Pass => "Every required event reaches a confirmed subscriber.".to_owned(),
        Status::Fail if finding.witness.is_none() => format!("{}.", reasons.join("; ")),
        Status::Fail => format!("{} would reach nobody: {}.", named(finding), reasons.join("; ")),
        Status::Undetermined => format!("What could be seen does not tell: {}.", reasons.join("; ")),
        Status::Attested => "Somebody states that it is monitored elsewhere.".to_owned(),
        Status::NotApplicable => "This version of the benchmark does not have the control.".to_owned(),
    }
}

/// The witness in a few words.
fn named(finding: &Finding) -> String {
    let text = |field| finding.witness.as_ref()?.get(field)?.as_str();
    match (text("eventName"), text("awsRegion")) {
        (Some(name), Some(region)) => format!("{name} in {region}"),
        _ => "A required event".to_owned(),
    }
}

/// The links from the trail on. Those behind one that is not live are hollow: nothing is known to get there.
fn route(route: &Route, finding: &Finding, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let mut reached = State::Live;
    for (at, link) in route.links.iter().enumerate() {
        let last = at + 1 == route.links.len();
        let glyph = match (link.state, reached) {
            (State::Live, State::Live) => "●",
            (State::Live, _) => "○",
            (State::Uncertain, _) => "?",
            (State::Broken, _) => "✗",
        };
        let name = if link.name.is_empty() { "-".to_owned() } else { tame(&link.name) };
        let kind = format!("{:14}", kind(link.kind));
        let kind = if link.state == State::Live { paint.faint(&kind) } else { paint.state(link.state, &kind) };
        write!(out, "    {} {kind}{name}", paint.state(link.state.max(reached), glyph))?;
        let room = WIDTH.saturating_sub(22 + name.chars().count());
        if !link.detail.is_empty() && link.detail.chars().count() < room {
            write!(out, "  {}", paint.faint(&tame(&link.detail)))?;
        }
        writeln!(out)?;
        let bar = if last { " " } else { "│" };
        reasons(link, bar, paint, out)?;
        if link.state != State::Live
            && let (Some(pattern), Some(witness)) = (&link.pattern, &finding.witness)
        {
            excerpt::write(pattern, witness, bar, paint, out)?;
        }
        reached = reached.max(link.state);
    }
    Ok(())
}

fn reasons(link: &Link, bar: &str, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    for reason in &link.reasons {
        for line in wrap(&format!("{} [{}]", reason.message, code(&reason.code)), WIDTH - 22) {
            writeln!(out, "    {} {:14}{}", paint.faint(bar), "", paint.state(link.state, &line))?;
        }
    }
    Ok(())
}

fn advisories(finding: &Finding, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    finding.advisories.iter().try_for_each(|advisory| self::advisory(advisory, paint, out))
}

fn advisory(advisory: &Advisory, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let text = format!("{}: {} [{}]", advisory.subject, advisory.message, code(&advisory.code));
    for (at, line) in wrap(&text, WIDTH - 8).iter().enumerate() {
        writeln!(out, "  {}{line}", if at == 0 { paint.note("note: ") } else { "      ".to_owned() })?;
    }
    if let Some(event) = &advisory.event {
        let brief =
            ["eventSource", "eventName", "awsRegion"].map(|field| event.get(field).and_then(|value| value.as_str()));
        paragraph(&format!("such as {}", brief.into_iter().flatten().collect::<Vec<_>>().join(" ")), 8, out)?;
    }
    Ok(())
}

fn summary(report: &Report, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    let counts = [
        (Status::Pass, summary.pass),
        (Status::Fail, summary.fail),
        (Status::Undetermined, summary.undetermined),
        (Status::Attested, summary.attested),
        (Status::NotApplicable, summary.not_applicable),
    ];
    let counts = counts.into_iter().filter(|&(_, count)| count > 0);
    let counts: Vec<String> =
        counts.map(|(status, count)| paint.of(status, &format!("{count} {}", code(&status)))).collect();
    writeln!(out, "{}", counts.join(", "))
}

fn paragraph(text: &str, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(text, WIDTH - indent) {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Trail => "trail",
        Kind::LogGroup => "log group",
        Kind::Filter => "filter",
        Kind::Metric => "metric",
        Kind::Alarm => "alarm",
        Kind::Topic => "topic",
        Kind::Subscription => "subscription",
    }
}

fn name(state: State) -> &'static str {
    match state {
        State::Live => "live",
        State::Uncertain => "uncertain",
        State::Broken => "broken",
    }
}

/// The name that a code has in JSON.
pub(crate) fn code(code: &impl serde::Serialize) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
