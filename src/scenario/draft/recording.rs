//! A draft as the recording of an audit of it.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::super::step::{Mismatch, parsed};
use super::{ACCOUNT, Draft, DraftSubscription, DraftTopic, RECORDED_AT, REGION, Refused};
use crate::account::{LogGroupId, TopicArn};
use crate::provider::Call;
use crate::provider::api::account::{ListRegionsOutput, RegionOptStatus, RegionStatus};
use crate::provider::api::cloudtrail::{DescribeTrailsOutput, GetTrailStatusOutput};
use crate::provider::api::cloudwatch::DescribeAlarmsOutput;
use crate::provider::api::kms::{DescribeKeyOutput, GetKeyPolicyOutput};
use crate::provider::api::logs::DescribeMetricFiltersOutput;
use crate::provider::api::mute::{ListAlarmMuteRulesOutput, MuteRuleSummary};
use crate::provider::api::securityhub::DescribeHubOutput;
use crate::provider::api::sns::{
    GetSubscriptionAttributesOutput, GetTopicAttributesOutput, ListSubscriptionsByTopicOutput, TopicAttributes,
};
use crate::provider::permissions::Operation;
use crate::provider::recorded::{FORMAT, Recording};

impl Draft {
    /// The recording that an auditor would have made, permissions and failures included.
    pub(in crate::scenario) fn recording(&self) -> Result<Recording, Mismatch> {
        let mut calls = Vec::new();
        for (call, answer) in self.answers()? {
            let answer = match self.refused.get(&call.operation) {
                None => answer,
                Some(Refused::NotRecorded) => continue,
                Some(Refused::Denied) => Answer::Error(denial(call.operation)),
                Some(Refused::Failed(code)) => Answer::Error(Error::new(code, "the call failed")),
            };
            calls.push(entry(&call, &answer));
        }
        let file = json!({"format": FORMAT, "account": ACCOUNT, "partition": "aws", "recorded_at": RECORDED_AT, "calls": calls});
        file.to_string().parse().map_err(|problem| Mismatch(format!("the account cannot be recorded: {problem}")))
    }

    fn answers(&self) -> Result<Vec<(Call, Answer)>, Mismatch> {
        let mut answers = Vec::new();
        for region in &self.regions {
            answers.push((about_region(Operation::DescribeTrails, region)?, self.trails_in(region)?));
            answers.push((about_region(Operation::DescribeHub, region)?, self.hub_in(region)?));
        }
        answers.push((about_region(Operation::ListRegions, REGION)?, self.enabled_regions()?));
        for trail in &self.trails {
            let (arn, home) = (trail.described.trail_arn.to_string(), trail.described.home());
            let status = GetTrailStatusOutput {
                is_logging: trail.is_logging,
                latest_cloud_watch_logs_delivery_error: trail.delivery_error.clone(),
                latest_cloud_watch_logs_delivery_time: trail.last_delivery,
            };
            answers.push((about(Operation::GetTrailStatus, home, &arn)?, output(&status)?));
            answers.push((about(Operation::GetEventSelectors, home, &arn)?, output(&trail.selectors)?));
        }
        for id in self.log_groups() {
            let call = about(Operation::DescribeMetricFilters, &id.region, &id.name)?;
            answers.push((call, self.filters_of(&id)?));
        }
        for region in self.regions() {
            answers.push((about_region(Operation::DescribeAlarms, &region)?, self.alarms_in(&region)?));
        }
        for topic in self.topics() {
            let (region, arn) = (&topic.arn.region, topic.arn.to_string());
            let (subscriptions, attributes) = topic.answers()?;
            answers.push((about(Operation::ListSubscriptionsByTopic, region, &arn)?, subscriptions));
            answers.push((about(Operation::GetTopicAttributes, region, &arn)?, attributes));
            answers.extend(topic.subscriptions()?);
            answers.extend(self.key_of(&topic)?);
        }
        answers.extend(self.mute_rules()?);
        Ok(answers)
    }

    /// Multi-region trails show in every region, others where they are managed.
    fn trails_in(&self, region: &str) -> Result<Answer, Mismatch> {
        let shown = self.trails.iter().map(|trail| &trail.described).filter(|trail| {
            region == REGION || trail.is_multi_region_trail || trail.home_region.as_deref() == Some(region)
        });
        output(&DescribeTrailsOutput { trails: shown.cloned().collect() })
    }

    fn enabled_regions(&self) -> Result<Answer, Mismatch> {
        let enabled = self.regions.iter().chain(&self.other_regions).map(|region| {
            Ok(RegionStatus { region_name: parsed(region)?, region_opt_status: RegionOptStatus::EnabledByDefault })
        });
        output(&ListRegionsOutput { regions: enabled.collect::<Result<_, Mismatch>>()? })
    }

    fn hub_in(&self, region: &str) -> Result<Answer, Mismatch> {
        if self.without_security_hub.contains(region) {
            let message = format!("Account {ACCOUNT} is not subscribed to AWS Security Hub");
            return Ok(Answer::Error(Error::new("InvalidAccessException", &message)));
        }
        let hub_arn = parsed(&format!("arn:aws:securityhub:{region}:{ACCOUNT}:hub/default"))?;
        output(&DescribeHubOutput { hub_arn })
    }

    /// The log groups that trails deliver to or filters are on.
    fn log_groups(&self) -> BTreeSet<LogGroupId> {
        let delivered = self.trails.iter().filter_map(|trail| {
            let arn = trail.described.cloud_watch_logs_log_group_arn.as_ref()?;
            (arn.account.as_str() == ACCOUNT)
                .then(|| LogGroupId { region: arn.region.to_string(), name: arn.name.clone() })
        });
        let filtered = self.filters.iter().filter_map(|filter| {
            Some(LogGroupId { region: filter.region.clone(), name: filter.is.log_group_name.clone()? })
        });
        delivered.chain(filtered).collect()
    }

    fn filters_of(&self, id: &LogGroupId) -> Result<Answer, Mismatch> {
        if self.missing_log_groups.contains(id) {
            return Ok(Answer::Error(Error::new(
                "ResourceNotFoundException",
                "The specified log group does not exist.",
            )));
        }
        let here = self
            .filters
            .iter()
            .filter(|filter| filter.region == id.region && filter.is.log_group_name.as_ref() == Some(&id.name));
        output(&DescribeMetricFiltersOutput { metric_filters: here.map(|filter| filter.is.clone()).collect() })
    }

    /// Where there is anything that alarms could be on, or an alarm.
    fn regions(&self) -> BTreeSet<String> {
        let alarms = self.alarms.iter().map(|alarm| alarm.region.clone());
        alarms.chain(self.log_groups().into_iter().map(|id| id.region)).collect()
    }

    fn alarms_in(&self, region: &str) -> Result<Answer, Mismatch> {
        let metric = self.alarms.iter().filter(|alarm| alarm.region == region);
        let composite = self.composite_alarms.iter().filter(|alarm| alarm.region == region);
        let log = self.log_alarms.iter().filter(|alarm| alarm.region == region);
        output(&DescribeAlarmsOutput {
            metric_alarms: metric.map(|alarm| alarm.is.clone()).collect(),
            composite_alarms: composite.map(|alarm| alarm.is.clone()).collect(),
            log_alarms: log.map(|alarm| alarm.is.clone()).collect(),
        })
    }

    /// The topics that there are, and those that alarms name.
    fn topics(&self) -> Vec<DraftTopic> {
        let metric = self.alarms.iter().flat_map(|alarm| &alarm.is.alarm_actions);
        let composite = self.composite_alarms.iter().flat_map(|alarm| &alarm.is.alarm_actions);
        let log = self.log_alarms.iter().flat_map(|alarm| &alarm.is.alarm_actions);
        let named = metric.chain(composite).chain(log);
        let named: BTreeSet<TopicArn> = named.filter_map(|arn| arn.parse().ok()).collect();
        let missing = named.into_iter().filter(|arn| self.topics.iter().all(|topic| topic.arn != *arn));
        self.topics.iter().cloned().chain(missing.map(DraftTopic::missing)).collect()
    }

    /// What KMS says of the key that encrypts a topic's messages, if the account manages it.
    fn key_of(&self, topic: &DraftTopic) -> Result<Vec<(Call, Answer)>, Mismatch> {
        let Some(id) = &topic.attributes.kms_master_key_id else { return Ok(Vec::new()) };
        let Some(key) = self.keys.iter().find(|key| key.described.arn == *id) else { return Ok(Vec::new()) };
        let described = output(&DescribeKeyOutput { key_metadata: key.described.clone() })?;
        let policy = output(&GetKeyPolicyOutput { policy: key.policy.clone() })?;
        let about = |operation| about(operation, &topic.arn.region, id);
        Ok(vec![(about(Operation::DescribeKey)?, described), (about(Operation::GetKeyPolicy)?, policy)])
    }

    /// What is said of mute rules, everywhere that alarms are asked for.
    fn mute_rules(&self) -> Result<Vec<(Call, Answer)>, Mismatch> {
        let mut answers = Vec::new();
        for region in self.regions() {
            let rules: Vec<_> = self.mute_rules.iter().filter(|rule| rule.region == region).collect();
            let summaries = rules.iter().map(|rule| MuteRuleSummary {
                alarm_mute_rule_arn: format!("arn:aws:cloudwatch:{region}:{ACCOUNT}:alarm-mute-rule:{}", rule.is.name),
                status: None,
            });
            let list = ListAlarmMuteRulesOutput { alarm_mute_rule_summaries: summaries.collect() };
            answers.push((about_region(Operation::ListAlarmMuteRules, &region)?, output(&list)?));
            for rule in rules {
                let call = about(Operation::GetAlarmMuteRule, &region, &rule.is.name)?;
                answers.push((call, output(&rule.is)?));
            }
        }
        Ok(answers)
    }
}

impl DraftTopic {
    fn missing(arn: TopicArn) -> Self {
        Self { arn, exists: false, attributes: TopicAttributes::default(), subscriptions: Vec::new() }
    }

    /// The topic's subscriptions and attributes.
    fn answers(&self) -> Result<(Answer, Answer), Mismatch> {
        if !self.exists {
            let missing = || Answer::Error(Error::new("NotFound", "Topic does not exist"));
            return Ok((missing(), missing()));
        }
        let subscriptions = self.subscriptions.iter().map(|subscription| subscription.listed.clone()).collect();
        let attributes = self.attributes.clone();
        Ok((
            output(&ListSubscriptionsByTopicOutput { subscriptions })?,
            output(&GetTopicAttributesOutput { attributes })?,
        ))
    }

    /// The attributes of the topic's subscriptions, of those that have an ARN to ask for them by.
    fn subscriptions(&self) -> Result<Vec<(Call, Answer)>, Mismatch> {
        let with_arn = self.subscriptions.iter().filter(|one| one.listed.subscription_arn.starts_with("arn:"));
        let answer = |one: &DraftSubscription| {
            let arn = &one.listed.subscription_arn;
            let call = about(Operation::GetSubscriptionAttributes, &self.arn.region, arn)?;
            Ok((call, output(&GetSubscriptionAttributesOutput { attributes: one.attributes.clone() })?))
        };
        with_arn.map(answer).collect()
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

enum Answer {
    Output(Value),
    Error(Error),
}

#[derive(Serialize)]
struct Error {
    code: String,
    message: String,
}

impl Error {
    fn new(code: &str, message: &str) -> Self {
        Self { code: code.to_owned(), message: message.to_owned() }
    }
}

fn output(answer: &impl Serialize) -> Result<Answer, Mismatch> {
    serde_json::to_value(answer).map(Answer::Output).map_err(|error| Mismatch(error.to_string()))
}

fn entry(call: &Call, answer: &Answer) -> Value {
    let (service, name) = (call.operation.service(), call.operation.name());
    let mut entry = json!({"service": service, "operation": name, "region": call.region});
    if let Some(entry) = entry.as_object_mut() {
        entry.extend(call.resource.iter().map(|resource| ("resource".to_owned(), json!(resource))));
        entry.extend([match answer {
            Answer::Output(output) => ("output".to_owned(), output.clone()),
            Answer::Error(error) => ("error".to_owned(), json!(error)),
        }]);
    }
    entry
}

/// How the service says that a permission is missing.
fn denial(operation: Operation) -> Error {
    let code = match operation.service() {
        "sns" => "AuthorizationError",
        "cloudwatch" => "AccessDenied",
        _ => "AccessDeniedException",
    };
    let auditor = format!("arn:aws:iam::{ACCOUNT}:user/auditor");
    Error::new(code, &format!("User: {auditor} is not authorized to perform: {operation}"))
}
