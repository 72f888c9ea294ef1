//! `cargo +nightly fuzz run message`: the first line is a pattern, the rest a message.

#![no_main]

#[path = "../../crates/cloudwatch-filter-pattern/tests/it/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some((pattern, message)) = text.split_once('\n')
        && let Ok(pattern) = pattern.parse()
    {
        bodies::message(&pattern, message);
    }
});
