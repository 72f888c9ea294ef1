//! The catalogue of controls: what must be noticed, in which benchmark version, under which id. Data, not code.
//!
//! A control is one TOML file under `controls/`. The filter patterns in it are parsed when it is loaded, so whoever
//! holds a [`Control`] holds patterns that AWS accepts.

mod builtin;
pub mod changes;
pub mod compare;
mod control;
mod error;
mod facts;
pub mod lint;
mod load;
mod schema;
mod version;

use std::collections::BTreeSet;
use std::ops::Range;

pub use control::{Control, Edition, Reference, References, Requires, Similar};
pub use error::{CatalogueError, CatalogueErrorKind, UnknownNameError, UnknownNameError as Unknown};
pub use facts::Facts;
pub use schema::{Assessment, Mapping, Policy};
pub use version::Version;

use crate::pattern::event_sets::Prover;
use load::Loaded;

/// The benchmark that all versions are versions of.
pub const BENCHMARK: &str = "CIS AWS Foundations Benchmark";

/// The controls, and what is known about the records they speak of.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// In the benchmark's order.
    pub controls: Vec<Control>,
    /// What is known about CloudTrail records.
    pub facts: Facts,
    /// Decides questions about the records of any account in the partition `aws`.
    pub records: Prover,
}

impl Catalogue {
    /// The catalogue that is part of the program.
    ///
    /// Fails only if a file under `controls/` is wrong, which a test rules out.
    pub fn builtin() -> Result<Self, CatalogueError> {
        let facts = Facts::builtin()?;
        let records = Prover::new(facts.domain("aws", None));
        let mut catalogue = Self { controls: Vec::new(), facts, records };
        for (file, text, read) in builtin::CONTROLS {
            let loaded = load::resolve(read()).map_err(|error| error.at(file, text))?;
            catalogue.add(file, text, loaded)?;
        }
        Ok(catalogue)
    }

    /// The catalogue with one more control, which `text`, the content of `file`, defines for versions that there are.
    pub fn with(mut self, file: &str, text: &str) -> Result<Self, CatalogueError> {
        let loaded = load::control(file, text)?;
        let known = self.versions();
        if let Some((version, place)) = loaded.versions.iter().find(|(version, _)| !known.contains(version)) {
            let known = known.iter().rev().map(Version::to_string).collect();
            let problem = CatalogueErrorKind::NoVersion { version: *version, known };
            return Err(CatalogueError::new(file, text, Some(place.clone()), problem));
        }
        if let Some((name, place)) = self.asks_for_nothing(&loaded) {
            return Err(CatalogueError::new(file, text, place, CatalogueErrorKind::AsksForNothing(name)));
        }
        self.add(file, text, loaded)?;
        Ok(self)
    }

    /// A pattern of the control that no record matches, and its place. Whatever an account has would cover it.
    fn asks_for_nothing(&self, loaded: &Loaded) -> Option<(String, Option<Range<usize>>)> {
        let references = loaded.control.editions.values().filter_map(|edition| edition.references());
        let mut patterns = references.flat_map(|references| references.accepted());
        let nothing = |reference: &&Reference| self.records.is_covered(&loaded.control.required(reference), &[]);
        let name = patterns.find(nothing)?.name.clone();
        let place = loaded.patterns.get(&name).cloned();
        Some((name, place))
    }

    /// Adds a control in its place, unless its key or one of its ids is taken.
    fn add(&mut self, file: &str, text: &str, loaded: Loaded) -> Result<(), CatalogueError> {
        let Loaded { control, key, versions, .. } = loaded;
        let goes_by =
            |known: &Control| known.key == control.key || known.editions.values().any(|one| one.id == control.key);
        if self.controls.iter().any(goes_by) {
            return Err(CatalogueError::new(file, text, Some(key), CatalogueErrorKind::Duplicate(control.key)));
        }
        for (version, edition) in &control.editions {
            let has = |known: &&Control| {
                known.key == edition.id || known.editions.get(version).is_some_and(|known| known.id == edition.id)
            };
            if let Some(other) = self.controls.iter().find(has) {
                let (id, other, version) = (edition.id.clone(), other.key.clone(), *version);
                let place = versions.get(&version).cloned();
                return Err(CatalogueError::new(file, text, place, CatalogueErrorKind::SameId { id, version, other }));
            }
        }
        let place = |known: &Control| (known.number, known.key.clone());
        let at = self.controls.partition_point(|known| place(known) < place(&control));
        self.controls.insert(at, control);
        Ok(())
    }

    /// The files of the catalogue that is part of the program, each with its name and its text.
    pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
        builtin::CONTROLS.iter().map(|(file, text, _)| (*file, *text)).chain(facts::FILES)
    }

    /// The benchmark versions that any control is in, oldest first.
    pub fn versions(&self) -> BTreeSet<Version> {
        self.controls.iter().flat_map(|control| control.editions.keys().copied()).collect()
    }

    /// The version of this name; without one the newest.
    pub fn version(&self, name: Option<&str>) -> Result<Version, UnknownNameError> {
        let versions = self.versions();
        let found = match name {
            None => versions.last().copied(),
            Some(name) => name.parse().ok().filter(|version| versions.contains(version)),
        };
        found.ok_or_else(|| {
            let known = versions.iter().rev().map(Version::to_string).collect();
            UnknownNameError::Version { name: name.unwrap_or_default().to_owned(), known }
        })
    }

    /// The controls that `names` (keys, or ids in `version`) stand for, in the benchmark's order; without names, all
    /// that `version` has.
    pub fn select(&self, version: Version, names: &[String]) -> Result<Vec<&Control>, UnknownNameError> {
        let goes_by = |control: &Control, name: &str| {
            let name = name.trim();
            control.key == name || control.editions.get(&version).is_some_and(|edition| edition.id == name)
        };
        if let Some(name) = names.iter().find(|name| !self.controls.iter().any(|control| goes_by(control, name))) {
            return Err(self.unknown(version, name));
        }
        let wanted = |control: &&Control| match names {
            [] => control.editions.contains_key(&version),
            _ => names.iter().any(|name| goes_by(control, name)),
        };
        Ok(self.controls.iter().filter(wanted).collect())
    }

    /// What is known of a name that no control of the version goes by.
    fn unknown(&self, version: Version, name: &str) -> UnknownNameError {
        let named = self.controls.iter().find_map(|control| {
            let (elsewhere, _) = control.editions.iter().rfind(|(_, edition)| edition.id == name)?;
            Some((control, *elsewhere))
        });
        match named {
            Some((control, elsewhere)) => UnknownNameError::IdElsewhere {
                id: name.to_owned(),
                version,
                key: control.key.clone(),
                elsewhere,
                here: control.editions.get(&version).map(|edition| edition.id.clone()),
            },
            None => UnknownNameError::Control {
                name: name.to_owned(),
                known: self.controls.iter().map(|control| control.key.clone()).collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Catalogue;

    fn catalogue() -> Catalogue {
        Catalogue::builtin().unwrap()
    }

    #[test]
    fn a_file_is_named_for_its_control() {
        for (file, text, _) in super::builtin::CONTROLS {
            assert_eq!(*file, format!("{}.toml", super::load::control(file, text).unwrap().control.key));
        }
    }

    #[test]
    fn every_pattern_asks_for_something() {
        for (file, text, _) in super::builtin::CONTROLS {
            assert_eq!(catalogue().asks_for_nothing(&super::load::control(file, text).unwrap()), None, "{file}");
        }
    }

    #[test]
    fn the_newest_version_is_the_default() {
        assert_eq!(catalogue().version(None).unwrap().to_string(), "7.0.0");
    }

    #[test]
    fn ids_follow_the_version() {
        let catalogue = catalogue();
        for (version, id) in
            [("1.2.0", "3.12"), ("1.3.0", "4.12"), ("5.0.0", "4.12"), ("6.0.0", "5.12"), ("7.0.0", "5.12")]
        {
            let version = catalogue.version(Some(version)).unwrap();
            let found = catalogue.select(version, &[id.to_owned()]).unwrap();
            assert_eq!(
                found.iter().map(|control| control.key.as_str()).collect::<Vec<_>>(),
                ["network-gateway-changes"]
            );
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_what_was_meant() {
        let catalogue = catalogue();
        let newest = catalogue.version(None).unwrap();
        let oldest = catalogue.version(Some("1.2.0")).unwrap();
        let control = |version, name: &str| catalogue.select(version, &[name.to_owned()]).unwrap_err();
        assert_eq!(control(newest, "network-gateways").to_string(), "there is no control `network-gateways`");
        assert_eq!(control(newest, "Network-gateways-change").help(), "did you mean `network-gateway-changes`?");
        assert_eq!(control(newest, "5.17").help(), "`trailproof controls list` shows those that there are");
        assert_eq!(control(newest, "4.1").to_string(), "there is no control `4.1` in 7.0.0");
        assert_eq!(
            control(newest, "4.1").help(),
            "in 5.0.0 `4.1` is `unauthorized-api-calls`, which is `5.1` in 7.0.0"
        );
        assert_eq!(
            control(oldest, "5.16").help(),
            "in 7.0.0 `5.16` is `security-hub-enabled`, which 1.2.0 does not have"
        );
        let version = |name| catalogue.version(Some(name)).unwrap_err();
        assert_eq!(version("4.0").help(), "did you mean `4.0.1`?");
        assert!(version("1.0.0").help().starts_with("known are 7.0.0, 6.0.0"));
    }
}
