//! The values of an event at the paths that a pattern names, each with the array elements that it stands in.

use std::borrow::Cow;

use super::EventError;
use super::trie::{NodeId, Trie};
use crate::json::{Reader, Token};

/// A value that is neither an object nor an array.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar<'a> {
    Text(Cow<'a, str>),
    /// A number as written.
    Number(Cow<'a, str>),
    Boolean(bool),
    Null,
}

/// A value at a path.
#[derive(Clone, Debug)]
pub(super) struct Value<'a> {
    pub(super) scalar: Scalar<'a>,
    pub(super) membership: Membership,
}

/// Elements of arrays, one of each array: the number of the array, and the place in it. Sorted by array.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Membership(Vec<(u32, u32)>);

/// What an event has at the paths of a trie.
#[derive(Debug)]
pub(super) struct Found<'a> {
    values: Vec<Vec<Value<'a>>>,
    is_flat: bool,
}

/// An array or object that is being read.
enum Frame {
    Object { node: NodeId, is_element: bool },
    Array { node: NodeId, array: u32, index: u32, is_element: bool },
}

impl<'a> Found<'a> {
    pub(super) fn read(event: &'a str, trie: &Trie) -> Result<Self, EventError> {
        let mut found = Self { values: vec![vec![]; trie.len()], is_flat: true };
        found.walk(Reader::fast(event), trie)?;
        Ok(found)
    }

    /// The values at a path, in the order of the text.
    pub(super) fn at(&self, path: usize) -> &[Value<'a>] {
        self.values.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether no value stands in an element of an array that is itself an array or object.
    pub(super) fn is_flat(&self) -> bool {
        self.is_flat
    }

    fn walk(&mut self, mut reader: Reader<'a>, trie: &Trie) -> Result<(), EventError> {
        let bad = |(error, span)| EventError::Json(error, span);
        if reader.next().map_err(bad)? != Token::ObjectStart {
            return Err(EventError::NotAnObject);
        }
        let mut frames = vec![Frame::Object { node: Trie::ROOT, is_element: false }];
        let (mut membership, mut arrays) = (Membership::default(), 0);
        while let Some(frame) = frames.last_mut() {
            let token = reader.next().map_err(bad)?;
            // The node of the value that comes next, and the value's first token.
            let (node, token, is_element) = match (frame, token) {
                (_, Token::ObjectEnd | Token::ArrayEnd) => {
                    let left = frames.pop();
                    if let Some(Frame::Object { is_element: true, .. } | Frame::Array { is_element: true, .. }) = left {
                        membership.0.pop();
                    }
                    continue;
                }
                (Frame::Object { node, .. }, Token::Name(name)) => {
                    let Some(child) = trie.member(*node, &name) else {
                        reader.skip_member().map_err(bad)?;
                        continue;
                    };
                    (child, reader.next().map_err(bad)?, false)
                }
                (Frame::Array { node, array, index, .. }, token) => {
                    let element = (*array, *index);
                    *index += 1;
                    let is_nested = matches!(token, Token::ObjectStart | Token::ArrayStart);
                    if is_nested {
                        membership.0.push(element);
                    }
                    (*node, token, is_nested)
                }
                (Frame::Object { .. }, _) => return Err(EventError::NotAnObject),
            };
            match token {
                Token::ObjectStart if trie.is_inner(node) => frames.push(Frame::Object { node, is_element }),
                Token::ArrayStart => {
                    frames.push(Frame::Array { node, array: arrays, index: 0, is_element });
                    arrays += 1;
                }
                Token::ObjectStart => {
                    reader.skip(&token).map_err(bad)?;
                    if is_element {
                        membership.0.pop();
                    }
                }
                token => self.add(node, token, &membership, trie),
            }
        }
        Ok(())
    }

    fn add(&mut self, node: NodeId, token: Token<'a>, membership: &Membership, trie: &Trie) {
        let scalar = match token {
            Token::Text(text) => Scalar::Text(text),
            Token::Number(number) => Scalar::Number(Cow::Borrowed(number)),
            Token::True => Scalar::Boolean(true),
            Token::False => Scalar::Boolean(false),
            _ => Scalar::Null,
        };
        if let Some(values) = trie.path(node).and_then(|path| self.values.get_mut(path)) {
            self.is_flat &= membership.0.is_empty();
            values.push(Value { scalar, membership: membership.clone() });
        }
    }
}

impl Membership {
    /// The elements of both; `None` if they name different elements of one array.
    pub(super) fn with(&self, other: &Self) -> Option<Self> {
        if other.0.is_empty() {
            return Some(self.clone());
        }
        let mut all = self.0.clone();
        for (array, index) in &other.0 {
            match all.binary_search_by_key(array, |(array, _)| *array) {
                Ok(at) if all.get(at).is_some_and(|(_, chosen)| chosen != index) => return None,
                Ok(_) => {}
                Err(at) => all.insert(at, (*array, *index)),
            }
        }
        Some(Self(all))
    }

    pub(super) fn is_in(&self, array: u32) -> bool {
        self.0.iter().any(|(other, _)| *other == array)
    }

    pub(super) fn retain(&mut self, matters: impl Fn(u32) -> bool) {
        self.0.retain(|(array, _)| matters(*array));
    }
}
