//! The differences for a person, worst first.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{benchmarks, counts, status, unchanged};
use crate::render::wrap::{tame, wrap};
use crate::report::diff::Diff;

pub(super) fn write(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    if let Some(line) = benchmarks(diff) {
        writeln!(out, "{line}\n")?;
    }
    let (bold, faint) = (Style::new().bold(), Style::new().dimmed());
    for (kind, changes) in diff.kinds() {
        let colour = match kind {
            "worse" | "vanished" => AnsiColor::Red.on_default().bold(),
            "better" => AnsiColor::Green.on_default().bold(),
            _ => AnsiColor::Cyan.on_default().bold(),
        };
        for change in changes {
            let title = tame(&format!("{} {}", change.id.as_deref().unwrap_or("-"), change.title));
            writeln!(out, "{colour}{kind:9}{colour:#} {bold}{title}{bold:#}")?;
            let place = tame(&format!("account {}, {}", change.account, change.control));
            writeln!(out, "          {faint}{place}{faint:#}")?;
            let (before, after) = (status(change.before.as_ref()), status(change.after.as_ref()));
            writeln!(out, "          {before} → {after}")?;
            for reason in change.after.iter().flat_map(|after| &after.reasons) {
                for line in wrap(&format!("{} [{}]", reason.message, reason.code), 70) {
                    writeln!(out, "          {line}")?;
                }
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "{}; {}", counts(diff), unchanged(diff))
}
