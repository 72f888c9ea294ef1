//! `trailproof verify`: whether the evidence in a bundle holds.

mod check;

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::AnsiColor;
use clap::Args;

use self::check::Check;
use super::diagnostic::{Diagnostic, report_error};
use super::input::{self, ReadError};
use crate::bundle::{self, Bundle, BundleError, sha256};
use crate::exit::Exit;
use crate::render::tame;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The bundle that `trailproof audit --bundle` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The SHA-256 that the bundle had when it was made, kept elsewhere
    #[arg(long, value_name = "HEX", value_parser = digest)]
    sha256: Option<String>,
}

impl Verify {
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let (digest, bundle, changed) = match self.read() {
            Ok(read) => read,
            Err(kind) => return report_error(&Problem { file: self.file.clone(), kind }, err),
        };
        let mut checks = vec![check::digests(&changed)];
        if let Some(expected) = &self.sha256 {
            checks.insert(0, check::digest(&digest, expected));
        }
        checks.extend(check::bundle(&bundle));
        writeln!(out, "SHA-256 {digest}")?;
        for line in check::about(&bundle) {
            writeln!(out, "{}", tame(&line))?;
        }
        writeln!(out)?;
        for check in &checks {
            write_check(check, out)?;
        }
        let holds = !checks.iter().any(|check| matches!(check, Check::Differs(..)));
        writeln!(out, "\n{}", if holds { "the bundle holds" } else { "the bundle does not hold" })?;
        Ok(if holds { Exit::Success } else { Exit::Failure })
    }

    /// The digest of the file, what it holds, and which parts of it are not what their digests say.
    fn read(&self) -> Result<(String, Bundle, Vec<String>), Kind> {
        let bytes = input::read(&self.file, bundle::SIZE_LIMIT)?;
        let (bundle, changed) = Bundle::read(&bytes)?;
        Ok((sha256(&bytes), bundle, changed))
    }
}

/// A SHA-256 as `sha256sum` prints it.
fn digest(text: &str) -> Result<String, &'static str> {
    let is_digest = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digest { Ok(text.to_ascii_lowercase()) } else { Err("a SHA-256 has 64 hexadecimal digits") }
}

/// What does not hold in a bundle that was made just now.
pub(super) fn doubts(bundle: &Bundle) -> Vec<String> {
    let differs = |check| match check {
        Check::Differs(what, details) => Some(format!("{what}: {}", details.join("; "))),
        Check::Holds(_) | Check::Note(_) => None,
    };
    check::bundle(bundle).into_iter().filter_map(differs).collect()
}

fn write_check(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    let (name, colour, what, details) = match check {
        Check::Holds(what) => ("ok", AnsiColor::Green, what, &[][..]),
        Check::Note(what) => ("note", AnsiColor::Cyan, what, &[][..]),
        Check::Differs(what, details) => ("differs", AnsiColor::Red, what, details.as_slice()),
    };
    let style = colour.on_default().bold();
    writeln!(out, "{style}{name:7}{style:#}  {}", tame(what))?;
    details.iter().try_for_each(|detail| writeln!(out, "         {}", tame(detail)))
}

/// Why nothing was verified.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
struct Problem {
    file: PathBuf,
    kind: Kind,
}

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

impl Diagnostic for Problem {
    fn place(&self) -> Option<String> {
        Some(self.file.display().to_string())
    }

    fn help(&self) -> Option<String> {
        Some(match &self.kind {
            Kind::Unreadable(unread) => unread.help().to_owned(),
            Kind::Bundle(BundleError::WrongFormat(_)) => "verify it with a newer version of trailproof".to_owned(),
            Kind::Bundle(_) => "a bundle is what `trailproof audit --bundle FILE` wrote, unchanged".to_owned(),
        })
    }
}
