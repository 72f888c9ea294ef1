//! What the documentation says, run or compared.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use rstest::rstest;
use serde_json::Value;
use trailproof::control::{Catalogue, Control, References};
use trailproof::provider::permissions::{Need, Operation};
use trailproof::provider::recorded::Recording;

const README: &str = include_str!("../../README.md");

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

/// Whether a page shows this output, where a line of `…` stands for any lines.
fn shows(shown: &[&str], output: &str) -> bool {
    let mut output: Vec<&str> = output.lines().collect();
    let mut pieces = shown.split(|line| *line == "…");
    let Some(first) = pieces.next() else { return false };
    if !output.starts_with(first) {
        return false;
    }
    output.drain(..first.len());
    for piece in pieces {
        let Some(at) = (0..=output.len()).find(|at| output[*at..].starts_with(piece)) else { return false };
        output.drain(..at + piece.len());
    }
    output.is_empty() || shown.last() == Some(&"…")
}

#[cfg(unix)]
#[rstest]
#[case(README)]
#[case(include_str!("../../docs/bundles.md"))]
#[case(include_str!("../../docs/recordings.md"))]
fn commands_answer_as_shown(#[case] page: &str) {
    let blocks = blocks(page, "console");
    assert!(!blocks.is_empty());
    for Block { line, lines } in blocks {
        let (command, shown) = lines.split_first().unwrap();
        let command = command.strip_prefix("$ ").expect("a block starts with a command");
        let output = super::runner::shell(command).output();
        assert!(shows(shown, &output), "line {line}: {command}\n{output}");
    }
}

/// The cells of the rows under a table's heading.
fn table<'a>(page: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let rows = page.lines().skip_while(|line| !line.starts_with(heading)).skip(2);
    let cells = |row: &'a str| row.trim_matches('|').split('|').map(str::trim).collect();
    rows.take_while(|line| line.starts_with('|')).map(cells).collect()
}

#[test]
fn exit_codes_are_those_of_the_program() {
    let mut codes = vec![];
    let mut comment = vec![];
    for line in include_str!("../../src/exit.rs").lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            comment.push(text);
        } else if let Some((_, code)) = line.split_once(" = ") {
            codes.push(vec![code.trim_end_matches(',').to_owned(), comment.join(" ")]);
            comment.clear();
        } else {
            comment.clear();
        }
    }
    assert_eq!(table(README, "| exit code |"), codes);
}

#[test]
fn statuses_are_those_of_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap();
    let status = |row: &Value| {
        vec![format!("`{}`", row["const"].as_str().unwrap()), row["description"].as_str().unwrap().to_owned()]
    };
    let statuses: Vec<_> = schema["$defs"]["Status"]["oneOf"].as_array().unwrap().iter().map(status).collect();
    assert_eq!(table(README, "| status |"), statuses);
}

#[test]
fn the_recording_of_the_documentation_is_one() {
    for Block { lines, line } in blocks(include_str!("../../docs/recordings.md"), "json") {
        lines.join("\n").parse::<Recording>().unwrap_or_else(|problem| panic!("line {line}: {problem}"));
    }
}

#[test]
fn every_call_of_a_recording_is_documented() {
    let calls = Operation::ALL.iter().filter(|operation| operation.need() != Need::Identity).map(|operation| {
        [format!("`{operation}`"), operation.resource().unwrap_or("–").to_owned(), operation.need().to_string()]
    });
    assert_eq!(table(include_str!("../../docs/recordings.md"), "| call |"), calls.collect::<Vec<_>>());
}

/// `docs/controls.md` is written from the catalogue: `UPDATE_DOCS=1 cargo test --test it docs::` renews it, but for what goes
/// before the first control.
#[test]
fn the_page_of_controls_is_that_of_the_catalogue() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/controls.md");
    let before = fs::read_to_string(path).unwrap();
    let mut page = before.split_once("\n## ").unwrap().0.to_owned();
    for control in Catalogue::builtin().unwrap().controls {
        section(&control, &mut page);
    }
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), page);
}

fn section(control: &Control, page: &mut String) {
    let Control { key, title, description, rationale, impact, remediation, .. } = control;
    write!(page, "\n## {key}\n\n**{title}.**\n{}\n\n| id | versions |\n| --- | --- |\n", description.trim()).unwrap();
    for editions in control.editions.iter().collect::<Vec<_>>().chunk_by(|one, next| one.1.id == next.1.id) {
        let versions: Vec<_> = editions.iter().map(|(version, _)| version.to_string()).collect();
        writeln!(page, "| {} | {} |", editions[0].1.id, versions.join(", ")).unwrap();
    }
    for (heading, text) in [("Why", rationale), ("What it costs", impact), ("How to comply", remediation)] {
        write!(page, "\n### {heading}\n\n{}\n", text.trim()).unwrap();
    }
    let (_, newest) = control.editions.last_key_value().unwrap();
    for reference in newest.references().map(References::accepted).unwrap_or_default() {
        write!(page, "\n```\n{}\n```\n", reference.text).unwrap();
    }
}

#[test]
fn what_a_page_points_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = [root.to_owned(), root.join("docs")].into_iter().flat_map(|dir| fs::read_dir(dir).unwrap());
    let pages = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "md"));
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for link in links.filter(|link| !link.is_empty() && !link.contains("://")) {
            assert!(page.with_file_name(link).exists(), "{} links to {link}", page.display());
        }
        let quoted =
            text.split('`').filter(|quoted| ["src/", "tests/", "docs/"].iter().any(|dir| quoted.starts_with(dir)));
        for (file, item) in quoted.map(|place| place.split_once("::").unwrap_or((place, ""))) {
            let text = fs::read_to_string(root.join(file)).unwrap_or_default();
            let found = root.join(file).exists() && (item.is_empty() || text.contains(&format!("fn {item}(")));
            assert!(found, "{} speaks of {file} {item}", page.display());
        }
    }
}

#[test]
fn the_scenario_of_the_readme_is_one_of_ours() {
    let ours: Vec<_> = include_str!("../../features/network-gateway-changes.feature").lines().map(str::trim).collect();
    for Block { line, lines } in blocks(README, "gherkin") {
        let shown: Vec<_> = lines.iter().map(|line| line.trim()).collect();
        assert!(ours.windows(shown.len()).any(|part| part == shown), "line {line}");
    }
}
