//! Why a text is not JSON.

use std::fmt;

/// Why a text is not JSON. [`Display`](fmt::Display) says it as the parser does that AWS uses, Jackson.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonError {
    /// A character that cannot stand where it does.
    Unexpected {
        /// The character.
        found: char,
        /// Whether it stands where a number goes on.
        in_number: bool,
        /// What could stand there.
        expected: &'static str,
    },
    /// The text ends where a number goes on.
    EndsInNumber {
        /// What could stand there.
        expected: &'static str,
    },
    /// An array or object is closed with the mark of the other.
    Mismatch {
        /// The mark: `]` for an object, `}` for an array.
        found: char,
        /// The whole text.
        source: String,
        /// The line where the array or object starts, from 1.
        line: usize,
        /// The column there, from 1, in UTF-16 units.
        column: usize,
    },
    /// The text ends within an array or object.
    Unclosed {
        /// Whether it is an object.
        is_object: bool,
        /// The whole text.
        source: String,
        /// The line where the array or object starts, from 1.
        line: usize,
        /// The column there, from 1, in UTF-16 units.
        column: usize,
    },
    /// The text ends where another entry has to follow.
    EndsBetween {
        /// Whether of an object.
        is_object: bool,
    },
    /// A word that is none of `true`, `false` and `null`.
    UnknownWord(String),
    /// `NaN`, `Infinity` or `-Infinity`.
    NotANumber(String),
    /// A number such as `01`.
    LeadingZeroes,
    /// A control character in a string.
    Control {
        /// The character.
        code: u8,
        /// Whether the string is the name of a member.
        is_name: bool,
    },
    /// A control character between tokens.
    ControlBetween {
        /// The character.
        code: u8,
    },
    /// The text ends within a string.
    EndsInString {
        /// Whether the string is the name of a member.
        is_name: bool,
    },
    /// A backslash before a character that has no escape.
    UnknownEscape(char),
    /// A character in `\uXXXX` that is no hexadecimal digit.
    HexDigit(char),
    /// The text ends within an escape.
    EndsInEscape,
    /// Arrays and objects are nested too deeply.
    TooDeep {
        /// How deeply.
        depth: usize,
    },
}

impl JsonError {
    pub(super) const fn comma(is_object: bool) -> &'static str {
        if is_object {
            "was expecting comma to separate Object entries"
        } else {
            "was expecting comma to separate Array entries"
        }
    }

    pub(super) const fn colon() -> &'static str {
        "was expecting a colon to separate field name and value"
    }

    pub(super) const fn name() -> &'static str {
        "was expecting double-quote to start field name"
    }

    pub(super) const fn value() -> &'static str {
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    }

    pub(super) const fn comment() -> &'static str {
        "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)"
    }

    /// What to write instead, where something can be said.
    pub(crate) fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unexpected { found: '/', .. } => "remove the comment: JSON has none",
            Self::Unexpected { found: '\'', .. } => "use double quotes",
            Self::Unexpected { found: '}' | ']', .. } => "remove the comma before it, or write what is missing",
            Self::UnknownWord(_) => "put a text in double quotes",
            Self::LeadingZeroes => "remove the zeros, or put the digits in double quotes if they are a text",
            Self::Unclosed { .. } | Self::EndsBetween { .. } => "the pattern ends too early",
            _ => return None,
        })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = |is_object: &bool| if *is_object { "Object" } else { "Array" };
        let string = |is_name: &bool| if *is_name { "name" } else { "string value" };
        match self {
            Self::Unexpected { found, in_number, expected } => {
                let place = if *in_number { " in numeric value" } else { "" };
                write!(f, "Unexpected character ({}){place}: {expected}", Described(*found))
            }
            Self::EndsInNumber { expected } => write!(f, "Unexpected end-of-input in numeric value: {expected}"),
            Self::Mismatch { found, source, line, column } => {
                let (expected, open) = if *found == '}' { (']', "Array") } else { ('}', "Object") };
                write!(
                    f,
                    "Unexpected close marker '{found}': expected '{expected}' (for {open} starting at [Source: \
                     (String)\"{source}\"; line: {line}, column: {column}])"
                )
            }
            Self::Unclosed { is_object, source, line, column } => write!(
                f,
                "Unexpected end-of-input: expected close marker for {} (start marker at [Source: (String)\"{source}\"; \
                 line: {line}, column: {column}])",
                kind(is_object)
            ),
            Self::EndsBetween { is_object } => {
                write!(f, "Unexpected end-of-input within/between {} entries", kind(is_object))
            }
            Self::UnknownWord(word) => write!(
                f,
                "Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' \
                 or 'false')"
            ),
            Self::NotANumber(word) => {
                write!(f, "Non-standard token '{word}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow")
            }
            Self::LeadingZeroes => f.write_str("Invalid numeric value: Leading zeroes not allowed"),
            Self::Control { code, is_name } => write!(
                f,
                "Illegal unquoted character ((CTRL-CHAR, code {code})): has to be escaped using backslash to be included \
                 in {}",
                string(is_name)
            ),
            Self::ControlBetween { code } => write!(
                f,
                "Illegal character ((CTRL-CHAR, code {code})): only regular white space (\\r, \\n, \\t) is allowed between \
                 tokens"
            ),
            Self::EndsInString { is_name: true } => f.write_str("Unexpected end-of-input in field name"),
            Self::EndsInString { is_name: false } => {
                f.write_str("Unexpected end-of-input: was expecting closing quote for a string value")
            }
            Self::UnknownEscape(escaped) => {
                write!(f, "Unrecognized character escape {}", Described(*escaped))
            }
            Self::HexDigit(found) => write!(
                f,
                "Unexpected character ({}): expected a hex-digit for character escape sequence",
                Described(*found)
            ),
            Self::EndsInEscape => f.write_str("Unexpected end-of-input in character escape sequence"),
            Self::TooDeep { depth } => write!(f, "Document nesting depth ({depth}) exceeds the maximum allowed (1000)"),
        }
    }
}

impl std::error::Error for JsonError {}

/// A character as Jackson describes it: `'x' (code 120)`.
struct Described(char);

impl fmt::Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut units = [0; 2];
        let code = self.0.encode_utf16(&mut units).first().copied().unwrap_or_default();
        match self.0 {
            c if c.is_control() && code < 0x20 => write!(f, "(CTRL-CHAR, code {code})"),
            c if code > 255 => write!(f, "'{c}' (code {code} / 0x{code:x})"),
            c => write!(f, "'{c}' (code {code})"),
        }
    }
}
