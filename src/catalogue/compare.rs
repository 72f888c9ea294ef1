//! What tells two lists of accepted patterns apart, decided.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Reference;
use crate::pattern::Pattern;
use crate::pattern::ast::{Selector, Step, Tree};
use crate::pattern::event_sets::{EventSet, Prover, Verdict, Witness};

/// How a second list of patterns, any one of which is accepted, compares with a first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// An event that the second asks for, and that a filter of the first may miss.
    pub wider: Option<Value>,
    /// An event that the first asks for, and that a filter of the second may miss.
    pub narrower: Option<Value>,
    /// Why it was not decided whether there is such an event.
    pub undecided: Option<String>,
}

impl Comparison {
    /// Compares over the events that the prover knows to occur.
    ///
    /// A filter complies with a list if it covers one of its patterns, and the filters that do are those that cover no
    /// more than it. So the second list asks for more if some pattern of the first covers none of the second's.
    pub fn of(first: &[&Reference], second: &[&Reference], prover: &Prover) -> Self {
        let mut undecided = None;
        let wider = missed(second, first, prover, &mut undecided);
        let narrower = missed(first, second, prover, &mut undecided);
        Self { wider, narrower, undecided }
    }

    /// Whether the same filters comply with both.
    pub fn is_equal(&self) -> bool {
        *self == Self::default()
    }
}

/// An event of `asked` that a filter with one of the patterns `having` misses, whichever of `asked` it is held against.
fn missed(
    asked: &[&Reference],
    having: &[&Reference],
    prover: &Prover,
    undecided: &mut Option<String>,
) -> Option<Value> {
    having.iter().find_map(|filter| {
        let mut event = None;
        for reference in asked {
            let by = [EventSet::from(&filter.pattern)];
            match prover.decide(&EventSet::from(&reference.pattern), &by).as_ref() {
                Verdict::Covered => return None,
                Verdict::Escapes(witness) => event = event.or(outline(witness, [&reference.pattern, &filter.pattern])),
                Verdict::Undetermined(why) => {
                    undecided.get_or_insert(why.to_string());
                    return None;
                }
            }
        }
        event
    })
}

/// Of an event, what names it and what the patterns look at.
pub(super) fn outline<'a>(witness: &Witness, patterns: impl IntoIterator<Item = &'a Pattern>) -> Option<Value> {
    let event = witness.event()?;
    let mut outline = Value::Object(Map::new());
    for name in ["eventSource", "eventName"] {
        copy(&event, &[Step::Key(name.to_owned())], &mut outline);
    }
    for pattern in patterns {
        let Tree::Json(expr) = pattern.tree() else { continue };
        for condition in expr.tests() {
            let Selector(steps) = &condition.selector;
            copy(&event, steps, &mut outline);
        }
    }
    Some(outline)
}

/// Copies what is at a path of names.
fn copy(from: &Value, path: &[Step], to: &mut Value) {
    let (Some((Step::Key(name), rest)), Value::Object(members)) = (path.split_first(), to) else { return };
    let Some(value) = from.get(name) else { return };
    if rest.is_empty() {
        members.insert(name.clone(), value.clone());
    } else if value.is_object() {
        copy(value, rest, members.entry(name).or_insert_with(|| Value::Object(Map::new())));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Comparison, Prover, Reference};
    use crate::pattern::event_sets::Domain;

    /// How the second list compares with the first: what more it asks for, and what less.
    fn compared(first: &[&str], second: &[&str]) -> (Option<Value>, Option<Value>) {
        let reference = |text: &&str| Reference {
            name: String::new(),
            text: (*text).to_owned(),
            pattern: text.parse().unwrap(),
            unsound: None,
            sound: None,
        };
        let [first, second] = [first, second].map(|texts| texts.iter().map(reference).collect::<Vec<_>>());
        let [first, second] = [&first, &second].map(|list| list.iter().collect::<Vec<_>>());
        let Comparison { wider, narrower, undecided } = Comparison::of(&first, &second, &Prover::new(Domain::json()));
        assert_eq!(undecided, None);
        (wider, narrower)
    }

    const A: &str = "{ $.eventName = A }";
    const B: &str = "{ $.eventName = B }";
    const BOTH: &str = "{ $.eventName = A || $.eventName = B }";

    #[test]
    fn an_event_more_is_wider_and_an_event_less_is_narrower() {
        let b = || Some(json!({"eventName": "B"}));
        assert_eq!(compared(&[A], &[BOTH]), (b(), None));
        assert_eq!(compared(&[BOTH], &[A]), (None, b()));
        assert_eq!(compared(&[A], &[B]), (b(), Some(json!({"eventName": "A"}))));
    }

    #[test]
    fn an_alternative_asks_for_less_if_it_does_so_by_itself() {
        assert_eq!(compared(&[BOTH], &[BOTH, A]), (None, Some(json!({"eventName": "B"}))));
        assert_eq!(compared(&[A], &[A, BOTH]), (None, None));
        assert_eq!(compared(&[BOTH, A], &[A]), (None, None));
    }

    #[test]
    fn words_are_no_difference() {
        assert_eq!(compared(&[BOTH], &["{($.eventName=\"B\")||($.eventName=\"A\")}"]), (None, None));
    }
}
