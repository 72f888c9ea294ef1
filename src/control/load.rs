//! A control from its TOML file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use toml::Spanned;

use super::error::{CatalogueError, Problem};
use super::{Assessment, Control, Edition, Mapping, Policy, Reference, References, Requires, Similar, Version};
use crate::pattern::Pattern;

/// A control, and where its file says what may not be said twice.
pub(super) struct Loaded {
    pub control: Control,
    pub key: Range<usize>,
    pub versions: BTreeMap<Version, Range<usize>>,
}

/// The control that `text`, the content of `file`, defines.
pub(super) fn control(file: &str, text: &str) -> Result<Loaded, CatalogueError> {
    let read = read::<Header>(text).and_then(|header| match header.requires {
        Kind::Events => events(text),
        Kind::SecurityHub => security_hub(text),
    });
    read.map_err(|Misplaced(span, problem)| CatalogueError::new(file, text, span, problem))
}

/// What is wrong, and where in the text.
struct Misplaced(Option<Range<usize>>, Problem);

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Misplaced> {
    toml::from_str(text).map_err(|e| Misplaced(e.span(), Problem::Toml(e.message().to_owned())))
}

fn events(text: &str) -> Result<Loaded, Misplaced> {
    let mut written = read::<Written<WithReferences>>(text)?;
    let patterns = patterns(std::mem::take(&mut written.patterns))?;
    let mut unused: BTreeSet<&str> = patterns.keys().map(String::as_str).collect();
    let mut editions = BTreeMap::new();
    for (version, edition) in std::mem::take(&mut written.versions) {
        let place = edition.span();
        let WithReferences { id, title, level, assessment, audit, remediation, source } = edition.into_inner();
        let mut find = |names: Vec<String>| -> Result<Vec<_>, Misplaced> {
            let found = |name: String| {
                let Some((name, reference)) = patterns.get_key_value(&name) else {
                    return Err(Misplaced(Some(place.clone()), Problem::NoPattern(name)));
                };
                unused.remove(name.as_str());
                reference.sound.iter().for_each(|sound| _ = unused.remove(sound.name.as_str()));
                Ok(Arc::clone(reference))
            };
            names.into_iter().map(found).collect()
        };
        let requires = Requires::Events(References { audit: find(audit)?, remediation: find(remediation)? });
        editions.insert(version, (place, Edition { id, title, level, assessment, requires, source }));
    }
    match unused.first() {
        Some(name) => Err(Misplaced(None, Problem::Unused((*name).to_owned()))),
        None => written.control(editions),
    }
}

fn security_hub(text: &str) -> Result<Loaded, Misplaced> {
    let mut written = read::<Written<Plain>>(text)?;
    if let Some((name, pattern)) = written.patterns.pop_first() {
        return Err(Misplaced(Some(pattern.text.span()), Problem::Unused(name)));
    }
    let editions = std::mem::take(&mut written.versions).into_iter().map(|(version, edition)| {
        let place = edition.span();
        let Plain { id, title, level, assessment, source } = edition.into_inner();
        (version, (place, Edition { id, title, level, assessment, requires: Requires::SecurityHub, source }))
    });
    let editions = editions.collect();
    written.control(editions)
}

/// The patterns by name, each with its sound form.
fn patterns(written: BTreeMap<String, WrittenPattern>) -> Result<BTreeMap<String, Arc<Reference>>, Misplaced> {
    let mut sound = Vec::new();
    let mut patterns = BTreeMap::new();
    for (name, WrittenPattern { text, unsound, sound: form }) in written {
        let place = text.span();
        let text = text.into_inner();
        let pattern = text.parse::<Pattern>().map_err(|error| {
            let name = name.clone();
            Misplaced(Some(place), Problem::Pattern { name, error })
        })?;
        sound.extend(form.map(|form| (name.clone(), form)));
        patterns.insert(name.clone(), Reference { name, text, pattern, unsound, sound: None });
    }
    let plain = patterns.clone();
    for (name, form) in sound {
        let place = form.span();
        let form = form.into_inner();
        match (patterns.get_mut(&name), plain.get(&form)) {
            (_, None) => return Err(Misplaced(Some(place), Problem::NoPattern(form))),
            (_, Some(sound)) if sound.unsound.is_some() => return Err(Misplaced(Some(place), Problem::Unsound(form))),
            (Some(reference), Some(sound)) => reference.sound = Some(Arc::new(sound.clone())),
            (None, Some(_)) => {}
        }
    }
    Ok(patterns.into_iter().map(|(name, reference)| (name, Arc::new(reference))).collect())
}

/// The one member that says what the others are.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    requires: Kind,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    Events,
    SecurityHub,
}

/// A control's file as it is written, with what it says of each version.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<E> {
    key: Spanned<String>,
    number: u32,
    title: String,
    description: String,
    rationale: String,
    impact: String,
    remediation: String,
    /// Read before, as the [`Header`].
    #[serde(default, rename = "requires")]
    _requires: IgnoredAny,
    #[serde(default)]
    patterns: BTreeMap<String, WrittenPattern>,
    versions: BTreeMap<Version, Spanned<E>>,
    #[serde(default)]
    similar: Vec<Similar>,
    #[serde(default)]
    mappings: Vec<Mapping>,
    policy: Option<Policy>,
}

impl<E> Written<E> {
    fn control(self, placed: BTreeMap<Version, (Range<usize>, Edition)>) -> Result<Loaded, Misplaced> {
        let place = self.key.span();
        let key = self.key.into_inner();
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !key.split('-').all(word) {
            return Err(Misplaced(Some(place), Problem::Key(key)));
        }
        let (mut versions, mut editions) = (BTreeMap::new(), BTreeMap::new());
        for (version, (place, edition)) in placed {
            versions.insert(version, place);
            editions.insert(version, edition);
        }
        let control = Control {
            key,
            number: self.number,
            title: self.title,
            description: self.description,
            rationale: self.rationale,
            impact: self.impact,
            remediation: self.remediation,
            editions,
            similar: self.similar,
            mappings: self.mappings,
            policy: self.policy,
        };
        Ok(Loaded { control, key: place, versions })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPattern {
    text: Spanned<String>,
    unsound: Option<String>,
    sound: Option<Spanned<String>>,
}

/// A version of a control that is about events.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithReferences {
    id: String,
    title: String,
    level: u8,
    assessment: Assessment,
    audit: Vec<String>,
    remediation: Vec<String>,
    source: String,
}

/// A version of any other control.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    id: String,
    title: String,
    level: u8,
    assessment: Assessment,
    source: String,
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
        let error = control("k.toml", &text).err().unwrap();
        (*error.problem, error.span.and_then(|span| text.get(span)).unwrap_or_default().to_owned())
    }

    #[test]
    fn a_file_that_is_right_is_read() {
        assert_eq!(control("k.toml", MINIMAL).unwrap().control.key, "k");
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
    fn a_pattern_that_no_version_names_is_an_error() {
        let (problem, _) = problem("[versions", "patterns.other.text = 'x'\n[versions");
        assert_eq!(problem.to_string(), "no version names the pattern `other`");
    }

    #[test]
    fn a_sound_form_is_sound() {
        let unsound = "patterns.main.unsound = 'u'\npatterns.main.sound = 'main'\n[versions";
        let (problem, place) = problem("[versions", unsound);
        assert_eq!(problem.to_string(), "the pattern `main` is no sound form: it is unsound itself");
        assert_eq!(place, "'main'");
    }

    #[test]
    fn security_hub_takes_no_patterns() {
        let hub = "requires = 'security-hub'\nkey";
        assert_eq!(problem("key", hub).1, "audit");
        let hub = MINIMAL.replace("key", hub).replace("audit = [\"main\"]", "").replace("remediation = [\"main\"]", "");
        let error = control("k.toml", &hub).err().unwrap();
        assert_eq!(error.problem.to_string(), "no version names the pattern `main`");
        let bare = hub.replace("patterns.main.text = '{ $.eventName = CreateRoute }'", "");
        assert!(control("k.toml", &bare).is_ok());
    }

    #[test]
    fn a_key_is_in_kebab_case() {
        assert_eq!(problem(r#"key = "k""#, "key = 'Gateway changes'").1, "'Gateway changes'");
        assert_eq!(problem(r#"key = "k""#, "key = 'k-'").1, "'k-'");
    }

    #[test]
    fn an_unknown_member_is_pointed_at() {
        let (problem, place) = problem("number", "numbr");
        assert!(problem.to_string().contains("numbr"), "{problem}");
        assert_eq!(place, "numbr");
    }
}
