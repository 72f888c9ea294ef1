//! `trailproof record`, from arguments to the file and to what a user sees.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::snapshots::snapshots_in;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

const IDENTIFIED: &str = include_str!("../fixtures/accounts/identified.json");

/// A directory in which commands are run.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn has(&self, name: &str) -> bool {
        Path::exists(&self.0.path().join(name))
    }

    /// Runs `trailproof` with no environment, and prints all that its caller sees.
    fn run(&self, args: &[&str]) -> String {
        let output = Command::new(cargo_bin!("trailproof")).current_dir(self.0.path()).env_clear().args(args).output();
        let output = output.unwrap();
        let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        format!("{stdout}{stderr}[exit {}]", output.status.code().unwrap())
    }
}

/// Holds what a user sees to its snapshot.
fn assert_snapshot(name: &str, text: &str) {
    snapshots_in("record").bind(|| insta::assert_snapshot!(name, text));
}

/// What is said of recording the account again after an edit.
fn recorded(from: &str, to: &str, args: &[&str]) -> (Place, String) {
    let place = Place::new();
    assert!(IDENTIFIED.contains(from), "{from}");
    place.write("in.json", &IDENTIFIED.replace(from, to));
    let said = place.run(&[&["record", "--recording", "in.json", "--output", "out.json"], args].concat());
    (place, said)
}

#[test]
fn identifiers_are_gone_and_verdicts_stay() {
    let (place, said) = recorded("", "", &[]);
    assert!(said.ends_with("[exit 0]"), "{said}");
    let file = place.read("out.json");
    for identifier in [
        "777788889999",
        "123456789012",
        "alice",
        "bob",
        "BreakGlass",
        "teams",
        "Auditor",
        "AWSReservedSSO",
        "15555550100",
        "hooks",
        "security@",
        "o-a1b2c3d4e5",
        "ab12",
        "1234abcd",
        "7f2c1b9a",
        "AROAIOSFODNN7EXAMPLE",
    ] {
        assert!(!file.contains(identifier), "{identifier}");
    }
    let summary =
        |file| place.run(&["audit", "--recording", file]).lines().rev().take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(summary("out.json"), summary("in.json"));
}

#[test]
fn names_that_no_arn_tells_are_gone() {
    let conditions = r#"aws:username\": \"carol\", \"aws:userid\": \"*:dave\", \"aws:PrincipalOrgID\": \""#;
    let (place, said) = recorded("aws:PrincipalOrgID\\\": \\\"", conditions, &[]);
    assert!(said.ends_with("[exit 0]"), "{said}");
    let file = place.read("out.json");
    assert!(file.contains("aws:username") && !file.contains("carol") && !file.contains("dave"), "{file}");
}

#[test]
fn an_identifier_in_another_writing_is_refused() {
    let (place, said) = recorded("by alice", "call 1.555.555.0100", &[]);
    assert!(!place.has("out.json") && !said.contains("0100"), "{said}");
    assert_snapshot("telephone-number-in-another-writing", &said);
}

#[test]
fn a_salt_makes_the_same_pseudonyms_again_and_none_does_not() {
    let place = Place::new();
    place.write("in.json", IDENTIFIED);
    place.write("salt", "0123456789abcdef");
    let record = |args: &[&str]| {
        place.run(&[&["record", "--recording", "in.json", "--output", "out.json"], args].concat());
        place.read("out.json")
    };
    let salted = record(&["--salt-file", "salt"]);
    assert_eq!(record(&["--salt-file", "salt"]), salted);
    let unsalted = record(&[]);
    assert_ne!(unsalted, salted);
    assert_ne!(record(&[]), unsalted);
}

#[test]
fn identifiers_may_be_kept() {
    let (place, said) = recorded("", "", &["--keep-identifiers"]);
    assert!(said.starts_with("out.json: 16 calls of account 777788889999\n") && said.ends_with("[exit 0]"), "{said}");
    assert!(place.read("out.json").contains("alice@example.com"));
}

#[test]
fn secrets_are_refused_wherever_they_are_and_not_repeated() {
    let planted = |from: &str, to: &str, args: &[&str]| {
        let (place, said) = recorded(from, to, args);
        assert!(!place.has("out.json") && !said.contains(to), "{said}");
        said
    };
    assert_snapshot("secret-key-in-a-name", &planted("by alice", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", &[]));
    assert_snapshot(
        "password-in-a-policy",
        &planted("\"Sid\\\": \\\"people", "\"Sid\\\": \\\"password=correct-horse", &[]),
    );
    planted("\"Sid\\\": \\\"people", "\"password\\\": \\\"correct-horse", &[]);
    assert_snapshot(
        "access-key-with-identifiers-kept",
        &planted("by alice", "AKIAIOSFODNN7EXAMPLE", &["--keep-identifiers"]),
    );
    assert_snapshot(
        "webhook-with-identifiers-kept",
        &planted("https://hooks.example.com/", "https://hooks.slack.com/services/T0/B0/", &["--keep-identifiers"]),
    );
    // As a URL it has given way to a pseudonym.
    assert!(
        recorded("https://hooks.example.com/", "https://hooks.slack.com/services/T0/B0/", &[]).1.ends_with("[exit 0]")
    );
}

#[test]
fn what_pseudonyms_would_change_is_refused() {
    let (place, said) =
        recorded("arn:aws:cloudwatch:*:777788889999:alarm:*", "arn:aws:cloudwatch:*:7777888*:alarm:*", &[]);
    assert!(!place.has("out.json"));
    assert_snapshot("pseudonyms-would-change-a-verdict", &said);
}

#[test]
fn what_cannot_be_recorded_is_said() {
    let place = Place::new();
    place.write("in.json", IDENTIFIED);
    place.write("short", "0123456789abcde");
    place.write("both/one.json", IDENTIFIED);
    place.write("both/two.json", &IDENTIFIED.replace("\"account\": \"777788889999\"", "\"account\": \"111122223333\""));
    let record = |args: &[&str]| place.run(&[&["record", "--output", "out.json"], args].concat());
    assert_snapshot("short-salt", &record(&["--recording", "in.json", "--salt-file", "short"]));
    #[cfg(unix)]
    assert_snapshot("endless-salt", &record(&["--recording", "in.json", "--salt-file", "/dev/urandom"]));
    assert_snapshot("no-salt", &record(&["--recording", "in.json", "--salt-file", "none"]));
    assert_snapshot("several-accounts", &record(&["--recording", "both"]));
    let nowhere = place.run(&["record", "--recording", "in.json", "--output", "none/out.json"]);
    assert!(nowhere.starts_with("error: the recording cannot be written") && nowhere.contains("help:"), "{nowhere}");
    assert!(!place.has("out.json"));
}
