//! Which events a trail delivers to its log group.

use event_sets::{Bounds, EventSet, TextMatch};

use super::hop::{Gate, Hop, Note};
use super::path::{is, text};
use super::selectors::{self, Selected};
use crate::account::{Timestamp, Trail};
use crate::fault::{Fault, TrailFault, Unchecked};
use crate::report::Kind;

/// A day, in seconds: DESIGN calls a delivery older than that stale. AWS delivers within about five minutes (CloudTrail
/// User Guide, "Sending events to CloudWatch Logs").
const STALE: i64 = 86_400;

/// The global services whose events a single-region trail may receive from elsewhere, where it includes global service
/// events (CloudTrail User Guide, "Global service events").
const GLOBAL: [&str; 3] = ["iam.amazonaws.com", "sts.amazonaws.com", "cloudfront.amazonaws.com"];

/// The trail as a hop, for an account that was asked at `asked_at`.
pub(super) fn hop(trail: &Trail, asked_at: Option<Timestamp>) -> Hop {
    let mut hop = Hop::new(Kind::Trail, &trail.name).arn(&trail.arn).region(&trail.home_region);
    if !trail.multi_region {
        let home = trail.home_region.clone();
        hop.gates.push(Gate::new(single_region(&home), TrailFault::SingleRegion { home }));
    }
    match &trail.logging {
        Ok(true) => {}
        Ok(false) => hop.gates.push(Gate::closed(TrailFault::Stopped)),
        Err(gap) => hop.gates.push(Gate::unknown(Fault::Gap(gap.clone()))),
    }
    if let Some(error) = &trail.delivery_error {
        hop.gates.push(Gate::unknown(TrailFault::DeliveryFailed { error: error.clone() }));
    }
    if trail.log_group.is_some() && trail.logging.is_ok() {
        match (trail.last_delivery, asked_at) {
            (Some(last), Some(asked)) if asked.seconds() - last.seconds() > STALE => {
                let (last, asked) = (last.to_string(), asked.to_string());
                hop.gates.push(Gate::unknown(TrailFault::DeliveryStale { last, asked }));
            }
            (Some(_), Some(_)) => {}
            _ => hop.unchecked.extend([Unchecked::Delivery]),
        }
    }
    match &trail.selectors {
        Ok(selectors) => select(&mut hop, selectors::selected(selectors)),
        Err(gap) => hop.gates.push(Gate::unknown(Fault::Gap(gap.clone()))),
    }
    if trail.log_group.is_none() {
        hop.gates.push(Gate::closed(TrailFault::NoLogGroup));
    }
    if hop.gates.is_empty() {
        "multi-region, logging".clone_into(&mut hop.detail);
    }
    hop
}

/// The events of one region. AWS records those of global services in a region of their own, and delivers them to
/// single-region trails elsewhere in some cases only.
fn single_region(home: &str) -> Bounds {
    let own = is("awsRegion", home);
    let global = text("eventSource", TextMatch::Equals, &GLOBAL.map(str::to_owned));
    let possible = EventSet::any([own.clone(), global]);
    Bounds::between(own, possible)
}

fn select(hop: &mut Hop, selected: Selected) {
    let Selected { events, faults, reads, writes } = selected;
    if !(reads && writes) {
        hop.notes.push(Note::PartialTrail { reads, writes });
    }
    if events == Bounds::everything() {
        return;
    }
    let doubt = faults.iter().find(|fault| matches!(fault, TrailFault::SelectorsUndecided(_))).cloned();
    let fault = faults.into_iter().find(|fault| matches!(fault, TrailFault::LacksManagementEvents { .. }));
    let gate = Gate::new(events, fault.unwrap_or(TrailFault::DropsEvents));
    hop.gates.push(match doubt {
        Some(doubt) => gate.with_doubt(doubt),
        None => gate,
    });
}
