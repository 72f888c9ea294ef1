//! Account Management, mocked.

use aws_sdk_account::operation::list_regions::{self, ListRegionsError};
use aws_sdk_account::{Client, types as sdk};
use aws_smithy_mocks::mock;

use super::{answers, denial, mocked, page, respond};
use crate::provider::api::account::{ListRegionsOutput, RegionStatus};
use crate::provider::recorded::Recording;
use crate::provider::{Region, question};

pub(super) fn client(recording: &Recording) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers::<question::ListRegions>(recording) {
        let rule = mock!(Client::list_regions).then_compute_response(move |request| {
            let page = |recorded: &_| regions(recorded, request.next_token());
            respond(&answer, page, ListRegionsError::generic)
        });
        rules.push((call.region, rule));
    }
    let region = Region::global_of(&recording.identity().partition);
    rules.push((region, mock!(Client::list_regions).then_error(|| ListRegionsError::generic(denial()))));
    mocked!(aws_sdk_account, rules)
}

fn regions(recorded: &ListRegionsOutput, token: Option<&str>) -> list_regions::ListRegionsOutput {
    let (regions, next) = page(&recorded.regions, token);
    let regions = regions.iter().map(region).collect();
    list_regions::ListRegionsOutput::builder().set_regions(Some(regions)).set_next_token(next).build()
}

fn region(recorded: &RegionStatus) -> sdk::Region {
    sdk::Region::builder()
        .region_name(recorded.region_name.as_str())
        .region_opt_status(recorded.region_opt_status.as_str().into())
        .build()
}
