//! Log groups and metric filters.

use super::super::mocked::logs::transformation;
use super::{EmulatedAccount, ProvisionError};
use crate::provider::question::DescribeMetricFilters;
use crate::provider::recorded::Recording;

/// Makes the log groups that answered, with their filters.
pub(super) async fn provision(account: &EmulatedAccount, recording: &Recording) -> Result<(), ProvisionError> {
    for (call, answer) in recording.answers_to::<DescribeMetricFilters>() {
        let (Ok(answer), Some(group)) = (answer, &call.resource) else { continue };
        let client = account.logs(&call.region);
        client.create_log_group().log_group_name(group).send().await?;
        for filter in &answer.metric_filters {
            let request = client.put_metric_filter().log_group_name(group).filter_name(&filter.filter_name);
            let request = request.filter_pattern(&filter.filter_pattern);
            let published = filter.metric_transformations.iter().map(transformation).collect::<Result<_, _>>()?;
            request.set_metric_transformations(Some(published)).send().await?;
        }
    }
    Ok(())
}
