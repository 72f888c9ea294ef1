//! Account Management: which regions are enabled.

use serde::{Deserialize, Serialize};

use super::open_enum;
use crate::{Asked, Flaw, Region, Response};

/// `account:ListRegions`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRegionsOutput {
    /// All regions of the partition.
    pub regions: Vec<RegionStatus>,
}

/// A region, and whether the account uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RegionStatus {
    /// The region's code.
    pub region_name: Region,
    /// Whether it is enabled.
    pub region_opt_status: RegionOptStatus,
}

open_enum! {
    /// Whether a region is enabled in an account.
    RegionOptStatus {
        /// The account opted in.
        Enabled = "ENABLED",
        /// It is about to be enabled: some calls work already.
        Enabling = "ENABLING",
        /// It is about to be disabled: some calls still work.
        Disabling = "DISABLING",
        /// It is not.
        Disabled = "DISABLED",
        /// It always is.
        EnabledByDefault = "ENABLED_BY_DEFAULT",
    }
}

impl RegionOptStatus {
    /// Whether events may happen in the region.
    pub const fn is_enabled(&self) -> bool {
        !matches!(self, Self::Disabled)
    }
}

impl Response for ListRegionsOutput {
    const MEMBERS: &'static [&'static str] = &["Regions"];

    fn append(&mut self, mut page: Self) {
        self.regions.append(&mut page.regions);
    }

    fn check(&self, _asked: &Asked<'_>) -> Result<(), Flaw> {
        let unknown = self.regions.iter().find_map(|region| match &region.region_opt_status {
            RegionOptStatus::Other(status) => Some(Flaw::value("Regions[].RegionOptStatus", status)),
            _ => None,
        });
        unknown.map_or(Ok(()), Err)
    }
}
