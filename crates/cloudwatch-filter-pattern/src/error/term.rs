//! Why a piece of a pattern cannot be read.

use super::PRESENT;

/// Why a piece of a pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermError {
    /// A single `&`.
    SingleAmpersand,
    /// A single `|`.
    SinglePipe,
    /// `!` before anything but `=`.
    Negation,
    /// A string in single quotes.
    SingleQuotes,
    /// A string in typographic quotes.
    CurlyQuotes,
    /// A field of a space-delimited pattern named with a `$`.
    DollarField,
    /// The name of a field that starts with a digit.
    FieldNameStart,
    /// A comma in a JSON pattern.
    Comma,
    /// A character that a value without quotes cannot have.
    UnquotedValue,
    /// A string without its closing quote.
    UnclosedString,
    /// `%%`
    EmptyRegex,
    /// A character that a regular expression cannot have.
    RegexCharacter(char),
    /// A regular expression without its closing `%`.
    UnclosedRegex,
    /// Something behind a regular expression that is the whole pattern.
    RegexNotAlone,
    /// A regular expression beside unstructured terms.
    RegexAmongTerms,
    /// A `$` that no `.` follows.
    SelectorStart,
    /// A name in brackets without its quotes.
    UnquotedMember,
    /// A name in brackets that does not end.
    UnclosedMember,
    /// A dot that no name follows.
    NoMember,
    /// Brackets with neither an index nor `*`.
    Subscript,
    /// A character that an unstructured term without quotes cannot have.
    UnquotedTerm,
    /// `""` as an unstructured term.
    EmptyPhrase,
    /// `IS NOT`
    IsNot,
    /// `IS` before another word than `NULL`, `TRUE` or `FALSE`.
    IsOther,
}

impl TermError {
    pub(super) fn help(&self) -> String {
        match self {
            Self::SingleAmpersand => "join conditions with `&&`",
            Self::SinglePipe => "join conditions with `||`",
            Self::Negation => "there is no negation; write `!=` or `NOT EXISTS`",
            Self::SingleQuotes | Self::UnquotedValue => "put the value in double quotes",
            Self::CurlyQuotes => "write straight double quotes: `\"`",
            Self::DollarField => "name the field without `$`, and put a value in double quotes",
            Self::FieldNameStart => "the name of a field starts with a letter",
            Self::Comma => "join conditions with `&&` or `||`",
            Self::UnclosedString => "close the string with `\"`",
            Self::EmptyRegex => "an empty regular expression is not allowed",
            Self::RegexCharacter(c) => return regex_character(*c),
            Self::UnclosedRegex => "close the regular expression with `%`",
            Self::RegexNotAlone => "a regular expression stands alone; join several with `|` in it",
            Self::RegexAmongTerms => "a regular expression stands alone; it cannot be combined with terms",
            Self::SelectorStart => "a selector starts with `$.`, as `$.name`, `$.['any name']` or `$.*` do",
            Self::UnquotedMember => "put the name in single quotes: `$.['any name']`",
            Self::UnclosedMember => "close the name with `']`",
            Self::NoMember => "name the member after the dot: `$.name` or `$.['any name']`",
            Self::Subscript => "write `[0]` for an element, `[*]` for any, `.['name']` for a member",
            Self::UnquotedTerm => "put the term in double quotes",
            Self::EmptyPhrase => "an empty pattern matches every event",
            Self::IsNot => PRESENT,
            Self::IsOther => "write `IS NULL`, `IS TRUE` or `IS FALSE`",
        }
        .to_owned()
    }
}

fn regex_character(c: char) -> String {
    match c {
        '(' | ')' => format!("groups are not supported; the character itself is `\\x{:02X}`", u32::from(c)),
        c if c.is_ascii() => format!("`{}` is not supported; write `\\x{:02X}`", c.escape_debug(), u32::from(c)),
        _ => "only ASCII characters are supported in regular expressions".to_owned(),
    }
}
