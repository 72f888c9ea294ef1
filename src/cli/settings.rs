//! What an audit is set to: the benchmark's controls with those of the user, and what the configuration says.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::audit_plan::Problem;
use super::config::Config;
use super::destination::Input;
use super::input;
use crate::control::{Catalogue, Version};

/// No control comes near.
const SIZE_LIMIT: usize = 1 << 20;

#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ConfigArgs {
    /// Configuration file; by default `trailproof.toml` in the current directory, if it exists
    #[arg(long, value_name = "PATH", env = "TRAILPROOF_CONFIG")]
    config: Option<PathBuf>,

    /// Directory of your own controls, one TOML file each, in addition to the benchmark's
    #[arg(long, value_name = "DIR", env = "TRAILPROOF_CONTROLS")]
    controls: Option<PathBuf>,
}

/// The configuration, and the controls that there are with it.
#[derive(Debug)]
pub(super) struct Settings {
    pub catalogue: Catalogue,
    pub config: Config,
    /// Where the user's controls are, if there are any.
    pub own: Option<PathBuf>,
}

impl ConfigArgs {
    pub(super) fn settings(&self) -> Result<Settings, Problem> {
        let config = Config::find(self.config.as_deref())?;
        let catalogue = Catalogue::builtin()?;
        Ok(match self.controls.clone().or_else(|| config.controls_directory()) {
            Some(directory) => {
                Settings { catalogue: with_user_controls(catalogue, &directory)?, config, own: Some(directory) }
            }
            None => Settings { catalogue, config, own: None },
        })
    }
}

impl Settings {
    /// The files that this was read from.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let config = self.config.file().map(|path| ("--config", path, None));
        let controls = self.own.as_deref().map(|path| ("--controls", path, Some("toml")));
        let input = |(option, path, extension): (_, &Path, _)| Input { option, path: path.to_owned(), extension };
        config.into_iter().chain(controls).map(input).collect()
    }

    /// The version of the argument, of the configuration, or the newest.
    pub(super) fn version(&self, given: Option<&str>) -> Result<Version, Problem> {
        match given {
            Some(given) => Ok(self.catalogue.version(Some(given))?),
            None => Ok(self.config.version(&self.catalogue)?),
        }
    }
}

/// The catalogue with the controls of a directory: its `*.toml`, by name.
fn with_user_controls(catalogue: Catalogue, directory: &Path) -> Result<Catalogue, Problem> {
    let unread = |error| Problem::Directory { path: directory.to_owned(), error };
    let entries = fs::read_dir(directory).map_err(unread)?;
    let entries = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
    let mut files = entries.map_err(unread)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    if files.is_empty() {
        return Err(Problem::NoControls(directory.to_owned()));
    }
    files.iter().try_fold(catalogue, |catalogue, path| Ok(catalogue.with(&path.display().to_string(), &text(path)?)?))
}

/// The text of a small file.
pub(super) fn text(path: &Path) -> Result<String, Problem> {
    input::text(path, SIZE_LIMIT).map_err(|error| Problem::File { path: path.to_owned(), error })
}
