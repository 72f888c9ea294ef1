//! What must hold of any input at all. The fuzz targets and the property tests share these.

use trailproof::pattern::Pattern;

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
