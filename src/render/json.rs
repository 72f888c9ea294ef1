//! The report as `trailproof-report/2`, indented, with a line break at the end: in one go, or finding by finding as they are
//! made.

use std::fmt;
use std::io::{self, Write};

use crate::report::{Finding, Report};

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)
}

/// What stands in a report for the list of its findings.
const NONE: &str = "\"findings\": []";

/// A report that is written as it is made, byte for byte as [`json`](super::json) writes it.
pub struct JsonStream<'w> {
    out: &'w mut dyn Write,
    /// Whether a finding was written.
    started: bool,
}

impl fmt::Debug for JsonStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonStream").field("started", &self.started).finish_non_exhaustive()
    }
}

impl<'w> JsonStream<'w> {
    /// Begins the report, whose findings are still to come.
    pub fn begin(report: &Report, out: &'w mut dyn Write) -> io::Result<Self> {
        let text = serde_json::to_string_pretty(&Report { findings: Vec::new(), ..report.clone() })?;
        let (head, _) = text.split_once(NONE).unwrap_or((&text, ""));
        write!(out, "{head}\"findings\": [")?;
        Ok(Self { out, started: false })
    }

    /// Writes findings that [`text`](Self::text) made ready.
    pub fn push(&mut self, findings: &str) -> io::Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        let comma = if self.started { "," } else { "" };
        self.started = true;
        write!(self.out, "{comma}{findings}")
    }

    /// Ends the report with everything but its findings.
    pub fn end(self, report: &Report) -> io::Result<()> {
        let text = serde_json::to_string_pretty(&Report { findings: Vec::new(), ..report.clone() })?;
        let (_, tail) = text.split_once(NONE).unwrap_or(("", &text));
        let close = if self.started { "\n  ]" } else { "]" };
        writeln!(self.out, "{close}{tail}")
    }

    /// Findings as they stand in a report, which can be made ready on another thread.
    pub fn text(findings: &[Finding]) -> io::Result<String> {
        let mut text = String::new();
        for finding in findings {
            let pretty = serde_json::to_string_pretty(finding)?;
            text.push_str(if text.is_empty() { "\n    " } else { ",\n    " });
            // A line break in a text is escaped, so these are all between members.
            text.push_str(&pretty.replace('\n', "\n    "));
        }
        Ok(text)
    }
}
