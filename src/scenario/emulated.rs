//! Audits over the wire, of accounts made in LocalStack and moto.

use super::step::Mismatch;
use crate::account::Account;
use crate::account::collect::collect;
use crate::provider::live::emulated::{Emulators, Quirk};
use crate::provider::record::Recorder;
use crate::provider::recorded::Recording;
use crate::render;
use crate::report::Report;

/// The report on the recording, if that on the emulated account is the same, byte for byte, and that on the recording
/// made of it meanwhile. An account that cannot be emulated is left out by the name of the quirk.
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
    let live = json(&report(&collect(&recorder).await))?;
    let of_live = json(&report(&collect(&recorder.recording()).await))?;
    same("the recording of the emulated account", &of_live, "the emulated account", &live)?;
    same("the emulated account", &emulated.as_recorded(&live), "the recorded account", &json(&recorded)?)?;
    Ok((recorded, None))
}

fn same(one: &str, report: &str, other: &str, expected: &str) -> Result<(), Mismatch> {
    let mut lines = report.lines().zip(expected.lines()).enumerate();
    let message = match lines.find(|(_, (found, expected))| found != expected) {
        Some((line, (found, expected))) => {
            format!("the reports on {one} and on {other} differ in line {}\n- {expected}\n+ {found}", line + 1)
        }
        None if report.len() != expected.len() => format!("the reports on {one} and on {other} differ in length"),
        None => return Ok(()),
    };
    Err(Mismatch(message))
}

fn json(report: &Report) -> Result<String, Mismatch> {
    render::json(report).map_err(|error| Mismatch(error.to_string()))
}
