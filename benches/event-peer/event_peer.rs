//! The matcher of event patterns beside `quamina`, on patterns that both support and answer alike.

#[path = "../records/mod.rs"]
mod records;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use event_pattern::records::event;
use event_pattern::{EventPattern, Matcher};
use quamina::Quamina;

/// What the benchmark's control on network gateways looks for.
const GATEWAYS: &str = r#"{"source": ["aws.ec2"], "detail": {"eventSource": ["ec2.amazonaws.com"], "eventName": ["CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway", "DetachInternetGateway"]}}"#;

/// Operators, and a path far back in the record.
const OPERATORS: &str = r#"{"detail": {"eventName": [{"prefix": "Create"}, {"prefix": "Delete"}], "userIdentity": {"arn": [{"wildcard": "arn:aws:sts::*:assumed-role/deploy-*/session"}]}, "tlsDetails": {"tlsVersion": [{"anything-but": ["TLSv1.0", "TLSv1.1"]}]}}}"#;

fn peers(criterion: &mut Criterion) {
    let events: Vec<String> = records::thousand().iter().filter_map(|record| event(record)).collect();
    for (name, pattern) in [("names", GATEWAYS), ("operators", OPERATORS)] {
        let matcher = Matcher::new(&pattern.parse::<EventPattern>().expect("a pattern"));
        let mut quamina = Quamina::new();
        quamina.add_pattern((), pattern).expect("a pattern");
        let count = |is_match: &dyn Fn(&str) -> bool| events.iter().filter(|event| is_match(black_box(event))).count();
        let ours = |event: &str| matcher.is_match(event).is_ok_and(|matches| matches);
        let theirs = |event: &str| quamina.has_matches(event.as_bytes()).is_ok_and(|matches| matches);
        assert_eq!(count(&ours), count(&theirs));

        let mut group = criterion.benchmark_group(format!("1000 events, {name}"));
        group.throughput(Throughput::Bytes(events.iter().map(|event| event.len() as u64).sum()));
        group.bench_function("quamina", |bencher| bencher.iter(|| count(&theirs)));
        group.bench_function("event-pattern", |bencher| bencher.iter(|| count(&ours)));
        group.finish();
    }
}

criterion_group!(benches, peers);
criterion_main!(benches);
