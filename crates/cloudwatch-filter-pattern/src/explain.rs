//! Patterns in words, and as trees.

use std::fmt::{self, Display, Formatter};

use super::Pattern;
use super::ast::{Condition, Entry, Expr, FieldTest, Literal, Op, Selector, Step, TermKind, Test, TextLiteral, Tree};

/// The pattern in words, a line for each condition.
pub fn words(pattern: &Pattern) -> String {
    let mut lines = Lines::default();
    match pattern.tree() {
        Tree::Everything => lines.add(0, "matches every message"),
        Tree::Regex(regex) => {
            lines.add(0, format!("matches messages in which the regular expression `{}` is found", regex.source))
        }
        Tree::Terms(terms) => {
            let texts = |kind| {
                terms.iter().filter(move |t| t.kind == kind).map(|t| format!("`{}`", t.text)).collect::<Vec<_>>()
            };
            let [required, excluded, optional] =
                [TermKind::Required, TermKind::Excluded, TermKind::Optional].map(texts);
            lines.add(0, "matches messages whose text");
            if required.is_empty() && excluded.is_empty() {
                lines.add(1, format!("contains {}", optional.join(" or ")));
            }
            required.iter().for_each(|text| lines.add(1, format!("contains {text}")));
            excluded.iter().for_each(|text| lines.add(1, format!("does not contain {text}")));
            if !optional.is_empty() && required.len() + excluded.len() > 0 {
                lines.add(0, format!("ignores {}: `?` terms count only among themselves", optional.join(" and ")));
            }
        }
        Tree::Json(expr) => {
            lines.add(0, "matches JSON events in which");
            lines.expr(1, expr, &condition);
        }
        Tree::Fields(entries) => lines.fields(entries),
    }
    lines.0
}

/// The pattern's tree, drawn; empty if the pattern has no conditions to join.
pub fn tree(pattern: &Pattern) -> String {
    let Tree::Json(expr) = pattern.tree() else { return String::new() };
    let mut drawn = String::new();
    draw(expr, "", "", &mut drawn);
    drawn
}

fn draw(expr: &Expr<Condition>, first: &str, rest: &str, drawn: &mut String) {
    let (name, members) = match expr {
        Expr::Test(condition) => {
            drawn.push_str(&[first, &condition.to_string(), "\n"].concat());
            return;
        }
        Expr::And(members, _) => ("and", members),
        Expr::Or(members, _) => ("or", members),
    };
    drawn.push_str(&[first, name, "\n"].concat());
    for (at, member) in members.iter().enumerate() {
        let (branch, below) = if at + 1 == members.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        draw(member, &[rest, branch].concat(), &[rest, below].concat(), drawn);
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, depth: usize, line: impl Display) {
        self.0.extend([&"  ".repeat(depth), &line.to_string(), "\n"]);
    }

    fn expr<T>(&mut self, depth: usize, expr: &Expr<T>, say: &dyn Fn(&T) -> String) {
        let (members, heading) = match expr {
            Expr::Test(test) => return self.add(depth, say(test)),
            Expr::And(members, _) => (members, "all of these hold:"),
            Expr::Or(members, _) => (members, "one of these holds:"),
        };
        self.add(depth, heading);
        members.iter().for_each(|member| self.expr(depth + 1, member, say));
    }

    fn fields(&mut self, entries: &[Entry]) {
        let dots = entries.iter().position(|entry| *entry == Entry::Ellipsis);
        let named = entries.len() - usize::from(dots.is_some());
        let rest = if dots.is_none() && named > 0 { ", the last taking the rest of the message" } else { "" };
        self.add(0, format!("matches messages of {named} or more fields, separated by white space{rest}"));
        for (at, entry) in entries.iter().enumerate() {
            let Entry::Field { name, condition: Some(condition) } = entry else { continue };
            let place = match dots {
                Some(dots) if at > dots => format!("field {} from the end", entries.len() - at),
                _ => format!("field {}", at + 1),
            };
            let subject = name.as_ref().map_or_else(|| place.clone(), |name| format!("{place} (`{name}`)"));
            self.expr(1, condition, &|test: &FieldTest| {
                format!("{subject} {}", compared(test.op, &test.literal, false))
            });
        }
    }
}

fn condition(Condition { selector, test, .. }: &Condition) -> String {
    let wild = selector.0.contains(&Step::Any);
    let place = Place(selector);
    let subject = if wild { format!("some value of {place}") } else { place.to_string() };
    match test {
        Test::IsNull if wild => format!("{subject} is null"),
        Test::IsNull => format!("{subject} is null, or an array with a null in it"),
        Test::IsTrue => format!("{subject} is the boolean true"),
        Test::IsFalse => format!("{subject} is the boolean false"),
        Test::NotExists if wild => format!("there is no value of {place}"),
        Test::NotExists => format!("there is no {place}"),
        Test::Compare(Op::Ne, literal) if wild => {
            format!(
                "no value of {place} {}, and what stands before the wildcard exists",
                compared(Op::Eq, literal, true)
            )
        }
        Test::Compare(op, literal) => format!("{subject} {}", compared(*op, literal, true)),
    }
}

fn compared(op: Op, literal: &Literal, json: bool) -> String {
    let scalar = if json { "is a text or a number, and " } else { "" };
    match (op, literal) {
        (Op::Eq, Literal::Number(number)) if json => format!("is the number {0}, or the text `{0}`", number.text),
        (Op::Eq, Literal::Number(number)) => format!("is a number equal to {}", number.text),
        (Op::Ne, Literal::Number(number)) => format!("{scalar}is not {}", number.text),
        (Op::Lt, Literal::Number(number)) => format!("is a number below {}", number.text),
        (Op::Le, Literal::Number(number)) => format!("is a number of at most {}", number.text),
        (Op::Gt, Literal::Number(number)) => format!("is a number above {}", number.text),
        (Op::Ge, Literal::Number(number)) => format!("is a number of at least {}", number.text),
        (Op::Ne, Literal::Text(text)) => format!("{scalar}{}", shape(text, "is not", "does not have the form")),
        (_, Literal::Text(text)) => shape(text, "is", "has the form"),
        (Op::Ne, Literal::Regex(regex)) => {
            format!("{scalar}does not contain a match of the regular expression `{}`", regex.source)
        }
        (_, Literal::Regex(regex)) => format!("contains a match of the regular expression `{}`", regex.source),
    }
}

fn shape(text: &TextLiteral, is: &str, has_form: &str) -> String {
    match text.value.trim_matches('*') {
        "" if !text.value.is_empty() => format!("{} a text or a number, whichever it is", is),
        _ if text.value.contains('*') => format!("{has_form} `{}`", text.value),
        _ => format!("{is} the text `{}`", text.value),
    }
}

/// A selector as a place: `userIdentity.type`.
struct Place<'a>(&'a Selector);

impl Display for Place<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        write!(f, "`{}`", text.strip_prefix("$.").unwrap_or(&text))
    }
}
