//! What must hold of any input at all. The fuzz targets and the property tests share these.

use cloudwatch_filter_pattern::covers;
use cloudwatch_filter_pattern::{Pattern, Reading};
use event_sets::Verdict;

/// A text is a pattern, which prints and reads as the same one, or an error at a place in it. Nothing panics.
pub fn pattern(text: &str) {
    match text.parse::<Pattern>() {
        Ok(pattern) => {
            let printed = pattern.tree().to_string();
            if printed.chars().count() <= 1024 {
                assert_eq!(printed.parse(), Ok(pattern), "{text:?} printed as {printed:?}");
            }
        }
        Err(error) => assert!(text.get(error.span.start..error.span.end).is_some(), "{text:?}: {error:?}"),
    }
}

/// Any pattern gives any message one answer: what is extracted is of a match, and nothing is blamed for one. Nothing
/// panics.
pub fn message(pattern: &Pattern, message: &str) {
    let extracted = pattern.extract(message);
    assert_eq!(extracted.is_some(), pattern.matches_as(message, Reading::Literal), "{pattern} {message:?}");
    assert!(extracted.is_none() || pattern.blame(message).is_empty(), "{pattern} {message:?}");
}

/// Any two patterns give one verdict: what is covered by itself is covered, and a witness is one. Nothing panics, and
/// nothing takes long.
pub fn question(required: &Pattern, by: &Pattern) {
    if let Verdict::Escapes(witness) = covers(required, std::slice::from_ref(by)) {
        assert!(required.matches(&witness.message) && !by.matches(&witness.message), "{required} {by} {witness:?}");
    }
    assert!(!matches!(covers(required, std::slice::from_ref(required)), Verdict::Escapes(_)), "{required}");
}
