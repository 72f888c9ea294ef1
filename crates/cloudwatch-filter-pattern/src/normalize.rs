//! Patterns that differ in how they are written and not in what they ask.

use super::Pattern;
use super::ast::{Condition, Expr, Literal, Span, Test, Tree};

/// Whether the texts differ in spaces, quotes and needless parentheses at most.
///
/// Quotes are no difference because a shell may have eaten them: the benchmark's own commands put a pattern with double
/// quotes between double quotes (4.1 since 1.5.0).
///
/// ```
/// use cloudwatch_filter_pattern::{Pattern, normalize::eq_ignoring_layout};
///
/// let [a, b]: [Pattern; 2] = ["{ ($.errorCode = \"AccessDenied*\") }".parse()?, "{$.errorCode=AccessDenied*}".parse()?];
/// assert!(eq_ignoring_layout(&a, &b));
/// # Ok::<(), cloudwatch_filter_pattern::ParseError>(())
/// ```
pub fn eq_ignoring_layout(a: &Pattern, b: &Pattern) -> bool {
    a == b || unquoted(a.tree()) == unquoted(b.tree())
}

/// Whether the patterns join the same conditions in the same way, in whatever order.
pub fn eq_ignoring_order(a: &Pattern, b: &Pattern) -> bool {
    match (unquoted(a.tree()), unquoted(b.tree())) {
        (Tree::Json(a), Tree::Json(b)) => sorted(&a) == sorted(&b),
        (a, b) => a == b,
    }
}

fn unquoted(tree: &Tree) -> Tree {
    match tree {
        Tree::Json(expr) => Tree::Json(expr.map(&mut |condition| without_quotes(condition.clone()))),
        other => other.clone(),
    }
}

fn without_quotes(mut condition: Condition) -> Condition {
    if let Test::Compare(_, Literal::Text(text)) = &mut condition.test {
        text.quoted = false;
    }
    condition
}

/// The expression without lists in lists of the same kind, each list in the order of its text.
fn sorted(expr: &Expr<Condition>) -> Expr<Condition> {
    let list = |members: &[Expr<Condition>], same: fn(Expr<Condition>) -> Result<Vec<Expr<Condition>>, _>| {
        let flat = |member| same(sorted(member)).unwrap_or_else(|other: Expr<Condition>| vec![other]);
        let mut members: Vec<_> = members.iter().flat_map(flat).collect();
        members.sort_by_cached_key(Expr::to_string);
        members
    };
    match expr {
        Expr::Test(condition) => Expr::Test(condition.clone()),
        Expr::And(members, _) => Expr::And(list(members, conjuncts), Span::default()),
        Expr::Or(members, _) => Expr::Or(list(members, disjuncts), Span::default()),
    }
}

fn conjuncts(expr: Expr<Condition>) -> Result<Vec<Expr<Condition>>, Expr<Condition>> {
    if let Expr::And(members, _) = expr { Ok(members) } else { Err(expr) }
}

fn disjuncts(expr: Expr<Condition>) -> Result<Vec<Expr<Condition>>, Expr<Condition>> {
    if let Expr::Or(members, _) = expr { Ok(members) } else { Err(expr) }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, eq_ignoring_layout, eq_ignoring_order};

    const TEXT: &str = "{ ($.a = x.y) && (($.b = \"c\") || ($.d NOT EXISTS)) }";

    /// Whether another pattern has the text of [`TEXT`], and whether it has its conditions.
    fn normalize(other: &str) -> [bool; 2] {
        let [a, b]: [Pattern; 2] = [TEXT, other].map(|text| text.parse().unwrap());
        [eq_ignoring_layout(&a, &b), eq_ignoring_order(&a, &b)]
    }

    #[test]
    fn spaces_quotes_and_needless_parentheses_are_no_difference() {
        assert_eq!(normalize("{$.a=\"x.y\"&&($.b=c||$.d NOT EXISTS)}"), [true, true]);
        assert_eq!(normalize("{ ((($.a = x.y)) && (($.b = c) || ($.d NOT EXISTS))) }"), [true, true]);
    }

    #[test]
    fn order_is_one_of_text_alone() {
        assert_eq!(normalize("{ ($.d NOT EXISTS || $.b = c) && $.a = x.y }"), [false, true]);
        let [a, b]: [Pattern; 2] =
            ["{ $.a=1 || ($.a=2 || $.a=3) }", "{ $.a=3 || $.a=2 || $.a=1 }"].map(|it| it.parse().unwrap());
        assert!(eq_ignoring_order(&a, &b));
    }

    #[test]
    fn a_condition_more_or_joined_otherwise_is_another() {
        for other in [
            "{ ($.a = x.y) && (($.b = c) || ($.d NOT EXISTS) || ($.b = c)) }",
            "{ ($.a = x.y) && ($.b = c) }",
            "{ ($.a = x.y) && ($.b = c) || ($.d NOT EXISTS) }",
            "{ ($.a = %x.y%) && (($.b = c) || ($.d NOT EXISTS)) }",
            "",
        ] {
            assert_eq!(normalize(other), [false, false], "{other}");
        }
    }
}
