//! Starting the emulators, and ending them whatever happens.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use super::emulated::{own, shared};

fn answers(url: &str) -> bool {
    TcpStream::connect(url.trim_start_matches("http://")).is_ok()
}

#[test]
fn emulators_that_were_started_end_with_their_value() {
    let Some(emulators) = own() else { return };
    let urls = [emulators.localstack.clone(), emulators.moto.clone()];
    assert!(urls.iter().all(|url| answers(url)), "{urls:?}");
    drop(emulators);
    assert!(!urls.iter().any(|url| answers(url)), "{urls:?}");
}

/// Linux does it, when nothing is left that could.
#[cfg(target_os = "linux")]
#[test]
fn emulators_end_with_a_starter_that_is_killed() {
    let Some(_) = shared() else { return };
    let mut python = Command::new("python3");
    let starter = python.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emulators/start.py"));
    let mut starter = starter.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(starter.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let urls: Vec<_> = line.trim().split(',').map(|part| part.split_once('=').unwrap().1).collect();
    assert!(urls.iter().all(|url| answers(url)), "{urls:?}");
    starter.kill().unwrap();
    starter.wait().unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while urls.iter().any(|url| answers(url)) {
        assert!(Instant::now() < deadline, "{urls:?}");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn endpoints_that_are_no_emulators_are_told_at_once() {
    let nobody = "localstack=http://127.0.0.1:9,moto=http://127.0.0.1:9";
    for (endpoints, said) in [
        ("", "`` does not name the endpoints"),
        ("localstack=http://127.0.0.1:4566", "does not name the endpoints"),
        ("localstack=127.0.0.1:4566,moto=127.0.0.1:5000", "does not name the endpoints"),
        (nobody, "`http://127.0.0.1:9` does not answer as LocalStack does"),
    ] {
        let mut command = Command::new(cargo_bin!("trailproof"));
        command.env("TRAILPROOF_EMULATOR_ENDPOINTS", endpoints).args(["scenarios", "--against", "emulators"]);
        let ran = command.output().unwrap();
        let complaint = String::from_utf8(ran.stderr).unwrap();
        assert!(complaint.contains(said) && complaint.contains("unset it"), "{complaint}");
        assert_eq!(ran.status.code(), Some(2));
    }
}

#[test]
fn the_command_starts_emulators_and_sums_up() {
    let Some(_) = shared() else { return };
    let mut command = Command::new(cargo_bin!("trailproof"));
    command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
    command.envs(env::var_os("CARGO_TARGET_DIR").map(|target| ("CARGO_TARGET_DIR", target)));
    let scenarios = ["scenarios", "--against", "emulators", "features/chain/log-group.feature"];
    let ran = command.args(scenarios).output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    let (first, tags) = said.split_once('\n').unwrap();
    assert!(first.starts_with("4 scenarios: 3 passed, 0 failed, 1 left out, in "), "{said}");
    assert_eq!(tags, "    1 @log-groups-always-exist\n");
    assert_eq!(ran.status.code(), Some(0));
}
