//! Space-delimited messages.
//!
//! Fields are separated by white space; one that starts with `"` or `[` goes on to the closing `"` or `]`, without which
//! it is a field like any other. A pattern without `...` gives its last entry the rest of the message as it stands.

use std::collections::BTreeMap;
use std::iter::repeat_n;

use event_sets::Reading;

use crate::ast::{Entry, Expr, FieldTest, Op};
use crate::value::Operand;

#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// The entries before `...`, or all of them.
    first: Vec<Field>,
    /// The entries after `...`, if it is there.
    last: Option<Vec<Field>>,
}

#[derive(Clone, Debug)]
struct Field {
    name: Option<String>,
    condition: Option<Expr<(Op, Operand)>>,
}

/// A field of a message.
#[derive(Clone, Copy)]
struct Token<'a> {
    /// Without delimiters.
    text: &'a str,
    /// Where it starts in the message, its delimiter included.
    start: usize,
}

impl Fields {
    pub(super) fn new(entries: &[Entry], reading: Reading) -> Self {
        let mut parts = entries.split(|entry| *entry == Entry::Ellipsis).map(|part| {
            let fields = part.iter().filter_map(|entry| Field::new(entry, reading));
            fields.collect::<Vec<_>>()
        });
        let first = parts.next().unwrap_or_default();
        // `[]` asks for nothing, and is answered as `[...]`.
        let last = if entries.is_empty() { Some(vec![]) } else { parts.next() };
        Self { first, last }
    }

    pub(super) fn is_match(&self, message: &str) -> bool {
        self.read(message).is_some()
    }

    /// The fields of a message that matches, by `$name`, or by `$position` from 1 where they have no name.
    pub(super) fn extract(&self, message: &str) -> Option<BTreeMap<String, String>> {
        let labelled = |(at, (text, field)): (usize, (&str, Option<&Field>))| {
            let name = field.and_then(|field| field.name.clone());
            (format!("${}", name.unwrap_or_else(|| (at + 1).to_string())), text.to_owned())
        };
        Some(self.read(message)?.into_iter().enumerate().map(labelled).collect())
    }

    /// The fields of a message that matches, each with its entry; those that `...` stands for have none.
    fn read<'a>(&self, message: &'a str) -> Option<Vec<(&'a str, Option<&Field>)>> {
        let mut tokens = tokens(message);
        let last = self.last.as_deref().unwrap_or_default();
        let mut between = tokens.len().checked_sub(self.first.len() + last.len())?;
        if self.last.is_none() && between > 0 {
            between = 0;
            tokens.truncate(self.first.len());
            let token = tokens.last_mut()?;
            token.text = message.get(token.start..)?;
        }
        let entries = self.first.iter().map(Some).chain(repeat_n(None, between)).chain(last.iter().map(Some));
        let fields: Vec<_> = tokens.into_iter().map(|token| token.text).zip(entries).collect();
        fields.iter().all(|(text, field)| field.is_none_or(|field| field.accepts(text))).then_some(fields)
    }
}

impl Field {
    fn new(entry: &Entry, reading: Reading) -> Option<Self> {
        let Entry::Field { name, condition } = entry else { return None };
        let ready = |test: &FieldTest| (test.op, Operand::new(&test.literal, reading));
        Some(Self { name: name.clone(), condition: condition.as_ref().map(|condition| condition.map(&mut { ready })) })
    }

    fn accepts(&self, text: &str) -> bool {
        let holds = |condition: &Expr<_>| {
            condition.holds(&mut |(op, operand): &(Op, Operand)| operand.holds_for_field(*op, text))
        };
        self.condition.as_ref().is_none_or(holds)
    }
}

fn tokens(message: &str) -> Vec<Token<'_>> {
    let mut tokens = vec![];
    let mut rest = message.trim_start_matches(is_space);
    while !rest.is_empty() {
        let (text, after) = split_token(rest);
        tokens.push(Token { text, start: message.len() - rest.len() });
        rest = after.trim_start_matches(is_space);
    }
    tokens
}

/// The text of the first field, without its delimiters, and what follows it.
fn split_token(message: &str) -> (&str, &str) {
    let delimited = match message.as_bytes().first() {
        Some(b'"') => message.get(1..).and_then(|inner| inner.split_once('"')),
        Some(b'[') => message.get(1..).and_then(|inner| inner.split_once(']')),
        _ => None,
    };
    delimited.unwrap_or_else(|| message.split_at(message.find(is_space).unwrap_or(message.len())))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}
