//! A pattern as a formula over the record in the event's `detail`.

use event_sets::formula::Test as ValueTest;
use event_sets::text::Texts;
use event_sets::{Bound, Formula, Kinds, Path};

use super::envelope::{DETAIL_TYPES, SERVICES};
use crate::EventPattern;
use crate::branch::PathTests;
use crate::matcher::{List, Scalar};
use crate::meaning::{Arrays, list_at, prefixes, value_tests};

pub(super) fn lower(pattern: &EventPattern, bound: Bound) -> Formula {
    let branch = |lists: Vec<&PathTests>| Formula::All(lists.into_iter().map(|list| of_list(list, bound)).collect());
    let branches = Formula::Any(pattern.branches().iter().map(branch).collect());
    Formula::All(vec![branches, Formula::object()])
}

/// What is not documented and the pattern depends on.
pub(super) fn doubts(pattern: &EventPattern) -> Vec<String> {
    let mut doubts: Vec<String> = pattern.branches().lists().iter().flat_map(of_path).collect();
    doubts.sort();
    doubts.dedup();
    doubts
}

/// What a list is about.
enum About<'a> {
    /// A path of the record.
    Record(&'a str),
    DetailType,
    Source,
    Id,
    Resources,
    /// The member of an event that a member of the record gives.
    Copied(&'static str),
    /// A member that has this text in every event; `None` for one that no event has, or that is an object.
    Fixed(Option<&'static str>),
}

fn about(path: &str) -> About<'_> {
    if let Some(record) = path.strip_prefix("detail.") {
        return About::Record(record);
    }
    match path {
        "detail-type" => About::DetailType,
        "source" => About::Source,
        "id" => About::Id,
        "resources" => About::Resources,
        "account" => About::Copied("recipientAccountId"),
        "region" => About::Copied("awsRegion"),
        "time" => About::Copied("eventTime"),
        "version" => About::Fixed(Some("0")),
        _ => About::Fixed(None),
    }
}

fn of_list(list: &PathTests, bound: Bound) -> Formula {
    let ready = List::new(&list.tests);
    let possible = bound == Bound::Possible;
    match about(&list.path) {
        About::Record(path) => list_at(path, &list.tests, bound, Arrays::Anywhere),
        About::Fixed(Some(text)) => Formula::constant(ready.holds(&Scalar::Text(text.into()))),
        About::Fixed(None) => Formula::constant(ready.allows_absence()),
        About::Id => Formula::constant(ready.holds_of_texts().unwrap_or(possible)),
        About::Resources => {
            let calls = one_of("eventType", ["AwsApiCall", "AwsConsoleSignIn"].map(str::to_owned).to_vec());
            match (ready.allows_absence(), possible) {
                (true, true) => Formula::constant(true),
                (true, false) => calls,
                (false, true) => calls.negated(),
                (false, false) => Formula::constant(false),
            }
        }
        About::Copied(member) => {
            let at = |test| Formula::at(Path::dotted(member), test);
            let mut members: Vec<Formula> = value_tests(&list.tests, bound).into_iter().map(at).collect();
            // The event has the member also where the record lacks it.
            members.extend(possible.then(|| at(ValueTest::Kind(Kinds::TEXT)).negated()));
            Formula::Any(members)
        }
        About::DetailType => {
            let types = DETAIL_TYPES.iter().map(|(kind, spellings)| {
                ((*kind).to_owned(), spellings.iter().map(|text| ready.holds(&Scalar::Text((*text).into()))).collect())
            });
            mapped(&ready, "eventType", types.collect(), possible)
        }
        About::Source if of_all_services(list, &ready) => Formula::constant(true),
        About::Source => {
            let services = SERVICES.map(|service| {
                let holds = ready.holds(&Scalar::Text(format!("aws.{service}").into()));
                (format!("{service}.amazonaws.com"), vec![holds])
            });
            mapped(&ready, "eventSource", services.to_vec(), possible)
        }
    }
}

/// A condition on a member of the event that follows from a string of the record: for each string that is known, whether
/// the list holds of what the event may have.
fn mapped(list: &List, member: &str, known: Vec<(String, Vec<bool>)>, possible: bool) -> Formula {
    if let Some(always) = list.holds_of_texts() {
        return Formula::constant(always);
    }
    let strings = |chosen: &dyn Fn(&[bool]) -> bool| {
        let chosen = known.iter().filter(|(_, holds)| chosen(holds));
        one_of(member, chosen.map(|(string, _)| string.clone()).collect())
    };
    if possible {
        strings(&|holds| !holds.contains(&true)).negated()
    } else {
        strings(&|holds| !holds.contains(&false))
    }
}

/// Whether a list on `source` holds of all that AWS's services send.
fn of_all_services(list: &PathTests, ready: &List) -> bool {
    let starts = |test: &crate::ast::Test| match &test.kind {
        crate::ast::TestKind::Prefix(prefix) => "aws.".starts_with(prefix.as_str()),
        crate::ast::TestKind::Wildcard(wildcard) => wildcard.text() == "aws.*",
        _ => false,
    };
    ready.asks_presence() || list.tests.iter().any(starts)
}

fn one_of(member: &str, strings: Vec<String>) -> Formula {
    Formula::at(Path::dotted(member), ValueTest::String(Texts::OneOf(strings)))
}

fn of_path(list: &PathTests) -> Vec<String> {
    let ready = List::new(&list.tests);
    let doubt = |doubt: &str| vec![doubt.to_owned()];
    match about(&list.path) {
        About::Record(path) => {
            prefixes(path).into_iter().map(|prefix| format!("that `{prefix}` is never an array")).collect()
        }
        About::Source if ready.holds_of_texts().is_none() && !of_all_services(list, &ready) => {
            doubt("which `source` the events of every service have")
        }
        About::DetailType if ready.holds_of_texts().is_none() => doubt("how every `detail-type` is spelt"),
        About::Id if ready.holds_of_texts().is_none() => doubt("which `id` an event has"),
        About::Resources => doubt("which `resources` every event names"),
        About::Copied(member) => vec![format!("what an event has in place of a missing `{member}`")],
        _ => vec![],
    }
}
