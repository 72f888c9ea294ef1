//! Why AWS does not accept a pattern.

use std::fmt;

use crate::ast::Operator;
use crate::json::JsonError;
use crate::span::Span;

/// A text that AWS does not accept as an event pattern.
///
/// [`aws_message`](Self::aws_message) is what AWS answers; [`Display`](fmt::Display) is the reason alone, also AWS's. Span
/// and [`help`](Self::help) are ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// The place in the pattern, in bytes.
    pub span: Span,
}

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// It is not JSON.
    Json(JsonError),
    /// It has more characters than the API takes.
    TooLong {
        /// How many it has.
        length: usize,
        /// How many it may have.
        limit: usize,
        /// The text.
        text: String,
    },
    /// It is something else than an object.
    NotAnObject,
    /// An object without members.
    EmptyObject,
    /// A list without values.
    EmptyArray,
    /// The value of a name is neither an object nor a list.
    NotObjectOrArray {
        /// The name.
        name: String,
    },
    /// A name within `$or` that is kept for operators.
    ReservedName {
        /// The name.
        name: String,
    },
    /// The value of `$or` is not a list.
    OrNotArray,
    /// A member of the list of `$or` is not an object.
    OrMemberNotObject,
    /// The list of `$or` has fewer than two members.
    OrTooFew,
    /// Lists of `$or` that multiply to more combinations than AWS takes.
    TooManyCombinations {
        /// How many AWS takes.
        limit: usize,
    },
    /// A list within a list.
    NestedArray,
    /// An object without an operator.
    NoOperator,
    /// A name that is no operator.
    UnknownOperator {
        /// The name.
        name: String,
    },
    /// An object with more than one operator.
    SeveralOperators,
    /// The same, where AWS speaks of numbers: after `numeric` and `anything-but`.
    TooManyElements,
    /// The operand of an operator that has to be a string is none.
    NotAString {
        /// The operator.
        operator: Operator,
    },
    /// `prefix` or `suffix` of an object without an operator.
    NoAffixOperator {
        /// `prefix` or `suffix`.
        operator: Operator,
    },
    /// `prefix` or `suffix` of an object with another operator than `equals-ignore-case`.
    AffixOperator {
        /// `prefix` or `suffix`.
        operator: Operator,
        /// The operator within it.
        name: String,
    },
    /// The operand of `numeric` is not a list.
    NumericNotArray,
    /// The list of `numeric` does not start with an operator.
    NumericMember {
        /// What it starts with.
        found: String,
    },
    /// The list of `numeric` starts with something that is no comparison.
    NumericOperator {
        /// What it starts with.
        name: String,
    },
    /// A comparison that is not followed by a number.
    NotANumber {
        /// The comparison, as AWS writes it.
        comparison: String,
    },
    /// A lower bound that is not followed by an operator.
    NumericRangeValue {
        /// What follows it.
        found: String,
    },
    /// A lower bound that is followed by another operator than `<` or `<=`.
    NumericRangeOperator {
        /// The operator.
        name: String,
    },
    /// A range with more than two bounds.
    NumericRangeTerms,
    /// A range whose lower bound is not below its upper bound.
    NumericRangeReversed,
    /// A number that no double holds exactly, where numbers are compared.
    NotComparable {
        /// The number as written.
        number: String,
    },
    /// `anything-but` of an object without an operator.
    NoAnythingButOperator,
    /// `anything-but` of an object with an operator that cannot stand there.
    AnythingButOperator {
        /// The operator.
        name: String,
    },
    /// `anything-but` of something that is no string, number, list or operator.
    AnythingButValue,
    /// A member of an `anything-but` list that is neither a string nor a number.
    AnythingButMember,
    /// Strings and numbers in one `anything-but` list, or neither.
    AnythingButMixed,
    /// A value other than a string in a list of `anything-but` with `equals-ignore-case`.
    AnythingButIgnoreCase,
    /// A value other than a string with `prefix` or `suffix` within `anything-but`.
    AnythingButAffix,
    /// An empty `prefix` or `suffix` within `anything-but`.
    EmptyAffix,
    /// An empty list of an operator within `anything-but`.
    AnythingButEmpty {
        /// The operator.
        operator: Operator,
    },
    /// The operand of `exists` is neither `true` nor `false`.
    NotABoolean,
    /// `**` in a wildcard.
    ConsecutiveWildcards {
        /// The place of the first star, in bytes, with the opening quote at 0.
        at: usize,
    },
    /// A backslash in a wildcard before something else than `*` and `\`.
    WildcardEscape {
        /// The place of the backslash, in bytes, with the opening quote at 0.
        at: usize,
    },
    /// Wildcards that keep too many places of a text open at once.
    TooComplex {
        /// How many, at least.
        complexity: usize,
        /// How many AWS takes.
        limit: usize,
    },
    /// A CIDR block without a slash, or with several.
    CidrSlash,
    /// A CIDR block whose mask is not an integer.
    CidrMask,
    /// A CIDR block whose mask is negative.
    CidrNegative,
    /// A CIDR block whose mask leaves no bit open.
    CidrNarrow {
        /// How many bits an address has: 32 or 128.
        bits: u32,
    },
    /// An address that is written as none is.
    NonstandardAddress {
        /// The address.
        address: String,
    },
    /// An address that is written as one and is none.
    InvalidAddress {
        /// The address.
        address: String,
    },
}

impl ParseError {
    pub(crate) fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// What AWS answers, without the name of the exception.
    pub fn aws_message(&self) -> String {
        match &self.kind {
            ErrorKind::TooLong { .. } => self.to_string(),
            _ => format!("Event pattern is not valid. Reason: {self}"),
        }
    }

    /// The exception that AWS answers with.
    pub fn aws_code(&self) -> &'static str {
        match &self.kind {
            ErrorKind::TooLong { .. } => "ValidationException",
            // AWS's engine fails on it, and the service has no sentence for that.
            ErrorKind::AnythingButEmpty { .. } => "InternalFailure",
            _ => "InvalidEventPatternException",
        }
    }

    /// Whether AWS is known to word it so. If not, it is only known that AWS does not accept the pattern.
    pub fn is_verbatim(&self) -> bool {
        !matches!(self.kind, ErrorKind::TooManyCombinations { .. } | ErrorKind::AnythingButEmpty { .. })
    }

    /// What to write instead.
    pub fn help(&self) -> Option<String> {
        let text = match &self.kind {
            ErrorKind::Json(error) => error.help()?,
            ErrorKind::TooLong { .. } => "split the pattern into several rules",
            ErrorKind::NotAnObject => "a pattern is a JSON object, such as {\"source\": [\"aws.ec2\"]}",
            ErrorKind::EmptyObject => "leave the name out: what a pattern does not name can be anything",
            ErrorKind::EmptyArray => "name a value, or leave the name out",
            ErrorKind::NotObjectOrArray { name } => return Some(format!("put the value in a list: \"{name}\": [...]")),
            ErrorKind::ReservedName { name } => {
                return Some(format!("`{name}` is an operator: it stands in the list of a name"));
            }
            ErrorKind::OrNotArray | ErrorKind::OrMemberNotObject => "`$or` takes a list of two objects or more",
            ErrorKind::OrTooFew => "name another alternative, or leave `$or` out",
            ErrorKind::TooManyCombinations { .. } => "split the pattern into several rules",
            ErrorKind::NestedArray => "put the values in the list itself",
            ErrorKind::NoOperator => "name an operator, such as {\"exists\": true}",
            ErrorKind::UnknownOperator { name } => return likely_operator(name),
            ErrorKind::SeveralOperators => {
                "give each operator an object of its own; a value has to satisfy one of them"
            }
            ErrorKind::TooManyElements => {
                "give each operator an object of its own; a range starts with its lower bound"
            }
            ErrorKind::NotAString {
                operator: Operator::Prefix | Operator::Suffix | Operator::Wildcard | Operator::EqualsIgnoreCase,
            } => "write one string; several need an object each",
            ErrorKind::NotAString { .. } => "write one string",
            ErrorKind::NoAffixOperator { .. } | ErrorKind::AffixOperator { .. } => {
                "only `equals-ignore-case` can stand here"
            }
            ErrorKind::NumericNotArray => "write a list: {\"numeric\": [\"=\", 5]}",
            ErrorKind::NumericMember { .. } | ErrorKind::NumericOperator { .. } => {
                "start with one of \"=\", \"<\", \"<=\", \">\", \">=\""
            }
            ErrorKind::NotANumber { .. } => "write a number without quotes",
            ErrorKind::NumericRangeValue { .. } | ErrorKind::NumericRangeOperator { .. } => {
                "after a lower bound comes \"<\" or \"<=\""
            }
            ErrorKind::NumericRangeTerms => "a range has two bounds",
            ErrorKind::NumericRangeReversed => "no number is in this range; exchange the bounds",
            ErrorKind::NotComparable { .. } => "write a number with 15 digits or fewer",
            ErrorKind::NoAnythingButOperator | ErrorKind::AnythingButOperator { .. } => {
                "`anything-but` takes `prefix`, `suffix`, `equals-ignore-case` and `wildcard`"
            }
            ErrorKind::AnythingButValue | ErrorKind::AnythingButMember => {
                "`anything-but` takes a string, a number, or a list of strings or of numbers"
            }
            ErrorKind::AnythingButMixed => {
                "give strings and numbers an `anything-but` each, and mind that one is enough"
            }
            ErrorKind::AnythingButIgnoreCase | ErrorKind::AnythingButAffix => "write a string, or a list of strings",
            ErrorKind::EmptyAffix => "every text starts and ends with the empty text",
            ErrorKind::AnythingButEmpty { .. } => "name a value",
            ErrorKind::NotABoolean => "write `true` or `false` without quotes",
            ErrorKind::ConsecutiveWildcards { .. } => "one `*` stands for any text already",
            ErrorKind::WildcardEscape { .. } => "write `\\\\*` for a star and `\\\\\\\\` for a backslash",
            ErrorKind::TooComplex { .. } => "use fewer stars, or distinct texts between them",
            ErrorKind::CidrSlash | ErrorKind::CidrMask | ErrorKind::CidrNegative => {
                "write an address, a slash and a number"
            }
            ErrorKind::CidrNarrow { .. } => "name the address itself, without `cidr`",
            ErrorKind::NonstandardAddress { .. } | ErrorKind::InvalidAddress { .. } => {
                "write an IPv4 or IPv6 address; IPv6 without dots"
            }
        };
        Some(text.to_owned())
    }
}

/// The operator that was meant.
fn likely_operator(name: &str) -> Option<String> {
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let meant = Operator::ALL.iter().find(|operator| plain(operator.name()) == plain(name));
    let help = match meant {
        Some(operator) => format!("did you mean `{}`?", operator.name()),
        None => {
            let names: Vec<_> = Operator::ALL.iter().map(|operator| operator.name()).collect();
            format!("the operators are {}", names.join(", "))
        }
    };
    Some(help)
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for ParseError {}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::TooLong { limit, text, .. } => write!(
                f,
                "1 validation error detected: Value '{text}' at 'eventPattern' failed to satisfy constraint: Member must \
                 have length less than or equal to {limit}"
            ),
            Self::NotAnObject => f.write_str("Filter is not an object"),
            Self::EmptyObject => f.write_str("Empty objects are not allowed"),
            Self::EmptyArray => f.write_str("Empty arrays are not allowed"),
            Self::NotObjectOrArray { name } => write!(f, "\"{name}\" must be an object or an array"),
            Self::ReservedName { name } => {
                write!(f, "{name} is Ruler reserved fieldName which cannot be used inside $or.")
            }
            Self::OrNotArray => f.write_str("It must be an Array followed with $or."),
            Self::OrMemberNotObject => f.write_str("Only JSON object is allowed in array of $or relationship."),
            Self::OrTooFew => f.write_str("There must have at least 2 Objects in $or relationship."),
            Self::TooManyCombinations { limit } => {
                write!(f, "the combinations of `$or` are more than {limit}")
            }
            Self::NestedArray => f.write_str("Match value must be String, number, true, false, or null"),
            Self::NoOperator => f.write_str("Match expression name not found"),
            Self::UnknownOperator { name } => write!(f, "Unrecognized match type {name}"),
            Self::SeveralOperators => f.write_str("Only one key allowed in match expression"),
            Self::TooManyElements => f.write_str("Too many elements in numeric expression"),
            Self::NotAString { operator } => {
                // AWS calls `cidr` a prefix here, and `exactly` exact.
                let name = match operator {
                    Operator::Cidr => "prefix",
                    Operator::Exactly => "exact",
                    other => other.name(),
                };
                write!(f, "{name} match pattern must be a string")
            }
            Self::NoAffixOperator { operator } => write!(f, "{} expression name not found", title(*operator)),
            Self::AffixOperator { operator, name } => write!(f, "Unsupported {} pattern: {name}", operator.name()),
            Self::NumericNotArray => f.write_str("Value of numeric must be an array."),
            Self::NumericMember { found } => write!(f, "Invalid member in numeric match: {found}"),
            Self::NumericOperator { name } => write!(f, "Unrecognized numeric range operator: {name}"),
            Self::NotANumber { comparison } => write!(f, "Value of {comparison} must be numeric"),
            Self::NumericRangeValue { found } => write!(f, "Bad value in numeric range: {found}"),
            Self::NumericRangeOperator { name } => write!(f, "Bad numeric range operator: {name}"),
            Self::NumericRangeTerms => f.write_str("Too many terms in numeric range expression"),
            Self::NumericRangeReversed => f.write_str("Bottom must be less than top"),
            Self::NotComparable { number } => write!(f, "Cannot compare number : {number}"),
            Self::NoAnythingButOperator => f.write_str("Anything-But expression name not found"),
            Self::AnythingButOperator { name } => write!(f, "Unsupported anything-but pattern: {name}"),
            Self::AnythingButValue => {
                f.write_str("Value of anything-but must be an array or single string/number value.")
            }
            Self::AnythingButMember => {
                f.write_str("Inside anything but list, start|null|boolean is not supported.")
            }
            Self::AnythingButMixed => f.write_str(
                "Inside anything but list, either all values are number or string, mixed type is not supported",
            ),
            Self::AnythingButIgnoreCase => f.write_str(
                "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
            ),
            Self::AnythingButAffix => f.write_str("prefix/suffix match pattern must be a string"),
            Self::EmptyAffix => f.write_str("Null prefix/suffix not allowed"),
            Self::AnythingButEmpty { operator } => {
                write!(f, "the list of {} within anything-but is empty", operator.name())
            }
            Self::NotABoolean => f.write_str("exists match pattern must be either true or false."),
            Self::ConsecutiveWildcards { at } => write!(f, "Consecutive wildcard characters at pos {at}"),
            Self::WildcardEscape { at } => write!(f, "Invalid escape character at pos {at}"),
            Self::TooComplex { .. } => f.write_str(
                "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a \
                 wildcard character",
            ),
            Self::CidrSlash => f.write_str("Malformed CIDR, one '/' required"),
            Self::CidrMask => f.write_str("Malformed CIDR, mask bits must be an integer"),
            Self::CidrNegative => f.write_str("Malformed CIDR, mask bits must not be negative"),
            Self::CidrNarrow { bits } => {
                write!(f, "{} mask bits must be < {bits}", if *bits == 32 { "IPv4" } else { "IPv6" })
            }
            Self::NonstandardAddress { address } => write!(f, "Nonstandard IP address: {address}"),
            Self::InvalidAddress { address } => write!(f, "Invalid IP address: {address}"),
        }
    }
}

fn title(operator: Operator) -> &'static str {
    if operator == Operator::Suffix { "Suffix" } else { "Prefix" }
}
