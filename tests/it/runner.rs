//! The one way in which tests run the program.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// A run of `trailproof` in the project's root, in an environment without variables.
pub(crate) fn trailproof() -> Trailproof {
    let mut command = Command::new(cargo_bin!("trailproof"));
    command.env_clear().stdin(Stdio::null());
    Trailproof { command, directory: None }
}

/// A run of a line of shell in the project's root, with the program in the path and nothing else in the environment.
#[cfg(unix)]
pub(crate) fn shell(line: &str) -> Ran {
    let program = cargo_bin!("trailproof").parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", line]).env_clear().env("PATH", path).stdin(Stdio::null());
    ran(&mut command)
}

/// A command to run.
#[must_use]
pub(crate) struct Trailproof {
    command: Command,
    directory: Option<TempDir>,
}

impl Trailproof {
    /// Adds arguments.
    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in an empty directory of its own, in place of the project's root.
    pub(crate) fn in_directory(mut self) -> Self {
        let directory = self.directory.get_or_insert_with(|| tempfile::tempdir().unwrap());
        self.command.current_dir(directory.path());
        self
    }

    /// Writes a file into the directory of the run.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let run = self.in_directory();
        let path = run.directory.as_ref().unwrap().path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        run
    }

    /// Takes a recording with this text as the account: writes a file, and names it with `--recording`.
    pub(crate) fn input(self, recording: impl AsRef<[u8]>) -> Self {
        self.file("recording.json", recording).args(["--recording", "recording.json"])
    }

    /// Gives the command this standard output.
    pub(crate) fn stdout(mut self, stdout: impl Into<Stdio>) -> Self {
        self.command.stdout(stdout);
        self
    }

    /// Runs the command to its end.
    pub(crate) fn run(mut self) -> Ran {
        let mut ran = ran(&mut self.command);
        ran.directory = self.directory;
        ran
    }
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) exit: i32,
    directory: Option<TempDir>,
}

impl Ran {
    /// What the command printed, on standard output and then on standard error.
    pub(crate) fn output(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// What the command printed, and how it ended.
    pub(crate) fn transcript(&self) -> String {
        format!("{}[exit {}]", self.output(), self.exit)
    }

    /// What the command printed, if it ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> String {
        assert_eq!(self.exit, code, "{}", self.output());
        self.output()
    }

    /// Where a file of the directory is in which the command ran.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.as_ref().expect("the command ran in the project").path().join(name)
    }
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Ran { stdout, stderr, exit: output.status.code().expect("a signal ended the command"), directory: None }
}
