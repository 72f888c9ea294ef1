//! trailproof answers one question about an AWS account, with a proof: if this CloudTrail event happened now, would a
//! person be told?

pub mod account;
pub mod audit;
pub mod bundle;
pub mod catalogue;
pub mod chain;
pub mod cli;
pub mod estate;
pub mod exit;
pub mod fault;
pub mod judge;
pub mod pattern;
pub mod pipe;
pub mod policy;
pub mod provider;
pub mod redact;
pub mod render;
pub mod report;
#[cfg(feature = "scenarios")]
pub mod scenario;
mod ternary;

pub use catalogue as control;

/// The example of the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
