//! A control from its TOML file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use super::error::{CatalogueError, CatalogueErrorKind};
use super::schema::{
    AnyControlFile, ControlFile, EventEdition, Id, Level, NonEmptyText, PatternTable, SecurityHubEdition, SimilarTable,
};
use super::{Control, Edition, Reference, References, Requires, Similar, Version};
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
    let read = AnyControlFile::read(text);
    let read = read.map_err(|e| LoadError(e.span(), CatalogueErrorKind::Toml(e.message().to_owned())));
    read.and_then(resolve).map_err(|error| error.at(file, text))
}

/// What is wrong, and where in the text.
#[derive(Debug)]
pub(super) struct LoadError(pub Option<Range<usize>>, pub CatalogueErrorKind);

impl LoadError {
    /// The error in a file with this text.
    pub(super) fn at(self, file: &str, text: &str) -> CatalogueError {
        let Self(span, kind) = self;
        CatalogueError::new(file, text, span, kind)
    }
}

/// The control that a file defines.
pub(super) fn resolve(file: AnyControlFile) -> Result<Loaded, LoadError> {
    match file {
        AnyControlFile::Events(file) => events(file),
        AnyControlFile::SecurityHub(file) => security_hub(file),
    }
}

fn events(mut file: ControlFile<EventEdition>) -> Result<Loaded, LoadError> {
    let patterns = patterns(&file.patterns)?;
    let mut unused: BTreeSet<&str> = patterns.keys().map(String::as_str).collect();
    let mut editions = BTreeMap::new();
    for (version, edition) in std::mem::take(file.versions.get_mut()) {
        let place = edition.span();
        let EventEdition {
            id: Id(id),
            title: NonEmptyText(title),
            level: Level(level),
            assessment,
            audit,
            remediation,
            source,
        } = edition.into_inner();
        let mut find = |procedure, names: Spanned<Vec<Spanned<String>>>| -> Result<Vec<_>, LoadError> {
            if names.get_ref().is_empty() {
                return Err(LoadError(Some(names.span()), CatalogueErrorKind::NoneNamed(procedure)));
            }
            let found = |name: Spanned<String>| {
                let Some((known, reference)) = patterns.get_key_value(name.get_ref()) else {
                    return Err(LoadError(Some(name.span()), CatalogueErrorKind::NoPattern(name.into_inner())));
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
        Some(&name) => Err(LoadError(file.place(name), CatalogueErrorKind::Unused(name.to_owned()))),
        None => file.control(editions),
    }
}

fn security_hub(mut file: ControlFile<SecurityHubEdition>) -> Result<Loaded, LoadError> {
    if let Some((name, pattern)) = file.patterns.pop_first() {
        return Err(LoadError(Some(pattern.text.span()), CatalogueErrorKind::Unused(name)));
    }
    let editions = std::mem::take(file.versions.get_mut()).into_iter().map(|(version, edition)| {
        let place = edition.span();
        let SecurityHubEdition { id: Id(id), title: NonEmptyText(title), level: Level(level), assessment, source } =
            edition.into_inner();
        let requires = Requires::SecurityHub;
        (version, (place, Edition { id, title, level, assessment, requires, source: source.0 }))
    });
    let editions = editions.collect();
    file.control(editions)
}

/// The patterns by name, each with its sound form.
fn patterns(written: &BTreeMap<String, PatternTable>) -> Result<BTreeMap<String, Arc<Reference>>, LoadError> {
    let mut plain = BTreeMap::new();
    for (name, PatternTable { text, unsound, .. }) in written {
        let pattern = parse(name, text)?;
        let (text, unsound) = (text.get_ref().clone(), unsound.as_ref().map(|NonEmptyText(why)| why.clone()));
        plain.insert(name.clone(), Reference { name: name.clone(), text, pattern, unsound, sound: None });
    }
    let mut patterns = plain.clone();
    for (name, reference) in &mut patterns {
        let Some(form) = written.get(name).and_then(|written| written.sound.as_ref()) else { continue };
        let misplaced =
            |problem: fn(String) -> CatalogueErrorKind| LoadError(Some(form.span()), problem(form.get_ref().clone()));
        let sound = plain.get(form.get_ref()).ok_or_else(|| misplaced(CatalogueErrorKind::NoPattern))?;
        if sound.unsound.is_some() {
            return Err(misplaced(CatalogueErrorKind::Unsound));
        }
        if reference.unsound.is_none() {
            return Err(misplaced(CatalogueErrorKind::SoundWithoutWhy));
        }
        reference.sound = Some(Arc::new(sound.clone()));
    }
    Ok(patterns.into_iter().map(|(name, reference)| (name, Arc::new(reference))).collect())
}

/// The pattern that stands here.
fn parse(name: &str, text: &Spanned<String>) -> Result<Pattern, LoadError> {
    text.get_ref().parse().map_err(|error| {
        let name = name.to_owned();
        LoadError(Some(text.span()), CatalogueErrorKind::Pattern { name, error })
    })
}

/// Another tool's check.
fn similar(table: SimilarTable) -> Result<Similar, LoadError> {
    let SimilarTable { tool, id, note, pattern, exact_in, must_log, source } = table;
    let pattern = pattern.map(|text| parse(&id, &text)).transpose()?;
    Ok(Similar { tool, id, note, pattern, exact_in, must_log, source })
}

impl<E> ControlFile<E> {
    /// Where a pattern is.
    fn place(&self, pattern: &str) -> Option<Range<usize>> {
        self.patterns.get(pattern).map(|written| written.text.span())
    }

    fn control(self, placed: BTreeMap<Version, (Range<usize>, Edition)>) -> Result<Loaded, LoadError> {
        let place = self.key.span();
        let key = self.key.into_inner();
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !key.split('-').all(word) {
            return Err(LoadError(Some(place), CatalogueErrorKind::Key(key)));
        }
        if placed.is_empty() {
            return Err(LoadError(Some(self.versions.span()), CatalogueErrorKind::InNoVersion));
        }
        if let (false, None) = (self.services.is_empty(), &self.services_source) {
            return Err(LoadError(Some(place), CatalogueErrorKind::ServicesWithoutSource));
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
            services: self.services.into_iter().map(|NonEmptyText(source)| source).collect(),
            services_source: self.services_source.map(|NonEmptyText(source)| source),
            editions,
            similar: self.similar.into_iter().map(similar).collect::<Result<_, _>>()?,
            mappings: self.mappings,
            policy: self.policy,
        };
        Ok(Loaded { control, key: place, versions, patterns })
    }
}

#[cfg(test)]
mod tests {
    use super::{CatalogueErrorKind, control};

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
    fn problem(from: &str, to: &str) -> (CatalogueErrorKind, String) {
        let text = MINIMAL.replace(from, to);
        assert_ne!(text, MINIMAL);
        let error = control("k.toml", &text).err().unwrap();
        (*error.kind, error.span.and_then(|span| text.get(span)).unwrap_or_default().to_owned())
    }

    #[test]
    fn a_file_that_is_right_is_read() {
        assert_eq!(control("k.toml", MINIMAL).unwrap().control.key, "k");
    }

    #[test]
    fn a_pattern_that_aws_would_reject_is_pointed_at() {
        let (problem, place) = problem("{ $.eventName = CreateRoute }", "{ $.eventName == CreateRoute }");
        assert!(matches!(problem, CatalogueErrorKind::Pattern { .. }), "{problem}");
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
        assert_eq!(error.kind.to_string(), "no version names the pattern `main`");
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
