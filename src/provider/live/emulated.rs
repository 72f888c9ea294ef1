//! AWS, emulated: accounts in LocalStack and moto that are as a recording says, and that the live provider asks over the
//! wire.
//!
//! An account is made by the [changes](crate::provider::change) that make it as it was recorded, each by real calls.
//! LocalStack answers for CloudWatch, CloudWatch Logs and SNS, moto for CloudTrail, KMS and Security Hub. Each emulated
//! account has an id of its own, so that any number of them can be there side by side. What the emulators cannot hold is
//! a [`Quirk`].

mod account;
mod amend;
mod cloudtrail;
mod cloudwatch;
mod error;
mod http;
mod kms;
mod logs;
mod names;
mod perform;
mod quirk;
mod securityhub;
mod sns;
mod start;

pub use account::EmulatedAccount;
pub use error::ProvisionError;
pub use http::HttpError;
pub use quirk::{QUIRKS, Quirk};
pub use start::{ENDPOINTS, Emulators, EmulatorsError, Reason};

use names::Names;

use super::Live;
use crate::provider::Ask as _;
use crate::provider::recorded::Recording;

/// An account in the emulators that is as a recorded one, but for names that nobody can choose.
#[derive(Debug)]
pub struct Emulated {
    /// The account behind the live provider.
    pub live: Live,
    /// The account with clients that can change it.
    pub account: EmulatedAccount,
    names: Names,
}

impl Emulated {
    /// A text about the emulated account, with the recorded account's names.
    pub fn as_recorded(&self, text: &str) -> String {
        self.names.as_recorded(text)
    }
}

impl Emulators {
    /// Makes an account that is as the recorded one. It has to be free of [quirks](Quirk::of).
    pub async fn provision(&self, recording: &Recording) -> Result<Emulated, ProvisionError> {
        let (recording, mut names) = names::renamed(recording)?;
        let account = self.account(recording.identity().clone()).await;
        for change in recording.changes() {
            account.perform(&change, &mut names).await?;
        }
        let live = account.live(recording.regions().to_vec(), recording.asked_at());
        Ok(Emulated { live, account, names })
    }
}
