//! Which record a witness should start from.

use super::{EventBuilder, Json, Kinds, Node, NodeId};
use crate::path::Step;

static EMPTY: Json = Json::Object(vec![]);

impl EventBuilder<'_> {
    /// The template that is most like what is asked; the first of those that are equally like it. The rest of a witness
    /// is the template's, so a sign-in that is asked for looks like a sign-in throughout.
    pub(super) fn most_like<'t>(&self, templates: &'t [Json]) -> &'t Json {
        // Of equally good ones `max_by_key` takes the last.
        let best = templates.iter().rev().max_by_key(|template| self.likeness(0, Some(template), 0));
        best.unwrap_or(&EMPTY)
    }

    /// How much of what is asked of a node and below the template has already. A deep place counts more, because what
    /// stands beside it goes with it: a `type` with an `arn`.
    fn likeness(&self, id: NodeId, template: Option<&Json>, depth: usize) -> usize {
        let Some(node) = self.nodes.get(id) else { return 0 };
        let below = |(step, child): (Step, &NodeId)| {
            let found = template.and_then(|template| template.at(&[step]));
            self.likeness(*child, found, depth + 1)
        };
        let members = node.members.iter().map(|(key, child)| (Step::Key(key.clone()), child));
        let elements = node.elements.iter().map(|(index, child)| (Step::Index(*index), child));
        let own = if self.is_as_asked(node, template) { depth } else { 0 };
        own + members.chain(elements).map(below).sum::<usize>()
    }

    fn is_as_asked(&self, node: &Node<'_>, template: Option<&Json>) -> bool {
        let asked = node.kinds != Kinds::ANY || !node.tests.is_empty();
        asked
            && match template {
                None => node.kinds.meets(Kinds::MISSING),
                Some(Json::Object(_)) => node.kinds.meets(Kinds::OBJECT),
                Some(kept) => self.admits(node, node.kinds, kept),
            }
    }
}
