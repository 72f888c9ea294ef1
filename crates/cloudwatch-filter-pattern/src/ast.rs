//! The tree of a filter pattern.
//!
//! Trees compare by meaning alone: a [`Span`] never takes part in equality, so a printed and re-parsed tree equals the
//! one it came from.

use event_sets::Path;
use event_sets::number::Decimal;
pub use event_sets::{Op, Step};

use super::regex::Regex;

/// A filter pattern of one of CloudWatch Logs' three languages, or a bare regular expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tree {
    /// The empty or blank pattern: every event.
    Everything,
    /// Unstructured terms: `ERROR -timeout`, `?ERROR ?WARN`.
    Terms(Vec<Term>),
    /// A regular expression searched for in the message: `%ERR|WARN%`.
    Regex(Regex),
    /// A condition on a JSON event: `{ $.eventName = CreateRoute }`.
    Json(Expr<Condition>),
    /// Space-delimited fields: `[ip, user, ..., status_code = 4*, bytes]`.
    Fields(Vec<Entry>),
}

/// A place in the text of a pattern, in bytes. All spans are equal to each other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// One word or quoted phrase of an unstructured pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// What the term asks for.
    pub kind: TermKind,
    /// The text that is looked for, with quotes removed and escapes resolved.
    pub text: String,
    /// Where the term stands, its `-` or `?` included.
    pub span: Span,
}

/// What an unstructured term asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// The message contains it.
    Required,
    /// `-term`: the message does not contain it.
    Excluded,
    /// `?term`: the message contains one of the optional terms; ignored beside a term of another kind.
    Optional,
}

/// Conditions joined by `&&` and `||`. The lists hold two members or more; a member that is a list itself was written
/// in parentheses, or binds tighter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr<T> {
    /// `a && b && …`
    And(Vec<Self>, Span),
    /// `a || b || …`
    Or(Vec<Self>, Span),
    /// A single condition.
    Test(T),
}

/// One condition of a JSON pattern: a selector and what is asked of the value there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// Which value.
    pub selector: Selector,
    /// What is asked of it.
    pub test: Test,
    /// Where the condition stands.
    pub span: Span,
}

/// A path into a JSON event, from its root: `$.a.b[0]`, `$.a[*]`, `$.['a.b']`. Never empty, at most one [`Step::Any`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Selector(pub Vec<Step>);

/// What a JSON condition asks of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// `IS NULL`
    IsNull,
    /// `IS TRUE`
    IsTrue,
    /// `IS FALSE`
    IsFalse,
    /// `NOT EXISTS`
    NotExists,
    /// `= 1`, `!= "x"`, `>= 5`, `= %re%`
    Compare(Op, Literal),
}

/// The right-hand side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// A number, which also matches a string of exactly the same text.
    Number(NumberLiteral),
    /// A quoted string or a bare word.
    Text(TextLiteral),
    /// `%…%`, searched for in the value's text.
    Regex(Regex),
}

/// A number as it was written, and its exact value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NumberLiteral {
    /// The text as written: `+1`, `1.0`, `1e3`.
    pub text: String,
    /// Its value.
    pub value: Decimal,
}

/// A string literal. `*` at either end stands for any text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextLiteral {
    /// The characters, with quotes removed and escapes resolved; `*` still in it.
    pub value: String,
    /// Whether it was written in double quotes.
    pub quoted: bool,
    /// Whether it holds a backslash escape other than `\"`, whose meaning AWS does not document.
    pub odd_escape: bool,
}

/// One entry of a space-delimited pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// `...`: any number of fields, none included.
    Ellipsis,
    /// A field, with a name unless it was left empty, and conditions on it.
    Field {
        /// The name, unique in the pattern; the fields of `[, b,]` are unnamed but for `b`.
        name: Option<String>,
        /// What is asked of the field's text.
        condition: Option<Expr<FieldTest>>,
    },
}

/// One comparison of a space-delimited field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldTest {
    /// The operator.
    pub op: Op,
    /// What the field is compared with.
    pub literal: Literal,
    /// Where the comparison stands.
    pub span: Span,
}

impl Span {
    /// From `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

impl std::hash::Hash for Span {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl AsRef<[Step]> for Selector {
    fn as_ref(&self) -> &[Step] {
        &self.0
    }
}

impl Selector {
    /// The selector as a path; `None` if it has a wildcard.
    pub fn path(&self) -> Option<Path> {
        Path::new(self.0.clone())
    }
}

impl<T> Expr<T> {
    /// Every single condition, from left to right.
    pub fn tests(&self) -> Vec<&T> {
        match self {
            Self::And(members, _) | Self::Or(members, _) => members.iter().flat_map(Self::tests).collect(),
            Self::Test(test) => vec![test],
        }
    }

    /// Whether the whole holds, where `test` says of a single condition whether it does.
    pub fn holds(&self, test: &mut impl FnMut(&T) -> bool) -> bool {
        match self {
            Self::And(members, _) => members.iter().all(|member| member.holds(test)),
            Self::Or(members, _) => members.iter().any(|member| member.holds(test)),
            Self::Test(single) => test(single),
        }
    }

    /// The same expression over something made from each single condition, from left to right.
    pub fn map<'e, U>(&'e self, make: &mut impl FnMut(&'e T) -> U) -> Expr<U> {
        match self {
            Self::And(members, span) => Expr::And(members.iter().map(|member| member.map(make)).collect(), *span),
            Self::Or(members, span) => Expr::Or(members.iter().map(|member| member.map(make)).collect(), *span),
            Self::Test(single) => Expr::Test(make(single)),
        }
    }
}
