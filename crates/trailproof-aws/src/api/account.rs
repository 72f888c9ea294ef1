//! Account Management: which regions are enabled.

use serde::{Deserialize, Serialize};

use super::open_enum;
use crate::{Region, Response};

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
    /// Whether events may happen in the region. One that AWS names otherwise is taken to be enabled.
    pub const fn is_enabled(&self) -> bool {
        !matches!(self, Self::Disabled)
    }
}

impl Response for ListRegionsOutput {
    const MEMBERS: &'static [&'static str] = &["Regions"];

    fn append(&mut self, mut page: Self) {
        self.regions.append(&mut page.regions);
    }
}
