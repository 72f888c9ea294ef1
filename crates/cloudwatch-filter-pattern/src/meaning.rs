//! What a pattern means, for the prover.
//!
//! AWS settles none of this in one place: what follows is read off recorded answers of `TestMetricFilter`, as the
//! matcher is. Where AWS does not document what a literal means, it is made larger or smaller than it may be.

use std::sync::Arc;

use event_sets::formula::{Atom, FieldFormula, Layout, Slot, Test as ValueTest};
use event_sets::text::{Regular, Texts};
use event_sets::{Bound, EventSet, Formula, Kinds, Language, Matcher, Path, Reading};

use crate::Pattern;
use crate::ast::{Condition, Entry, Expr, FieldTest, Literal, Op, Step, Term, TermKind, Test, Tree};
use crate::regex::Regex;

impl Language for Pattern {
    fn lower(&self, bound: Bound) -> Formula {
        match self.tree() {
            Tree::Everything => Formula::constant(true),
            Tree::Terms(list) => terms(list),
            Tree::Regex(regex) => Formula::Literal(Atom::Text(regular(regex)), true),
            Tree::Json(expr) => Formula::All(vec![json(expr, bound), Formula::object()]),
            Tree::Fields(entries) if entries.iter().all(|entry| *entry == Entry::Ellipsis) => Formula::constant(true),
            Tree::Fields(entries) => {
                let layout = Layout {
                    slots: entries.iter().map(|entry| slot(entry, bound)).collect(),
                    name: self.tree().to_string(),
                    bound,
                    pattern: self.into(),
                };
                Formula::Literal(Atom::Fields(Arc::new(layout)), true)
            }
        }
    }

    fn matcher(&self, reading: Reading) -> Matcher {
        let matcher = crate::Matcher::new(self.tree(), reading);
        Box::new(move |message| matcher.is_match(message))
    }

    fn name(&self) -> String {
        self.text().to_owned()
    }

    fn doubts(&self) -> Vec<String> {
        literals(self.tree()).into_iter().filter_map(doubt).collect()
    }

    /// The disjuncts.
    fn parts(&self) -> Vec<(EventSet, String)> {
        let Tree::Json(Expr::Or(members, _)) = self.tree() else { return vec![] };
        let part = |member: &Expr<_>| {
            let pattern = Self::from(Tree::Json(member.clone()));
            let text = pattern.text().to_owned();
            (EventSet::of(pattern), text)
        };
        members.iter().map(part).collect()
    }
}

/// The events that the pattern matches.
impl From<&Pattern> for EventSet {
    fn from(pattern: &Pattern) -> Self {
        Self::of(pattern.clone())
    }
}

/// The events that the pattern matches.
impl From<Pattern> for EventSet {
    fn from(pattern: Pattern) -> Self {
        Self::of(pattern)
    }
}

fn terms(terms: &[Term]) -> Formula {
    let literals = |kind: TermKind, positive: bool| {
        let terms = terms.iter().filter(move |term| term.kind == kind);
        terms.map(move |term| Formula::Literal(Atom::Contains(term.text.clone()), positive))
    };
    if terms.iter().all(|term| term.kind == TermKind::Optional) {
        return Formula::Any(literals(TermKind::Optional, true).collect());
    }
    Formula::All(literals(TermKind::Required, true).chain(literals(TermKind::Excluded, false)).collect())
}

fn json(expr: &Expr<Condition>, bound: Bound) -> Formula {
    match expr {
        Expr::And(members, _) => Formula::All(members.iter().map(|member| json(member, bound)).collect()),
        Expr::Or(members, _) => Formula::Any(members.iter().map(|member| json(member, bound)).collect()),
        Expr::Test(condition) => condition_formula(condition, bound),
    }
}

fn condition_formula(Condition { selector, test, .. }: &Condition, bound: Bound) -> Formula {
    let steps = |steps: &[Step]| Path::new(steps.to_vec()).unwrap_or_default();
    let Some(wild) = selector.0.iter().position(|step| *step == Step::Any) else {
        let path = steps(&selector.0);
        let at = |test| Formula::at(path.clone(), test);
        return match test {
            Test::IsNull => {
                let null = ValueTest::Kind(Kinds::NULL);
                let element =
                    Atom::Child { parent: path.clone(), rest: Path::default(), test: null.clone(), array: true };
                Formula::Any(vec![at(null), Formula::Literal(element, true)])
            }
            Test::NotExists => at(ValueTest::Kind(Kinds::MISSING)),
            _ => at(meaning(test, bound)),
        };
    };
    let (before, after) = selector.0.split_at(wild);
    let (parent, rest) = (steps(before), steps(after.get(1..).unwrap_or_default()));
    let child = |test| {
        let atom = Atom::Child { parent: parent.clone(), rest: rest.clone(), test, array: false };
        Formula::Literal(atom, true)
    };
    match test {
        Test::NotExists => child(ValueTest::Kind(Kinds::PRESENT)).negated(),
        // With a wildcard, `!=` asks that the container's place has a value and that nothing selected is equal.
        Test::Compare(Op::Ne, literal) => {
            let equal = Test::Compare(Op::Eq, literal.clone());
            let present = Formula::at(parent.clone(), ValueTest::Kind(Kinds::PRESENT));
            Formula::All(vec![present, child(meaning(&equal, bound.opposite())).negated()])
        }
        _ => child(meaning(test, bound)),
    }
}

/// What a test asks of a value.
fn meaning(test: &Test, bound: Bound) -> ValueTest {
    match test {
        Test::IsNull => ValueTest::Kind(Kinds::NULL),
        Test::IsTrue => ValueTest::Kind(Kinds::TRUE),
        Test::IsFalse => ValueTest::Kind(Kinds::FALSE),
        Test::NotExists => ValueTest::Kind(Kinds::MISSING),
        Test::Compare(op, Literal::Number(number)) => ValueTest::Number(*op, number.value.clone(), number.text.clone()),
        Test::Compare(Op::Ne, literal) => ValueTest::NotText(texts(literal, bound.opposite())),
        Test::Compare(_, literal) => ValueTest::Text(texts(literal, bound)),
    }
}

/// The texts that a literal may stand for, more or fewer where that is not documented.
fn texts(literal: &Literal, bound: Bound) -> Texts {
    match literal {
        Literal::Number(number) => Texts::exactly(number.text.as_str()),
        Literal::Regex(regex) => Texts::Regular(regular(regex)),
        Literal::Text(text) => match bound {
            Bound::Possible if text.odd_escape => Texts::All,
            Bound::Sure if text.odd_escape => Texts::none(),
            Bound::Possible => text.glob(Reading::Wildcard).into(),
            Bound::Sure => text.glob(Reading::Literal).into(),
        },
    }
}

/// The texts in which a regular expression is found.
fn regular(regex: &Regex) -> Regular {
    Regular::new(format!("%{}%", regex.source), regex.search())
}

fn slot(entry: &Entry, bound: Bound) -> Slot {
    match entry {
        Entry::Ellipsis => Slot::Ellipsis,
        Entry::Field { condition, .. } => Slot::Field(condition.as_ref().map(|condition| field(condition, bound))),
    }
}

fn field(expr: &Expr<FieldTest>, bound: Bound) -> FieldFormula {
    match expr {
        Expr::And(members, _) => FieldFormula::All(members.iter().map(|member| field(member, bound)).collect()),
        Expr::Or(members, _) => FieldFormula::Any(members.iter().map(|member| field(member, bound)).collect()),
        Expr::Test(FieldTest { op, literal: Literal::Number(number), .. }) => {
            FieldFormula::Number(*op, number.value.clone())
        }
        Expr::Test(FieldTest { op: Op::Eq, literal, .. }) => FieldFormula::Text(texts(literal, bound), true),
        Expr::Test(FieldTest { literal, .. }) => FieldFormula::Text(texts(literal, bound.opposite()), false),
    }
}

fn literals(tree: &Tree) -> Vec<&Literal> {
    match tree {
        Tree::Json(expr) => {
            let tests = expr.tests().into_iter().map(|condition| &condition.test);
            tests.filter_map(|test| if let Test::Compare(_, literal) = test { Some(literal) } else { None }).collect()
        }
        Tree::Fields(entries) => {
            let conditions = entries.iter().filter_map(|entry| match entry {
                Entry::Field { condition, .. } => condition.as_ref(),
                Entry::Ellipsis => None,
            });
            conditions.flat_map(Expr::tests).map(|test| &test.literal).collect()
        }
        Tree::Everything | Tree::Terms(_) | Tree::Regex(_) => vec![],
    }
}

fn doubt(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Text(text) if text.odd_escape => Some(format!("what the backslash in `{}` means", text.value)),
        Literal::Text(text) if text.is_ambiguous() => {
            Some(format!("whether the inner `*` of `{}` stands for any text or for an asterisk", text.value))
        }
        _ => None,
    }
}
