//! The matcher against another implementation, which comes from PyPI.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers");

const HELP: &str = "The comparison with aws-json-term-matcher was not made. It needs Python 3.10 or later with venv \
                    (Debian: apt-get install python3-venv) and, the first time, PyPI.";

/// Runs a command to its end; its output, or what it had to say instead.
fn run(command: &mut Command) -> Result<String, String> {
    let ran = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let [out, err] = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if ran.status.success() { Ok(out) } else { Err(format!("{command:?}: {}\n{out}{err}", ran.status)) }
}

/// The Python of a virtual environment with the peers.
fn python() -> Result<Command, String> {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    let bin = environment.join("bin");
    // Without Debian's python3-venv all is made but pip.
    if !bin.join("pip").exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let python = bin.join("python");
    let pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes", "--requirement"];
    run(Command::new(&python).args(pip).arg(format!("{PEERS}/requirements.txt")))?;
    Ok(Command::new(python))
}

#[test]
fn json_patterns_match_as_elsewhere() {
    match python() {
        Ok(mut python) => {
            let compared = run(python.arg(format!("{PEERS}/json_terms.py")).arg(cargo_bin!("trailproof")));
            compared.unwrap_or_else(|difference| panic!("{difference}"));
        }
        // Written past the harness, which keeps to itself what a test prints that does not fail.
        Err(why) if env::var_os("CI").is_none() => writeln!(io::stderr(), "{HELP}\n{why}").unwrap(),
        Err(why) => panic!("{HELP}\n{why}"),
    }
}
