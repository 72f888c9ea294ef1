//! Answers to read-only AWS calls.
//!
//! The questions, their answers and recordings are in the crate `trailproof-aws`; with the feature `live`, an account is
//! asked over the network.

#[cfg(feature = "live")]
pub mod live;

pub use trailproof_aws::recording as recorded;
pub use trailproof_aws::{
    Answer, Arn, Ask, Asked, Call, Flaw, Need, NotARegion, Operation, Output, Provider, Question, Refusal, RefusalKind,
    Region, Request, Response, api, arn, change, identity, operation, policy, question, text,
};

/// Recording what is answered.
pub mod record {
    pub use trailproof_aws::recording::Recorder;
}

/// The table of operations.
pub mod permissions {
    pub use trailproof_aws::operation::{Need, Operation, Scope};
}
