//! Names that are others in the emulators than in the recording.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::ProvisionError;
use crate::provider::recorded::Recording;

/// Pairs of names, recorded and emulated.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// Keeps that what is called `recorded` is called `emulated`.
    pub(super) fn add(&mut self, recorded: &str, emulated: &str) {
        self.0.push((recorded.to_owned(), emulated.to_owned()));
    }

    /// The latest names first: they may hold earlier ones.
    pub(super) fn as_recorded(&self, text: &str) -> String {
        let names = self.0.iter().rev();
        names.fold(text.to_owned(), |text, (recorded, emulated)| text.replace(emulated, recorded))
    }

    pub(super) fn as_emulated(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (recorded, emulated)| text.replace(recorded, emulated))
    }
}

/// The recording of an account that has another id, and that knows other accounts by other ids. Each is new, so that no
/// two emulated accounts ever meet.
pub(super) fn renamed(recording: &Recording) -> Result<(Recording, Names), ProvisionError> {
    let unusable = |error: &dyn std::error::Error| ProvisionError::Incomplete(error.to_string());
    let text = serde_json::to_string(recording).map_err(|error| unusable(&error))?;
    let mut names = Names::default();
    for id in account_ids(&text) {
        names.add(&id, &new_id());
    }
    let renamed = names.as_emulated(&text).parse().map_err(|error| unusable(&error))?;
    Ok((renamed, names))
}

/// The ids of all accounts in a text: twelve digits with neither a digit nor a letter beside them, nor a hyphen, as in
/// the last part of a UUID.
fn account_ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    let ids = words.filter(|word| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit()));
    ids.map(str::to_owned).collect()
}

/// Twelve digits that nobody had before, in this process or another one: the seconds of this decade, and a number.
fn new_id() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("{:08}{:04}", seconds % 100_000_000, number % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_where_uuids_are_not() {
        let text =
            r#"{"account":"111122223333","a":"arn:aws:sns:us-east-1:444455556666:t:1234abcd-56ef-000000000001"}"#;
        assert_eq!(account_ids(text).into_iter().collect::<Vec<_>>(), ["111122223333", "444455556666"]);
    }

    #[test]
    fn names_go_both_ways() {
        let mut names = Names::default();
        names.add("111122223333", "444455556666");
        names.add("111122223333:a", "444455556666:b");
        assert_eq!(names.as_recorded("x:444455556666:b 444455556666"), "x:111122223333:a 111122223333");
    }
}
