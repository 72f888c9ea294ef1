//! What is odd about a pattern, found by deciding it.

use event_sets::{Allowance, Domain, EventSet, FactKind, Path, Prover, Witness};
use serde::Serialize;

use super::Pattern;
use super::ast::{Condition, Expr, Literal, Op, Span, Test, Tree};

/// Something odd, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// What kind of oddity it is.
    pub kind: LintKind,
    /// The place in the pattern's text.
    pub span: Span,
    /// What it is, and what to do about it.
    pub message: String,
    /// An event that shows it: one that is matched by exclusions alone, or that the other grouping treats otherwise.
    pub event: Option<Witness>,
}

/// The kinds of oddity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LintKind {
    /// No event matches.
    NeverMatches,
    /// Every event matches.
    AlwaysMatches,
    /// A branch of an `||` that can never be the one that matches.
    DeadBranch,
    /// A part without which the pattern matches the same events.
    RedundantBranch,
    /// `= true` where the value is a JSON boolean.
    BooleanAsText,
    /// A known name but for upper and lower case.
    WrongCase,
    /// A `!=` that is enough to match, beside values that are asked for: nearly every event matches.
    ExclusionSuffices,
    /// `&&` beside `||` without parentheses, where the other grouping means something else.
    Precedence,
}

/// What decides: over all messages, over all JSON events, and over records.
struct Provers {
    any: Prover,
    json: Prover,
    records: Prover,
}

/// How many steps all questions about one pattern may take. What is not decided by then is no oddity.
const STEPS: u64 = 4_000_000;

/// What is odd about a pattern. The facts that the prover of records knows are used for what the text says (names,
/// booleans) and for the events that show it; whether branches are dead is decided over all messages.
pub fn lints(pattern: &Pattern, records: &Prover) -> Vec<Lint> {
    let steps = Allowance::new(STEPS);
    let of = |domain| Prover::new(domain).within(&steps);
    let provers = Provers { any: of(Domain::any()), json: of(Domain::json()), records: records.within(&steps) };
    let whole = Span::new(0, pattern.text().len());
    let lint = |kind, message: &str| vec![Lint { kind, span: whole, message: message.to_owned(), event: None }];
    let set = EventSet::from(pattern);
    let Tree::Json(expr) = pattern.tree() else {
        return if never_matches(&set, &provers.any) {
            lint(LintKind::NeverMatches, "no message matches this pattern")
        } else if always_matches(&set, &provers.any) {
            lint(LintKind::AlwaysMatches, "every message matches this pattern")
        } else {
            vec![]
        };
    };
    let mut found = Vec::new();
    if never_matches(&set, &provers.any) {
        found.extend(lint(
            LintKind::NeverMatches,
            &format!("no event matches this pattern{}", contradiction(expr, &provers.any)),
        ));
    } else if always_matches(&set, &provers.json) {
        found.extend(lint(LintKind::AlwaysMatches, "every JSON event matches this pattern"));
    } else {
        branches(expr, &|part| part, &set, &provers.any, &mut found);
        found.extend(exclusions(expr, &set, &provers));
    }
    precedence(expr, pattern, &provers, &mut found);
    found.extend(expr.tests().into_iter().filter_map(|condition| odd_text(condition, records)));
    found
}

/// Looks for branches that can be left out. `around` puts a changed part back into the whole.
fn branches(
    part: &Expr<Condition>,
    around: &dyn Fn(Expr<Condition>) -> Expr<Condition>,
    set: &EventSet,
    prover: &Prover,
    found: &mut Vec<Lint>,
) {
    let (members, any, span) = match part {
        Expr::And(members, span) => (members, false, *span),
        Expr::Or(members, span) => (members, true, *span),
        Expr::Test(_) => return,
    };
    let join = |members: Vec<Expr<Condition>>| match members.as_slice() {
        [one] => one.clone(),
        _ if any => Expr::Or(members, span),
        _ => Expr::And(members, span),
    };
    for (at, member) in members.iter().enumerate() {
        let others: Vec<_> = members.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, m)| m.clone()).collect();
        let of = |part| set_of(around(part));
        let without = of(join(others));
        let (required, by) = if any { (set, &without) } else { (&without, set) };
        let spared = prover.is_covered(required, std::slice::from_ref(by));
        if spared {
            let (kind, message) = if any && never_matches(&of(member.clone()), prover) {
                (LintKind::DeadBranch, "this branch never matches")
            } else {
                (LintKind::RedundantBranch, "the pattern matches the same events without this")
            };
            found.push(Lint { kind, span: place(member), message: message.to_owned(), event: None });
            // One of two equal branches is enough to name.
            return;
        }
        let around_member = |changed: Expr<Condition>| {
            around(join(
                members.iter().enumerate().map(|(i, m)| if i == at { changed.clone() } else { m.clone() }).collect(),
            ))
        };
        branches(member, &around_member, set, prover, found);
    }
}

/// Whether no event is in the set.
fn never_matches(set: &EventSet, prover: &Prover) -> bool {
    prover.is_covered(set, &[])
}

/// Whether every event is in the set.
fn always_matches(set: &EventSet, prover: &Prover) -> bool {
    prover.is_covered(&EventSet::everything(), std::slice::from_ref(set))
}

/// Names two conditions of a pattern that exclude each other, if two do.
fn contradiction(expr: &Expr<Condition>, prover: &Prover) -> String {
    let tests = expr.tests();
    let set = |condition: &Condition| set_of(Expr::Test(condition.clone()));
    let pairs = tests.iter().enumerate().flat_map(|(at, one)| tests.iter().skip(at + 1).map(move |other| (one, other)));
    pairs
        .filter(|(one, other)| one.selector == other.selector)
        .find(|(one, other)| prover.is_disjoint(&set(one), &set(other)))
        .map(|(one, other)| format!(": `{one}` and `{other}` are never true together"))
        .unwrap_or_default()
}

/// Exclusions that are enough to match, where the pattern asks for values too: an `||` in place of an `&&`.
fn exclusions(expr: &Expr<Condition>, whole: &EventSet, provers: &Provers) -> Option<Lint> {
    let (excluding, asking): (Vec<_>, Vec<_>) =
        expr.tests().into_iter().partition(|condition| matches!(condition.test, Test::Compare(Op::Ne, _)));
    let set = |condition: &Condition| set_of(Expr::Test(condition.clone()));
    let alone = |condition: &&&Condition| provers.any.is_covered(&set(condition), std::slice::from_ref(whole));
    let sufficient: Vec<_> = excluding.iter().filter(alone).collect();
    let first = sufficient.first().filter(|_| !asking.is_empty())?;
    let asked = EventSet::any(asking.iter().map(|condition| set(condition)));
    let event = provers.records.decide(whole, &[asked]).witness().cloned();
    let listed = sufficient.iter().map(|condition| format!("`{condition}`")).collect::<Vec<_>>().join(" or ");
    let message = format!("{listed} is enough to match, whatever else the event holds; join exclusions by `&&`");
    Some(Lint { kind: LintKind::ExclusionSuffices, span: first.span, message, event })
}

/// An `&&` in an `||` that no parentheses set apart, where grouping the `||` first would match other events.
fn precedence(expr: &Expr<Condition>, pattern: &Pattern, provers: &Provers, found: &mut Vec<Lint>) {
    let (Expr::And(members, _) | Expr::Or(members, _)) = expr else { return };
    if let Expr::Or(members, span) = expr
        && let Some(Expr::And(_, inner)) =
            members.iter().find(|m| matches!(m, Expr::And(_, span) if !parenthesised(pattern.text(), *span)))
    {
        let read = Pattern::from(Tree::Json(expr.clone()));
        let message =
            format!("`&&` binds tighter than `||`: this reads as `{read}`; write parentheses to say which is meant");
        let read = set_of(expr.clone());
        let other = regrouped(members).map(set_of);
        let covered = |one: &EventSet, other: &EventSet| provers.any.is_covered(one, std::slice::from_ref(other));
        if other.as_ref().is_none_or(|other| !(covered(&read, other) && covered(other, &read))) {
            let span = Span::new(span.start.min(inner.start), span.end.max(inner.end));
            let event = other.and_then(|other| tells_apart(&read, &other, provers));
            found.push(Lint { kind: LintKind::Precedence, span, message, event });
        }
    }
    members.iter().for_each(|member| precedence(member, pattern, provers, found));
}

/// An event that only one of two patterns matches, a record if there is one.
fn tells_apart(one: &EventSet, other: &EventSet, provers: &Provers) -> Option<Witness> {
    let only = |required: &EventSet, by: &EventSet, prover: &Prover| {
        prover.decide(required, std::slice::from_ref(by)).witness().cloned()
    };
    let provers = [&provers.records, &provers.json];
    provers.into_iter().find_map(|prover| only(one, other, prover).or_else(|| only(other, one, prover)))
}

fn set_of(expr: Expr<Condition>) -> EventSet {
    EventSet::of(Pattern::from(Tree::Json(expr)))
}

/// `a || b && c` grouped the other way: `(a || b) && c`.
fn regrouped(members: &[Expr<Condition>]) -> Option<Expr<Condition>> {
    let at = members.iter().position(|member| matches!(member, Expr::And(..)))?;
    let (before, rest) = members.split_at(at);
    let (Expr::And(parts, _), after) = rest.split_first()? else { return None };
    let ((first, middle), (last, _)) = (parts.split_first()?, parts.split_last()?);
    let or = |members: Vec<Expr<Condition>>| {
        if let [one] = members.as_slice() { one.clone() } else { Expr::Or(members, Span::default()) }
    };
    let mut conjuncts = vec![or(before.iter().chain([first]).cloned().collect())];
    conjuncts.extend(middle.iter().take(middle.len().saturating_sub(1)).cloned());
    conjuncts.push(or(std::iter::once(last).chain(after).cloned().collect()));
    Some(Expr::And(conjuncts, Span::default()))
}

fn parenthesised(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).is_some_and(|text| text.trim_end().ends_with('('));
    before && text.get(span.end..).is_some_and(|text| text.trim_start().starts_with(')'))
}

fn odd_text(condition: &Condition, records: &Prover) -> Option<Lint> {
    let Test::Compare(op @ (Op::Eq | Op::Ne), Literal::Text(text)) = &condition.test else { return None };
    let lint = |kind, message| Some(Lint { kind, span: condition.span, message, event: None });
    let path = condition.selector.path()?;
    let facts = &records.domain().facts;
    let boolean = facts.iter().any(|fact| fact.given.is_empty() && fact.says == FactKind::Boolean(path.clone()));
    if let (true, "true" | "false") = (boolean, text.value.as_str()) {
        let is = if (text.value == "true") == (*op == Op::Eq) { "TRUE" } else { "FALSE" };
        let place = &condition.selector;
        return lint(
            LintKind::BooleanAsText,
            format!("`{place}` is a JSON boolean, for which neither `=` nor `!=` holds; write `{place} IS {is}`"),
        );
    }
    let known = names(records.domain(), &path);
    if !known.contains(&text.value.as_str())
        && let Some(right) = known.iter().find(|name| name.eq_ignore_ascii_case(&text.value))
    {
        return lint(LintKind::WrongCase, format!("CloudTrail writes `{right}`, and upper and lower case differ"));
    }
    None
}

/// The texts that are known at a place.
fn names<'d>(domain: &'d Domain, place: &Path) -> Vec<&'d str> {
    let usual = domain.exemplars.usual.iter().filter(|(at, _)| at == place).flat_map(|(_, texts)| texts);
    let facts = domain.facts.iter().flat_map(|fact| {
        let given = fact.given.iter().filter(|condition| condition.at == *place);
        let said = if fact.says.path() == place { fact.says.texts() } else { &[] };
        given.flat_map(|condition| &condition.one_of).chain(said)
    });
    usual.chain(facts).map(String::as_str).collect()
}

fn place(expr: &Expr<Condition>) -> Span {
    match expr {
        Expr::And(_, span) | Expr::Or(_, span) => *span,
        Expr::Test(condition) => condition.span,
    }
}

#[cfg(test)]
mod tests {
    use event_sets::{Exemplars, Fact};

    use super::*;

    /// Records whose `readOnly` is a boolean, and some of which are named `ConsoleLogin`.
    fn records() -> Prover {
        let says = FactKind::Boolean(Path::dotted("readOnly"));
        let facts = vec![Fact { statement: String::new(), given: vec![], says }];
        let usual = vec![(Path::dotted("eventName"), vec!["ConsoleLogin".to_owned()])];
        Prover::new(Domain { json: true, facts, exemplars: Exemplars { usual, ..Exemplars::default() } })
    }

    fn check(pattern: &str, expected: &[(LintKind, &str)]) {
        let marked = |span: Span| pattern.get(span.start..span.end).unwrap();
        let found = lints(&pattern.parse().unwrap(), &records());
        let found: Vec<_> = found.into_iter().map(|lint| (lint.kind, marked(lint.span))).collect();
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn what_to_write_of_a_boolean_means_the_same() {
        let says = |pattern: &str| {
            let found = lints(&pattern.parse().unwrap(), &records());
            found.into_iter().map(|lint| lint.message).collect::<String>()
        };
        assert!(says("{ $.readOnly = true }").ends_with("write `$.readOnly IS TRUE`"));
        assert!(says("{ $.readOnly != true }").ends_with("write `$.readOnly IS FALSE`"));
        assert!(says("{ $.readOnly != false }").ends_with("write `$.readOnly IS TRUE`"));
    }

    #[test]
    fn an_event_shows_what_exclusions_and_precedence_do() {
        let shown = |pattern: &str| {
            let found = lints(&pattern.parse().unwrap(), &Prover::new(Domain::json()));
            found.into_iter().map(|lint| lint.event.unwrap().message).collect::<Vec<_>>()
        };
        assert_eq!(shown("{ $.a = A || $.b != B }"), [r#"{"a":"other","b":"other"}"#]);
        assert_eq!(shown("{ $.a = A || $.b = B && $.c = C }"), [r#"{"a":"A","c":"other"}"#]);
    }

    /// Each pair of branches is a hard question of its own; together they may take no more than the allowance.
    #[test]
    fn hard_patterns_take_limited_work() {
        let letters = "abcdefghijklmnopqrstuvwxyz".chars();
        let pairs = letters.clone().zip(letters.clone().skip(1)).chain(letters.clone().zip(letters.skip(2)));
        let branches: Vec<_> = pairs.take(40).map(|(one, other)| format!("$.a = \"*{one}*{other}*\"")).collect();
        let pattern: Pattern = format!("{{ {} }}", branches.join(" || ")).parse().unwrap();
        let steps = Allowance::new(100_000);
        let any = Prover::new(Domain::any()).within(&steps);
        let Tree::Json(expr) = pattern.tree() else { panic!() };
        branches_of(expr, &EventSet::from(&pattern), &any);
        assert_eq!(steps.left(), 0);
    }

    fn branches_of(expr: &Expr<Condition>, set: &EventSet, prover: &Prover) {
        super::branches(expr, &|part| part, set, prover, &mut Vec::new());
    }

    #[test]
    fn oddities() {
        use LintKind::*;
        check("{ $.a = 1 || $.a = 2 }", &[]);
        check("{ ($.a = A) && ($.a = B) }", &[(NeverMatches, "{ ($.a = A) && ($.a = B) }")]);
        check(
            "{ $.a NOT EXISTS || $.a IS NULL || $.b.c = 1 || $.* NOT EXISTS || $.* != z || $.* = z }",
            &[(
                AlwaysMatches,
                "{ $.a NOT EXISTS || $.a IS NULL || $.b.c = 1 || $.* NOT EXISTS || $.* != z || $.* = z }",
            )],
        );
        check("{ $.a = A && ($.b = B || $.a = C) }", &[(DeadBranch, "$.a = C")]);
        check("{ $.a = A* || $.a = AB }", &[(RedundantBranch, "$.a = AB")]);
        check("{ $.a = A && $.a != B }", &[(RedundantBranch, "$.a != B")]);
        check("{ $.readOnly = true }", &[(BooleanAsText, "$.readOnly = true")]);
        check("{ $.eventName = consolelogin }", &[(WrongCase, "$.eventName = consolelogin")]);
        check("{ $.a = 1 || $.b = 2 && $.c = 3 }", &[(Precedence, "$.a = 1 || $.b = 2 && $.c = 3")]);
        check("{ $.a = 1 || ($.b = 2 && $.c = 3) }", &[]);
        check("{ $.a = A || $.b != B || $.c != C }", &[(ExclusionSuffices, "$.b != B")]);
        check("{ $.a = A && $.b != B }", &[]);
        check("{ $.b != B }", &[]);
        check("-a a", &[(NeverMatches, "-a a")]);
    }
}
