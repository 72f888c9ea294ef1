//! What AWS Security Hub's checks of the same thing would say, which compare texts: that they fail a control that passes.
//!
//! Security Hub documents that its CloudWatch controls fail unless the benchmark's very filters are used, without terms or
//! fields beyond them. It does not say what becomes of spaces, quotes and order, so a filter that differs in these alone
//! is not spoken of. Only versions are spoken of that it checks, since its answer about one is none about another.

use crate::account::{Account, Selectors, Trail};
use crate::catalogue::{References, Similar, Version};
use crate::chain::Hop;
use crate::judge::route::Route;
use crate::pattern::Pattern;
use crate::pattern::normalize::eq_ignoring_order;
use crate::report::{Advice, Advisory, Kind, State};

const SECURITY_HUB: &str = "AWS Security Hub";

/// For which reasons Security Hub would fail an account that passes with these routes.
pub(in crate::judge) fn on(
    account: &Account,
    similar: &[Similar],
    version: Version,
    references: &References,
    routes: &[Route<'_>],
) -> Vec<Advisory> {
    let checks = similar.iter().filter(|check| check.tool == SECURITY_HUB && check.exact_in.contains(&version));
    let trails = live_trails(account, routes);
    // Of a trail of another account or an unseen filter, nobody knows what Security Hub makes.
    if trails.is_empty() || routes.iter().any(ends_unseen) {
        return Vec::new();
    }
    let mut advisories = Vec::new();
    for check in checks {
        let mut fails = |why: String| {
            let message = format!("{SECURITY_HUB} reports FAILED: {why}");
            advisories.push(Advisory {
                code: Advice::SecurityHubWouldFail,
                message,
                subject: check.id.clone(),
                event: None,
            });
        };
        let own = references.audit.iter().chain(&references.remediation).map(|reference| &reference.pattern);
        let demanded: Vec<&Pattern> = own.chain(&check.pattern).collect();
        if !filters(routes).any(|filter| demanded.iter().any(|text| eq_ignoring_order(filter, text))) {
            fails("it requires the exact text of the benchmark's pattern, which no filter has".to_owned());
        }
        if let Some(source) = check.must_log.iter().find(|source| trails.iter().all(|trail| excludes(trail, source))) {
            fails(format!("an event selector of the trail excludes {source}"));
        }
    }
    advisories
}

/// The account's own trails that events take to a person.
fn live_trails<'a>(account: &'a Account, routes: &[Route<'_>]) -> Vec<&'a Trail> {
    let live = |trail: &&Trail| {
        let arn = Some(trail.arn.as_str());
        let takes = |route: &Route<'_>| route.hops.first().is_some_and(|hop| hop.arn.as_deref() == arn);
        routes.iter().any(|route| route.state() == State::Live && takes(route))
    };
    let own = |trail: &&Trail| trail.arn.split(':').nth(4) == Some(account.identity.account.as_str());
    account.trails.iter().flatten().filter(own).filter(live).collect()
}

/// Whether the route ends before any filter because a call has no answer.
fn ends_unseen(route: &Route<'_>) -> bool {
    let before = |hop: &&Hop| matches!(hop.kind, Kind::Trail | Kind::LogGroup);
    route.state() == State::Uncertain && route.hops.iter().all(before)
}

fn filters<'r>(routes: &'r [Route<'_>]) -> impl Iterator<Item = &'r Pattern> {
    routes.iter().filter_map(|route| route.filter()?.1.parsed.as_ref().ok())
}

fn excludes(trail: &Trail, source: &str) -> bool {
    let Ok(Selectors::Basic(selectors)) = &trail.selectors else { return false };
    selectors.iter().any(|selector| selector.exclude_management_event_sources.iter().any(|one| one == source))
}
