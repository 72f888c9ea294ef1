//! Which places of an event a set looks at.

use crate::formula::{Atom, Bound, Formula};
use crate::path::Path;
use crate::set::EventSet;

impl EventSet {
    /// Whether the set may look at this place, or at what is below or above it: two events that differ there alone may
    /// be told apart. A set that looks at an event as text looks everywhere.
    pub fn mentions(&self, place: &Path) -> bool {
        // Both bounds look at the same places.
        mentions(&self.lower(Bound::Possible), place)
    }
}

fn mentions(formula: &Formula, place: &Path) -> bool {
    match formula {
        Formula::All(members) | Formula::Any(members) => members.iter().any(|member| mentions(member, place)),
        Formula::Literal(atom, _) => match atom {
            Atom::Object => false,
            Atom::At(at, _) => at.steps().iter().zip(place.steps()).all(|(one, other)| one == other),
            Atom::Child { parent, .. } => parent.steps().iter().zip(place.steps()).all(|(one, other)| one == other),
            Atom::Contains(_) | Atom::Text(_) | Atom::Fields(_) => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::{EventSet, Path, TextMatch};

    #[test]
    fn a_set_mentions_what_it_looks_at() {
        let is = |place: &str| EventSet::text(Path::dotted(place), TextMatch::Equals, vec!["x".to_owned()]);
        let set = EventSet::any([is("a.b").complement(), is("c")]);
        for (place, mentioned) in
            [("a", true), ("a.b", true), ("a.b.c", true), ("a.c", false), ("c", true), ("d", false)]
        {
            assert_eq!(set.mentions(&Path::dotted(place)), mentioned, "{place}");
        }
        assert!(!EventSet::everything().mentions(&Path::dotted("a")));
    }
}
