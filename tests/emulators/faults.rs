//! Every call of an audit, times everything that can go wrong with a call: what is not known never becomes a pass.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use trailproof::provider::permissions::{Need, Operation};
use trailproof::provider::recorded::Recording;
use trailproof::report::Status;

use super::accounts::audit;
use super::emulated;
use super::proxied::Account;
use super::proxied::proxy::Fault;
use super::proxied::wire::Sent;

/// What an audit may take when something goes wrong for good, in seconds. A machine that is busy gets more time: what is late is
/// missing, too, and may hide what the fault did.
const TIMEOUTS: [u64; 4] = [6, 12, 24, 48];

/// What starting a process may add to it.
const MARGIN: Duration = Duration::from_secs(20);

/// What ends in a gap, however often the call is tried.
const LASTING: [Fault; 6] =
    [Fault::Denied, Fault::Throttled, Fault::ServerError, Fault::Reset, Fault::Truncated, Fault::Silence];

/// What a further try mends.
const PASSING: [Fault; 1] = [Fault::ThrottledFirst(2)];

#[test]
fn no_fault_of_a_call_makes_a_pass() {
    let Some(emulators) = emulated::shared() else { return };
    let account = Account::compliant(&emulators);
    let clean = audited(&account, MARGIN * 3, None);
    assert!(!clean.passes.is_empty(), "{}", clean.text);
    // moto does not say when a trail last delivered.
    let unchecked = clean.text.lines().filter(|line| line.contains("did not check"));
    let unchecked: BTreeSet<_> = unchecked.map(str::trim).collect();
    assert_eq!(
        unchecked,
        BTreeSet::from([r#""message": "the audit did not check the time of the trail's last delivery","#])
    );
    let asked: BTreeSet<_> = clean.calls.iter().map(|call| call.operation.as_str()).collect();
    let listed = Operation::ALL.iter().filter(|operation| Need::OF_AN_AUDIT.contains(&operation.need()));
    let listed: BTreeSet<_> = listed.chain([&Operation::GetCallerIdentity]).map(|operation| operation.name()).collect();
    assert_eq!(asked, listed, "the faults of what is not asked would not be looked at");

    let table = Table { recording: account.recorded(), account, clean };
    let calls = table.clean.calls.iter();
    let cases = calls.flat_map(|call| LASTING.into_iter().chain(PASSING).map(move |fault| (call, fault)));
    let cases = Mutex::new(cases.collect::<Vec<_>>());
    // Most of a case's time is waiting.
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                while let Some((call, fault)) = { cases.lock().unwrap().pop() } {
                    table.hold(call, fault);
                }
            });
        }
    });
}

/// How an audit ended.
struct Outcome {
    code: Option<i32>,
    /// The controls that pass.
    passes: BTreeSet<String>,
    /// All that was printed, but for the time when the account was asked.
    text: String,
    took: Duration,
    calls: BTreeSet<Sent>,
}

/// Audits the account, with a fault if there is to be one.
fn audited(account: &Account, timeout: Duration, faulty: Option<(Sent, Fault)>) -> Outcome {
    let start = Instant::now();
    let (output, calls) =
        account.run(&["audit", "--format", "json", "--timeout", &timeout.as_secs().to_string()], faulty);
    let took = start.elapsed();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().into_iter().flatten();
    let passes = findings.filter(|finding| finding["status"] == "pass");
    let passes = passes.map(|finding| finding["control"].as_str().unwrap().to_owned()).collect();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    let text = text.lines().filter(|line| !line.contains("\"asked_at\"")).collect::<Vec<_>>().join("\n");
    Outcome { code: output.status.code(), passes, text, took, calls }
}

/// An account, and what an audit of it says without any fault.
struct Table {
    account: Account,
    recording: Value,
    clean: Outcome,
}

impl Table {
    /// Asserts what has to be true of audits during which a call has a fault.
    fn hold(&self, call: &Sent, fault: Fault) {
        let founded = self.passes_without(call, fault);
        let problems = TIMEOUTS.map(Duration::from_secs).into_iter().map_while(|timeout| {
            let outcome = audited(&self.account, timeout, Some((call.clone(), fault)));
            let unfounded: Vec<_> = outcome.passes.difference(&founded).collect();
            assert!(unfounded.is_empty(), "{call}, {fault:?}: {unfounded:?} pass");
            assert!(outcome.took < timeout + MARGIN, "{call}, {fault:?}: the audit took {:?}", outcome.took);
            self.problem(call, fault, &outcome)
        });
        let problems: Vec<_> = problems.collect();
        assert!(problems.len() < TIMEOUTS.len(), "{call}, {fault:?}: {problems:#?}");
    }

    /// What an audit fails to say of a call.
    fn problem(&self, call: &Sent, fault: Fault, outcome: &Outcome) -> Option<String> {
        let Outcome { text, code, .. } = outcome;
        let says = |words: &str| (!text.contains(words)).then(|| format!("`{words}` is not said in {text}"));
        if !outcome.calls.contains(call) {
            return Some("the call was not made".to_owned());
        }
        if PASSING.contains(&fault) {
            return (*text != self.clean.text).then(|| format!("the report differs: {text}"));
        }
        match call.operation.as_str() {
            // Whose account it is bears on everything.
            "GetCallerIdentity" => (*code != Some(2)).then(|| format!("the exit code is {code:?}")),
            "GetTopicAttributes" => says("the topic's policy and encryption"),
            "GetSubscriptionAttributes" => says("the filter policies of the topic's subscriptions"),
            "DescribeKey" | "GetKeyPolicy" => says("the permissions of the topic's key"),
            "ListAlarmMuteRules" | "GetAlarmMuteRule" => says("the rules that mute the alarm"),
            "ListRegions" => says("which regions the account has enabled"),
            benchmark => says(benchmark),
        }
    }

    /// The controls that pass if nothing is ever known of a call.
    fn passes_without(&self, call: &Sent, fault: Fault) -> BTreeSet<String> {
        if PASSING.contains(&fault) {
            return self.clean.passes.clone();
        }
        if call.operation == "GetCallerIdentity" {
            return BTreeSet::new();
        }
        let mut recording = self.recording.clone();
        let same = |recorded: &Value| recorded["operation"] == *call.operation && recorded["region"] == *call.region;
        recording["calls"].as_array_mut().unwrap().retain(|recorded| !same(recorded));
        let recording: Recording = recording.to_string().parse().unwrap();
        let findings = audit(&recording).findings.into_iter();
        findings.filter(|finding| finding.status == Status::Pass).map(|finding| finding.control).collect()
    }
}
