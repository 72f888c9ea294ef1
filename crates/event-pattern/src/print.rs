//! Patterns as text, in one spacing. What is printed parses to the tree it came from.

use std::fmt::{self, Display, Formatter, Write as _};

use crate::ast::{Asked, Bound, Except, Field, Member, Object, Operator, Range, Test, TestKind, Wildcard};
use crate::number::Number;

impl Display for Object {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('{')?;
        separated(f, &self.members)?;
        f.write_char('}')
    }
}

impl Display for Member {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Or(alternatives, _) => {
                f.write_str("\"$or\": [")?;
                separated(f, alternatives)?;
                f.write_char(']')
            }
        }
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", Quoted(&self.name))?;
        match &self.asked {
            Asked::Object(object) => object.fmt(f),
            Asked::OneOf(tests, _) => {
                f.write_char('[')?;
                separated(f, tests)?;
                f.write_char(']')
            }
        }
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl Display for TestKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let folded = Operator::EqualsIgnoreCase.name();
        let (operator, operand): (_, &dyn Display) = match self {
            Self::Text(text) | Self::Address(text, _) => return Quoted(text).fmt(f),
            Self::Number(number) => return number.fmt(f),
            Self::Boolean(value) => return value.fmt(f),
            Self::Null => return f.write_str("null"),
            Self::Exactly(text) => (Operator::Exactly, &Quoted(text)),
            Self::Prefix(text) => (Operator::Prefix, &Quoted(text)),
            Self::PrefixIgnoringCase(text) => (Operator::Prefix, &format!("{{\"{folded}\": {}}}", Quoted(text))),
            Self::Suffix(text) => (Operator::Suffix, &Quoted(text)),
            Self::SuffixIgnoringCase(text) => (Operator::Suffix, &format!("{{\"{folded}\": {}}}", Quoted(text))),
            Self::EqualsIgnoringCase(text) => (Operator::EqualsIgnoreCase, &Quoted(text)),
            Self::Wildcard(wildcard) => (Operator::Wildcard, &Quoted(wildcard.text())),
            Self::AnythingBut(except) => (Operator::AnythingBut, except),
            Self::Numeric(range) => (Operator::Numeric, range),
            Self::Cidr(block) => (Operator::Cidr, &Quoted(block.text())),
            Self::Exists(value) => (Operator::Exists, value),
        };
        write!(f, "{{\"{}\": {operand}}}", operator.name())
    }
}

impl Display for Except {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (operator, texts) = match self {
            Self::Texts(texts) => return list(f, texts.iter().map(|text| Quoted(text))),
            Self::Numbers(numbers) => return list(f, numbers.iter()),
            Self::Wildcards(wildcards) => {
                (Operator::Wildcard, wildcards.iter().map(Wildcard::text).map(Quoted).collect::<Vec<_>>())
            }
            Self::Prefixes(texts) => (Operator::Prefix, texts.iter().map(|text| Quoted(text)).collect()),
            Self::Suffixes(texts) => (Operator::Suffix, texts.iter().map(|text| Quoted(text)).collect()),
            Self::IgnoringCase(texts) => (Operator::EqualsIgnoreCase, texts.iter().map(|text| Quoted(text)).collect()),
        };
        write!(f, "{{\"{}\": ", operator.name())?;
        list(f, texts.into_iter())?;
        f.write_char('}')
    }
}

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let bound = |bound: &Bound, open: &str| {
            format!("\"{open}{}\", {}", if bound.inclusive { "=" } else { "" }, bound.number)
        };
        let parts = match self {
            Self::Equals(number) => format!("\"=\", {number}"),
            Self::Between(bottom, top) => {
                let bottom = bottom.as_ref().map(|bottom| bound(bottom, ">"));
                let top = top.as_ref().map(|top| bound(top, "<"));
                bottom.into_iter().chain(top).collect::<Vec<_>>().join(", ")
            }
        };
        write!(f, "[{parts}]")
    }
}

/// A single value as it is, several as a list.
fn list(f: &mut Formatter<'_>, values: impl ExactSizeIterator<Item = impl Display>) -> fmt::Result {
    let is_list = values.len() != 1;
    if is_list {
        f.write_char('[')?;
    }
    separated(f, &values.collect::<Vec<_>>())?;
    if is_list { f.write_char(']') } else { Ok(()) }
}

fn separated(f: &mut Formatter<'_>, items: &[impl Display]) -> fmt::Result {
    items.iter().enumerate().try_for_each(|(at, item)| {
        if at > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)
    })
}

/// A text as a JSON string.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

impl Number {
    /// The number in its shortest form, if it has a value.
    pub(crate) fn shortest(&self) -> String {
        match self.value() {
            Some(value) => {
                let plain = format!("{value}");
                let scientific = format!("{value:e}");
                if scientific.len() < plain.len() { scientific } else { plain }
            }
            None => self.text().to_owned(),
        }
    }
}
