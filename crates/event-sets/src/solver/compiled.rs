//! The domain, made ready once for every question.

use std::collections::HashMap;

use crate::domain::{Domain, Fact, FactKind};
use crate::json::{Json, objects};
use crate::path::{Path, Step};

/// A domain made ready.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) domain: Domain,
    /// The templates.
    pub(super) templates: Vec<Json>,
    /// By place: the texts that are usual there, or that facts name.
    hints: HashMap<Path, Vec<String>>,
}

impl Compiled {
    pub(crate) fn new(domain: Domain) -> Self {
        let mut hints: HashMap<Path, Vec<String>> = HashMap::new();
        let mut hint = |at: &Path, texts: &[String]| hints.entry(at.clone()).or_default().extend_from_slice(texts);
        domain.exemplars.usual.iter().for_each(|(at, texts)| hint(at, texts));
        for condition in domain.facts.iter().flat_map(|fact| &fact.given) {
            hint(&condition.at, &condition.one_of);
        }
        for Fact { says, .. } in &domain.facts {
            if let FactKind::OneOf(at, texts) | FactKind::Always(at, texts) = says {
                hint(at, texts);
            }
        }
        Self { templates: objects(&domain.exemplars.templates), hints, domain }
    }

    /// Texts that are known to occur at a place.
    pub(super) fn hints(&self, steps: &[Step]) -> &[String] {
        Path::new(steps.to_vec()).and_then(|path| self.hints.get(&path)).map_or(&[], Vec::as_slice)
    }
}
