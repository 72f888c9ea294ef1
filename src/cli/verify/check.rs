//! What is checked of a bundle, each by itself, so that one that differs does not hide another.

use crate::bundle::{Bundle, CatalogueSeal, Part, Tool};
use crate::chain::{Chain, Patterns};
use crate::cli::audit_plan::{self, AuditPlan};
use crate::control::Catalogue;
use crate::estate::Estate;
use crate::judge::recheck::{Proof, recheck};
use crate::provider::recorded::Recording;
use crate::render::json;
use crate::report::diff::{Diff, Outcome};
use crate::report::{Status, StoredReport};

/// The result of a check.
pub(super) enum Check {
    /// It holds.
    Holds(String),
    /// Something to know that is no fault.
    Note(String),
    /// It does not hold, and in what.
    Differs(String, Vec<String>),
}

/// What the bundle is about: its accounts, and the results that its report claims.
pub(super) fn about(bundle: &Bundle) -> Vec<String> {
    let account = |recording: Recording| {
        let time = recording.recorded_at().map_or_else(String::new, |time| format!(", recorded at {time}"));
        format!("account {}{time}", recording.identity().account)
    };
    let recordings = bundle.recordings.iter().filter_map(|part| part.text.parse().ok());
    let mut about: Vec<String> = recordings.map(account).collect();
    if let Ok(past) = bundle.report.parse::<StoredReport>() {
        let count = |(status, name)| {
            let count = past.findings.iter().filter(|finding| finding.status == status).count();
            (count > 0).then(|| format!("{count} {name}"))
        };
        let counts: Vec<_> = STATUSES.into_iter().filter_map(count).collect();
        about.push(counts.join(", "));
    }
    about
}

const STATUSES: [(Status, &str); 5] = [
    (Status::Pass, "pass"),
    (Status::Fail, "fail"),
    (Status::Undetermined, "undetermined"),
    (Status::Attested, "attested"),
    (Status::NotApplicable, "not-applicable"),
];

/// Whether the file is the one that is meant.
pub(super) fn digest(found: &str, expected: &str) -> Check {
    if found == expected {
        Check::Holds("the file has the SHA-256 that was kept".to_owned())
    } else {
        Check::Differs("the file has another SHA-256 than the one that was kept".to_owned(), vec![])
    }
}

/// Whether the parts are what their digests say, given those that are not.
pub(super) fn digests(changed: &[String]) -> Check {
    if changed.is_empty() {
        Check::Holds("every part has its SHA-256".to_owned())
    } else {
        Check::Differs("parts have another SHA-256 than was written".to_owned(), changed.to_vec())
    }
}

/// Whether the report follows from the recordings, and its proofs stand.
pub(super) fn bundle(bundle: &Bundle) -> Vec<Check> {
    let mut checks = vec![maker(bundle)];
    let derived = match derive(bundle) {
        Ok(derived) => derived,
        Err(why) => {
            checks.push(Check::Differs("the report cannot be derived again".to_owned(), vec![why]));
            return checks;
        }
    };
    checks.push(report(bundle, &derived));
    checks.push(match bundle.report.parse::<StoredReport>() {
        Ok(past) => proofs(&past, &derived),
        Err(error) => Check::Differs("the report cannot be read".to_owned(), vec![error.to_string()]),
    });
    checks
}

/// What made the bundle, beside this program.
fn maker(bundle: &Bundle) -> Check {
    let (theirs, ours) = (&bundle.manifest.tool, Tool::this());
    let made = format!(
        "made by {} {}, for version {} of the benchmark",
        theirs.name, theirs.version, bundle.manifest.benchmark
    );
    if *theirs != ours {
        return Check::Note(format!("{made}; this is {} {}, whose report may differ", ours.name, ours.version));
    }
    if bundle.manifest.catalogue != CatalogueSeal::of(Catalogue::files()) {
        return Check::Note(format!("{made}, with another catalogue of controls than this program's"));
    }
    Check::Holds(format!("{made}, with this program's catalogue of controls"))
}

/// What the recordings lead to.
struct Derived {
    plan: AuditPlan,
    estate: Estate,
    report: String,
}

fn derive(bundle: &Bundle) -> Result<Derived, String> {
    let manifest = &bundle.manifest;
    let plan = AuditPlan::new(Some(&manifest.benchmark), &manifest.controls, manifest.strict, manifest.letter);
    let plan = plan.map_err(|problem| format!("manifest.json: {problem}"))?;
    let recordings = bundle.recordings.iter().map(recording).collect::<Result<Vec<_>, _>>()?;
    let estate = audit_plan::estate(&recordings).map_err(|error| error.to_string())?;
    let report = json(&plan.report(&estate)).map_err(|error| error.to_string())?;
    Ok(Derived { plan, estate, report })
}

fn recording(part: &Part) -> Result<Recording, String> {
    let recording = part.text.parse::<Recording>().map_err(|problem| match problem.place() {
        Some(place) => format!("{}, {place}: {problem}", part.name),
        None => format!("{}: {problem}", part.name),
    })?;
    let account = recording.identity().account.as_str();
    if Part::recording(account, String::new()).name == part.name {
        Ok(recording)
    } else {
        Err(format!("{}: the recording is of account {account}", part.name))
    }
}

/// Whether the report is the derived one, byte for byte.
fn report(bundle: &Bundle, derived: &Derived) -> Check {
    if bundle.report == derived.report {
        return Check::Holds("the report follows from the recordings, byte for byte".to_owned());
    }
    let mut details = first_difference(&bundle.report, &derived.report);
    if let (Ok(theirs), Ok(ours)) = (bundle.report.parse(), derived.report.parse()) {
        let diff = Diff::between(&theirs, &ours);
        let changes = diff.kinds().into_iter().flat_map(|(_, changes)| changes);
        let status = |outcome: &Option<Outcome>| {
            let named =
                outcome.as_ref().and_then(|outcome| STATUSES.iter().find(|(status, _)| *status == outcome.status));
            named.map_or("nothing", |(_, name)| name)
        };
        details.extend(changes.map(|change| {
            let (theirs, ours) = (status(&change.before), status(&change.after));
            format!(
                "{} in account {}: {theirs} in the bundle, {ours} from the recordings",
                change.control, change.account
            )
        }));
    }
    Check::Differs("the report does not follow from the recordings".to_owned(), details)
}

/// The first line in which the reports differ.
fn first_difference(theirs: &str, ours: &str) -> Vec<String> {
    let (mut theirs, mut ours, mut line) = (theirs.split('\n'), ours.split('\n'), 0);
    loop {
        line += 1;
        match (theirs.next(), ours.next()) {
            (None, None) => return Vec::new(),
            (theirs, ours) if theirs == ours => {}
            (theirs, ours) => {
                let excerpt =
                    |text: Option<&str>| text.unwrap_or_default().trim().chars().take(100).collect::<String>();
                let (theirs, ours) = (excerpt(theirs), excerpt(ours));
                return vec![
                    format!("line {line} of the report is  {theirs}"),
                    format!("what is derived has       {ours}"),
                ];
            }
        }
    }
}

/// Whether the proofs in the report stand.
fn proofs(past: &StoredReport, derived: &Derived) -> Check {
    let controls = derived.plan.controls();
    let chain = Chain::of(&derived.estate, &Patterns::default());
    let (mut witnesses, mut certificates, mut flaws) = (0, 0, Vec::new());
    for finding in &past.findings {
        let control = controls.iter().find(|control| control.key == finding.control);
        let at = format!("{} in account {}", finding.control, finding.account);
        let (Some(account), Some(control)) = (derived.estate.account(&finding.account), control) else {
            flaws.push(format!("{at}: the bundle has no recording or no control for it"));
            continue;
        };
        match recheck(&chain, account, control, derived.plan.question(), finding) {
            Ok(Proof::Witness) => witnesses += 1,
            Ok(Proof::Certificate) => certificates += 1,
            Ok(Proof::None) => {}
            Err(flaw) => flaws.push(format!("{at}: {flaw}")),
        }
    }
    if flaws.is_empty() {
        Check::Holds(format!("every proof stands again: {witnesses} by an event, {certificates} by coverage"))
    } else {
        Check::Differs("a proof does not stand".to_owned(), flaws)
    }
}
