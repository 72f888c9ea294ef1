//! The time that an audit may take.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::provider::{Answer, Call, Refusal};

/// The moment by which all answers must be in. What is not answered by then is refused: slow is not the same as empty.
///
/// A limit for each call would not do, since nobody knows beforehand how many calls, pages and retries there will be.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    allowed: Duration,
    at: Instant,
}

impl Deadline {
    /// So long from now.
    pub fn after(allowed: Duration) -> Self {
        Self { allowed, at: Instant::now() + allowed }
    }

    /// What comes in time, or how long it was waited for.
    pub(super) async fn wait<T>(self, coming: impl Future<Output = T>) -> Result<T, Late> {
        timeout_at(self.at, coming).await.map_err(|_| Late { allowed: self.allowed })
    }

    /// An answer that comes in time, or a refusal of the call. One call may take half of the time that is left, so that
    /// time remains for what does not depend on it.
    pub(super) async fn answer<T>(self, call: Call, answer: impl Future<Output = Answer<T>>) -> Answer<T> {
        let now = Instant::now();
        let by = now + self.at.saturating_duration_since(now) / 2;
        let late = LateCall { allowed: self.allowed };
        timeout_at(by, answer).await.map_err(|_| Refusal::without_answer(call, &late.to_string()))?
    }
}

/// The deadline has passed.
#[derive(Debug, thiserror::Error)]
#[error("no answer within the {} s that the audit may take", allowed.as_secs_f64())]
pub(super) struct Late {
    allowed: Duration,
}

/// A call took more than its share.
#[derive(Debug, thiserror::Error)]
#[error("no answer in time: the audit may take {} s, and one call half of what is left", allowed.as_secs_f64())]
struct LateCall {
    allowed: Duration,
}
