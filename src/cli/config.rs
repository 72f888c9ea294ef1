//! `trailproof.toml`: what an audit is set to, and what somebody attests.

mod clock;
mod error;

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::value::{Date, Datetime};

pub(super) use clock::today;
pub(super) use error::{ConfigError, ConfigProblem};

use super::audit_plan::Problem;
use super::input::ReadError;
use super::settings;
use crate::control::{Catalogue, Control, Unknown, Version};
use crate::provider::identity::AccountId;
use crate::report::{Attested, Statement};

/// The file that is read without being asked for.
const DEFAULT: &str = "trailproof.toml";

/// A configuration, with its text for the places of errors.
#[derive(Debug, Default)]
pub(super) struct Config {
    file: PathBuf,
    text: String,
    written: Written,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    benchmark: Option<Spanned<String>>,
    controls_directory: Option<PathBuf>,
    #[serde(default)]
    letter: bool,
    only: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    without: Vec<Spanned<String>>,
    #[serde(default)]
    attestation: Vec<WrittenAttestation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAttestation {
    control: Spanned<String>,
    accounts: Spanned<Vec<Spanned<String>>>,
    by: Spanned<String>,
    reason: Spanned<String>,
    evidence: Spanned<String>,
    expires: Spanned<Datetime>,
}

impl Config {
    /// The configuration at `path`; without one the default file's, or none if there is no such file.
    pub(super) fn find(path: Option<&Path>) -> Result<Self, Problem> {
        let text = settings::text(path.unwrap_or(Path::new(DEFAULT)));
        match (text, path) {
            (Err(Problem::File { error: ReadError::Io(error), .. }), None)
                if error.kind() == io::ErrorKind::NotFound =>
            {
                Ok(Self::default())
            }
            (text, path) => Ok(Self::parse(path.unwrap_or(Path::new(DEFAULT)), text?)?),
        }
    }

    fn parse(file: &Path, text: String) -> Result<Self, ConfigError> {
        let mut config = Self { file: file.to_owned(), text, written: Written::default() };
        config.written = toml::from_str(&config.text)
            .map_err(|error| config.error(error.span(), ConfigProblem::Toml(error.message().to_owned())))?;
        Ok(config)
    }

    /// The file, if there is one.
    pub(super) fn file(&self) -> Option<&Path> {
        Some(self.file.as_path()).filter(|file| !file.as_os_str().is_empty())
    }

    /// Whether the benchmark's audit procedure has to be followed to the letter.
    pub(super) fn letter(&self) -> bool {
        self.written.letter
    }

    /// Where the user's controls are. A relative path starts where the configuration is, and an empty one ends there.
    pub(super) fn controls_directory(&self) -> Option<PathBuf> {
        let directory = self.written.controls_directory.as_ref()?;
        let path = self.file.parent().unwrap_or(Path::new("")).join(directory);
        Some(if path.as_os_str().is_empty() { PathBuf::from(".") } else { path })
    }

    /// The benchmark version that is set, or the newest.
    pub(super) fn version(&self, catalogue: &Catalogue) -> Result<Version, ConfigError> {
        let set = self.written.benchmark.as_ref();
        let version = catalogue.version(set.map(|set| set.get_ref().as_str()));
        version.map_err(|unknown| self.error(set.map(Spanned::span), ConfigProblem::Unknown(unknown)))
    }

    /// The keys of the controls that are set: `only` these, or all of the version, `without` those.
    pub(super) fn controls(&self, catalogue: &Catalogue, version: Version) -> Result<Vec<String>, ConfigError> {
        let mut without = BTreeSet::new();
        for name in &self.written.without {
            without.extend(self.control(name, catalogue, version)?.map(|control| control.key.as_str()));
        }
        let mut only = BTreeSet::new();
        for name in self.written.only.iter().flatten() {
            only.extend(self.control(name, catalogue, version)?.map(|control| control.key.as_str()));
        }
        let in_version = |control: &&Control| match self.written.only {
            Some(_) => only.contains(control.key.as_str()),
            None => control.editions.contains_key(&version),
        };
        let controls = catalogue.controls.iter().filter(in_version).map(|control| control.key.as_str());
        let left: Vec<_> = controls.filter(|key| !without.contains(key)).map(str::to_owned).collect();
        if left.is_empty() { Err(self.error(None, ConfigProblem::Nothing)) } else { Ok(left) }
    }

    /// What is attested. A statement that is not whole, or no longer holds `today`, is an error.
    pub(super) fn attestations(
        &self,
        catalogue: &Catalogue,
        version: Version,
        today: Date,
    ) -> Result<Vec<Attested>, ConfigError> {
        let mut attested: Vec<Attested> = Vec::new();
        let mut seen = BTreeSet::new();
        for one in &self.written.attestation {
            let expires = self.unexpired(&one.expires, today)?.to_string();
            let said = |name, text: &Spanned<String>| match text.get_ref().trim() {
                "" => Err(self.error(Some(text.span()), ConfigProblem::Empty(name))),
                said => Ok(said.to_owned()),
            };
            let (by, reason, evidence) =
                (said("by", &one.by)?, said("reason", &one.reason)?, said("evidence", &one.evidence)?);
            if one.accounts.get_ref().is_empty() {
                return Err(self.error(Some(one.accounts.span()), ConfigProblem::Empty("accounts")));
            }
            for control in self.control(&one.control, catalogue, version)? {
                let mut accounts = BTreeSet::new();
                for account in one.accounts.get_ref() {
                    let error = |problem| self.error(Some(account.span()), problem);
                    let id = AccountId::try_from(account.get_ref().clone())
                        .map_err(|error_| error(ConfigProblem::Account(error_)))?;
                    if !seen.insert((control.key.clone(), id.clone())) {
                        let (control, account) = (control.key.clone(), id.to_string());
                        return Err(error(ConfigProblem::Twice { control, account }));
                    }
                    accounts.insert(id.to_string());
                }
                let statement = Statement {
                    by: by.clone(),
                    reason: reason.clone(),
                    evidence: evidence.clone(),
                    expires: expires.clone(),
                };
                attested.push(Attested { control: control.key.clone(), accounts, statement });
            }
        }
        Ok(attested)
    }

    /// The last day on which a statement holds.
    fn unexpired(&self, expires: &Spanned<Datetime>, today: Date) -> Result<Date, ConfigError> {
        let error = |problem| self.error(Some(expires.span()), problem);
        match expires.get_ref() {
            Datetime { date: Some(date), time: None, offset: None } if *date < today => {
                Err(error(ConfigProblem::Expired(*date)))
            }
            Datetime { date: Some(date), time: None, offset: None } => Ok(*date),
            other => Err(error(ConfigProblem::NotADay(*other))),
        }
    }

    /// The controls that a name stands for.
    fn control<'a>(
        &self,
        name: &Spanned<String>,
        catalogue: &'a Catalogue,
        version: Version,
    ) -> Result<impl Iterator<Item = &'a Control>, ConfigError> {
        let found = catalogue.select(version, std::slice::from_ref(name.get_ref()));
        let unknown = |unknown: Unknown| self.error(Some(name.span()), ConfigProblem::Unknown(unknown));
        found.map(Vec::into_iter).map_err(unknown)
    }

    fn error(&self, span: Option<Range<usize>>, problem: ConfigProblem) -> ConfigError {
        let before = span.and_then(|span| self.text.get(..span.start));
        let line = before.map(|before| 1 + before.matches('\n').count());
        ConfigError { file: self.file.clone(), line, problem }
    }
}
