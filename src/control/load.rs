//! A control from its TOML file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::error::{CatalogueError, Problem};
use super::written::{Header, Id, Kind, Level, Plain, WithReferences, Words, Written, WrittenPattern};
use super::{Control, Edition, Reference, References, Requires, Version};
use crate::pattern::Pattern;

/// A control, and where its file says what may not be said twice.
pub(super) struct Loaded {
    pub control: Control,
    pub key: Range<usize>,
    pub versions: BTreeMap<Version, Range<usize>>,
    pub patterns: BTreeMap<String, Range<usize>>,
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
    let patterns = patterns(&written.patterns)?;
    let mut unused: BTreeSet<&str> = patterns.keys().map(String::as_str).collect();
    let mut editions = BTreeMap::new();
    for (version, edition) in std::mem::take(written.versions.get_mut()) {
        let place = edition.span();
        let WithReferences {
            id: Id(id),
            title: Words(title),
            level: Level(level),
            assessment,
            audit,
            remediation,
            source,
        } = edition.into_inner();
        let mut find = |procedure, names: Spanned<Vec<Spanned<String>>>| -> Result<Vec<_>, Misplaced> {
            if names.get_ref().is_empty() {
                return Err(Misplaced(Some(names.span()), Problem::NoneNamed(procedure)));
            }
            let found = |name: Spanned<String>| {
                let Some((known, reference)) = patterns.get_key_value(name.get_ref()) else {
                    return Err(Misplaced(Some(name.span()), Problem::NoPattern(name.into_inner())));
                };
                unused.remove(known.as_str());
                reference.sound.iter().for_each(|sound| _ = unused.remove(sound.name.as_str()));
                Ok(Arc::clone(reference))
            };
            names.into_inner().into_iter().map(found).collect()
        };
        let references = References { audit: find("audit", audit)?, remediation: find("remediation", remediation)? };
        let requires = Requires::Events(references);
        editions.insert(version, (place, Edition { id, title, level, assessment, requires, source: source.0 }));
    }
    match unused.first() {
        Some(&name) => Err(Misplaced(written.place(name), Problem::Unused(name.to_owned()))),
        None => written.control(editions),
    }
}

fn security_hub(text: &str) -> Result<Loaded, Misplaced> {
    let mut written = read::<Written<Plain>>(text)?;
    if let Some((name, pattern)) = written.patterns.pop_first() {
        return Err(Misplaced(Some(pattern.text.span()), Problem::Unused(name)));
    }
    let editions = std::mem::take(written.versions.get_mut()).into_iter().map(|(version, edition)| {
        let place = edition.span();
        let Plain { id: Id(id), title: Words(title), level: Level(level), assessment, source } = edition.into_inner();
        let requires = Requires::SecurityHub;
        (version, (place, Edition { id, title, level, assessment, requires, source: source.0 }))
    });
    let editions = editions.collect();
    written.control(editions)
}

/// The patterns by name, each with its sound form.
fn patterns(written: &BTreeMap<String, WrittenPattern>) -> Result<BTreeMap<String, Arc<Reference>>, Misplaced> {
    let mut plain = BTreeMap::new();
    for (name, WrittenPattern { text, unsound, .. }) in written {
        let pattern = text.get_ref().parse::<Pattern>().map_err(|error| {
            let name = name.clone();
            Misplaced(Some(text.span()), Problem::Pattern { name, error })
        })?;
        let (text, unsound) = (text.get_ref().clone(), unsound.as_ref().map(|Words(why)| why.clone()));
        plain.insert(name.clone(), Reference { name: name.clone(), text, pattern, unsound, sound: None });
    }
    let mut patterns = plain.clone();
    for (name, reference) in &mut patterns {
        let Some(form) = written.get(name).and_then(|written| written.sound.as_ref()) else { continue };
        let misplaced = |problem: fn(String) -> Problem| Misplaced(Some(form.span()), problem(form.get_ref().clone()));
        let sound = plain.get(form.get_ref()).ok_or_else(|| misplaced(Problem::NoPattern))?;
        if sound.unsound.is_some() {
            return Err(misplaced(Problem::Unsound));
        }
        if reference.unsound.is_none() {
            return Err(misplaced(Problem::SoundWithoutWhy));
        }
        reference.sound = Some(Arc::new(sound.clone()));
    }
    Ok(patterns.into_iter().map(|(name, reference)| (name, Arc::new(reference))).collect())
}

impl<E> Written<E> {
    /// Where a pattern is.
    fn place(&self, pattern: &str) -> Option<Range<usize>> {
        self.patterns.get(pattern).map(|written| written.text.span())
    }

    fn control(self, placed: BTreeMap<Version, (Range<usize>, Edition)>) -> Result<Loaded, Misplaced> {
        let place = self.key.span();
        let key = self.key.into_inner();
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !key.split('-').all(word) {
            return Err(Misplaced(Some(place), Problem::Key(key)));
        }
        if placed.is_empty() {
            return Err(Misplaced(Some(self.versions.span()), Problem::InNoVersion));
        }
        let patterns = self.patterns.iter().map(|(name, written)| (name.clone(), written.text.span())).collect();
        let (mut versions, mut editions) = (BTreeMap::new(), BTreeMap::new());
        for (version, (place, edition)) in placed {
            versions.insert(version, place);
            editions.insert(version, edition);
        }
        let control = Control {
            key,
            number: self.number,
            title: self.title.0,
            description: self.description.0,
            rationale: self.rationale.0,
            impact: self.impact.0,
            remediation: self.remediation.0,
            editions,
            similar: self.similar,
            mappings: self.mappings,
            policy: self.policy,
        };
        Ok(Loaded { control, key: place, versions, patterns })
    }
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
        assert_eq!(place, "\"mian\"");
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
