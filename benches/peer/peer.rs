//! The matcher beside `fakecloud-logs`, the one other implementation in Rust that is known, on a pattern that both
//! support and answer alike. That crate reads the pattern anew for every message, so it is measured beside the same.

#[path = "../records/mod.rs"]
mod records;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use trailproof::pattern::{Matcher, Pattern, Reading};

/// What the benchmark's control on network gateways looks for, with the quotes that the peer needs.
const PATTERN: &str = r#"{ $.eventName = "CreateCustomerGateway" || $.eventName = "DeleteCustomerGateway" || $.eventName = "AttachInternetGateway" || $.eventName = "CreateInternetGateway" || $.eventName = "DeleteInternetGateway" || $.eventName = "DetachInternetGateway" }"#;

fn peers(criterion: &mut Criterion) {
    let records = records::thousand();
    let matcher = Matcher::new(PATTERN.parse::<Pattern>().expect("a pattern").tree(), Reading::Literal);
    let count = |is_match: &dyn Fn(&str) -> bool| records.iter().filter(|record| is_match(black_box(record))).count();
    let fakecloud = |record: &str| fakecloud_logs::filter_pattern::matches(PATTERN, record);
    let anew = |record: &str| PATTERN.parse::<Pattern>().is_ok_and(|pattern| pattern.matches(record));
    let prepared = |record: &str| matcher.is_match(record);
    assert_eq!(count(&fakecloud), count(&prepared));

    let mut group = criterion.benchmark_group("1000 records");
    group.throughput(Throughput::Bytes(records.iter().map(|record| record.len() as u64).sum()));
    group.bench_function("fakecloud-logs", |bencher| bencher.iter(|| count(&fakecloud)));
    group.bench_function("trailproof, pattern read anew", |bencher| bencher.iter(|| count(&anew)));
    group.bench_function("trailproof, pattern prepared", |bencher| bencher.iter(|| count(&prepared)));
    group.finish();
}

criterion_group!(benches, peers);
criterion_main!(benches);
