//! What is asked about the rules that mute alarms.

use futures::future::join_all;

use crate::account::{Gap, Known, MuteRule};
use crate::provider::api::mute::MuteRuleStatus;
use crate::provider::{Answer, Ask, Region, question};

/// The rules of a region that mute alarms now or will, sorted by name: two waits at most.
pub(super) async fn rules(asked: &impl Ask, region: Region) -> (Region, Known<Vec<MuteRule>>) {
    let rules = known(asked, &region).await.map_err(Gap::from);
    (region, rules)
}

async fn known(asked: &impl Ask, region: &Region) -> Answer<Vec<MuteRule>> {
    let mut listed =
        asked.ask(question::ListAlarmMuteRules { region: region.clone() }).await?.alarm_mute_rule_summaries;
    listed.retain(|rule| rule.status != Some(MuteRuleStatus::Expired));
    let rules = listed.iter().map(|rule| {
        let (region, name) = (region.clone(), rule.name().to_owned());
        asked.ask(question::GetAlarmMuteRule { region, name })
    });
    let rules = join_all(rules).await;
    let rules = rules.into_iter().collect::<Answer<Vec<_>>>()?;
    let mut rules: Vec<_> = rules
        .into_iter()
        .map(|rule| MuteRule {
            name: rule.name,
            alarms: rule.mute_targets.alarm_names,
            expression: rule.rule.schedule.expression,
            duration: rule.rule.schedule.duration,
            timezone: rule.rule.schedule.timezone,
            start: rule.start_date,
            expiry: rule.expire_date,
        })
        .collect();
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rules)
}
