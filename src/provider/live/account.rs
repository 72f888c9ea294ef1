//! Account Management's answers.

use aws_sdk_account::{Client, types as sdk};

use super::error::{Malformed, malformed, meaningful, refusal, required};
use crate::provider::api::account::{ListRegionsOutput, RegionStatus};
use crate::provider::{Answer, Call};

pub(super) async fn list_regions(client: &Client, call: Call) -> Answer<ListRegionsOutput> {
    let pages = client.list_regions().into_paginator().items().send();
    match pages.collect::<Result<Vec<_>, _>>().await {
        Ok(regions) => {
            let regions = regions.into_iter().map(region).collect::<Result<_, _>>();
            Ok(ListRegionsOutput { regions: regions.map_err(|problem| malformed(call, &problem))? })
        }
        Err(error) => Err(refusal(call, &error)),
    }
}

fn region(region: sdk::Region) -> Result<RegionStatus, Malformed> {
    Ok(RegionStatus {
        region_name: meaningful(required(region.region_name, "RegionName")?.parse(), "RegionName")?,
        region_opt_status: required(region.region_opt_status, "RegionOptStatus")?.as_str().into(),
    })
}
