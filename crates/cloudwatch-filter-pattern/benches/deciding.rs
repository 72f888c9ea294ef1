//! How long it takes to decide whether patterns cover one another.
//!
//! `cargo bench --no-default-features --bench deciding`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a pattern that does not parse ends the benchmark")]

use std::hint::black_box;

use cloudwatch_filter_pattern::{Pattern, covers};
use criterion::{Criterion, criterion_group, criterion_main};
use event_sets::{Domain, EventSet, Prover};

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

/// Questions as an audit of many accounts asks them: is a control's pattern covered by the filters of an account? In seven of
/// ten accounts the filters are the same, in the others each is written otherwise.
fn questions() -> (Vec<EventSet>, Vec<Vec<EventSet>>) {
    let names: Vec<Vec<String>> =
        (0..15).map(|control| (0..12).map(|name| format!("Do{control}With{name}")).collect()).collect();
    let filter =
        |names: &[String], quote| EventSet::of(named(&names.iter().map(String::as_str).collect::<Vec<_>>(), quote));
    let controls = names.iter().map(|names| filter(names, "")).collect();
    let account = |account: usize| {
        let own = |control: usize, names: &Vec<String>| {
            let mut names = names.clone();
            if account % 10 >= 7 {
                names.rotate_left(account % 12);
                names.push(format!("Own{account}Of{control}"));
            }
            filter(&names, "\"")
        };
        names.iter().enumerate().map(|(control, names)| own(control, names)).collect()
    };
    (controls, (0..100).map(account).collect())
}

fn sharing(criterion: &mut Criterion) {
    let (controls, accounts) = questions();
    let ask = |prover: &Prover, accounts: &[Vec<EventSet>]| {
        let covered = |filters| controls.iter().filter(|control| prover.is_covered(control, filters)).count();
        accounts.iter().map(|filters| covered(filters)).sum::<usize>()
    };
    let mut group = criterion.benchmark_group("15 controls, 15 filters an account");
    group.bench_function("one account", |bencher| {
        bencher.iter(|| ask(&Prover::new(Domain::json()), black_box(&accounts[..1])));
    });
    group.bench_function("100 accounts, one prover", |bencher| {
        bencher.iter(|| ask(&Prover::new(Domain::json()), black_box(&accounts)));
    });
    group.bench_function("100 accounts, known to the prover", |bencher| {
        let prover = Prover::new(Domain::json());
        ask(&prover, &accounts);
        bencher.iter(|| ask(&prover, black_box(&accounts)));
    });
    group.finish();
}

criterion_group!(benches, deciding, sharing);
criterion_main!(benches);
