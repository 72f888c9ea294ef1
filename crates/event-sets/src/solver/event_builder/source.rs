//! Whether the values of a witness can occur: where only the caller of a service chooses texts freely, a text that was
//! made up shows nothing anywhere else.

use super::{EventBuilder, Json, Node};
use crate::path::{Path, Step};
use crate::solver::choice::Budget;
use crate::solver::text_solver;
use crate::text::Texts;
use crate::verdict::Unknown;

impl EventBuilder<'_> {
    /// The text, or another one that is known to occur at the place and is as wanted.
    pub(super) fn with_source(
        &self,
        text: String,
        wanted: &[(&Texts, bool)],
        path: &[Step],
        budget: &mut Budget,
    ) -> Result<String, Unknown> {
        let Some(named) = self.named else { return Ok(text) };
        if self.premises.is_free(path) {
            return Ok(text);
        }
        let known = self.premises.known(path);
        let texts = || known.texts.iter().map(String::as_str).chain(named.texts(path));
        if texts().any(|one| one == text) || known.forms.iter().any(|form| form.contains(&text)) {
            return Ok(text);
        }
        budget.spend((texts().count() * wanted.len()) as u64)?;
        let fits = |text: &&str| wanted.iter().all(|(set, inside)| set.contains(text) == *inside);
        if let Some(text) = texts().find(fits) {
            return Ok(text.to_owned());
        }
        for form in &known.forms {
            let wanted: Vec<_> = wanted.iter().copied().chain([(form, true)]).collect();
            if let Some(text) = text_solver::solve(&wanted, text_solver::NO_HINTS, budget)? {
                return Ok(text);
            }
        }
        Err(unsourced(path))
    }

    /// The value, if one of its kind is known to occur at the place.
    pub(super) fn of_known_kind(&self, value: Json, node: &Node<'_>, path: &[Step]) -> Result<Json, Unknown> {
        let Some(named) = self.named else { return Ok(value) };
        // What is inside of it was looked at when it was made.
        let holds_others = match &value {
            Json::Object(_) => node.members.values().any(|child| self.required(*child)),
            Json::Array(_) => node.elements.values().any(|child| self.required(*child)),
            _ => false,
        };
        let kinds = self.premises.known(path).kinds;
        if path.is_empty()
            || holds_others
            || kinds.meets(value.kind())
            || named.mentions(path)
            || self.premises.is_free(path)
        {
            return Ok(value);
        }
        Err(unsourced(path))
    }

    /// The places below which a text may be put that must be in the message: by default, the event itself.
    pub(super) fn note_places(&self) -> Vec<&[Step]> {
        match self.named {
            Some(_) => self.premises.domain().exemplars.free.iter().map(Path::steps).collect(),
            None => vec![&[]],
        }
    }
}

fn unsourced(path: &[Step]) -> Unknown {
    Unknown::UnsourcedValue(Path::new(path.to_vec()).unwrap_or_default())
}
