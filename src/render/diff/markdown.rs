//! The differences as a table for a comment on a pull request. What an account's owner named is kept from being markup.

use std::io::{self, Write};

use super::{benchmarks, counts, status, unchanged};
use crate::report::diff::{Change, Diff};

pub(super) fn write(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### trailproof: {}\n", counts(diff))?;
    if let Some(line) = benchmarks(diff) {
        writeln!(out, "{}\n", plain(&line))?;
    }
    if diff.kinds().iter().any(|(_, changes)| !changes.is_empty()) {
        writeln!(out, "| | control | account | before | after |\n| --- | --- | --- | --- | --- |")?;
    }
    for (kind, changes) in diff.kinds() {
        for change in changes {
            let control = plain(&format!("{} {}", change.id.as_deref().unwrap_or("-"), change.title));
            let (account, before) = (plain(&change.account), status(change.before.as_ref()));
            writeln!(out, "| **{kind}** | {control} | {account} | {before} | {} |", after(change))?;
        }
    }
    let space = if diff.kinds().iter().all(|(_, changes)| changes.is_empty()) { "" } else { "\n" };
    writeln!(out, "{space}{}.", unchanged(diff))
}

/// The new status, and why.
fn after(change: &Change) -> String {
    let reasons = change.after.iter().flat_map(|after| &after.reasons);
    let reasons: Vec<_> = reasons.map(|reason| format!("<br>{}", plain(&reason.message))).collect();
    format!("**{}**{}", status(change.after.as_ref()), reasons.concat())
}

/// The text with nothing in it that GitHub would take for markup, HTML, the end of a cell, or somebody to be notified.
fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut plain, letter| {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '@' => plain.push_str("@&#8203;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '#' | '!' => plain.extend(['\\', letter]),
            letter if letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_no_markup() {
        assert_eq!(super::plain("a|b <img> `c` @all\n[x](y)"), r"a\|b &lt;img&gt; \`c\` @&#8203;all \[x\](y)");
    }
}
