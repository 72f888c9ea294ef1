//! Unstructured terms: each is looked for anywhere in the message, within words too, and case matters.

use crate::ast::{Term, TermKind};

#[derive(Clone, Debug)]
pub(super) struct Terms {
    required: Vec<String>,
    excluded: Vec<String>,
    /// One of them is needed; AWS ignores them beside a term of another kind.
    optional: Vec<String>,
}

impl Terms {
    pub(super) fn new(terms: &[Term]) -> Self {
        let of = |kind| terms.iter().filter(|term| term.kind == kind).map(|term| term.text.clone()).collect::<Vec<_>>();
        let (required, excluded) = (of(TermKind::Required), of(TermKind::Excluded));
        let optional = if required.is_empty() && excluded.is_empty() { of(TermKind::Optional) } else { vec![] };
        Self { required, excluded, optional }
    }

    pub(super) fn is_match(&self, message: &str) -> bool {
        let found = |text: &String| message.contains(text.as_str());
        self.required.iter().all(found)
            && !self.excluded.iter().any(found)
            && (self.optional.is_empty() || self.optional.iter().any(found))
    }
}
