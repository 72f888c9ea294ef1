//! Values of options that are read as the AWS CLI reads them.

use std::io::{self, Read as _};
use std::path::Path;

use super::input::{self, ReadError};
use crate::provider::text::decode;

/// How large a file may be that a value is read from.
const LIMIT: usize = 1 << 20;

/// Why a value could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ParameterError {
    #[error("Error parsing parameter '{option}': Unable to load paramfile {value}: {reason}")]
    Unreadable { option: &'static str, value: String, reason: ReadError },
}

/// The texts of an option that takes several values.
pub(super) fn texts(option: &'static str, values: Vec<String>) -> Result<Vec<String>, ParameterError> {
    values.into_iter().map(|value| text(option, value)).collect()
}

/// The text of an option: of a file for `file://PATH`, of standard input for `-`, and the value itself otherwise.
pub(super) fn text(option: &'static str, value: String) -> Result<String, ParameterError> {
    let text = match value.strip_prefix("file://") {
        Some(path) => input::text(Path::new(path), LIMIT),
        None if value == "-" => standard_input(),
        None => return Ok(value),
    };
    text.map_err(|reason| ParameterError::Unreadable { option, value, reason })
}

fn standard_input() -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    io::stdin().take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LIMIT { Err(ReadError::TooLarge(LIMIT)) } else { Ok(decode(bytes)?) }
}
