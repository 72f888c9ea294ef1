//! What a user reads who makes one of the common mistakes.

use cloudwatch_filter_pattern::Pattern;
use insta::{assert_snapshot, with_settings};

#[test]
fn mistakes_are_marked_and_explained() {
    let listing: Vec<_> = include_str!("../fixtures/mistakes.txt").lines().map(explained).collect();
    with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        assert_snapshot!("mistakes", listing.join("\n"));
    });
}

fn explained(text: &str) -> String {
    let Err(error) = text.parse::<Pattern>() else { return format!("{text}\n  accepted\n") };
    let width = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
    let (start, end) = (width(error.span.start), width(error.span.end));
    let place = format!("{}{}", " ".repeat(start), "^".repeat((end - start).max(1)));
    let doubt = if error.certain { "" } else { " (perhaps)" };
    format!("{text}\n{place}\n  {}{doubt}\n  {}\n", error.aws_message(), error.help().unwrap_or_default())
}
