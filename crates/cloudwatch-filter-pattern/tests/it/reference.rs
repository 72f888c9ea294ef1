//! The reference of the language, run.

use cloudwatch_filter_pattern::{Pattern, covers};
use event_sets::Verdict;

const REFERENCE: &str = include_str!("../../docs/reference.md");

/// A fenced block of a page, and the line that it starts in.
struct Block<'a> {
    line: usize,
    lines: Vec<&'a str>,
}

/// The blocks with this info string.
fn blocks<'a>(page: &'a str, info: &str) -> Vec<Block<'a>> {
    let fence = format!("```{info}");
    let mut lines = page.lines().enumerate();
    let mut blocks = vec![];
    while let Some((at, _)) = lines.find(|(_, line)| *line == fence) {
        let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
        blocks.push(Block { line: at + 1, lines: inside.collect() });
    }
    blocks
}

#[test]
fn patterns_do_what_their_reference_says() {
    let blocks = blocks(REFERENCE, "pattern");
    assert!(blocks.len() > 30);
    for Block { line, lines } in blocks {
        let (text, claims) = lines.split_first().unwrap();
        let pattern = text.parse::<Pattern>();
        assert!(!claims.is_empty(), "line {line}: nothing is said of {text}");
        for claim in claims {
            let place = format!("line {line}: {text}: {claim}");
            match (claim.split_once(": ").expect(&place), &pattern) {
                (("matches", message), Ok(pattern)) => assert!(pattern.matches(message), "{place}"),
                (("misses", message), Ok(pattern)) => assert!(!pattern.matches(message), "{place}"),
                (("error", message), Err(error)) => assert_eq!(error.aws_message(), message, "{place}"),
                (("help", help), Err(error)) => assert_eq!(error.help().as_deref(), Some(help), "{place}"),
                (_, pattern) => panic!("{place}: {pattern:?}"),
            }
        }
    }
}

#[test]
fn verdicts_are_those_of_the_reference() {
    let blocks = blocks(REFERENCE, "covers");
    assert!(blocks.len() > 10);
    for Block { line, lines } in blocks {
        let said = |name: &str| lines.iter().filter_map(|line| line.strip_prefix(name)).collect::<Vec<_>>();
        let patterns = |name: &str| said(name).into_iter().map(|text| text.parse().unwrap()).collect::<Vec<Pattern>>();
        let verdict = match covers(&patterns("required: ")[0], &patterns("by: ")) {
            Verdict::Covered => "covered".to_owned(),
            Verdict::Escapes(witness) => format!("escapes {}", witness.message),
            Verdict::Undetermined(_) => "undetermined".to_owned(),
        };
        assert_eq!(said("verdict: "), [verdict], "line {line}");
    }
}
