//! The tree of an event pattern.
//!
//! Trees compare by meaning alone: a [`Span`] never takes part in equality, so a printed and re-parsed tree equals the
//! one it came from.

pub use crate::address::{Address, Block};
pub use crate::number::Number;
pub use crate::span::Span;
pub use crate::wildcard::Wildcard;

/// An object of a pattern: all of its members have to hold. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Object {
    /// The members, in the order of the text.
    pub members: Vec<Member>,
    /// Where the object stands, with its braces.
    pub span: Span,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// A name and what is asked of it.
    Field(Field),
    /// `$or`: one of the objects has to hold. There are two or more.
    Or(Vec<Object>, Span),
}

/// A name and what is asked of the value there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The name; a dot in it joins two names.
    pub name: String,
    /// Where the name stands, with its quotes.
    pub span: Span,
    /// What is asked.
    pub asked: Asked,
}

/// What is asked of the value at a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// It is an object of which this holds.
    Object(Object),
    /// One of these holds of it, or of an element of it. Never empty.
    OneOf(Vec<Test>, Span),
}

/// One entry of a list: what a value has to be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Test {
    /// What is asked.
    pub kind: TestKind,
    /// Where the entry stands.
    pub span: Span,
}

/// What a value has to be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TestKind {
    /// `"x"`: this string.
    Text(String),
    /// `"10.0.0.1"`: this address, however it is written.
    Address(String, Address),
    /// `1`: this number.
    Number(Number),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// `{"exactly": "x"}`: this string, also if it looks like an address. AWS does not document it.
    Exactly(String),
    /// `{"prefix": "x"}`: a string that starts so.
    Prefix(String),
    /// `{"prefix": {"equals-ignore-case": "x"}}`
    PrefixIgnoringCase(String),
    /// `{"suffix": "x"}`: a string that ends so.
    Suffix(String),
    /// `{"suffix": {"equals-ignore-case": "x"}}`
    SuffixIgnoringCase(String),
    /// `{"equals-ignore-case": "x"}`: this string in upper or lower case.
    EqualsIgnoringCase(String),
    /// `{"wildcard": "a*b"}`: a string of this form.
    Wildcard(Wildcard),
    /// `{"anything-but": …}`: a value that is there, and is none of these.
    AnythingBut(Except),
    /// `{"numeric": […]}`: a number in this range.
    Numeric(Range),
    /// `{"cidr": "10.0.0.0/8"}`: a string that is an address of this block.
    Cidr(Block),
    /// `{"exists": true}`: a value that is no object and no empty array is there; `false`: none is.
    Exists(bool),
}

/// What `anything-but` leaves out. The lists are not empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Except {
    /// These strings.
    Texts(Vec<String>),
    /// These numbers.
    Numbers(Vec<Number>),
    /// Strings that start with one of these.
    Prefixes(Vec<String>),
    /// Strings that end with one of these.
    Suffixes(Vec<String>),
    /// These strings in upper or lower case.
    IgnoringCase(Vec<String>),
    /// Strings that have one of these forms.
    Wildcards(Vec<Wildcard>),
}

/// What `numeric` asks of a number. At least one bound is there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    /// `["=", 5]`
    Equals(Number),
    /// Above, below or between numbers.
    Between(Option<Bound>, Option<Bound>),
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// The number.
    pub number: Number,
    /// Whether the number itself is in the range.
    pub inclusive: bool,
}

/// The operators of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operator {
    /// `prefix`
    Prefix,
    /// `suffix`
    Suffix,
    /// `equals-ignore-case`
    EqualsIgnoreCase,
    /// `wildcard`
    Wildcard,
    /// `anything-but`
    AnythingBut,
    /// `numeric`
    Numeric,
    /// `cidr`
    Cidr,
    /// `exists`
    Exists,
    /// `exactly`
    Exactly,
}

impl Operator {
    /// All operators.
    pub const ALL: [Self; 9] = [
        Self::Prefix,
        Self::Suffix,
        Self::EqualsIgnoreCase,
        Self::Wildcard,
        Self::AnythingBut,
        Self::Numeric,
        Self::Cidr,
        Self::Exists,
        Self::Exactly,
    ];

    /// The operator as it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Suffix => "suffix",
            Self::EqualsIgnoreCase => "equals-ignore-case",
            Self::Wildcard => "wildcard",
            Self::AnythingBut => "anything-but",
            Self::Numeric => "numeric",
            Self::Cidr => "cidr",
            Self::Exists => "exists",
            Self::Exactly => "exactly",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }
}

impl TestKind {
    /// Whether a number can satisfy or fail the test by its value.
    pub(crate) fn is_numeric(&self) -> bool {
        match self {
            Self::Number(number) => number.value().is_some(),
            Self::Numeric(_) | Self::AnythingBut(Except::Numbers(_)) => true,
            _ => false,
        }
    }
}
