//! What is odd about a pattern.

use crate::EventPattern;
use crate::ast::{Except, Span, Test, TestKind};
use crate::branch::PathTests;
use crate::matcher::{List, Scalar};

/// Something odd, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// What kind of oddity it is.
    pub kind: LintKind,
    /// The place in the pattern's text.
    pub span: Span,
}

/// The kinds of oddity. [`Display`](std::fmt::Display) says what it is and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LintKind {
    /// No event matches, because a list for this path leaves nothing.
    NeverMatches {
        /// The path.
        path: String,
    },
    /// Every event that has the path matches: what one `anything-but` leaves out, another lets in.
    EverythingBut {
        /// The path.
        path: String,
    },
    /// A `detail-type` as a page of AWS's guide spells it, and not as events have it.
    DetailType {
        /// As written.
        found: String,
        /// As events have it.
        arrives: &'static str,
    },
    /// A name beside `detail` that events do not have.
    NotInEnvelope {
        /// The name.
        name: String,
    },
    /// A list that a later one for the same path replaces.
    Replaced {
        /// The path.
        path: String,
    },
    /// A call that is not delivered to rules in the state `ENABLED`.
    ReadOnly {
        /// The name of the call.
        event_name: String,
    },
    /// More characters than the quota of a rule's pattern.
    OverQuota {
        /// How many there are.
        length: usize,
    },
}

/// The state of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleState {
    /// `ENABLED`: read-only management events whose names start with Describe, Get or List are not delivered.
    Enabled,
    /// `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`
    EnabledWithAllManagementEvents,
    /// `DISABLED`
    Disabled,
}

/// The default quota of a rule's pattern, in characters.
const QUOTA: usize = 2048;

/// The members of every event.
const ENVELOPE: [&str; 10] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
    // Of events that an archive replays.
    "replay-name",
];

/// What is odd about a pattern, in the order of the text; a rule's state tells more.
///
/// ```
/// use event_pattern::{EventPattern, lint};
///
/// let pattern: EventPattern = r#"{"detail": {"state": [{"anything-but": "x"}, {"anything-but": "y"}]}}"#.parse()?;
/// let lints = lint::lints(&pattern, None);
/// assert_eq!(lints[0].kind, lint::LintKind::EverythingBut { path: "detail.state".to_owned() });
/// # Ok::<(), event_pattern::ParseError>(())
/// ```
pub fn lints(pattern: &EventPattern, state: Option<RuleState>) -> Vec<Lint> {
    let length = pattern.text().chars().count();
    let over = (length > QUOTA)
        .then(|| Lint { kind: LintKind::OverQuota { length }, span: Span::new(0, pattern.text().len()) });
    let mut found: Vec<Lint> = over.into_iter().collect();
    let used: Vec<&PathTests> = pattern.branches().iter().flatten().collect();
    for list in pattern.branches().lists() {
        let kind = |kind| Lint { kind, span: list.span };
        let path = || list.path.clone();
        if !used.iter().any(|one| std::ptr::eq(*one, list)) {
            found.push(kind(LintKind::Replaced { path: path() }));
            continue;
        }
        let top = list.path.split('.').next().unwrap_or_default();
        if !ENVELOPE.contains(&top) {
            found.push(kind(LintKind::NotInEnvelope { name: top.to_owned() }));
        }
        if adds_up_to_everything(&list.tests) {
            found.push(kind(LintKind::EverythingBut { path: path() }));
        }
        match list.path.as_str() {
            "detail-type" => found.extend(list.tests.iter().filter_map(detail_type)),
            "detail.eventName" if state == Some(RuleState::Enabled) => {
                found.extend(list.tests.iter().filter_map(read_only));
            }
            "resources" if !List::new(&list.tests).allows_absence() && is_about_calls(&used) => {
                found.push(kind(LintKind::NeverMatches { path: path() }));
            }
            _ => {}
        }
    }
    found
}

/// Whether several `anything-but` have no value that all of them leave out.
fn adds_up_to_everything(tests: &[Test]) -> bool {
    let exceptions: Vec<&Except> = tests
        .iter()
        .filter_map(|test| match &test.kind {
            TestKind::AnythingBut(except) => Some(except),
            _ => None,
        })
        .collect();
    let list = List::new(tests);
    // Of several, the values of one that names them are all that can be left out.
    let named = exceptions.iter().find_map(|except| match except {
        Except::Texts(texts) => Some(texts.iter().map(|text| Scalar::Text(text.into())).collect::<Vec<_>>()),
        Except::Numbers(numbers) => Some(numbers.iter().map(|number| Scalar::Number(number.text().into())).collect()),
        _ => None,
    });
    exceptions.len() > 1
        && !list.asks_presence()
        && named.is_some_and(|values| values.iter().all(|value| list.holds(value)))
}

fn detail_type(test: &Test) -> Option<Lint> {
    let TestKind::Text(text) = &test.kind else { return None };
    let arrives = match text.as_str() {
        "AWS Console Signin via CloudTrail" => "AWS Console Sign In via CloudTrail",
        "AWS API Call via Cloudtrail" | "AWS API call via CloudTrail" | "AWS Api Call via CloudTrail" => {
            "AWS API Call via CloudTrail"
        }
        _ => return None,
    };
    Some(Lint { kind: LintKind::DetailType { found: text.clone(), arrives }, span: test.span })
}

fn read_only(test: &Test) -> Option<Lint> {
    let (TestKind::Text(name) | TestKind::Prefix(name)) = &test.kind else { return None };
    let is_read = ["Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb));
    is_read.then(|| Lint { kind: LintKind::ReadOnly { event_name: name.clone() }, span: test.span })
}

/// Whether the pattern asks for API calls recorded by CloudTrail, whose events name no resources.
fn is_about_calls(used: &[&PathTests]) -> bool {
    let is_call = |test: &Test| test.kind == TestKind::Text("AWS API Call via CloudTrail".to_owned());
    used.iter().any(|list| list.path == "detail-type" && list.tests.iter().all(is_call))
}

impl std::fmt::Display for LintKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NeverMatches { path } => {
                write!(f, "no event matches: events of API calls have nothing in `{path}`; leave the name out")
            }
            Self::EverythingBut { path } => write!(
                f,
                "everything that has `{path}` matches: one entry of a list is enough, and each `anything-but` lets in what \
                 the other leaves out; put the values into one `anything-but`"
            ),
            Self::DetailType { found, arrives } => {
                write!(f, "events have the type `{arrives}`, not `{found}`")
            }
            Self::NotInEnvelope { name } => write!(
                f,
                "events have no member `{name}` beside `detail`; what CloudTrail records is in `detail`: {{\"detail\": \
                 {{\"{name}\": ...}}}}"
            ),
            Self::Replaced { path } => {
                write!(f, "`{path}` is named again further on, and the later list replaces this one")
            }
            Self::ReadOnly { event_name } => write!(
                f,
                "a rule in the state ENABLED does not get the read-only call {event_name}; it takes the state \
                 ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
            ),
            Self::OverQuota { length } => {
                write!(f, "the pattern has {length} characters; a rule takes {QUOTA} unless its quota was raised")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn kinds(pattern: &str, state: Option<RuleState>) -> Vec<LintKind> {
        let pattern: EventPattern = pattern.parse().unwrap();
        lints(&pattern, state).into_iter().map(|lint| lint.kind).collect()
    }

    #[rstest]
    #[case(r#"[{"anything-but": "x"}, {"anything-but": "y"}]"#, true)]
    #[case(r#"[{"anything-but": ["x", "y"]}, {"anything-but": "y"}]"#, false)]
    #[case(r#"[{"anything-but": ["x", "y"]}]"#, false)]
    #[case(r#"[{"anything-but": "x"}, {"anything-but": 1}]"#, true)]
    #[case(r#"[{"anything-but": "x"}, {"anything-but": {"prefix": "y"}}]"#, true)]
    #[case(r#"[{"anything-but": "x"}, {"anything-but": {"prefix": "x"}}]"#, false)]
    fn anything_but_lists_that_add_up(#[case] list: &str, #[case] expected: bool) {
        let found = kinds(&format!(r#"{{"detail": {{"a": {list}}}}}"#), None);
        assert_eq!(found == [LintKind::EverythingBut { path: "detail.a".to_owned() }], expected, "{found:?}");
    }

    #[test]
    fn kinds_of_lints() {
        let sign_in = r#"{"detail-type": ["AWS Console Signin via CloudTrail"]}"#;
        assert!(matches!(kinds(sign_in, None).as_slice(), [LintKind::DetailType { .. }]));
        let outside = r#"{"eventName": ["CreateVpc"]}"#;
        assert_eq!(kinds(outside, None), [LintKind::NotInEnvelope { name: "eventName".to_owned() }]);
        let twice = r#"{"source": ["aws.ec2"], "source": ["aws.s3"]}"#;
        assert_eq!(kinds(twice, None), [LintKind::Replaced { path: "source".to_owned() }]);
        let reads = r#"{"detail": {"eventName": ["ListUsers", "CreateUser"]}}"#;
        assert_eq!(kinds(reads, None), []);
        assert_eq!(kinds(reads, Some(RuleState::Enabled)), [LintKind::ReadOnly { event_name: "ListUsers".to_owned() }]);
        let resources = r#"{"detail-type": ["AWS API Call via CloudTrail"], "resources": [{"prefix": "arn:"}]}"#;
        assert_eq!(kinds(resources, None), [LintKind::NeverMatches { path: "resources".to_owned() }]);
        let long = format!(r#"{{"source": ["{}"]}}"#, "x".repeat(2050));
        assert!(matches!(kinds(&long, None).as_slice(), [LintKind::OverQuota { .. }]));
        assert_eq!(kinds(r#"{"source": ["aws.ec2"], "detail": {"eventName": [{"prefix": "Create"}]}}"#, None), []);
    }

    #[test]
    fn spans_point_at_the_list() {
        let text = r#"{"eventName": ["CreateVpc"]}"#;
        let pattern: EventPattern = text.parse().unwrap();
        let [lint] = lints(&pattern, None).try_into().unwrap();
        assert_eq!(text.get(lint.span.start..lint.span.end), Some(r#"["CreateVpc"]"#));
    }
}
