//! The benchmark held against itself: whoever does what a version says, in its audit or in its remediation, complies.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use trailproof::account::Account;
use trailproof::account::collect::collect;
use trailproof::catalogue::{Catalogue, Control, Version};
use trailproof::estate::Estate;
use trailproof::judge::{self, Question};
use trailproof::provider::recorded::Recording;
use trailproof::report::{Advice, Status};

/// The account that is right, with a filter and an alarm of the benchmark's values for each of these patterns.
fn account(patterns: &[&str]) -> Account {
    let mut recording: Value = serde_json::from_str(include_str!("../fixtures/accounts/compliant.json")).unwrap();
    for (operation, list) in [("DescribeMetricFilters", "metricFilters"), ("DescribeAlarms", "MetricAlarms")] {
        let calls = recording["calls"].as_array_mut().unwrap();
        let call = calls.iter_mut().find(|call| call["operation"] == operation).unwrap();
        let like = call["output"][list][0].clone();
        call["output"][list] = (0..patterns.len()).map(|at| numbered(like.clone(), at, patterns[at])).collect();
    }
    let recording: Recording = recording.to_string().parse().unwrap();
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(collect(&recording))
}

/// A filter or an alarm like another, on a metric of its own.
fn numbered(mut like: Value, at: usize, pattern: &str) -> Value {
    for place in ["/filterName", "/metricTransformations/0/metricName", "/AlarmName", "/AlarmArn", "/MetricName"] {
        if let Some(name) = like.pointer_mut(place) {
            *name = json!(format!("{}-{at}", name.as_str().unwrap()));
        }
    }
    if like.get("filterPattern").is_some() {
        like["filterPattern"] = json!(pattern);
    }
    like
}

/// What is wrong with a control of an account that complies with it, if anything is.
fn problem(catalogue: &Catalogue, control: &Control, version: Version, account: &Account) -> Option<String> {
    let question = Question { version, prover: &catalogue.records, strict: true, letter: false };
    let finding = judge::report(&Estate::from_iter([account.clone()]), &[control], question).findings.remove(0);
    let differs = finding.advisories.iter().any(|advisory| advisory.code == Advice::FilterTextDiffers);
    let expected = finding.status == Status::Pass && finding.reasons.is_empty() && !differs;
    (!expected).then(|| format!("{:?}: {:?} {:?}", finding.status, finding.reasons, finding.advisories))
}

/// Every version, every control, the audit's texts and the remediation's, each in an account of its own.
#[test]
fn every_text_of_the_benchmark_complies_with_it() {
    let catalogue = Catalogue::builtin().unwrap();
    let (mut cases, mut problems) = (0, vec![]);
    for control in &catalogue.controls {
        for (&version, edition) in &control.editions {
            let Some(references) = edition.references() else { continue };
            for (procedure, texts) in [("audit", &references.audit), ("remediation", &references.remediation)] {
                for reference in texts {
                    cases += 1;
                    let problem = problem(&catalogue, control, version, &account(&[&reference.text]));
                    let case = format!("{version} {} {}, {procedure}, `{}`", edition.id, control.key, reference.name);
                    problems.extend(problem.map(|problem| format!("{case}: {problem}")));
                }
            }
        }
    }
    assert!(cases >= 320, "{cases}");
    assert!(problems.is_empty(), "{} of {cases}:\n{}", problems.len(), problems.join("\n"));
}

/// All filters of a version stand side by side, as they do in an account.
#[test]
fn the_filters_of_a_version_do_not_disturb_one_another() {
    let catalogue = Catalogue::builtin().unwrap();
    let mut problems = vec![];
    for version in catalogue.versions() {
        let texts = |control: &Control| Some(control.editions.get(&version)?.references()?.remediation[0].text.clone());
        let controls: Vec<_> = catalogue.controls.iter().filter_map(|one| Some((one, texts(one)?))).collect();
        let account = account(&controls.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
        for (control, _) in controls {
            let problem = problem(&catalogue, control, version, &account);
            problems.extend(problem.map(|problem| format!("{version} {}: {problem}", control.key)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is known of records in the trail of 111122223333 holds for recorded events and for AWS's own samples.
#[test]
fn the_facts_hold_for_recorded_events() {
    let domain = Catalogue::builtin().unwrap().facts.domain("aws", Some("111122223333"));
    let mut wrong = BTreeSet::new();
    for (file, expected, records) in [
        ("stratus-red-team", 58, include_str!("../fixtures/records/stratus-red-team.jsonl")),
        ("invictus-ir", 337, include_str!("../fixtures/records/invictus-ir.jsonl")),
        ("documented", 29, include_str!("../fixtures/records/documented.jsonl")),
    ] {
        assert_eq!(records.lines().count(), expected, "{file}");
        for (line, record) in records.lines().enumerate() {
            let failing = domain.facts.iter().filter(|fact| !fact.holds(record));
            wrong.extend(failing.map(|fact| format!("{file}.jsonl:{}: {}", line + 1, fact.statement)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A witness starts from a template, whose account, partition and region are those of the audit.
#[test]
fn the_templates_can_occur() {
    let facts = Catalogue::builtin().unwrap().facts;
    for (partition, account) in [("aws", "444455556666"), ("aws-cn", "111122223333"), ("aws-us-gov", "111122223333")] {
        let domain = facts.domain(partition, Some(account));
        for template in &domain.exemplars.templates {
            let record = Value::Object(template.clone()).to_string();
            let wrong: Vec<_> =
                domain.facts.iter().filter(|fact| !fact.holds(&record)).map(|it| &it.statement).collect();
            assert!(wrong.is_empty(), "{partition}: {wrong:?}\n{record}");
            assert!(!["{account}", "{partition}", "{region}"].iter().any(|it| record.contains(it)), "{record}");
        }
    }
}
