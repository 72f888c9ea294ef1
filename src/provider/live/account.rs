//! Account Management's answers.

use aws_sdk_account::operation::list_regions::ListRegionsOutput as Page;
use aws_sdk_account::{Client, types as sdk};

use super::error::{Malformed, meaningful, required};
use super::pages;
use crate::provider::api::account::{ListRegionsOutput, RegionStatus};
use crate::provider::{Answer, Call};

pub(super) async fn list_regions(client: &Client, call: Call) -> Answer<ListRegionsOutput> {
    let pages = client.list_regions().into_paginator().send();
    let member = ("Regions", |page: Page| page.regions);
    let regions = pages::list(call, pages, Page::next_token, member, region).await?;
    Ok(ListRegionsOutput { regions })
}

fn region(region: sdk::Region) -> Result<RegionStatus, Malformed> {
    Ok(RegionStatus {
        region_name: meaningful(required(region.region_name, "RegionName")?.parse(), "RegionName")?,
        region_opt_status: required(region.region_opt_status, "RegionOptStatus")?.as_str().into(),
    })
}
