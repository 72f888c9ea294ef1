//! Which events a trail carries to its log group.

use super::{broken, gap, uncertain};
use crate::account::{AdvancedEventSelector, AdvancedFieldSelector, EventSelector, ReadWriteType, Selectors, Trail};
use crate::pattern::event_sets::{EventSet, Path, TextMatch};
use crate::report::{Code, Kind, Link, State};

/// The trail as a link, and the events that pass its selectors. An uncertain trail counts as carrying everything.
pub(super) fn link(trail: &Trail) -> (Link, EventSet) {
    let mut link = Link::new(Kind::Trail, &trail.name, Some(trail.arn.clone()));
    if !trail.multi_region {
        let message = format!("the trail logs the events of {} only", trail.home_region);
        link = broken(link, Code::TrailNotMultiRegion, message);
    }
    link = match &trail.logging {
        Ok(true) => link,
        Ok(false) => broken(link, Code::TrailNotLogging, "the trail is stopped"),
        Err(unseen) => gap(link, unseen),
    };
    if let Some(error) = &trail.delivery_error {
        // Whether later ones arrived, AWS does not say.
        let message = format!("CloudTrail says that a delivery to the log group failed: {error}");
        link = uncertain(link, Code::TrailDeliveryFailed, message);
    }
    let carried = match &trail.selectors {
        Ok(selectors) => carried(selectors),
        Err(unseen) => return (gap(link, unseen), EventSet::everything()),
    };
    match carried {
        Ok(events) => {
            if link.state == State::Live {
                link.detail = "multi-region, logging".to_owned();
            }
            (link, events)
        }
        Err(NotCarried::Lacks(what)) => {
            let message = format!("the trail's event selectors leave out {what}");
            (broken(link, Code::TrailLacksManagementEvents, message), EventSet::nothing())
        }
        Err(NotCarried::NotJudged(why)) => {
            (uncertain(link, Code::TrailSelectorsNotJudged, why), EventSet::everything())
        }
    }
}

/// Why selectors are of no use to the benchmark.
enum NotCarried {
    /// Some kind of management event is left out.
    Lacks(&'static str),
    /// What is left out cannot be decided.
    NotJudged(String),
}

/// Management events that one selector carries.
struct Share {
    reads: bool,
    writes: bool,
    /// What they have to satisfy besides.
    and: Vec<EventSet>,
}

fn carried(selectors: &Selectors) -> Result<EventSet, NotCarried> {
    let shares: Vec<Share> = match selectors {
        Selectors::Default => return Ok(EventSet::everything()),
        Selectors::Basic(selectors) => selectors
            .iter()
            .filter(|selector| selector.include_management_events)
            .map(basic)
            .collect::<Result<_, _>>()?,
        Selectors::Advanced(selectors) => {
            selectors.iter().filter(|selector| selects_management(selector)).map(advanced).collect::<Result<_, _>>()?
        }
    };
    match (shares.iter().any(|share| share.reads), shares.iter().any(|share| share.writes)) {
        (true, true) => {}
        (true, false) => return Err(NotCarried::Lacks("management events that write")),
        (false, true) => return Err(NotCarried::Lacks("management events that read")),
        (false, false) => return Err(NotCarried::Lacks("management events")),
    }
    Ok(EventSet::any(shares.into_iter().map(Share::events)))
}

impl Share {
    fn events(self) -> EventSet {
        let read = || EventSet::boolean(path("readOnly"), true);
        let mut all = self.and;
        match (self.reads, self.writes) {
            (true, true) => {}
            (true, false) => all.push(read()),
            (false, true) => all.push(read().complement()),
            (false, false) => return EventSet::nothing(),
        }
        EventSet::all(all)
    }
}

fn basic(selector: &EventSelector) -> Result<Share, NotCarried> {
    let (reads, writes) = match &selector.read_write_type {
        ReadWriteType::All => (true, true),
        ReadWriteType::ReadOnly => (true, false),
        ReadWriteType::WriteOnly => (false, true),
        ReadWriteType::Other(other) => return Err(NotCarried::NotJudged(format!("unknown read-write type `{other}`"))),
    };
    let excluded = &selector.exclude_management_event_sources;
    let and = if excluded.is_empty() {
        Vec::new()
    } else {
        vec![text("eventSource", TextMatch::Equals, excluded).complement()]
    };
    Ok(Share { reads, writes, and })
}

fn selects_management(selector: &AdvancedEventSelector) -> bool {
    let mut categories = selector.field_selectors.iter().filter(|field| field.field == "eventCategory");
    categories.any(|field| field.equals.iter().any(|category| category == "Management"))
}

fn advanced(selector: &AdvancedEventSelector) -> Result<Share, NotCarried> {
    let mut share = Share { reads: true, writes: true, and: Vec::new() };
    for field in &selector.field_selectors {
        match field.field.as_str() {
            "eventCategory" => {}
            "readOnly" => {
                share.reads &= allows(field, "true");
                share.writes &= allows(field, "false");
            }
            "eventSource" | "eventName" | "eventType" => share.and.extend(conditions(field)),
            // A record without the ARN: whether `NotEquals` selects it, AWS does not say.
            "userIdentity.arn" if negative(field).all(|(_, values)| values.is_empty()) => {
                share.and.extend(conditions(field));
            }
            other => return Err(NotCarried::NotJudged(format!("event selectors on `{other}` are not judged"))),
        }
    }
    Ok(share)
}

/// Whether a field of this value is selected.
fn allows(field: &AdvancedFieldSelector, value: &str) -> bool {
    let applies = |(how, values): (TextMatch, &Vec<String>)| {
        values.iter().any(|text| match how {
            TextMatch::Equals => value == text,
            TextMatch::StartsWith => value.starts_with(text.as_str()),
            TextMatch::EndsWith => value.ends_with(text.as_str()),
        })
    };
    positive(field).filter(|(_, values)| !values.is_empty()).all(applies) && !negative(field).any(applies)
}

/// The conditions on a field that is always there.
fn conditions(field: &AdvancedFieldSelector) -> Vec<EventSet> {
    let condition = |(how, values): (TextMatch, &Vec<String>)| text(&field.field, how, values);
    let positive = positive(field).filter(|(_, values)| !values.is_empty()).map(condition);
    let negative = negative(field).filter(|(_, values)| !values.is_empty()).map(condition);
    positive.chain(negative.map(|condition| condition.complement())).collect()
}

fn positive(field: &AdvancedFieldSelector) -> impl Iterator<Item = (TextMatch, &Vec<String>)> {
    use TextMatch::{EndsWith, Equals, StartsWith};
    [(Equals, &field.equals), (StartsWith, &field.starts_with), (EndsWith, &field.ends_with)].into_iter()
}

fn negative(field: &AdvancedFieldSelector) -> impl Iterator<Item = (TextMatch, &Vec<String>)> {
    use TextMatch::{EndsWith, Equals, StartsWith};
    [(Equals, &field.not_equals), (StartsWith, &field.not_starts_with), (EndsWith, &field.not_ends_with)].into_iter()
}

fn text(field: &str, how: TextMatch, values: &[String]) -> EventSet {
    EventSet::text(path(field), how, values.to_vec())
}

fn path(field: &str) -> Path {
    Path::dotted(field)
}
