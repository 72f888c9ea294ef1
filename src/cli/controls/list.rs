//! `trailproof controls list`: the controls of a version, a line each.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::{CommandError, Format, ID, json, written};
use crate::cli::settings::ConfigArgs;
use crate::control::{Assessment, BENCHMARK, Edition, Version};
use crate::exit::Exit;

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// The benchmark version; the newest if not given
    #[arg(long, value_name = "VERSION", env = "TRAILPROOF_BENCHMARK")]
    benchmark: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Serialize)]
struct Listed<'a> {
    key: &'a str,
    id: &'a str,
    title: &'a str,
    level: u8,
    assessment: Assessment,
}

impl<'a> Listed<'a> {
    fn of(key: &'a str, edition: &'a Edition) -> Self {
        let Edition { id, title, level, assessment, .. } = edition;
        Self { key, id, title, level: *level, assessment: *assessment }
    }
}

impl List {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Exit, CommandError> {
        let settings = self.config.settings()?;
        let version = settings.version(self.benchmark.as_deref())?;
        let catalogue = settings.catalogue;
        let controls = catalogue.select(version, &[])?;
        let listed =
            controls.iter().filter_map(|control| Some(Listed::of(&control.key, control.editions.get(&version)?)));
        let list: Vec<_> = listed.collect();
        written(match self.format {
            Format::Text => text(version, &list, out),
            Format::Json => json(&list, out),
        })
    }
}

fn text(version: Version, list: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{BENCHMARK} {version}\n")?;
    let ids = list.iter().map(|one| one.id.chars().count()).max().unwrap_or_default().max(ID);
    let keys = list.iter().map(|one| one.key.len()).max().unwrap_or_default();
    for Listed { key, id, level, assessment, .. } in list {
        writeln!(out, "{id:<ids$}  {key:<keys$}  level {level}, {assessment:?}")?;
    }
    Ok(())
}
