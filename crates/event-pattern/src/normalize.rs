//! The same pattern in a normal form.

use std::collections::BTreeMap;

use crate::EventPattern;
use crate::ast::{Asked, Bound, Except, Field, Member, Object, Range, Span, Test, TestKind};
use crate::branch::{PathTests, compare};
use crate::number::Number;
use crate::parse::OrMode;

impl EventPattern {
    /// The pattern in a normal form: `$or` multiplied out and at the top, lists that others replace left out, dotted names
    /// nested, names and values sorted and without repetitions, numbers in their shortest form.
    ///
    /// Two patterns with the same normal form match the same events. The reverse does not hold: a prover tells that.
    ///
    /// ```
    /// use event_pattern::EventPattern;
    ///
    /// let pattern: EventPattern = r#"{"b.c": ["y", "x", "x"], "a": [3.0e2]}"#.parse()?;
    /// assert_eq!(pattern.normalize().text(), r#"{"a": [300], "b": {"c": ["x", "y"]}}"#);
    /// # Ok::<(), event_pattern::ParseError>(())
    /// ```
    #[must_use]
    pub fn normalize(&self) -> Self {
        let mut branches: Vec<Object> = self.branches().iter().filter_map(|branch| object(&branch)).collect();
        branches.sort_by_cached_key(ToString::to_string);
        branches.dedup();
        let tree = match branches.len() {
            1 => branches.remove(0),
            _ => Object { members: vec![Member::Or(branches, Span::default())], span: Span::default() },
        };
        let text = tree.to_string();
        // What is printed parses, but for names that the normal form makes clash; the pattern itself is normal then.
        Self::read(&text, OrMode::Alternatives).unwrap_or_else(|_| self.clone())
    }
}

/// Whether two patterns differ in spacing alone.
pub fn eq_ignoring_layout(a: &EventPattern, b: &EventPattern) -> bool {
    a == b
}

/// Whether two patterns differ in spacing, order, repetitions and the writing of names and numbers alone.
pub fn eq_ignoring_order(a: &EventPattern, b: &EventPattern) -> bool {
    a == b || a.normalize() == b.normalize()
}

/// The object of the lists of one branch; `None` if there is no list.
fn object(branch: &[&PathTests]) -> Option<Object> {
    let mut root = Node::default();
    for list in branch {
        // A path with an empty part is kept as one name: AWS joins and splits such names in its own way.
        let is_plain = !list.path.split('.').any(str::is_empty);
        let names: Vec<&str> = if is_plain { list.path.split('.').collect() } else { vec![&list.path] };
        let node =
            names.into_iter().fold(&mut root, |node, name| node.children.entry(Name(name.to_owned())).or_default());
        node.tests = Some(tests(&list.tests));
    }
    root.into_object()
}

#[derive(Default)]
struct Node {
    tests: Option<Vec<Test>>,
    children: BTreeMap<Name, Self>,
}

/// A name, in the order in which AWS's engine sorts.
#[derive(PartialEq, Eq)]
struct Name(String);

impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        compare(&self.0, &other.0)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Node {
    fn into_object(self) -> Option<Object> {
        let mut members = vec![];
        for (name, mut node) in self.children {
            let field = |asked| Member::Field(Field { name: name.0.clone(), span: Span::default(), asked });
            members.extend(node.tests.take().map(|tests| field(Asked::OneOf(tests, Span::default()))));
            members.extend(node.into_object().map(|object| field(Asked::Object(object))));
        }
        (!members.is_empty()).then(|| Object { members, span: Span::default() })
    }
}

fn tests(tests: &[Test]) -> Vec<Test> {
    let mut normal: Vec<Test> = tests.iter().map(|test| Test { kind: kind(&test.kind), span: test.span }).collect();
    normal.sort_by_cached_key(|test| (rank(&test.kind), test.to_string()));
    normal.dedup();
    normal
}

/// Plain values before operations.
fn rank(kind: &TestKind) -> u8 {
    match kind {
        TestKind::Text(_) | TestKind::Address(..) => 0,
        TestKind::Number(_) | TestKind::Boolean(_) | TestKind::Null => 1,
        _ => 2,
    }
}

fn kind(kind: &TestKind) -> TestKind {
    match kind {
        TestKind::Number(number) => TestKind::Number(shortest(number)),
        TestKind::Numeric(Range::Equals(number)) => TestKind::Number(shortest(number)),
        TestKind::Numeric(Range::Between(bottom, top)) => {
            let bound = |bound: &Option<Bound>| {
                bound.as_ref().map(|bound| Bound { number: shortest(&bound.number), inclusive: bound.inclusive })
            };
            TestKind::Numeric(Range::Between(bound(bottom), bound(top)))
        }
        TestKind::Exactly(text) if crate::address::Address::parse(text).is_none() => TestKind::Text(text.clone()),
        TestKind::AnythingBut(except) => TestKind::AnythingBut(match except {
            Except::Texts(texts) => Except::Texts(sorted(texts)),
            Except::Numbers(numbers) => {
                let mut numbers: Vec<_> = numbers.iter().map(shortest).collect();
                numbers.sort_by(|a, b| a.value().partial_cmp(&b.value()).unwrap_or(std::cmp::Ordering::Equal));
                numbers.dedup();
                Except::Numbers(numbers)
            }
            Except::Prefixes(texts) => Except::Prefixes(sorted(texts)),
            Except::Suffixes(texts) => Except::Suffixes(sorted(texts)),
            Except::IgnoringCase(texts) => Except::IgnoringCase(sorted(texts)),
            Except::Wildcards(wildcards) => {
                let mut wildcards = wildcards.clone();
                wildcards.sort_by(|a, b| a.text().cmp(b.text()));
                wildcards.dedup();
                Except::Wildcards(wildcards)
            }
        }),
        other => other.clone(),
    }
}

fn shortest(number: &Number) -> Number {
    Number::new(&number.shortest())
}

fn sorted(texts: &[String]) -> Vec<String> {
    let mut texts = texts.to_vec();
    texts.sort();
    texts.dedup();
    texts
}
