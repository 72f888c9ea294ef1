//! The crate from outside.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "fails the test"
)]

pub mod bodies;
mod deciding_properties;
mod decisions;
mod errors;
mod matching_properties;
pub mod oracle;
mod reference;
mod regex_oracle;
pub mod small;
mod syntax_properties;
pub mod trees;
mod vectors;
