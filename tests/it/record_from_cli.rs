//! `trailproof record --from-cli`, and the script that makes what it reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::snapshots::snapshots_in;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;
use trailproof::provider::permissions::{Need, Operation};
use trailproof::provider::recorded::Recording;

/// The account of the fixtures, as it is recorded.
const RECORDING: &str = include_str!("../fixtures/formats/trailproof-recording-1.json");

/// A copy of what the AWS CLI printed about the account, in which files can be changed.
struct Printed(TempDir);

impl Printed {
    fn new() -> Self {
        let printed = Self(tempfile::tempdir().unwrap());
        copy(&answers(), &printed.0.path().join("cli"));
        printed
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join("cli").join(name)
    }

    /// What is said of recording it, by paths from here.
    fn recorded(&self) -> String {
        let args = ["record", "--from-cli", "cli", "--keep-identifiers", "--output", "out.json"];
        let output = Command::new(cargo_bin!("trailproof")).current_dir(self.0.path()).env_clear().args(args).output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    }
}

fn answers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cli")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn script() -> String {
    let output = Command::new(cargo_bin!("trailproof")).args(["permissions", "--cli"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_the_cli_printed_is_the_recording() {
    let printed = Printed::new();
    printed.recorded();
    assert_eq!(fs::read_to_string(printed.0.path().join("out.json")).unwrap(), RECORDING);
}

/// As PowerShell writes it.
#[test]
fn a_mark_of_the_byte_order_is_no_content() {
    let printed = Printed::new();
    for name in ["account.json", "us-east-1/cloudtrail.describe-trails.json"] {
        let text = fs::read_to_string(printed.file(name)).unwrap();
        fs::write(printed.file(name), format!("\u{feff}{text}")).unwrap();
    }
    printed.recorded();
    assert_eq!(fs::read_to_string(printed.0.path().join("out.json")).unwrap(), RECORDING);
}

#[cfg(unix)]
#[test]
fn the_script_follows_the_chain_and_keeps_what_is_denied() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let [bin, file] = ["bin", "record.sh"].map(|name| place.path().join(name));
    fs::create_dir(&bin).unwrap();
    fs::copy("tests/fixtures/aws.sh", bin.join("aws")).unwrap();
    fs::set_permissions(bin.join("aws"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(&file, script()).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.args(["record.sh", "it's \"mine\"", "us-east-1"]).current_dir(place.path());
    let ran = command.env("PATH", path).env("ANSWERS", answers()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));

    let args = ["record", "--from-cli", "it's \"mine\"", "--keep-identifiers", "--output", "out.json"];
    let recorded = Command::new(cargo_bin!("trailproof")).current_dir(place.path()).args(args).output().unwrap();
    assert!(recorded.status.success(), "{}", String::from_utf8_lossy(&recorded.stderr));
    let written = fs::read_to_string(place.path().join("out.json")).unwrap();
    let [written, expected] = [&written, RECORDING].map(|text| text.parse::<Recording>().unwrap());
    assert_eq!(written.calls().collect::<Vec<_>>(), expected.calls().collect::<Vec<_>>());
    assert_eq!(serde_json::to_value(written).unwrap()["calls"], serde_json::to_value(expected).unwrap()["calls"]);
}

#[test]
fn the_script_asks_what_an_audit_may_ask_and_nothing_else() {
    let script = script();
    let words: Vec<_> = script.split_whitespace().collect();
    let services: BTreeSet<_> = Operation::ALL.iter().map(|operation| operation.service()).collect();
    let called = words.windows(2).filter_map(|pair| match pair {
        [service, command] if services.contains(service) && command.contains('-') => {
            Some(format!("{service} {command}"))
        }
        _ => None,
    });
    let asked = [&[Need::Identity][..], &Need::OF_AN_AUDIT].concat();
    let listed = Operation::ALL.iter().filter(|operation| asked.contains(&operation.need()));
    let listed = listed.map(|operation| format!("{} {}", operation.service(), operation.command()));
    assert_eq!(called.collect::<BTreeSet<_>>(), listed.collect());
}

#[test]
fn files_that_do_not_fit_are_named_with_what_to_do() {
    let change = |name: &str, text: Option<&str>| {
        let printed = Printed::new();
        let file = printed.file(name);
        match text {
            Some(text) => {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            None => fs::remove_file(file).unwrap(),
        }
        let said = printed.recorded();
        assert!(!printed.0.path().join("out.json").exists(), "{name}");
        format!("## {name}\n{said}")
    };
    let cases = [
        change("account.json", None),
        change("account.json", Some("[]")),
        change("account.json", Some("{\"Account\": \"12\", \"Arn\": \"arn:aws:iam::12:root\"}")),
        change("recorded_at", Some("yesterday")),
        change("notes.txt", Some("")),
        change("Ireland/cloudtrail.describe-trails.json", Some("{}")),
        change("us-east-1/describe-trails.json", Some("{}")),
        change("us-east-1/cloudtrail.get-trail-status.1.resource", None),
        change("us-east-1/cloudtrail.get-trail-status.1.resource", Some("\n")),
        change("us-east-1/cloudtrail.describe-trails.json", Some("")),
        change("us-east-1/cloudtrail.describe-trails.json", Some("trailList:")),
        change("us-east-1/cloudtrail.describe-trails.json", Some("{\"MetricAlarms\": []}")),
        change("us-east-1/cloudwatch.describe-alarms.json", Some("{\"MetricAlarms\": [], \"NextToken\": \"a\"}")),
        change("us-east-1/logs.describe-metric-filters.3.json", Some("{\"metricFilters\": [{\"filterName\": 7}]}")),
        change("us-east-1/logs.describe-metric-filters.3.json", None),
        change("us-east-1/cloudtrail.describe-trails.error", Some("denied")),
        change("us-east-1/cloudtrail.describe-trails.again.json", Some("{\"trailList\": []}")),
    ];
    let empty = Printed::new();
    fs::remove_dir_all(empty.file("us-east-1")).unwrap();
    let cases = [&cases[..], &[format!("## no region\n{}", empty.recorded())]].concat();
    snapshots_in("record").bind(|| insta::assert_snapshot!("files-that-do-not-fit", cases.join("\n")));
}
