//! `cargo +nightly fuzz run pattern`

#![no_main]

#[path = "../../crates/cloudwatch-filter-pattern/tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| bodies::pattern(text));
