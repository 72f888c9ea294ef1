//! A filter pattern in lines, with what let the witness pass underlined.

use std::io::{self, Write};

use serde_json::Value;

use super::WIDTH;
use super::style::Paint;
use crate::pattern::Pattern;
use crate::pattern::ast::Span;
use crate::render::wrap::tame;
use crate::report::State;

const INDENT: usize = 20;

/// Writes the pattern behind `bar`, the line that links hang on.
pub(super) fn write(text: &str, witness: &Value, bar: &str, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let blamed = text.parse::<Pattern>().map(|pattern| pattern.blame(&witness.to_string())).unwrap_or_default();
    // A list of alternatives is not at fault as a whole: what is missing at its end is.
    let list = |span: &Span| text.get(span.start..span.end).is_some_and(|part| part.contains("||"));
    let (lists, conditions): (Vec<Span>, Vec<Span>) = blamed.into_iter().partition(list);
    let mut behind = |line: &str| writeln!(out, "    {} {:14}{line}", paint.faint(bar), "");
    for (start, line) in lines(text, WIDTH - INDENT) {
        behind(&tame(line))?;
        let marked = |at: usize| conditions.iter().any(|span| (span.start..span.end).contains(&at));
        let marks: String = line.char_indices().map(|(at, _)| if marked(start + at) { '^' } else { ' ' }).collect();
        if !marks.trim().is_empty() {
            behind(&paint.state(State::Broken, marks.trim_end()))?;
        }
        if lists.iter().any(|span| (start + 1..=start + line.len()).contains(&span.end)) {
            behind(&paint.state(State::Broken, "^ none of these matches the event below"))?;
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
