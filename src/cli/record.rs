//! `trailproof record`: an account as a file that can be audited in its place, and shown to others.

mod verify_redaction;

use std::io::{self, Write};
use std::iter;
use std::path::{Path, PathBuf};

use clap::Args;
use tokio::runtime::Runtime;

use super::audit::missing;
use super::destination::{self, Clash, Input, whole};
use super::diagnostic::{Diagnostic, report_error};
use super::input::{self, ReadError};
#[cfg(feature = "live")]
use crate::account::collect::Wanted;
use crate::control::CatalogueError;
use crate::exit::Exit;
use crate::provider::policy::PARTITIONS;
use crate::provider::recorded::{AssemblyError, Recording, RecordingError};
use crate::redact::{Leak, RedactError, Salt, TooShort, What, leaks, redact};

#[derive(Debug, Args)]
pub(super) struct Record {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    output: PathBuf,

    /// Redact this recording instead of recording a live account
    #[arg(long, value_name = "PATH")]
    #[cfg_attr(feature = "live", arg(conflicts_with = "Reach"))]
    recording: Option<PathBuf>,

    /// Assemble the recording from what the AWS CLI printed, in a directory that the script of `trailproof permissions --cli` makes
    #[arg(long, value_name = "DIR", conflicts_with = "recording")]
    #[cfg_attr(feature = "live", arg(conflicts_with = "Reach"))]
    from_cli: Option<PathBuf>,

    /// Keep account ids, addresses, and the names of users and roles instead of replacing them with pseudonyms
    #[arg(long)]
    keep_identifiers: bool,

    /// A file of at least 16 random bytes that determines the pseudonyms, so that several recordings have the same
    #[arg(long, value_name = "FILE", conflicts_with = "keep_identifiers")]
    salt_file: Option<PathBuf>,

    #[cfg(feature = "live")]
    #[command(flatten)]
    reach: super::live::Reach,
}

impl Record {
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        match self.redacted().and_then(|recording| self.write(&recording).map(|()| recording)) {
            Ok(recording) => {
                missing::tell(iter::once(&recording), err)?;
                let (file, account) = (self.output.display(), &recording.identity().account);
                writeln!(out, "{file}: {} calls of account {account}", recording.calls().count())?;
                Ok(Exit::Success)
            }
            Err(problem) => report_error(&problem, err),
        }
    }

    /// What is to be written.
    fn redacted(&self) -> Result<Recording, Problem> {
        destination::check(&[("--output", Some(&self.output))], &self.inputs())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Problem::Runtime)?;
        let recording = self.source(&runtime)?;
        if self.keep_identifiers {
            return none(leaks(&recording)?, recording);
        }
        let salt = match &self.salt_file {
            Some(path) => self::salt(path)?,
            None => Salt::random().map_err(|error| Problem::Random(error.into()))?,
        };
        let redacted = redact(&recording, &salt)?;
        let mut left = redacted.leaks()?;
        left.extend(leaks(&redacted.recording)?);
        let redacted = none(left, redacted.recording)?;
        match verify_redaction::difference(&runtime, &recording, &redacted)? {
            Some(control) => Err(Problem::Differs { control }),
            None => Ok(redacted),
        }
    }

    /// What is read.
    fn inputs(&self) -> Vec<Input> {
        let given = [
            ("--recording", &self.recording, Some("json")),
            ("--from-cli", &self.from_cli, None),
            ("--salt-file", &self.salt_file, None),
        ];
        let input = |(option, path, extension): (_, &Option<PathBuf>, _)| {
            Some(Input { option, path: path.clone()?, extension })
        };
        given.into_iter().filter_map(input).collect()
    }

    #[cfg_attr(not(feature = "live"), expect(unused_variables, reason = "it is for live accounts"))]
    fn source(&self, runtime: &Runtime) -> Result<Recording, Problem> {
        if let Some(path) = &self.recording {
            return one(Recording::read(path)?);
        }
        if let Some(directory) = &self.from_cli {
            return Ok(Recording::assemble(directory)?);
        }
        #[cfg(feature = "live")]
        let accounts = runtime.block_on(self.reach.accounts(Wanted::EVERYTHING))?;
        #[cfg(feature = "live")]
        return one(accounts.into_iter().map(|(_, recording)| recording).collect());
        #[cfg(not(feature = "live"))]
        Err(Problem::NoAccount)
    }

    fn write(&self, recording: &Recording) -> Result<(), Problem> {
        let written = whole(&self.output, |file| {
            serde_json::to_writer_pretty(&mut *file, recording)?;
            writeln!(file)
        });
        written.map_err(|error| Problem::Unwritable { path: self.output.clone(), error })
    }
}

fn one(mut recordings: Vec<Recording>) -> Result<Recording, Problem> {
    match (recordings.pop(), recordings.len()) {
        (Some(recording), 0) => Ok(recording),
        (_, others) => Err(Problem::SeveralAccounts { count: others + 1 }),
    }
}

/// The recording, if nothing in it must not be written.
fn none(leaks: Vec<Leak>, recording: Recording) -> Result<Recording, Problem> {
    if leaks.is_empty() { Ok(recording) } else { Err(Problem::Leaks(leaks)) }
}

/// More bytes make no better salt, and `/dev/urandom` has no end.
const SALT_LIMIT: usize = 1 << 20;

fn salt(path: &Path) -> Result<Salt, Problem> {
    let bytes = input::read(path, SALT_LIMIT).map_err(|error| Problem::NoSalt { path: path.to_owned(), error })?;
    Salt::new(bytes).map_err(|error| Problem::ShortSalt { path: path.to_owned(), error })
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Clash(#[from] Clash),
    #[error(transparent)]
    Recording(#[from] RecordingError),
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    #[cfg(feature = "live")]
    #[error(transparent)]
    Live(#[from] crate::provider::live::LiveError),
    #[error("cannot record the account: {0}")]
    Runtime(io::Error),
    #[cfg(not(feature = "live"))]
    #[error("this program was built without the feature `live`, and no recording is given")]
    NoAccount,
    #[error("a recording holds one account, not {count}")]
    SeveralAccounts { count: usize },
    #[error("{error}")]
    NoSalt { path: PathBuf, error: ReadError },
    #[error("{error}")]
    ShortSalt { path: PathBuf, error: TooShort },
    #[error("the operating system provided no random bytes: {0}")]
    Random(io::Error),
    #[error(transparent)]
    Redact(#[from] RedactError),
    #[error("the recording cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    #[error("wrote nothing: the recording holds what others must not see")]
    Leaks(Vec<Leak>),
    #[error("wrote nothing: redaction would change the result of `{control}`")]
    Differs { control: String },
    #[error("the recording cannot be written: {error}")]
    Unwritable { path: PathBuf, error: io::Error },
}

impl Diagnostic for Problem {
    fn place(&self) -> Option<String> {
        match self {
            Self::Clash(clash) => clash.place(),
            Self::Recording(error) => Diagnostic::place(error),
            Self::Assembly(AssemblyError { file, problem }) => {
                let file = file.display();
                Some(problem.place().map_or_else(|| file.to_string(), |place| format!("{file}, {place}")))
            }
            Self::NoSalt { path, .. } | Self::ShortSalt { path, .. } | Self::Unwritable { path, .. } => {
                Some(path.display().to_string())
            }
            Self::Leaks(leaks) => Some(leaks.iter().map(Leak::to_string).collect::<Vec<_>>().join("\n  --> ")),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Clash(clash) => return clash.help(),
            Self::Recording(error) => return Diagnostic::help(error),
            Self::Assembly(error) => error.problem.help(),
            #[cfg(feature = "live")]
            Self::Live(error) => return Diagnostic::help(error),
            #[cfg(not(feature = "live"))]
            Self::NoAccount => "give `--recording PATH` or `--from-cli DIR`".to_owned(),
            Self::SeveralAccounts { .. } => "record each into a file of its own".to_owned(),
            Self::NoSalt { .. } | Self::ShortSalt { .. } => {
                "make one with `head -c 32 /dev/urandom > FILE`, and keep it to yourself".to_owned()
            }
            Self::Leaks(leaks) if leaks.iter().all(Leak::is_in_url) => {
                "record without `--keep-identifiers`, which replaces URLs with pseudonyms".to_owned()
            }
            Self::Leaks(leaks) if leaks.iter().any(|leak| matches!(leak.what, What::Secret(_))) => {
                "remove the secret from the account: whoever may read its configuration knows it".to_owned()
            }
            Self::Leaks(_) => "`--keep-identifiers` keeps identifiers".to_owned(),
            Self::Redact(RedactError::Partition(_)) => {
                format!("write one of these as `partition`: {}", PARTITIONS.join(", "))
            }
            Self::Differs { .. } | Self::Redact(_) => {
                "a policy compares part of an identifier, or it is a word of AWS; `--keep-identifiers` keeps it"
                    .to_owned()
            }
            Self::Unwritable { .. } => "give a path in a directory that exists and that you may write to".to_owned(),
            _ => return None,
        })
    }
}
