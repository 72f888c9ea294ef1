//! The read-only AWS calls of trailproof, and recordings of their answers.
//!
//! [`operations!`](operation) is one table: an operation, its place in an audit, and the type of its answer. The
//! [questions](question), the [IAM policy](policy), and the reader and the writer of [recordings](recording) are derived
//! from it, and so is what a live account may be asked.
//!
//! Whoever answers implements [`Ask`]. A call that was denied, that failed, or that nobody recorded is a [`Refusal`]: a
//! value of its own, never an empty list. An audit that mistook "you may not look" for "there is nothing" would report
//! what it did not see.
//!
//! [Changes](change) to an account are values, too. Nothing here makes them: they show in recordings.

pub mod api;
pub mod arn;
mod ask;
pub mod change;
pub mod identity;
pub mod operation;
pub mod policy;
pub mod recording;
mod region;
mod response;
pub mod text;

pub use arn::Arn;
pub use ask::{Answer, Ask, Call, Provider, Question, Refusal, RefusalKind};
pub use change::{Change, ChangeError, Edit};
pub use identity::{AccountId, Identity};
pub use operation::{Need, Operation, Output, Request, Scope, question};
pub use recording::Recording;
pub use region::{NotARegion, Region};
pub use response::{Asked, Flaw, Response};
