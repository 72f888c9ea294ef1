//! One pattern over a file of CloudTrail records, beside the cost of reading the same records with `serde_json`.
//!
//! `cargo bench --no-default-features --bench matching`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, reason = "a pattern that does not parse ends the benchmark")]

#[path = "../../../benches/records/mod.rs"]
mod records;

use std::hint::black_box;

use cloudwatch_filter_pattern::{Matcher, Pattern, Reading};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;

/// What the benchmark's control on network gateways looks for.
const NETWORK_GATEWAY_CHANGES: &str = "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) \
    || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) \
    || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }";

/// Every kind of selector and literal at once.
const MIXED: &str = "{ $.eventSource = *.amazonaws.com && $.userIdentity.type != AWSService \
    && ($.resources[*].accountId = 111122223333 || $.errorCode = %Denied|Unauthorized%) && $.readOnly IS FALSE }";

/// A regular expression over the whole message, which no record holds.
const REGEX: &str = "%[45]\\d\\d ERROR|WARN%";

fn matching(criterion: &mut Criterion) {
    let records = records::thousand();
    let mut group = criterion.benchmark_group("1000 records");
    group.throughput(Throughput::Bytes(records.iter().map(|record| record.len() as u64).sum()));
    for (name, text) in [("network gateway changes", NETWORK_GATEWAY_CHANGES), ("mixed", MIXED), ("regex", REGEX)] {
        let pattern: Pattern = text.parse().unwrap();
        let matcher = Matcher::new(pattern.tree(), Reading::Literal);
        group.bench_function(format!("match: {name}"), |bencher| {
            bencher.iter(|| records.iter().filter(|record| matcher.is_match(black_box(record))).count());
        });
    }
    group.bench_function("serde_json: read into a Value", |bencher| {
        bencher
            .iter(|| records.iter().filter(|record| serde_json::from_str::<Value>(black_box(record)).is_ok()).count());
    });
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
