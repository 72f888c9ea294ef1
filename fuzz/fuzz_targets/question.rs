//! `cargo +nightly fuzz run question`: two patterns, a line each.

#![no_main]

#[path = "../../crates/cloudwatch-filter-pattern/tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some((required, by)) = text.split_once('\n')
        && let (Ok(required), Ok(by)) = (required.parse(), by.parse())
    {
        bodies::question(&required, &by);
    }
});
