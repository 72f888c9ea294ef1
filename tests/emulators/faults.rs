//! Every call of an audit, times everything that can go wrong with a call: what is not known never becomes a pass.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use trailproof::provider::recorded::Recording;
use trailproof::report::Status;

use super::accounts::audit;
use super::emulated;
use super::proxied::Account;
use super::proxied::proxy::Fault;
use super::proxied::wire::Sent;

/// What an audit may take when something goes wrong for good, and what starting a process may add to it.
const TIMEOUT: Duration = Duration::from_secs(6);
const MARGIN: Duration = Duration::from_secs(20);

/// What ends in a gap, however often the call is tried.
const LASTING: [Fault; 6] =
    [Fault::Denied, Fault::Throttled, Fault::ServerError, Fault::Reset, Fault::Truncated, Fault::Silence];

#[test]
fn no_fault_of_a_call_makes_a_pass() {
    let Some(emulators) = emulated::shared() else { return };
    let account = Account::compliant(&emulators);
    let (clean, calls) = audited(&account, None);
    assert!(!clean.passes.is_empty(), "{}", clean.text);
    assert!(calls.len() >= 10, "{calls:?}");

    let cases = Mutex::new(Vec::from_iter(
        calls
            .iter()
            .flat_map(|call| LASTING.map(|fault| (call.clone(), fault)))
            .chain(calls.iter().map(|call| (call.clone(), Fault::ThrottledFirst(2)))),
    ));
    let problems = Mutex::new(Vec::new());
    // Most of a case's time is waiting.
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some((call, fault)) = { cases.lock().unwrap().pop() } {
                    if let Err(problem) = holds(&account, &clean, &call, fault) {
                        problems
                            .lock()
                            .unwrap()
                            .push(format!("{} {}, {fault:?}: {problem}", call.service, call.operation));
                    }
                }
            });
        }
    });
    let problems = problems.into_inner().unwrap();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// How an audit ended.
struct Outcome {
    code: Option<i32>,
    /// The controls that pass.
    passes: BTreeSet<String>,
    /// All that was printed.
    text: String,
    took: Duration,
}

/// Audits the account, with a fault if there is to be one.
fn audited(account: &Account, faulty: Option<(Sent, Fault)>) -> (Outcome, BTreeSet<Sent>) {
    let heals = !faulty.as_ref().is_some_and(|(_, fault)| LASTING.contains(fault));
    let timeout = if heals { MARGIN * 3 } else { TIMEOUT };
    let start = Instant::now();
    let (output, calls) =
        account.run(&["audit", "--format", "json", "--timeout", &timeout.as_secs().to_string()], faulty);
    let took = start.elapsed();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().into_iter().flatten();
    let passes = findings.filter(|finding| finding["status"] == "pass");
    let passes = passes.map(|finding| finding["control"].as_str().unwrap().to_owned()).collect();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    (Outcome { code: output.status.code(), passes, text, took }, calls)
}

/// What has to be true of an audit during which a call has a fault.
fn holds(account: &Account, clean: &Outcome, call: &Sent, fault: Fault) -> Result<(), String> {
    let (outcome, calls) = audited(account, Some((call.clone(), fault)));
    if !calls.contains(call) {
        return Err("the call was not made".to_owned());
    }
    if !LASTING.contains(&fault) {
        return if outcome.text == clean.text { Ok(()) } else { Err(format!("the report differs: {}", outcome.text)) };
    }
    if outcome.took > TIMEOUT + MARGIN {
        return Err(format!("the audit took {} s", outcome.took.as_secs()));
    }
    if call.operation == "GetCallerIdentity" {
        // Whose account it is bears on everything.
        return if outcome.code == Some(2) { Ok(()) } else { Err(outcome.text) };
    }
    let unfounded: Vec<_> = outcome.passes.difference(&passes_without(account, call)).cloned().collect();
    if !unfounded.is_empty() {
        return Err(format!("{unfounded:?} pass"));
    }
    // Of a check beyond the benchmark the report says what was not looked at.
    if !outcome.text.contains(&call.operation) && !outcome.text.contains(r#""code": "not-checked""#) {
        return Err(format!("nothing names the call: {}", outcome.text));
    }
    Ok(())
}

/// The controls that pass if nothing is known of a call.
fn passes_without(account: &Account, call: &Sent) -> BTreeSet<String> {
    let mut recording = account.recording.clone();
    let same = |recorded: &Value| recorded["operation"] == *call.operation && recorded["region"] == *call.region;
    recording["calls"].as_array_mut().unwrap().retain(|recorded| !same(recorded));
    let recording: Recording = recording.to_string().parse().unwrap();
    let findings = audit(&recording).findings.into_iter();
    findings.filter(|finding| finding.status == Status::Pass).map(|finding| finding.control).collect()
}
