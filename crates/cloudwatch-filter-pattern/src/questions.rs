//! Questions about patterns over all log messages, whatever they are.

use event_sets::{Domain, EventSet, Prover, Verdict};

use crate::Pattern;

/// Whether `by` together match every message that `required` matches, over all messages.
///
/// ```
/// use cloudwatch_filter_pattern::{Pattern, covers};
/// use event_sets::Verdict;
///
/// let required: Pattern = "{ ($.eventName = A) || ($.eventName = B) }".parse()?;
/// let a: Pattern = "{ $.eventName = A }".parse()?;
/// let b: Pattern = "{ $.eventName = \"B*\" }".parse()?;
/// assert_eq!(covers(&required, &[a.clone(), b]), Verdict::Covered);
/// let Verdict::Escapes(witness) = covers(&required, &[a]) else { panic!() };
/// assert_eq!(witness.message, r#"{"eventName":"B"}"#);
/// # Ok::<(), cloudwatch_filter_pattern::ParseError>(())
/// ```
pub fn covers(required: &Pattern, by: &[Pattern]) -> Verdict {
    let by: Vec<EventSet> = by.iter().map(EventSet::from).collect();
    Prover::new(Domain::any()).decide(&required.into(), &by).as_ref().clone()
}

/// Whether two patterns match the same messages: covered both ways. The witness is matched by one of them only.
pub fn equivalent(a: &Pattern, b: &Pattern) -> Verdict {
    match covers(a, std::slice::from_ref(b)) {
        Verdict::Covered => covers(b, std::slice::from_ref(a)),
        verdict => verdict,
    }
}
