//! The differences as a table for a comment on a pull request. What an account's owner named is kept from being markup.

use std::io::{self, Write};

use super::{benchmarks, counts, status, unchanged};
use crate::render::wrap::steers;
use crate::report::diff::{Change, Diff};

/// GitHub takes no comment of more than 65536 characters; what is beside the rows is well below the rest.
const LIMIT: usize = 60_000;

pub(super) fn write(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### trailproof: {}\n", counts(diff))?;
    if let Some(line) = benchmarks(diff) {
        writeln!(out, "{}\n", plain(&line))?;
    }
    let changes = diff.kinds().into_iter().flat_map(|(kind, changes)| changes.iter().map(move |change| (kind, change)));
    let rows: Vec<_> = changes.map(|(kind, change)| row(kind, change)).collect();
    if !rows.is_empty() {
        writeln!(out, "| | control | account | before | after |\n| --- | --- | --- | --- | --- |")?;
        let mut length = 0;
        let fits = |row: &&String| {
            length += row.len();
            length <= LIMIT
        };
        let shown = rows.iter().take_while(fits).count();
        rows.iter().take(shown).try_for_each(|row| out.write_all(row.as_bytes()))?;
        writeln!(out)?;
        if shown < rows.len() {
            writeln!(out, "{} more are left out, because a comment has an end.\n", rows.len() - shown)?;
        }
    }
    writeln!(out, "{}.", unchanged(diff))
}

fn row(kind: &str, change: &Change) -> String {
    let control = plain(&format!("{} {}", change.id.as_deref().unwrap_or("-"), change.title));
    let (account, before) = (plain(&change.account), status(change.before.as_ref()));
    format!("| **{kind}** | {control} | {account} | {before} | {} |\n", after(change))
}

/// The new status, and why.
fn after(change: &Change) -> String {
    let reasons = change.after.iter().flat_map(|after| &after.reasons);
    let reasons: Vec<_> = reasons.map(|reason| format!("<br>{}", plain(&reason.message))).collect();
    format!("**{}**{}", status(change.after.as_ref()), reasons.concat())
}

/// A blank of no width: what it parts is no link and no name.
const APART: char = '\u{200b}';

/// The text with nothing in it that GitHub would take for markup, HTML, a formula, a link, the end of a cell, or somebody
/// to be notified. It looks for links and names once more after it has read the markup, so that a backslash does not do.
fn plain(text: &str) -> String {
    let apart = ["://", "www.", "GH-"].into_iter().fold(text.to_owned(), |text, link| {
        let (first, rest) = link.split_at(link.len() - 1);
        text.replace(link, &format!("{first}{APART}{rest}"))
    });
    apart.chars().fold(String::new(), |mut plain, letter| {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '$' => plain.push_str("&#36;"),
            '@' | '#' => plain.extend([letter, APART]),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '!' => plain.extend(['\\', letter]),
            letter if steers(letter) => plain.push(' '),
            letter => plain.push(letter),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_no_markup() {
        let plain = |text| super::plain(text).replace(super::APART, "·");
        assert_eq!(plain("a|b <img> `c` @all\n[x](y)"), r"a\|b &lt;img&gt; \`c\` @·all \[x\](y)");
        assert_eq!(plain("https://a.example www.a.example"), "https:/·/a.example www·.a.example");
        assert_eq!(plain("#1 GH-1 $x$ a\u{202e}b"), "#·1 GH·-1 &#36;x&#36; a b");
    }
}
