//! Audits over the wire, of accounts made in LocalStack and moto.

use super::step::Mismatch;
use crate::account::Account;
use crate::account::collect::collect;
use crate::provider::live::emulated::{Emulators, Quirk};
use crate::provider::record::Recorder;
use crate::provider::recorded::Recording;
use crate::render;
use crate::report::Report;

/// The report on the recording, if that on the emulated account is the same, byte for byte, and the recording made of it
/// meanwhile shows the same account. An account that cannot be emulated is left out by the name of the quirk.
pub(super) async fn audit(
    emulators: &Emulators,
    recording: &Recording,
    report: impl Fn(&Account) -> Report,
) -> Result<(Report, Option<&'static str>), Mismatch> {
    let recorded = report(&collect(recording).await);
    if let Some(quirk) = Quirk::of(recording) {
        return Ok((recorded, Some(quirk.name)));
    }
    let emulated = emulators.provision(recording).await.map_err(|error| Mismatch(error.to_string()))?;
    let recorder = Recorder::new(emulated.live.clone());
    let live = collect(&recorder).await;
    // A report depends on the account alone, so equal accounts have equal reports.
    if collect(&recorder.recording()).await != live {
        return Err(Mismatch::new("the recording of the emulated account is of another account"));
    }
    same(&emulated.as_recorded(&json(&report(&live))?), &json(&recorded)?)?;
    Ok((recorded, None))
}

/// The report without the findings' fingerprints: they are made of the account's id, which is another in the emulators.
pub fn unmarked(report: &Report) -> Report {
    let mut report = report.clone();
    for finding in &mut report.findings {
        finding.fingerprint.clear();
    }
    report
}

fn same(emulated: &str, recorded: &str) -> Result<(), Mismatch> {
    let differing = emulated.lines().zip(recorded.lines()).enumerate().find(|(_, (found, expected))| found != expected);
    let place = match differing {
        Some((line, (found, expected))) => format!("line {}\n- {expected}\n+ {found}", line + 1),
        None if emulated.len() != recorded.len() => "length".to_owned(),
        None => return Ok(()),
    };
    Err(Mismatch(format!("the reports on the emulated account and on the recorded account differ in {place}")))
}

fn json(report: &Report) -> Result<String, Mismatch> {
    render::json(&unmarked(report)).map_err(|error| Mismatch(error.to_string()))
}
