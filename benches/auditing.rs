//! How long it takes to audit a recording, from its text to the report.
//!
//! `cargo bench --no-default-features --bench auditing`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, reason = "an audit that fails ends the benchmark")]

use criterion::{Criterion, criterion_group, criterion_main};
use trailproof::account::collect::collect;
use trailproof::control::{BENCHMARK, Catalogue};
use trailproof::evaluate::{Question, evaluate};
use trailproof::provider::recorded::Recording;
use trailproof::render::{Format, render};
use trailproof::report::{Benchmark, Report};

fn audit(recording: &str, catalogue: &Catalogue) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let account = runtime.block_on(collect(&recording.parse::<Recording>().unwrap()));
    let version = catalogue.version(None).unwrap();
    let question = Question { version, records: &catalogue.records, strict: false };
    let findings = catalogue.controls.iter().map(|control| evaluate(&account, control, question)).collect();
    let benchmark = Benchmark { name: BENCHMARK.to_owned(), version: version.to_string() };
    let mut report = Vec::new();
    render(&Report::new(benchmark, findings), Format::Json, false, &mut report).unwrap();
    report
}

fn auditing(criterion: &mut Criterion) {
    let compliant = include_str!("../tests/fixtures/accounts/compliant.json");
    let narrowed = compliant.replace("{ ($.eventName = CreateCustomerGateway)", "{ ($.eventName = CreateVpc)");
    let catalogue = Catalogue::builtin().unwrap();
    let mut group = criterion.benchmark_group("audit");
    group.bench_function("read the catalogue", |b| b.iter(Catalogue::builtin));
    group.bench_function("an account that passes", |b| b.iter(|| audit(compliant, &catalogue)));
    group.bench_function("an account that fails, with a witness", |b| b.iter(|| audit(&narrowed, &catalogue)));
    group.finish();
}

criterion_group!(benches, auditing);
criterion_main!(benches);
