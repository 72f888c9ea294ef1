//! Why the pieces of a pattern do not make a pattern.

use event_sets::Op;
use event_sets::number::Decimal;

use super::PRESENT;

/// Why the pieces of a pattern, each of which can be read, do not make a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StructureError {
    /// The pattern ends where something has to follow.
    Ended,
    /// The pattern goes on where it has to end.
    Trailing,
    /// Nothing closes a parenthesis.
    UnclosedParenthesis,
    /// Nothing opens a parenthesis.
    UnopenedParenthesis,
    /// A word, such as `AND`, in place of `&&`.
    WordForAnd(String),
    /// A word, such as `OR`, in place of `||`.
    WordForOr(String),
    /// Nothing joins two conditions.
    Unjoined,
    /// No comma parts two entries of a space-delimited pattern.
    NoComma,
    /// No space parts two unstructured terms.
    NoSpace,
    /// A `-` or `?` with no term right behind it.
    LoneSign,
    /// An entry of a space-delimited pattern that does not start with a name.
    NoFieldName,
    /// A condition of a space-delimited pattern that does not start with a name.
    NoNameInCondition,
    /// A number in place of the name of a field.
    FieldNameNumber,
    /// The name of a field with a character that names do not have.
    FieldNameCharacter,
    /// No operator follows the name of a field.
    NoFieldOperator,
    /// A condition that starts with `NOT`.
    Negation,
    /// A name without `$.` before it.
    NoSelector(String),
    /// No condition at all.
    NoCondition,
    /// A condition that does not start with a selector.
    ConditionStart,
    /// No operator follows a selector.
    NoOperator,
    /// `EXISTS` without `NOT`.
    Exists,
    /// `NOT` without `EXISTS`.
    NotWithoutExists,
    /// `IS` before something that is no word.
    IsWithoutWord,
    /// A comparison with `null`.
    ComparedWithNull(Op),
    /// The word `null` as the text of a field.
    NullWord(String),
    /// Two operators in a row.
    DoubledOperator(Op, Op),
    /// No value follows an operator.
    NoValue(Op),
    /// An ordering operator before something that is no number: a text, if it is one.
    Unordered(Op, Option<String>),
    /// A number whose exponent does not fit 32 bits.
    Exponent,
    /// An index that does not fit 32 bits.
    Index,
    /// An index that does not stand right behind a selector.
    StraySubscript,
    /// More than three selectors have a wildcard.
    TooManyWildcards,
}

impl StructureError {
    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::Ended => return None,
            Self::Trailing => "the pattern ends before this; remove it".to_owned(),
            Self::UnclosedParenthesis => "no `)` closes this".to_owned(),
            Self::UnopenedParenthesis => "no `(` opens what this closes".to_owned(),
            Self::WordForAnd(word) => format!("write `&&` instead of `{word}`"),
            Self::WordForOr(word) => format!("write `||` instead of `{word}`"),
            Self::Unjoined => "join conditions with `&&` or `||`".to_owned(),
            Self::NoComma => "put a comma between entries".to_owned(),
            Self::NoSpace => "put a space between the terms".to_owned(),
            Self::LoneSign => "write the term right behind `-` or `?`, or put the sign in double quotes".to_owned(),
            Self::NoFieldName => "an entry starts with the name of a field".to_owned(),
            Self::NoNameInCondition => "each condition starts with the name of the field".to_owned(),
            Self::FieldNameNumber => "the name of a field starts with a letter".to_owned(),
            Self::FieldNameCharacter => "the name of a field has letters, digits and `_` only".to_owned(),
            Self::NoFieldOperator => "write an operator after the name: `=`, `!=`, …".to_owned(),
            Self::Negation => "there is no negation; write `!=`, or `NOT EXISTS` after the selector".to_owned(),
            Self::NoSelector(word) => format!("a selector starts with `$.`: `$.{word}`"),
            Self::NoCondition => "write a condition, such as `$.name = value`".to_owned(),
            Self::ConditionStart => "a condition starts with a selector, such as `$.name`".to_owned(),
            Self::NoOperator => {
                "write an operator after the selector: `=`, `!=`, `<`, `<=`, `>`, `>=`, `IS …` or `NOT EXISTS`"
                    .to_owned()
            }
            Self::Exists | Self::ComparedWithNull(Op::Ne) => PRESENT.to_owned(),
            Self::NotWithoutExists => "the only condition with `NOT` is `NOT EXISTS`".to_owned(),
            Self::IsWithoutWord => "write `IS NULL`, `IS TRUE` or `IS FALSE`".to_owned(),
            Self::ComparedWithNull(_) => "write `IS NULL`, or `\"null\"` for the string".to_owned(),
            Self::NullWord(word) => format!("put the text in double quotes: `\"{word}\"`"),
            Self::DoubledOperator(first, second) => {
                format!("`{first}{second}` is not an operator; write `{}`", meant(*first, *second))
            }
            Self::NoValue(op) => format!("write a value after `{op}`"),
            Self::Unordered(op, Some(text)) if Decimal::parse(text).is_some() => {
                format!("write the number without quotes: `{op} {text}`")
            }
            Self::Unordered(op, _) => format!("`{op}` compares with a number only, as in `{op} 5`"),
            Self::Exponent => "the exponent has to fit 32 bits".to_owned(),
            Self::Index => "no array is that long".to_owned(),
            Self::StraySubscript => "write the index right behind the selector: `$.name[0]`".to_owned(),
            Self::TooManyWildcards => "at most 3 selectors of a pattern may have a wildcard".to_owned(),
        })
    }
}

/// The operator that was probably meant by two in a row.
fn meant(first: Op, second: Op) -> Op {
    match (first, second) {
        (Op::Eq, Op::Eq) => Op::Eq,
        (Op::Eq | Op::Gt, Op::Gt | Op::Eq) => Op::Ge,
        (Op::Eq | Op::Lt, Op::Lt | Op::Eq) => Op::Le,
        _ => Op::Ne,
    }
}
