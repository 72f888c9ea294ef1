//! What stands at a place of an event.

use std::borrow::Cow;

use crate::number::JsonNumber;

/// A value of a JSON event, without what is in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A string.
    Text(Cow<'a, str>),
    /// A number.
    Number(JsonNumber),
    /// An object, whatever its members.
    Object,
    /// An array.
    Array {
        /// Whether one of the elements themselves is `null`.
        has_null: bool,
    },
}
