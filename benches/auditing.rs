//! How long it takes to audit a recording, from its text to the report.
//!
//! `cargo bench --no-default-features --bench auditing`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "an audit that fails ends the benchmark")]

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::Value;
use trailproof::account::collect::collect;
use trailproof::control::{Catalogue, Control};
use trailproof::estate::Estate;
use trailproof::judge::{self, Judge, Question};
use trailproof::provider::recorded::Recording;
use trailproof::render::json;

fn audit(recording: &str, catalogue: &Catalogue, controls: &[&Control]) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let account = runtime.block_on(collect(&recording.parse::<Recording>().unwrap()));
    let version = catalogue.version(None).unwrap();
    let question = Question { version, prover: &catalogue.records, strict: false, letter: false };
    json(&judge::report(&Estate::from_iter([account]), controls, question)).unwrap()
}

/// Recordings of one landing zone: the same filters in each, but for every third.
fn estate(accounts: usize, recording: &str) -> Estate {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let account = |number: usize| {
        let text = recording.replace("111122223333", &format!("1111{number:08}"));
        let text =
            if number.is_multiple_of(3) { text.replace("CreateVpc)", &format!("CreateVpc{number})")) } else { text };
        runtime.block_on(collect(&text.parse::<Recording>().unwrap()))
    };
    (0..accounts).map(account).collect()
}

/// The account with so many more filters for network gateways, each of another region.
fn with_filters(filters: usize, recording: &str) -> String {
    let mut recording: Value = serde_json::from_str(recording).unwrap();
    let calls = recording["calls"].as_array_mut().unwrap();
    let answer = calls.iter_mut().find(|call| call["operation"] == "DescribeMetricFilters").unwrap();
    let list = answer["output"]["metricFilters"].as_array_mut().unwrap();
    let first = list.iter().find(|filter| filter["filterName"] == "network-gateway-changes").unwrap().clone();
    for number in 0..filters {
        let mut filter = first.clone();
        filter["filterName"] = format!("network-gateway-changes-{number}").into();
        let pattern = filter["filterPattern"].as_str().unwrap().replace("us-east-1", &format!("us-east-{number}"));
        filter["filterPattern"] = pattern.into();
        list.push(filter);
    }
    recording.to_string()
}

fn auditing(criterion: &mut Criterion) {
    let compliant = include_str!("../tests/fixtures/accounts/compliant.json");
    let narrowed = compliant.replace("{ ($.eventName = CreateCustomerGateway)", "{ ($.eventName = CreateVpc)");
    let demo = include_str!("../src/cli/audit/demo.json");
    let catalogue = Catalogue::builtin().unwrap();
    let select = |controls: &[String]| catalogue.select(catalogue.version(None).unwrap(), controls).unwrap();
    let (one, all) = (select(&["network-gateway-changes".to_owned()]), select(&[]));
    let mut group = criterion.benchmark_group("audit");
    group.bench_function("read the catalogue", |b| b.iter(Catalogue::builtin));
    group.bench_function("a control that passes", |b| b.iter(|| audit(compliant, &catalogue, &one)));
    group.bench_function("a control that fails, with a witness", |b| b.iter(|| audit(&narrowed, &catalogue, &one)));
    group.bench_function("all controls of an account that monitors them", |b| b.iter(|| audit(demo, &catalogue, &all)));
    let crowded = with_filters(100, demo);
    group.sample_size(10);
    group.bench_function("all controls, with 100 more filters for one", |b| {
        b.iter(|| audit(&crowded, &catalogue, &all))
    });
    let estate = estate(30, demo);
    let question = Question {
        version: catalogue.version(None).unwrap(),
        prover: &catalogue.records,
        strict: false,
        letter: false,
    };
    group.bench_function("all controls of 30 accounts, on every core", |b| {
        b.iter(|| trailproof::audit::report(&estate, &Judge::new(&all, question)))
    });
    group.finish();
}

criterion_group!(benches, auditing);
criterion_main!(benches);
