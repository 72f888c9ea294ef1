//! How long it takes to decide whether patterns cover one another.
//!
//! `cargo bench --no-default-features --bench deciding`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, reason = "a pattern that does not parse ends the benchmark")]

use std::hint::black_box;

use cloudwatch_filter_pattern::Pattern;
use cloudwatch_filter_pattern::covers;
use criterion::{Criterion, criterion_group, criterion_main};

/// Event names of the benchmark's controls on network gateways and on IAM policies, which is the longest.
const GATEWAYS: [&str; 6] = [
    "CreateCustomerGateway",
    "DeleteCustomerGateway",
    "AttachInternetGateway",
    "CreateInternetGateway",
    "DeleteInternetGateway",
    "DetachInternetGateway",
];
const POLICIES: [&str; 16] = [
    "DeleteGroupPolicy",
    "DeleteRolePolicy",
    "DeleteUserPolicy",
    "PutGroupPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
    "CreatePolicy",
    "DeletePolicy",
    "CreatePolicyVersion",
    "DeletePolicyVersion",
    "AttachRolePolicy",
    "DetachRolePolicy",
    "AttachUserPolicy",
    "DetachUserPolicy",
    "AttachGroupPolicy",
    "DetachGroupPolicy",
];

fn pattern(text: &str) -> Pattern {
    text.parse().unwrap()
}

fn named(names: &[&str], quote: &str) -> Pattern {
    let tests: Vec<_> = names.iter().map(|name| format!("($.eventName={quote}{name}{quote})")).collect();
    pattern(&format!("{{{}}}", tests.join("||")))
}

/// A hundred patterns of 1,024 characters that leave just one combination of 30 fields.
fn adversarial() -> (Pattern, Vec<Pattern>) {
    let filters = (0..100).map(|filter: usize| {
        let mut text = String::from("{ ");
        for condition in 0.. {
            let fields = [0, 1, 2].map(|n: usize| (filter * 7 + condition * 11 + n * 13) % 30);
            let group = fields.map(|field| {
                format!("$.f{field} = {}", if (filter ^ condition) & 1 == 0 { "\"a*\"" } else { "\"*b\"" })
            });
            let group = format!("({})", group.join(" && "));
            if text.len() + group.len() + 6 > 1024 {
                break;
            }
            text = format!("{text}{}{group}", if condition == 0 { "" } else { " || " });
        }
        pattern(&format!("{text} }}"))
    });
    let required: Vec<_> = (0..30).map(|field| format!("$.f{field} = \"*\"")).collect();
    (pattern(&format!("{{ {} }}", required.join(" && "))), filters.collect())
}

fn deciding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("covers");
    for (name, names) in [("network gateways, 6 names", &GATEWAYS[..]), ("IAM policies, 16 names", &POLICIES[..])] {
        let reversed: Vec<_> = names.iter().rev().copied().collect();
        let (required, by) = (named(names, ""), [named(&reversed, "\"")]);
        group.bench_function(format!("{name}, reordered and quoted"), |b| b.iter(|| covers(black_box(&required), &by)));
    }
    let (required, by) =
        (named(&GATEWAYS, ""), [pattern("{ $.eventName = \"*Gateway\" && $.awsRegion = \"us-east-1\" }")]);
    group.bench_function("a witness for a narrowing condition", |b| b.iter(|| covers(black_box(&required), &by)));
    let (required, by) = adversarial();
    group.sample_size(10);
    group.bench_function("100 adversarial filters of 1,024 characters", |b| {
        b.iter(|| covers(black_box(&required), &by))
    });
    group.finish();
}

criterion_group!(benches, deciding);
criterion_main!(benches);
