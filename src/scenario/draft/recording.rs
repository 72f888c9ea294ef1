//! A draft as the recording of an audit of it.

use std::collections::BTreeSet;

use super::super::step::{Mismatch, parsed};
use super::{ACCOUNT, Draft, RECORDED_AT, REGION, Refused};
use crate::account::{Identity, TopicArn};
use crate::provider::api::account::{ListRegionsOutput, RegionOptStatus, RegionStatus};
use crate::provider::change::nothing;
use crate::provider::permissions::Operation;
use crate::provider::recorded::Recording;
use crate::provider::{Answer, Ask as _, Call, Output, Refusal};

impl Draft {
    /// The recording that an auditor would have made, permissions and failures included.
    pub(in crate::scenario) fn recording(&self) -> Result<Recording, Mismatch> {
        let identity = Identity { account: parsed(ACCOUNT)?, partition: "aws".to_owned() };
        let answers = self.calls()?.into_iter();
        let answers = answers.filter_map(|call| Some((call.clone(), nothing(&identity.account, &call)?)));
        let answers: Vec<_> = answers.chain([self.enabled_regions()?]).collect();
        let mut account = Recording::of_answers(identity.clone(), Some(parsed(RECORDED_AT)?), answers);
        for change in self.changes()? {
            account.apply(&change).map_err(|error| Mismatch(error.to_string()))?;
        }
        let answers = account.answers().filter_map(|(call, answer)| {
            let refusal = |code: &str, message: &str| Refusal::from_code(call.clone(), code, message);
            let answer = match self.refused.get(&call.operation) {
                None => answer.clone(),
                Some(Refused::NotRecorded) => return None,
                Some(Refused::Denied) => Err(denial(call.clone())),
                Some(Refused::Failed(code)) => Err(refusal(code, "the call failed")),
            };
            Some((call.clone(), answer))
        });
        let seen = Recording::of_answers(identity, account.asked_at(), answers);
        // Whatever recordings are held to when they are read, those of drafts are, too.
        let file = serde_json::to_string(&seen).map_err(|error| Mismatch(error.to_string()))?;
        file.parse().map_err(|problem| Mismatch(format!("the account cannot be recorded: {problem}")))
    }

    /// What the auditor asks about that need not exist.
    fn calls(&self) -> Result<Vec<Call>, Mismatch> {
        let mut calls = Vec::new();
        for region in &self.regions {
            calls.push(about_region(Operation::DescribeTrails, region)?);
            calls.push(about_region(Operation::DescribeHub, region)?);
        }
        for group in self.log_groups() {
            calls.push(about(Operation::DescribeMetricFilters, &group.region, &group.name)?);
        }
        for region in self.alarm_regions() {
            calls.push(about_region(Operation::DescribeAlarms, &region)?);
            calls.push(about_region(Operation::ListAlarmMuteRules, &region)?);
        }
        for topic in self.named_topics() {
            let (region, arn) = (&topic.region, topic.to_string());
            calls.push(about(Operation::ListSubscriptionsByTopic, region, &arn)?);
            calls.push(about(Operation::GetTopicAttributes, region, &arn)?);
        }
        Ok(calls)
    }

    /// Where there is anything that alarms could be on, an alarm, or a rule that mutes alarms.
    fn alarm_regions(&self) -> BTreeSet<String> {
        let metric = self.alarms.iter().map(|alarm| &alarm.region);
        let composite = self.composite_alarms.iter().map(|alarm| &alarm.region);
        let log = self.log_alarms.iter().map(|alarm| &alarm.region);
        let muted = self.mute_rules.iter().map(|rule| &rule.region);
        let groups = self.log_groups().into_iter().map(|id| id.region);
        metric.chain(composite).chain(log).chain(muted).cloned().chain(groups).collect()
    }

    /// The regions that the account has enabled, as a draft says.
    fn enabled_regions(&self) -> Result<(Call, Answer<Output>), Mismatch> {
        let enabled = self.regions.iter().chain(&self.other_regions).map(|region| {
            Ok(RegionStatus { region_name: parsed(region)?, region_opt_status: RegionOptStatus::EnabledByDefault })
        });
        let regions = enabled.collect::<Result<_, Mismatch>>()?;
        let call = about_region(Operation::ListRegions, REGION)?;
        Ok((call, Ok(Output::ListRegions(ListRegionsOutput { regions }))))
    }

    /// The topics that alarms name.
    fn named_topics(&self) -> BTreeSet<TopicArn> {
        let metric = self.alarms.iter().flat_map(|alarm| &alarm.is.alarm_actions);
        let composite = self.composite_alarms.iter().flat_map(|alarm| &alarm.is.alarm_actions);
        let log = self.log_alarms.iter().flat_map(|alarm| &alarm.is.alarm_actions);
        metric.chain(composite).chain(log).filter_map(|arn| arn.parse().ok()).collect()
    }
}

/// A call about a whole region.
fn about_region(operation: Operation, region: &str) -> Result<Call, Mismatch> {
    Ok(Call { operation, region: parsed(region)?, resource: None })
}

/// A call about one resource.
fn about(operation: Operation, region: &str, resource: &str) -> Result<Call, Mismatch> {
    Ok(Call { operation, region: parsed(region)?, resource: Some(resource.to_owned()) })
}

/// How the service says that a permission is missing.
fn denial(call: Call) -> Refusal {
    let code = match call.operation.service() {
        "sns" => "AuthorizationError",
        "cloudwatch" => "AccessDenied",
        _ => "AccessDeniedException",
    };
    let message = format!("User: arn:aws:iam::{ACCOUNT}:user/auditor is not authorized to perform: {}", call.operation);
    Refusal::from_code(call, code, &message)
}
