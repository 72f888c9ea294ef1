//! Patterns as text, in one spacing. What is printed parses to the tree it came from.

use std::fmt::{self, Display, Formatter, Write as _};

use super::ast::{Condition, Entry, Expr, FieldTest, Literal, Selector, Term, TermKind, Test, TextLiteral, Tree};
use super::lex::{in_word, number_length};
use super::parse::in_term;

impl Display for Tree {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::Terms(terms) => separated(f, terms, " ", |f, term| term.fmt(f)),
            Self::Regex(regex) => write!(f, "%{}%", regex.source),
            Self::Json(expr) => write!(f, "{{ {expr} }}"),
            Self::Fields(entries) => {
                f.write_char('[')?;
                separated(f, entries, ", ", |f, entry| entry.fmt(f))?;
                f.write_char(']')
            }
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TermKind::Required => "",
            TermKind::Excluded => "-",
            TermKind::Optional => "?",
        })?;
        if self.text.chars().all(in_term) { f.write_str(&self.text) } else { quoted(f, &self.text) }
    }
}

/// Every condition that is joined to another stands in parentheses, as in the CIS benchmark.
impl Display for Expr<Condition> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (members, operator) = match self {
            Self::Test(condition) => return condition.fmt(f),
            Self::And(members, _) => (members, " && "),
            Self::Or(members, _) => (members, " || "),
        };
        separated(f, members, operator, |f, member| write!(f, "({member})"))
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.selector, self.test)
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsNull => f.write_str("IS NULL"),
            Self::IsTrue => f.write_str("IS TRUE"),
            Self::IsFalse => f.write_str("IS FALSE"),
            Self::NotExists => f.write_str("NOT EXISTS"),
            Self::Compare(op, literal) => write!(f, "{op} {literal}"),
        }
    }
}

impl Display for Selector {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        event_sets::write_steps(f, &self.0)
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&number.text),
            Self::Text(text) if text.quoted || !is_bare(&text.value) => quoted(f, &text.value),
            Self::Text(TextLiteral { value, .. }) => f.write_str(value),
            Self::Regex(regex) => write!(f, "%{}%", regex.source),
        }
    }
}

impl Display for Entry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ellipsis => f.write_str("..."),
            Self::Field { name: Some(name), condition: Some(condition) } => field_condition(f, name, condition),
            Self::Field { name, .. } => f.write_str(name.as_deref().unwrap_or_default()),
        }
    }
}

/// Parentheses stand only where the tree needs them, which in practice is nowhere.
fn field_condition(f: &mut Formatter<'_>, name: &str, condition: &Expr<FieldTest>) -> fmt::Result {
    let (members, operator) = match condition {
        Expr::Test(test) => return write!(f, "{name} {} {}", test.op, test.literal),
        Expr::And(members, _) => (members, " && "),
        Expr::Or(members, _) => (members, " || "),
    };
    separated(f, members, operator, |f, member| match (condition, member) {
        (_, Expr::Test(_)) | (Expr::Or(..), Expr::And(..)) => field_condition(f, name, member),
        _ => {
            f.write_char('(')?;
            field_condition(f, name, member)?;
            f.write_char(')')
        }
    })
}

fn separated<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    separator: &str,
    mut print: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    items.iter().enumerate().try_for_each(|(at, item)| {
        if at > 0 {
            f.write_str(separator)?;
        }
        print(f, item)
    })
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_bare(value: &str) -> bool {
    !value.is_empty()
        && value.chars().all(in_word)
        && number_length(value) < value.len()
        && !value.eq_ignore_ascii_case("null")
}
