//! A control from its TOML file.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::error::{CatalogueError, Problem};
use super::{Control, Edition, Mapping, Policy, Reference, Similar, Version};
use crate::pattern::Pattern;

/// The control that `text`, the content of `file`, defines.
pub(super) fn control(file: &str, text: &str) -> Result<Control, CatalogueError> {
    let error = |span, problem| CatalogueError { file: file.to_owned(), span, problem };
    let written: Written = toml::from_str(text).map_err(|e| error(e.span(), Problem::Toml(e.message().to_owned())))?;

    let mut patterns = BTreeMap::new();
    for (name, pattern) in written.patterns {
        let place = pattern.text.span();
        let text = pattern.text.into_inner();
        let parsed = text
            .parse::<Pattern>()
            .map_err(|e| error(Some(place), Problem::Pattern { name: name.clone(), error: e }))?;
        let reference = Reference { text, pattern: parsed, unsound: pattern.unsound, sound: pattern.sound };
        patterns.insert(name, reference);
    }

    let sound = patterns.values().filter_map(|reference| reference.sound.as_ref().map(|name| (name, None)));
    let asked = written.versions.values().flat_map(|edition| {
        let place = edition.span();
        let edition = edition.get_ref();
        edition.audit.iter().chain(&edition.remediation).map(move |name| (name, Some(place.clone())))
    });
    if let Some((name, place)) = sound.chain(asked).find(|(name, _)| !patterns.contains_key(*name)) {
        return Err(error(place, Problem::NoPattern(name.clone())));
    }

    Ok(Control {
        key: written.key,
        number: written.number,
        title: written.title,
        description: written.description,
        rationale: written.rationale,
        impact: written.impact,
        remediation: written.remediation,
        editions: written.versions.into_iter().map(|(version, edition)| (version, edition.into_inner())).collect(),
        patterns,
        similar: written.similar,
        mappings: written.mappings,
        policy: written.policy,
    })
}

/// A control's file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    number: u32,
    title: String,
    description: String,
    rationale: String,
    impact: String,
    remediation: String,
    patterns: BTreeMap<String, WrittenPattern>,
    versions: BTreeMap<Version, Spanned<Edition>>,
    #[serde(default)]
    similar: Vec<Similar>,
    #[serde(default)]
    mappings: Vec<Mapping>,
    policy: Option<Policy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPattern {
    text: Spanned<String>,
    unsound: Option<String>,
    sound: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{Problem, control};

    const MINIMAL: &str = r#"
        key = "k"
        number = 12
        title = "t"
        description = "d"
        rationale = "r"
        impact = "i"
        remediation = "r"
        patterns.main.text = '{ $.eventName = CreateRoute }'
        [versions."7.0.0"]
        id = "5.12"
        title = "t"
        level = 1
        assessment = "Manual"
        audit = ["main"]
        remediation = ["main"]
        source = "s"
    "#;

    /// The problem and the text it points at, once `from` is replaced by `to` in a file that is right.
    fn problem(from: &str, to: &str) -> (Problem, String) {
        let text = MINIMAL.replace(from, to);
        assert_ne!(text, MINIMAL);
        let error = control("k.toml", &text).unwrap_err();
        (error.problem, error.span.and_then(|span| text.get(span)).unwrap_or_default().to_owned())
    }

    #[test]
    fn a_file_that_is_right_is_read() {
        assert_eq!(control("k.toml", MINIMAL).unwrap().key, "k");
    }

    #[test]
    fn a_pattern_that_aws_would_reject_is_pointed_at() {
        let (problem, place) = problem("{ $.eventName = CreateRoute }", "{ $.eventName == CreateRoute }");
        assert!(matches!(problem, Problem::Pattern { .. }), "{problem}");
        assert_eq!(place, "'{ $.eventName == CreateRoute }'");
    }

    #[test]
    fn a_pattern_that_is_not_there_is_an_error() {
        let (problem, place) = problem(r#"audit = ["main"]"#, r#"audit = ["mian"]"#);
        assert_eq!(problem.to_string(), "there is no pattern `mian` in this file");
        assert!(place.starts_with("[versions"), "{place}");
    }

    #[test]
    fn an_unknown_member_is_pointed_at() {
        let (problem, place) = problem("number", "numbr");
        assert!(problem.to_string().contains("numbr"), "{problem}");
        assert_eq!(place, "numbr");
    }
}
