//! Patterns in words.

use std::fmt::Display;

use crate::EventPattern;
use crate::ast::{Asked, Bound, Except, Member, Object, Range, TestKind};

/// The pattern in words, a line for each condition.
///
/// ```
/// use event_pattern::{EventPattern, explain};
///
/// let pattern: EventPattern = r#"{"source": ["aws.ec2"], "detail": {"state": [{"anything-but": "running"}]}}"#.parse()?;
/// assert_eq!(
///     explain::words(&pattern),
///     "matches events in which\n  all of these hold:\n    `source` is the text `aws.ec2`\n    \
///      `detail.state` is there, and is not the text `running`\n"
/// );
/// # Ok::<(), event_pattern::ParseError>(())
/// ```
pub fn words(pattern: &EventPattern) -> String {
    let mut lines = Lines(String::new());
    lines.add(0, "matches events in which");
    lines.object(1, pattern.tree(), "");
    lines.0
}

struct Lines(String);

impl Lines {
    fn add(&mut self, depth: usize, line: impl Display) {
        self.0.extend([&"  ".repeat(depth), &line.to_string(), "\n"]);
    }

    fn object(&mut self, depth: usize, object: &Object, prefix: &str) {
        let conditions = count(object);
        let depth = if conditions > 1 {
            self.add(depth, "all of these hold:");
            depth + 1
        } else {
            depth
        };
        self.members(depth, object, prefix);
    }

    fn members(&mut self, depth: usize, object: &Object, prefix: &str) {
        for member in &object.members {
            match member {
                Member::Field(field) => {
                    let path = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
                    match &field.asked {
                        Asked::Object(object) => self.members(depth, object, &path),
                        Asked::OneOf(tests, _) => {
                            let tests: Vec<_> = tests.iter().map(|test| words_of(&test.kind)).collect();
                            self.add(depth, format!("`{path}` {}", tests.join(", or ")));
                        }
                    }
                }
                Member::Or(alternatives, _) => {
                    self.add(depth, "one of these holds:");
                    alternatives.iter().for_each(|object| self.object(depth + 1, object, prefix));
                }
            }
        }
    }
}

/// How many conditions stand side by side.
fn count(object: &Object) -> usize {
    let member = |member: &Member| match member {
        Member::Field(field) => match &field.asked {
            Asked::Object(object) => count(object),
            Asked::OneOf(..) => 1,
        },
        Member::Or(..) => 1,
    };
    object.members.iter().map(member).sum()
}

/// What a test says of a value.
pub(crate) fn words_of(test: &TestKind) -> String {
    match test {
        TestKind::Text(text) | TestKind::Exactly(text) => format!("is the text `{text}`"),
        TestKind::Address(text, _) => format!("is the address {text}, however it is written"),
        TestKind::Number(number) => format!("is the number {number}"),
        TestKind::Boolean(value) => format!("is {value}"),
        TestKind::Null => "is null".to_owned(),
        TestKind::Prefix(text) => format!("is a text that starts with `{text}`"),
        TestKind::PrefixIgnoringCase(text) => format!("is a text that starts with `{text}` in upper or lower case"),
        TestKind::Suffix(text) => format!("is a text that ends with `{text}`"),
        TestKind::SuffixIgnoringCase(text) => format!("is a text that ends with `{text}` in upper or lower case"),
        TestKind::EqualsIgnoringCase(text) => format!("is the text `{text}` in upper or lower case"),
        TestKind::Wildcard(wildcard) => format!("is a text of the form `{}`", wildcard.text()),
        TestKind::AnythingBut(except) => format!("is there, and {}", words_of_exception(except)),
        TestKind::Numeric(range) => words_of_range(range),
        TestKind::Cidr(block) => format!("is an address in {}", block.text()),
        TestKind::Exists(true) => "is there".to_owned(),
        TestKind::Exists(false) => "is not there".to_owned(),
    }
}

fn words_of_exception(except: &Except) -> String {
    let (says, texts): (_, Vec<String>) = match except {
        Except::Texts(texts) => ("is", texts.clone()),
        Except::Numbers(numbers) => ("is the number", numbers.iter().map(ToString::to_string).collect()),
        Except::Prefixes(texts) => ("starts with", texts.clone()),
        Except::Suffixes(texts) => ("ends with", texts.clone()),
        Except::IgnoringCase(texts) => ("is, in upper or lower case,", texts.clone()),
        Except::Wildcards(wildcards) => {
            ("has the form", wildcards.iter().map(|wildcard| wildcard.text().to_owned()).collect())
        }
    };
    let texts: Vec<_> = texts.iter().map(|text| format!("`{text}`")).collect();
    match (texts.as_slice(), says) {
        ([text], "is") => format!("is not the text {text}"),
        ([text], "is the number") => format!("is not the number {text}"),
        ([text], "is, in upper or lower case,") => format!("is not {text} in upper or lower case"),
        ([text], "starts with") => format!("does not start with {text}"),
        ([text], "ends with") => format!("does not end with {text}"),
        ([text], _) => format!("does not have the form {text}"),
        (texts, says) => format!("{says} neither {}", texts.join(" nor ")),
    }
}

fn words_of_range(range: &Range) -> String {
    let low = |bound: &Bound| format!("{} {}", if bound.inclusive { "of at least" } else { "above" }, bound.number);
    let high = |bound: &Bound| format!("{} {}", if bound.inclusive { "of at most" } else { "below" }, bound.number);
    match range {
        Range::Equals(number) => format!("is the number {number}"),
        Range::Between(bottom, top) => {
            let bounds = bottom.as_ref().map(low).into_iter().chain(top.as_ref().map(high));
            format!("is a number {}", bounds.collect::<Vec<_>>().join(" and "))
        }
    }
}
