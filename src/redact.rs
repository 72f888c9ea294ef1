//! Recordings that can be shown to others: identifiers give way to pseudonyms, and secrets are refused.
//!
//! A pseudonym has the form of what it stands for. It is the same wherever the identifier stands: in an ARN, a policy, a
//! filter pattern, a rule or a name. What is equal stays equal and what differs stays different, so that an audit finds
//! the same. It is a keyed hash of the identifier; who has not got the key, the [`Salt`], cannot tell what it stands for.

mod account;
mod leak;
mod pseudonym;
mod reading;
mod secret;
mod token;
mod tree;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::provider::policy::PARTITIONS;
use crate::provider::recorded::{Recording, RecordingProblem};

pub use leak::{Leak, What, leaks};
pub use pseudonym::{Salt, TooShort};
pub use secret::Secret;
pub use token::Kind;

use pseudonym::Pseudonyms;
use token::{Found, Tokens};

/// A recording with pseudonyms for identifiers.
#[derive(Debug)]
pub struct Redacted {
    /// The recording.
    pub recording: Recording,
    pseudonyms: Pseudonyms,
}

/// Why a recording cannot be redacted.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    /// The recording cannot be written.
    #[error("cannot write the recording: {0}")]
    Unwritable(#[from] serde_json::Error),
    /// The recording names a partition that AWS has not, which may be anything.
    #[error("`{0}` is no partition of AWS")]
    Partition(String),
    /// With pseudonyms in it, it can no longer be read.
    #[error("the recording is not valid with pseudonyms in it: {0}")]
    Unreadable(#[from] RecordingProblem),
}

/// The recording with pseudonyms, which depend on the salt and on nothing else.
pub fn redact(recording: &Recording, salt: &Salt) -> Result<Redacted, RedactError> {
    let partition = &recording.identity().partition;
    if !PARTITIONS.contains(&partition.as_str()) {
        return Err(RedactError::Partition(partition.clone()));
    }
    let mut file = serde_json::to_value(recording)?;
    let mut found = BTreeSet::new();
    // Twice, because a name that an ARN tells is looked for in all of the recording, and so is an account in any spelling.
    let mut tokens = Tokens::default();
    for _ in 0..2 {
        found.clear();
        tree::rewrite(&mut file.clone(), &tokens, &mut |kind, text| {
            found.insert(Found::new(kind, text));
            text.to_owned()
        });
        let of = |kind| found.iter().filter(move |found| found.kind == kind).map(|found| found.text.as_str());
        tokens = Tokens::new(of(Kind::Name), of(Kind::Account));
    }
    let pseudonyms = Pseudonyms::new(salt, found, tokens);
    tree::rewrite(&mut file, &pseudonyms.tokens, &mut |kind, text| pseudonyms.of(kind, text));
    Ok(Redacted { recording: file.to_string().parse()?, pseudonyms })
}

impl Redacted {
    /// A text, such as a report on the recording as it was, with the same pseudonyms.
    pub fn rewrite(&self, value: &mut Value) {
        tree::strings(value, &mut |text| self.pseudonyms.rewrite(text));
    }

    /// Where identifiers of the recording as it was are left in the redacted one.
    pub fn leaks(&self) -> Result<Vec<Leak>, serde_json::Error> {
        Ok(leak::find(&serde_json::to_value(&self.recording)?, |text| self.pseudonyms.left_in(text)))
    }
}
