//! CloudWatch's mute rules, mocked.

use aws_sdk_cloudwatch::operation::get_alarm_mute_rule::{self, GetAlarmMuteRuleError};
use aws_sdk_cloudwatch::operation::list_alarm_mute_rules::{self, ListAlarmMuteRulesError};
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::{Client, types as sdk};
use aws_smithy_mocks::{Rule, mock};

use super::{answers, denied, page, respond};
use crate::provider::api::Timestamp;
use crate::provider::api::mute::{GetAlarmMuteRuleOutput, ListAlarmMuteRulesOutput, MuteRuleSummary};
use crate::provider::recorded::Recording;
use crate::provider::{Region, question};

pub(super) fn add(rules: &mut Vec<(Region, Rule)>, recording: &Recording) {
    for (call, answer) in answers::<question::ListAlarmMuteRules>(recording) {
        let rule = mock!(Client::list_alarm_mute_rules).then_compute_response(move |request| {
            let page = |recorded: &_| list(recorded, request.next_token());
            respond(&answer, page, ListAlarmMuteRulesError::generic)
        });
        rules.push((call.region, rule));
    }
    for (call, answer) in answers::<question::GetAlarmMuteRule>(recording) {
        let rule = mock!(Client::get_alarm_mute_rule)
            .match_requests(move |request| request.alarm_mute_rule_name == call.resource)
            .then_compute_response(move |_| respond(&answer, mute_rule, GetAlarmMuteRuleError::generic));
        rules.push((call.region, rule));
    }
    denied!(rules, Client::list_alarm_mute_rules, ListAlarmMuteRulesError);
    denied!(rules, Client::get_alarm_mute_rule, GetAlarmMuteRuleError);
}

fn list(recorded: &ListAlarmMuteRulesOutput, token: Option<&str>) -> list_alarm_mute_rules::ListAlarmMuteRulesOutput {
    let (rules, next) = page(&recorded.alarm_mute_rule_summaries, token);
    let rules = rules.iter().map(summary).collect();
    list_alarm_mute_rules::ListAlarmMuteRulesOutput::builder()
        .set_alarm_mute_rule_summaries(Some(rules))
        .set_next_token(next)
        .build()
}

fn summary(rule: &MuteRuleSummary) -> sdk::AlarmMuteRuleSummary {
    sdk::AlarmMuteRuleSummary::builder()
        .alarm_mute_rule_arn(&rule.alarm_mute_rule_arn)
        .set_status(rule.status.as_ref().map(|status| status.as_str().into()))
        .build()
}

fn mute_rule(recorded: &GetAlarmMuteRuleOutput) -> get_alarm_mute_rule::GetAlarmMuteRuleOutput {
    let set = &recorded.rule.schedule;
    let schedule =
        sdk::Schedule::builder().expression(&set.expression).duration(&set.duration).set_timezone(set.timezone.clone());
    let names = recorded.mute_targets.alarm_names.clone();
    get_alarm_mute_rule::GetAlarmMuteRuleOutput::builder()
        .name(&recorded.name)
        .rule(sdk::Rule::builder().schedule(schedule.build()).build())
        .set_start_date(recorded.start_date.map(time))
        .set_expire_date(recorded.expire_date.map(time))
        .mute_targets(sdk::MuteTargets::builder().set_alarm_names(Some(names)).build())
        .build()
}

pub(super) fn time(time: Timestamp) -> DateTime {
    DateTime::from_secs(time.seconds())
}
