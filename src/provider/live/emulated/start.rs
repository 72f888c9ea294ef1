//! The two emulators: where they run, and how they are started and ended.

use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::{env, fmt};

use super::http::{self, HttpError};

/// The environment variable that names emulators which run already.
pub const ENDPOINTS: &str = "TRAILPROOF_EMULATOR_ENDPOINTS";

/// Installs and starts the emulators, and ends them when its input ends.
const STARTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emulators/start.py");

/// LocalStack and moto, ready to answer. Those that were started for this value end with it, or with the process.
#[derive(Debug)]
pub struct Emulators {
    /// Where LocalStack answers, such as `http://127.0.0.1:4566`.
    pub localstack: String,
    /// Where moto answers.
    pub moto: String,
    starter: Option<Child>,
}

/// Why there are no emulators.
#[derive(Debug, thiserror::Error)]
pub enum EmulatorsError {
    /// The environment variable or the starter does not name the two endpoints.
    #[error("`{text}` does not name the endpoints of the emulators")]
    Endpoints {
        /// What stands there.
        text: String,
    },
    /// What the environment variable names does not answer as an emulator does.
    #[error("`{url}` does not answer as {name} does: {error}")]
    Silent {
        /// Which emulator should be there.
        name: &'static str,
        /// Where.
        url: String,
        /// What was asked, and what came of it.
        error: HttpError,
    },
    /// The starter cannot be run, or has ended. Why it has, it says on standard error.
    #[error("LocalStack and moto cannot be started: {0}")]
    NotStarted(Reason),
}

/// What became of the starter.
#[derive(Debug)]
pub enum Reason {
    /// There is no `python3`, or it cannot be run.
    NoPython(io::Error),
    /// It ended before the emulators were ready.
    Ended,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPython(error) => write!(f, "`python3` cannot be run: {error}"),
            Self::Ended => write!(f, "`{STARTER}` has ended"),
        }
    }
}

impl EmulatorsError {
    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Self::Endpoints { .. } => {
                format!(
                    "set `{ENDPOINTS}` to `localstack=http://127.0.0.1:4566,moto=http://127.0.0.1:5000`, or unset it"
                )
            }
            Self::Silent { .. } => format!("start it, or correct `{ENDPOINTS}`, or unset it to have both started"),
            Self::NotStarted(_) => format!(
                "install Python 3.11 or later with venv (Debian: `apt-get install python3-venv`); the first start needs \
                 PyPI. Or run both with `docker compose --file tests/emulators/compose.yaml up` and set `{ENDPOINTS}`"
            ),
        }
    }
}

impl Emulators {
    /// The emulators that [`ENDPOINTS`] names; without it, new ones on free ports of the loopback interface.
    pub fn start() -> Result<Self, EmulatorsError> {
        match env::var(ENDPOINTS) {
            Ok(text) => Self::at(&text, None)?.answering(),
            Err(_) => Self::start_own(),
        }
    }

    /// New emulators on free ports of the loopback interface, whatever others run.
    pub fn start_own() -> Result<Self, EmulatorsError> {
        let python = Command::new("python3").arg(STARTER).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut starter = python.map_err(|error| EmulatorsError::NotStarted(Reason::NoPython(error)))?;
        let mut line = String::new();
        if let Some(output) = starter.stdout.take() {
            // Output that cannot be read is output that has ended.
            let _ = BufReader::new(output).read_line(&mut line);
        }
        if line.is_empty() {
            end(&mut starter);
            return Err(EmulatorsError::NotStarted(Reason::Ended));
        }
        Self::at(line.trim(), Some(starter))
    }

    /// The starter waits until both answer; of others nobody knows.
    fn answering(self) -> Result<Self, EmulatorsError> {
        let localstack = ("LocalStack", &self.localstack, "GET /_localstack/health");
        for (name, url, line) in [localstack, ("moto", &self.moto, "GET /moto-api/data.json")] {
            http::request(url, line, "").map_err(|error| EmulatorsError::Silent { name, url: url.clone(), error })?;
        }
        Ok(self)
    }

    fn at(text: &str, starter: Option<Child>) -> Result<Self, EmulatorsError> {
        let mut named = Self { localstack: String::new(), moto: String::new(), starter };
        for part in text.split(',') {
            match part.trim().split_once('=') {
                Some(("localstack", url)) if url.starts_with("http://") => url.clone_into(&mut named.localstack),
                Some(("moto", url)) if url.starts_with("http://") => url.clone_into(&mut named.moto),
                _ => return Err(EmulatorsError::Endpoints { text: text.to_owned() }),
            }
        }
        if named.localstack.is_empty() || named.moto.is_empty() {
            return Err(EmulatorsError::Endpoints { text: text.to_owned() });
        }
        Ok(named)
    }
}

impl Drop for Emulators {
    fn drop(&mut self) {
        if let Some(starter) = &mut self.starter {
            end(starter);
        }
    }
}

/// Ends the starter's input, and with it the emulators, and waits until they are gone.
fn end(starter: &mut Child) {
    drop(starter.stdin.take());
    // It fails only if the process is gone already.
    let _ = starter.wait();
}
