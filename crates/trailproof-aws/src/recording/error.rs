//! What can be wrong with a recording, where, and what to do about it.

use std::io;
use std::path::PathBuf;

use serde_json::error::Category;

use super::FORMAT;
use super::file::SIZE_LIMIT;
use super::parse::message;
use crate::api::NotATime;
use crate::identity::NotAnAccountId;
use crate::text::NotText;
use crate::{AccountId, Call, NotARegion};

/// A recording that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct RecordingError {
    /// The file or directory.
    pub file: PathBuf,
    /// What is wrong with it.
    #[source]
    pub problem: RecordingProblem,
}

/// What is wrong with a recording.
#[derive(Debug, thiserror::Error)]
pub enum RecordingProblem {
    /// The file or directory cannot be read.
    #[error("cannot read the recording: {0}")]
    Unreadable(io::Error),
    /// The file is larger than [`SIZE_LIMIT`].
    #[error("the file is larger than {} MiB", SIZE_LIMIT >> 20)]
    TooLarge,
    /// What a directory holds under the name of a recording is a directory, a pipe or the like.
    #[error("this is no file, although its name ends as that of a recording")]
    NotAFile,
    /// The directory has no `*.json` file.
    #[error("the directory holds no recording")]
    EmptyDirectory,
    /// The bytes are not text.
    #[error(transparent)]
    NotText(NotText),
    /// The text ends inside the JSON value.
    #[error("the file ends too early")]
    Truncated {
        /// The last line.
        line: usize,
        /// The last column.
        column: usize,
    },
    /// The text is not JSON.
    #[error("the file is not JSON: {message}")]
    NotJson {
        /// The line of the error.
        line: usize,
        /// The column of the error.
        column: usize,
        /// What was expected.
        message: String,
    },
    /// The JSON value is something else than a recording.
    #[error("{}", match .found {
        Some(found) => format!("the format is `{found}`, not `{FORMAT}`"),
        None => "the file does not say that it is a recording".to_owned(),
    })]
    WrongFormat {
        /// What `format` says, if it is there.
        found: Option<String>,
    },
    /// The account id is none.
    #[error(transparent)]
    Account(NotAnAccountId),
    /// The time of the recording is none.
    #[error(transparent)]
    Time(NotATime),
    /// A member outside an output is missing or of the wrong type.
    #[error("{message}")]
    Shape {
        /// The member, as a path.
        place: String,
        /// What was expected.
        message: String,
    },
    /// A region that is empty or no region code.
    #[error("{error}")]
    Region {
        /// The index of the call.
        index: usize,
        /// What was found.
        error: NotARegion,
    },
    /// A call that needs a region or a resource has none.
    #[error("`{operation}` lacks `{member}`")]
    Lacks {
        /// The index of the call.
        index: usize,
        /// Service and operation.
        operation: String,
        /// `region` or `resource`.
        member: &'static str,
        /// What the member has to say.
        meaning: &'static str,
    },
    /// A call about a whole region has a resource.
    #[error("`{operation}` is about a whole region and takes no `resource`")]
    TakesNoResource {
        /// The index of the call.
        index: usize,
        /// Service and operation.
        operation: String,
    },
    /// A call has neither an output nor an error.
    #[error("the call has neither `output` nor `error`")]
    NoAnswer {
        /// The index of the call.
        index: usize,
    },
    /// A call has an output and an error.
    #[error("the call has both `output` and `error`")]
    TwoAnswers {
        /// The index of the call.
        index: usize,
    },
    /// A call occurs twice.
    #[error("calls[{first}] and calls[{second}] are the same call: {call}")]
    SameCall {
        /// The index of the first occurrence.
        first: usize,
        /// The index of the second.
        second: usize,
        /// The call, in words.
        call: String,
    },
    /// A trail is described twice, in two ways.
    #[error("{first} and {second} are the same trail, and describe it differently")]
    TwoDescriptions {
        /// The first description, as a path.
        first: String,
        /// The second.
        second: String,
    },
    /// An output is not what the operation answers.
    #[error("{message}")]
    Output {
        /// The member, as a path.
        place: String,
        /// What was expected.
        message: String,
        /// The call that the output belongs to.
        call: Box<Call>,
    },
    /// Another recording is of the same account.
    #[error("account {account} is recorded twice")]
    SameAccount {
        /// The account.
        account: AccountId,
        /// The other recording.
        other: PathBuf,
    },
}

impl RecordingProblem {
    /// A text that is not JSON, or ends too early.
    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Eof => Self::Truncated { line, column },
            _ => Self::NotJson { line, column, message: message(error) },
        }
    }

    /// Where in the file: a line and column where the text is at fault, a path such as `calls[3].output` where the
    /// content is.
    pub fn place(&self) -> Option<String> {
        match self {
            Self::Unreadable(_) | Self::TooLarge | Self::NotAFile | Self::EmptyDirectory | Self::SameAccount { .. } => {
                None
            }
            Self::NotText(NotText { line, .. }) => Some(format!("line {line}")),
            Self::Truncated { line, column } | Self::NotJson { line, column, .. } => {
                Some(format!("line {line}, column {column}"))
            }
            Self::WrongFormat { .. } => Some("format".to_owned()),
            Self::Account(_) => Some("account".to_owned()),
            Self::Time(_) => Some("recorded_at".to_owned()),
            Self::Shape { place, .. } | Self::Output { place, .. } => {
                Some(place.clone()).filter(|place| !place.is_empty())
            }
            Self::TwoDescriptions { second, .. } => Some(second.clone()),
            Self::Region { index, .. } => Some(format!("calls[{index}].region")),
            Self::Lacks { index, .. }
            | Self::TakesNoResource { index, .. }
            | Self::NoAnswer { index }
            | Self::TwoAnswers { index }
            | Self::SameCall { second: index, .. } => Some(format!("calls[{index}]")),
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable(_) => "check that the path exists and that you may read it".to_owned(),
            Self::TooLarge => "a recording holds one account; check that this file is one".to_owned(),
            Self::NotAFile => "remove it, or name the recordings one by one".to_owned(),
            Self::EmptyDirectory => "a recording is a file whose name ends in `.json`".to_owned(),
            Self::NotText(error) => error.help().to_owned(),
            Self::Truncated { .. } => "record the account again, or restore the whole file".to_owned(),
            Self::NotJson { .. } => "correct the file, or record the account again".to_owned(),
            Self::WrongFormat { found: Some(found) } if found.starts_with("trailproof-recording/") => {
                "read it with the version of trailproof that wrote it, or a later one".to_owned()
            }
            Self::WrongFormat { .. } => format!("a recording starts with `\"format\": \"{FORMAT}\"`"),
            Self::Account(_) => "`aws sts get-caller-identity` prints the account id".to_owned(),
            Self::Time(_) => "write the time of the recording, or leave it out".to_owned(),
            Self::Shape { .. } => {
                "a recording has `account` and `calls`; a call has `service`, `operation`, `region`, where it is about \
                 one thing `resource`, and `output` or `error` with `code` and `message`"
                    .to_owned()
            }
            Self::Region { .. } => "write a region code such as `us-east-1`".to_owned(),
            Self::Lacks { member, meaning, .. } => format!("add `{member}`: {meaning}"),
            Self::TakesNoResource { .. } => "remove `resource`".to_owned(),
            Self::NoAnswer { .. } => "add what the call answered, or remove the call".to_owned(),
            Self::TwoAnswers { .. } => "keep the one that the call answered".to_owned(),
            Self::SameCall { first, second, .. } => format!("remove calls[{first}] or calls[{second}]"),
            Self::TwoDescriptions { .. } => "record the trails of all regions again, at one time".to_owned(),
            Self::Output { call, .. } => {
                let operation = call.operation;
                format!("paste what `aws {} {} --output json` prints", operation.service(), operation.command())
            }
            Self::SameAccount { other, .. } => format!("remove this recording or `{}`", other.display()),
        }
    }
}
