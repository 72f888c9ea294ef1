//! How long it takes to audit a recording, from its text to the report.
//!
//! `cargo bench --no-default-features --bench auditing`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, reason = "an audit that fails ends the benchmark")]

use criterion::{Criterion, criterion_group, criterion_main};
use trailproof::account::collect::collect;
use trailproof::control::{Catalogue, Control};
use trailproof::estate::Estate;
use trailproof::judge::{self, Question};
use trailproof::provider::recorded::Recording;
use trailproof::render::json;

fn audit(recording: &str, catalogue: &Catalogue, controls: &[&Control]) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let account = runtime.block_on(collect(&recording.parse::<Recording>().unwrap()));
    let version = catalogue.version(None).unwrap();
    let question = Question { version, prover: &catalogue.records, strict: false, letter: false };
    json(&judge::report(&Estate::from_iter([account]), controls, question)).unwrap()
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
    group.finish();
}

criterion_group!(benches, auditing);
criterion_main!(benches);
