//! What can be wrong with a configuration.

use std::path::PathBuf;

use toml::value::{Date, Datetime};

use crate::cli::diagnostic::Diagnostic;
use crate::control::Unknown;
use crate::provider::identity::NotAnAccountId;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub(in crate::cli) struct ConfigError {
    pub(super) file: PathBuf,
    /// From 1.
    pub(super) line: Option<usize>,
    pub(super) problem: ConfigProblem,
}

/// What is wrong with it.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ConfigProblem {
    #[error("{0}")]
    Toml(String),
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error(transparent)]
    Account(#[from] NotAnAccountId),
    #[error("`{0}` is empty")]
    Empty(&'static str),
    #[error("the attestation expired on {0}")]
    Expired(Date),
    #[error("`{0}` is not a day")]
    NotADay(Datetime),
    #[error("no control is left")]
    Nothing,
    #[error("`{control}` is attested twice for account {account}")]
    Twice { control: String, account: String },
}

impl Diagnostic for ConfigError {
    fn place(&self) -> Option<String> {
        let file = self.file.display();
        Some(self.line.map_or_else(|| file.to_string(), |line| format!("{file}, line {line}")))
    }

    fn help(&self) -> Option<String> {
        Some(match &self.problem {
            ConfigProblem::Toml(_) => "docs/configuration.md lists what the file may hold".to_owned(),
            ConfigProblem::Unknown(unknown) => unknown.help(),
            ConfigProblem::Account(_) => "write the id of each account as a text of 12 digits".to_owned(),
            ConfigProblem::Empty(_) => {
                "an attestation says who attests what, why, where it is shown and until when".to_owned()
            }
            ConfigProblem::Expired(_) => "have it attested again, or remove it and see what was measured".to_owned(),
            ConfigProblem::NotADay(_) => "write a day without quotes and without a time, as in 2027-06-30".to_owned(),
            ConfigProblem::Nothing => "name some controls in `only`, or fewer in `without`".to_owned(),
            ConfigProblem::Twice { .. } => "leave out one of the two".to_owned(),
        })
    }
}
