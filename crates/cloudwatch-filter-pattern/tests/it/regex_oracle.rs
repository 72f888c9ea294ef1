//! Which texts a literal stands for, against an independent solver of regular languages.

use cloudwatch_filter_pattern::Pattern;
use cloudwatch_filter_pattern::covers;
use event_sets::Verdict;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use regexsolver::Term;

/// A literal of a filter pattern, and the whole texts it accepts in the solver's syntax, where `.` is any character.
#[derive(Clone, Debug)]
struct Literal {
    ours: String,
    theirs: String,
}

fn regex() -> impl Strategy<Value = Literal> {
    let atom =
        select(vec![("a", "a"), ("b", "b"), ("[ab]", "[ab]"), ("[^a]", "[^a]"), (".", r"[^\n]"), (r"\d", "[0-9]")]);
    let piece = (atom, select(vec!["", "", "?", "*", "+", "{2}", "{1,2}"]));
    let alternative = (any::<bool>(), vec(piece, 1..4), any::<bool>()).prop_map(|(start, pieces, end)| {
        let join = |side: fn((&'static str, &'static str)) -> &'static str| -> String {
            pieces.iter().map(|(atom, times)| format!("{}{times}", side(*atom))).collect()
        };
        let (open, close) = (if start { "" } else { ".*" }, if end { "" } else { ".*" });
        let ours = format!("{}{}{}", if start { "^" } else { "" }, join(|atom| atom.0), if end { "$" } else { "" });
        (ours, format!("{open}{}{close}", join(|atom| atom.1)))
    });
    vec(alternative, 1..3).prop_map(|alternatives| {
        let (ours, theirs): (Vec<_>, Vec<_>) = alternatives.into_iter().unzip();
        Literal { ours: format!("%{}%", ours.join("|")), theirs: format!("({})", theirs.join("|")) }
    })
}

fn glob() -> impl Strategy<Value = Literal> {
    (any::<bool>(), "[ab]{1,3}", any::<bool>()).prop_map(|(start, core, end)| Literal {
        ours: format!("\"{}{core}{}\"", if start { "*" } else { "" }, if end { "*" } else { "" }),
        theirs: format!("{}{core}{}", if start { ".*" } else { "" }, if end { ".*" } else { "" }),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn inclusion_agrees(required in prop_oneof![regex(), glob()], by in vec(prop_oneof![2 => glob(), 1 => regex()], 1..4)) {
        // AWS accepts two regular expressions in a pattern, so each literal is a pattern of its own.
        let pattern = |literal: &Literal| -> Pattern { format!("{{ $.a = {} }}", literal.ours).parse().unwrap() };
        let term = |literal: &Literal| Term::from_pattern(&literal.theirs).unwrap();
        let ours = match covers(&pattern(&required), &by.iter().map(pattern).collect::<Vec<_>>()) {
            Verdict::Covered => true,
            Verdict::Escapes(_) => false,
            Verdict::Undetermined(reason) => panic!("{required:?} by {by:?}: {reason}"),
        };
        let union = by.iter().map(term).collect::<Vec<_>>();
        let theirs = term(&required).subset(&Term::new_empty().union(&union).unwrap()).unwrap();
        prop_assert_eq!(ours, theirs, "{:?} by {:?}", required, by);
    }
}
