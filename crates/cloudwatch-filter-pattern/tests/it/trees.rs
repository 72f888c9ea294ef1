//! Random trees of filter patterns, shared by the property tests. Every tree is one that some text parses to.

use cloudwatch_filter_pattern::ast::{
    Condition, Entry, Expr, FieldTest, Literal, NumberLiteral, Op, Selector, Span, Step, Term, TermKind, Test,
    TextLiteral, Tree,
};
use cloudwatch_filter_pattern::regex::Regex;
use event_sets::number::Decimal;
use proptest::prelude::*;
use proptest::sample::select;

/// A pattern of any language, within AWS's limits.
pub fn tree() -> impl Strategy<Value = Tree> {
    let tree = prop_oneof![
        1 => Just(Tree::Everything),
        2 => prop::collection::vec(term(), 1..5).prop_map(Tree::Terms),
        1 => regex().prop_map(Tree::Regex),
        6 => json().prop_map(Tree::Json),
        4 => fields().prop_map(Tree::Fields),
    ];
    tree.prop_filter("beyond AWS's limits", within_limits)
}

/// A condition on a JSON event.
pub fn json() -> impl Strategy<Value = Expr<Condition>> {
    let condition =
        (selector(), test()).prop_map(|(selector, test)| Condition { selector, test, span: Span::default() });
    expr(condition)
}

/// The entries of a space-delimited pattern, with distinct names and at most one `...`.
pub fn fields() -> impl Strategy<Value = Vec<Entry>> {
    let entry = prop::option::of((any::<bool>(), prop::option::of(expr(field_test()))));
    (prop::collection::vec(entry, 0..5), prop::option::of(0..5_usize)).prop_map(|(entries, ellipsis)| {
        let mut entries: Vec<_> = entries.into_iter().enumerate().map(|(at, entry)| field(at, entry)).collect();
        if let Some(at) = ellipsis {
            entries.insert(at.min(entries.len()), Entry::Ellipsis);
        }
        match entries.as_slice() {
            [Entry::Field { name: None, .. }] => vec![],
            _ => entries,
        }
    })
}

/// A path with at most one wildcard.
pub fn selector() -> impl Strategy<Value = Selector> {
    let first = prop_oneof![6 => key(), 1 => Just(Step::Any)];
    let step = prop_oneof![4 => key(), 1 => (0..3_u32).prop_map(Step::Index), 1 => Just(Step::Any)];
    (first, prop::collection::vec(step, 0..3)).prop_map(|(first, rest)| {
        let mut steps = vec![first];
        for step in rest {
            if step != Step::Any || !steps.contains(&Step::Any) {
                steps.push(step);
            }
        }
        Selector(steps)
    })
}

/// Something to compare with; the ordering operators take only a [`number`].
pub fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        3 => number(),
        3 => bare().prop_map(|value| text(value, false)),
        3 => any_text(0..8).prop_map(|value| text(value, true)),
        1 => regex().prop_map(Literal::Regex),
    ]
}

/// A number in one of its notations.
pub fn number() -> impl Strategy<Value = Literal> {
    "[+-]?[0-9]{1,3}(\\.[0-9]{1,2})?([eE][+-]?[0-9]{1,2})?".prop_filter_map("no number", |text| {
        Some(Literal::Number(NumberLiteral { value: Decimal::parse(&text)?, text }))
    })
}

/// A regular expression that compiles.
pub fn regex() -> impl Strategy<Value = Regex> {
    let atom =
        select(vec!["a", "b", "-", ".", "^", "$", "\\d", "\\W", "\\x2F", "\\.", "[a-c]", "[^b]", "[]\\s-]", " "]);
    let times = select(vec!["", "", "", "*", "+", "?", "+?", "{2}", "{0,3}", "{1,}"]);
    let pieces = prop::collection::vec((atom, times), 0..4)
        .prop_map(|pieces| pieces.iter().flat_map(|(atom, times)| [*atom, *times]).collect::<String>());
    prop::collection::vec(pieces, 1..3)
        .prop_map(|alternatives| alternatives.join("|"))
        .prop_filter("empty", |source| !source.is_empty())
        .prop_filter_map("does not compile", |source| Regex::parse(&source).ok())
}

fn expr<T: Clone + std::fmt::Debug + 'static>(
    leaf: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Expr<T>> {
    leaf.prop_map(Expr::Test).prop_recursive(3, 8, 3, |inner| {
        let members = prop::collection::vec(inner, 2..4);
        (any::<bool>(), members).prop_map(|(and, members)| match and {
            true => Expr::And(members, Span::default()),
            false => Expr::Or(members, Span::default()),
        })
    })
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        1 => select(vec![Test::IsNull, Test::IsTrue, Test::IsFalse, Test::NotExists]),
        4 => comparison().prop_map(|(op, literal)| Test::Compare(op, literal)),
    ]
}

fn field_test() -> impl Strategy<Value = FieldTest> {
    comparison().prop_map(|(op, literal)| FieldTest { op, literal, span: Span::default() })
}

fn comparison() -> impl Strategy<Value = (Op, Literal)> {
    prop_oneof![
        3 => (select(vec![Op::Eq, Op::Ne]), literal()),
        1 => (select(vec![Op::Lt, Op::Le, Op::Gt, Op::Ge]), number()),
    ]
}

fn field(at: usize, entry: Option<(bool, Option<Expr<FieldTest>>)>) -> Entry {
    match entry {
        None => Entry::Field { name: None, condition: None },
        Some((accented, condition)) => {
            Entry::Field { name: Some(format!("{}{at}", if accented { "é_" } else { "w" })), condition }
        }
    }
}

fn term() -> impl Strategy<Value = Term> {
    let kind = select(vec![TermKind::Required, TermKind::Excluded, TermKind::Optional]);
    let text = prop_oneof!["[a-cA-C0-9_.é]{1,4}", any_text(1..6)];
    (kind, text).prop_map(|(kind, text)| Term { kind, text, span: Span::default() })
}

fn key() -> impl Strategy<Value = Step> {
    let any = any_text(0..5).prop_filter("ends the name", |name| !name.contains("']"));
    prop_oneof![4 => "[a-cA-C_-]{1,2}".boxed(), 1 => any.boxed()].prop_map(Step::Key)
}

fn text(value: String, quoted: bool) -> Literal {
    Literal::Text(TextLiteral { odd_escape: value.contains('\\'), value, quoted })
}

/// Starts with a letter or star, so that it is no number.
fn bare() -> impl Strategy<Value = String> {
    "[ab*][ab1_.*é-]{0,4}"
}

/// Letters, and what patterns are made of.
fn any_text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let c = prop_oneof![3 => prop::char::range('a', 'c'), 2 => select(" \"\\'*%$.[](){}|&=!,\n".chars().collect::<Vec<_>>()), 1 => any::<char>()];
    prop::collection::vec(c, length).prop_map(String::from_iter)
}

fn within_limits(tree: &Tree) -> bool {
    let literals: Vec<&Literal> = match tree {
        Tree::Json(expr) => expr
            .tests()
            .into_iter()
            .filter_map(|condition| match &condition.test {
                Test::Compare(_, literal) => Some(literal),
                _ => None,
            })
            .collect(),
        Tree::Fields(entries) => entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Field { condition, .. } => condition.as_ref(),
                Entry::Ellipsis => None,
            })
            .flat_map(Expr::tests)
            .map(|test| &test.literal)
            .collect(),
        _ => vec![],
    };
    let wildcards = match tree {
        Tree::Json(expr) => expr.tests().iter().filter(|condition| condition.selector.0.contains(&Step::Any)).count(),
        _ => 0,
    };
    literals.iter().filter(|literal| matches!(literal, Literal::Regex(_))).count() <= 2
        && wildcards <= 3
        && tree.to_string().chars().count() <= 1024
}
