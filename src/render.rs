//! A report as text for a person, or as data for a program: one file a format, pure but for the writer.

mod diff;
mod json;
mod text;
mod wrap;

use std::io::{self, Write};

pub use diff::{DiffFormat, render_diff};
pub use json::JsonStream;
pub(crate) use text::code;
pub(crate) use wrap::{tame, wrap};

use crate::report::Report;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person, 80 columns wide.
    Text,
    /// For a program: `trailproof-report/2`.
    Json,
}

/// The report as `trailproof-report/2`.
pub fn json(report: &Report) -> io::Result<String> {
    let mut text = Vec::new();
    json::write(report, &mut text)?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// With ANSI colours.
    pub coloured: bool,
    /// With each event as the whole CloudTrail record that it is, in place of the members that tell.
    pub details: bool,
}

/// Writes the report.
pub fn render(report: &Report, format: Format, options: Options, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, options, out),
        Format::Json => json::write(report, out),
    }
}
