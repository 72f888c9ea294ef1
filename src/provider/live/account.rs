//! Account Management's answers.

use aws_sdk_account::operation::list_regions::ListRegionsOutput as Page;
use aws_sdk_account::{Client, types as sdk};

use super::error::{Malformed, malformed, meaningful, refusal, required};
use super::pages;
use crate::provider::api::account::{ListRegionsOutput, RegionStatus};
use crate::provider::{Answer, Call};

pub(super) async fn list_regions(client: &Client, call: Call) -> Answer<ListRegionsOutput> {
    let pages = client.list_regions().into_paginator().send();
    let pages = pages::pages(pages, |page: &Page| page.next_token()).await;
    let pages = pages.map_err(|error| refusal(call.clone(), &error))?;
    pages.and_then(join).map_err(|problem| malformed(call, &problem))
}

fn join(pages: Vec<Page>) -> Result<ListRegionsOutput, Malformed> {
    let mut regions = Vec::new();
    for page in pages {
        for found in required(page.regions, "Regions")? {
            regions.push(region(found)?);
        }
    }
    Ok(ListRegionsOutput { regions })
}

fn region(region: sdk::Region) -> Result<RegionStatus, Malformed> {
    Ok(RegionStatus {
        region_name: meaningful(required(region.region_name, "RegionName")?.parse(), "RegionName")?,
        region_opt_status: required(region.region_opt_status, "RegionOptStatus")?.as_str().into(),
    })
}
