//! How many instructions the pattern engine executes: figures that do not depend on how busy the machine is.
//!
//! `cargo bench --manifest-path benches/instructions/Cargo.toml`; the figures are in `docs/benchmarks.md`.

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use trailproof::pattern::covers;
use trailproof::pattern::event_sets::Verdict;
use trailproof::pattern::{Matcher, Pattern, Reading};

const GATEWAYS: [&str; 6] = [
    "CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway",
    "DeleteInternetGateway", "DetachInternetGateway",
];
const RECORD: &str = include_str!("../../controls/facts/cloudtrail-record.json");

fn named<'a>(names: impl Iterator<Item = &'a str>, quote: &str) -> Pattern {
    let tests: Vec<_> = names.map(|name| format!("($.eventName = {quote}{name}{quote})")).collect();
    format!("{{ {} }}", tests.join(" || ")).parse().expect("a pattern")
}

fn reordered() -> (Pattern, Pattern) {
    (named(GATEWAYS.into_iter(), ""), named(GATEWAYS.into_iter().rev(), "\""))
}

fn narrowed() -> (Pattern, Pattern) {
    let by = "{ $.eventName = \"*Gateway\" && $.awsRegion = \"us-east-1\" }";
    (named(GATEWAYS.into_iter(), ""), by.parse().expect("a pattern"))
}

fn matcher() -> Matcher {
    Matcher::new(named(GATEWAYS.into_iter(), "").tree(), Reading::Literal)
}

#[library_benchmark]
#[bench::reordered_and_quoted(reordered())]
#[bench::witness(narrowed())]
fn decide((required, by): (Pattern, Pattern)) -> Verdict {
    covers(black_box(&required), black_box(&[by]))
}

#[library_benchmark]
#[bench::network_gateways(matcher())]
fn match_record(matcher: Matcher) -> bool {
    matcher.is_match(black_box(RECORD))
}

library_benchmark_group!(name = engine; benchmarks = decide, match_record);
main!(library_benchmark_groups = engine);
