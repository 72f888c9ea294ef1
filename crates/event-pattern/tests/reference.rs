//! The page of the language, run.

use event_pattern::{EventPattern, covers};
use event_sets::Verdict;

const PAGE: &str = include_str!("../../../docs/event-patterns.md");

/// The lines of the blocks with this info string.
fn blocks(info: &str) -> Vec<Vec<&'static str>> {
    let fence = format!("```{info}");
    let mut lines = PAGE.lines();
    let mut blocks = vec![];
    while lines.any(|line| line == fence) {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").collect());
    }
    blocks
}

#[test]
fn patterns_do_what_the_page_says() {
    let blocks = blocks("event-pattern");
    assert!(blocks.len() > 20);
    for lines in blocks {
        let (text, claims) = lines.split_first().unwrap();
        let pattern = text.parse::<EventPattern>();
        assert!(!claims.is_empty(), "nothing is said of {text}");
        for claim in claims {
            let place = format!("{text}: {claim}");
            match (claim.split_once(": ").expect(&place), &pattern) {
                (("matches", event), Ok(pattern)) => assert_eq!(pattern.matches(event), Ok(true), "{place}"),
                (("misses", event), Ok(pattern)) => assert_eq!(pattern.matches(event), Ok(false), "{place}"),
                (("error", message), Err(error)) => assert_eq!(error.aws_message(), message, "{place}"),
                (("help", help), Err(error)) => assert_eq!(error.help().as_deref(), Some(help), "{place}"),
                (_, pattern) => panic!("{place}: {pattern:?}"),
            }
        }
    }
}

#[test]
fn verdicts_are_those_of_the_page() {
    let blocks = blocks("event-covers");
    assert!(blocks.len() > 2);
    for lines in blocks {
        let said = |name: &str| lines.iter().filter_map(|line| line.strip_prefix(name)).collect::<Vec<_>>();
        let patterns =
            |name: &str| said(name).into_iter().map(|text| text.parse().unwrap()).collect::<Vec<EventPattern>>();
        let verdict = match covers(patterns("required: ").first().unwrap(), &patterns("by: ")) {
            Verdict::Covered => "covered".to_owned(),
            Verdict::Escapes(witness) => format!("escapes {}", witness.message),
            Verdict::Undetermined(_) => "undetermined".to_owned(),
        };
        assert_eq!(said("verdict: "), [verdict], "{lines:?}");
    }
}
