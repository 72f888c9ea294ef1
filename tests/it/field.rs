//! Answers that were wrong in the field, each a folder with its right answer: `tests/fixtures/field/NAME/expected.txt`.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::runner::shell;

/// `expected.txt` names the command, which runs in the folder, and what comes of it, once a line: `CONTROL: STATUS`,
/// `ACCOUNT CONTROL: STATUS` or `exit N`, with `or` between answers that are equally right. `refused` is exit code 2,
/// and `FILE has no TEXT` is about what the command writes.
#[test]
fn every_answer_is_right() {
    let mut wrong = vec![];
    let folders = fs::read_dir("tests/fixtures/field").unwrap();
    let mut folders: Vec<_> = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    for name in folders {
        let text = fs::read_to_string(format!("tests/fixtures/field/{name}/expected.txt")).unwrap();
        let lines = |label: &str| {
            let lines = text.lines().filter_map(|line| Some(line.strip_prefix(label)?.trim().to_owned()));
            lines.collect::<Vec<_>>()
        };
        let command = match lines("command:").remove(0) {
            other if other == "see command.txt" => {
                fs::read_to_string(format!("tests/fixtures/field/{name}/command.txt")).unwrap()
            }
            command => command,
        };
        let format = if command.contains(" audit ") { "--format json" } else { "" };
        let outputs = tempfile::tempdir().unwrap();
        let output = outputs.path().display().to_string();
        let command = command.replace("--output ", &format!("--output {output}/"));
        let ran = shell(&format!("cd 'tests/fixtures/field/{name}' && {} {format}", command.trim()));
        let statuses = statuses(&ran.stdout);
        for expected in lines("expected:") {
            let exits = format!("exit {}", ran.exit);
            let (what, answers) = expected.split_once(": ").unwrap_or(("", &expected));
            let found = if what.is_empty() { Some(&exits) } else { statuses.get(what) };
            let right =
                answers.split([',']).flat_map(|answers| answers.split(" or ")).any(|answer| match answer.trim() {
                    answer if answer.contains(" has no ") => {
                        let (file, text) = answer.split_once(" has no ").unwrap();
                        fs::read_to_string(outputs.path().join(file)).is_ok_and(|written| !written.contains(text))
                    }
                    "exit 2 and no redacted.json" => {
                        ran.exit == 2 && fs::read_dir(outputs.path()).unwrap().count() == 0
                    }
                    answer if answer.starts_with("exit ") => exits == answer,
                    "refused" => ran.exit == 2,
                    answer if answer.parse::<u8>().is_ok() => exits == format!("exit {answer}"),
                    answer => found.is_some_and(|found| found == answer),
                });
            if !right {
                wrong.push(format!("{name}: expected {expected}, found {found:?}, {exits}\n{}", ran.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The statuses of a report, by control and by account and control.
fn statuses(report: &str) -> BTreeMap<String, String> {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let findings = report["findings"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    findings
        .flat_map(|finding| {
            let (account, control) = (text(&finding["account"]), text(&finding["control"]));
            let status = text(&finding["status"]);
            [(control.clone(), status.clone()), (format!("{account} {control}"), status)]
        })
        .collect()
}
