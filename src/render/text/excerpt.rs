//! A filter pattern in lines, with what let the witness pass underlined.

use std::io::{self, Write};

use serde_json::Value;

use super::WIDTH;
use super::style::Paint;
use crate::pattern::Pattern;
use crate::pattern::ast::Span;
use crate::report::State;

const INDENT: usize = 20;

/// Writes the pattern behind `bar`, the line that links hang on.
pub(super) fn write(text: &str, witness: &Value, bar: &str, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let blamed = text.parse::<Pattern>().map(|pattern| pattern.blame(&witness.to_string())).unwrap_or_default();
    // A whole list of alternatives is not at fault: what is missing from it is, and a reason names that.
    let alternatives = |span: &Span| text.get(span.start..span.end).is_some_and(|part| part.contains("||"));
    let blamed: Vec<Span> = blamed.into_iter().filter(|span| !alternatives(span)).collect();
    let marked = |at: usize| blamed.iter().any(|span| (span.start..span.end).contains(&at));
    for (start, line) in lines(text, WIDTH - INDENT) {
        let line = line.replace(['\n', '\r', '\t'], " ");
        writeln!(out, "    {} {:14}{line}", paint.faint(bar), "")?;
        let marks = line.char_indices().map(|(at, c)| if marked(start + at) && c != ' ' { '^' } else { ' ' });
        let marks: String = marks.collect();
        if !marks.trim().is_empty() {
            writeln!(out, "    {} {:14}{}", paint.faint(bar), "", paint.state(State::Broken, marks.trim_end()))?;
        }
    }
    Ok(())
}

/// The text in lines of at most `width` characters, broken behind operators or else at spaces where there are any, each
/// with the byte at which it starts.
fn lines(text: &str, width: usize) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let (mut start, mut rest) = (0, text);
    while !rest.is_empty() {
        let limit = rest.char_indices().nth(width).map_or(rest.len(), |(at, _)| at);
        let fitting = rest.get(..limit).unwrap_or(rest);
        let after = |text: &str| fitting.rfind(text).map(|at| at + text.len());
        let end = match after("|| ").or(after("&& ")).or(after(" ")) {
            Some(end) if limit < rest.len() => end,
            _ => limit,
        };
        let (line, following) = rest.split_at_checked(end).unwrap_or((rest, ""));
        lines.push((start, line.trim_end()));
        start += end;
        rest = following;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_know_where_they_start() {
        assert_eq!(lines("ab cd éfghij k", 5), [(0, "ab"), (3, "cd"), (6, "éfghi"), (12, "j k")]);
        assert_eq!(lines("", 5), []);
    }
}
