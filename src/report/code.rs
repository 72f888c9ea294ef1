//! Why a finding is not a pass, and what else is worth knowing: stable codes. `docs/reasons.md` is their table.

use serde::Serialize;

/// Why a finding is not a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The account has no trail.
    NoTrail,
    /// The trail logs the events of one region only.
    TrailNotMultiRegion,
    /// The trail is stopped.
    TrailNotLogging,
    /// CloudTrail says that a delivery to the log group failed, and not whether later ones arrived.
    TrailDeliveryFailed,
    /// The last delivery to the log group was more than a day before the account was asked.
    TrailDeliveryStale,
    /// Accounts describe the trail differently.
    TrailDescriptionsDiffer,
    /// The account has not enabled the opt-in region that is the trail's home region, so the trail does not log it.
    TrailHomeRegionNotEnabled,
    /// The trail's event selectors leave out management events, or all that read, or all that write.
    TrailLacksManagementEvents,
    /// The trail logs management events in general, but its event selectors drop a required one.
    TrailDropsEvents,
    /// The trail's event selectors have a condition that cannot be decided.
    TrailSelectorsNotJudged,
    /// The trail does not deliver to CloudWatch Logs.
    TrailWithoutLogGroup,
    /// The trail delivers to a log group of another account, whose filters and alarms an audit of this account cannot see.
    LogGroupInAnotherAccount,
    /// The trail delivers to a log group that does not exist.
    LogGroupMissing,
    /// The log group has no metric filter for any required event.
    NoFilter,
    /// The metric filters let a required event pass.
    FilterDoesNotCover,
    /// AWS would reject the filter's pattern.
    FilterPatternInvalid,
    /// The filter's pattern uses syntax whose meaning AWS does not document.
    FilterPatternNotUnderstood,
    /// The filter sees events that a log transformer has changed.
    FilterOnTransformedLogs,
    /// The filter's field selection drops a required event.
    FilterSelectionDropsEvents,
    /// The filter sees only events that a field selection lets pass, and which these are is not judged.
    FilterFieldSelectionNotJudged,
    /// The filter publishes no metric.
    FilterWithoutMetric,
    /// AWS would reject what the filter publishes.
    MetricInvalid,
    /// No alarm watches the filter's metric.
    NoAlarm,
    /// The alarm watches other dimensions than the filter publishes.
    AlarmDimensionsDiffer,
    /// The alarm watches one value of a dimension, and some required events have others.
    AlarmDimensionTooNarrow,
    /// The alarm waits for a unit that the filter does not publish.
    AlarmUnitDiffers,
    /// The alarm does not go to ALARM however many events come.
    AlarmNeverFires,
    /// The alarm goes to ALARM only if several events come together.
    AlarmNeedsBurst,
    /// The alarm goes to ALARM for one event, but not if more come with it.
    AlarmInverse,
    /// The alarm notifies once at most: it stays in ALARM.
    AlarmFiresOnce,
    /// The alarm uses features that are not judged.
    AlarmNotJudged,
    /// The alarm has been in ALARM for so long that it notifies nobody of the next event.
    AlarmInAlarm,
    /// The alarm goes to ALARM only for events that hold a number that breaches its threshold.
    AlarmNeedsValue,
    /// The alarm's actions are switched off.
    AlarmActionsDisabled,
    /// The alarm notifies no SNS topic.
    AlarmWithoutTopic,
    /// Mute rules keep the alarm's actions from running at all times.
    AlarmMuted,
    /// Whether a mute rule leaves the alarm's actions any time to run cannot be decided.
    AlarmMuteNotJudged,
    /// The composite alarm goes to ALARM only if another alarm is in ALARM too.
    CompositeNeedsAnotherAlarm,
    /// The composite alarm's actions are suppressed whenever the event comes.
    CompositeSuppressed,
    /// Composite alarms look at one another in a circle, and are not evaluated.
    CompositeCycle,
    /// A composite alarm may notify in the alarm's place, and that is not judged.
    CompositeAlarmNotJudged,
    /// An alarm on a scheduled query of logs may see the events, and that is not judged.
    LogAlarmNotJudged,
    /// The topic is in another region than the alarm, which AWS does not allow.
    TopicInAnotherRegion,
    /// The topic does not exist.
    TopicMissing,
    /// The topic's policy does not let alarms publish.
    TopicNotPublishable,
    /// The topic's policy has a condition that cannot be decided.
    TopicPolicyNotJudged,
    /// The key that encrypts the topic's messages keeps alarms out.
    TopicEncryptionBlocksAlarms,
    /// Whether the key that encrypts the topic's messages lets alarms use it cannot be decided.
    TopicEncryptionNotJudged,
    /// Nobody is subscribed to the topic.
    NoSubscription,
    /// No subscription to the topic is confirmed.
    SubscriptionPending,
    /// The filter policies of all confirmed subscriptions to the topic drop the alarm's message.
    SubscriptionFiltered,
    /// Whether a subscription's filter policy drops the alarm's message cannot be decided.
    SubscriptionFilterNotJudged,
    /// A subscription has a value that AWS does not document, so that it is not known whether it receives messages.
    SubscriptionNotJudged,
    /// Security Hub is not enabled in the region.
    SecurityHubNotEnabled,
    /// The account is part of the organization and could not be audited.
    AccountNotEntered,
    /// The account does not follow the benchmark's audit procedure to the letter.
    NotToTheLetter,
    /// A permission is missing.
    AccessDenied,
    /// The recording lacks a call.
    NotRecorded,
    /// A call failed.
    CallFailed,
    /// Whether the filters cover the required events could not be decided.
    NotDecided,
    /// Checks beyond the benchmark's own were not made, and the audit is strict.
    NotChecked,
}

/// What is worth knowing and does not change the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Checks beyond the benchmark's own were not made.
    NotChecked,
    /// The filter also fires on events that the control does not ask for.
    FilterBroader,
    /// The filter covers the required events in other words than the benchmark's.
    FilterTextDiffers,
    /// The filter matches only some of the required events, and others match the rest.
    FilterNarrower,
    /// AWS Security Hub would fail the control, because it compares texts or looks at the trail otherwise.
    SecurityHubWouldFail,
    /// AWS would reject the filter's pattern, so no such filter can exist on AWS.
    FilterPatternInvalid,
    /// Mute rules keep the alarm's actions from running at times.
    AlarmMutedAtTimes,
    /// The alarm has actions other than notifying a topic.
    OtherActions,
    /// The account passes in a way that the benchmark's audit procedure does not describe.
    NotToTheLetter,
    /// Nothing watches a call of the same name of another service, which the control is not about.
    NamesakeNotWatched,
    /// After an alarm, events within the same period or window are not notified again.
    SilentAfterAlarm,
    /// The alarm notifies long after the event.
    RingsLate,
    /// All that the routes reach are programs.
    ReachesProgramsOnly,
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{Advice, Code};

    /// `docs/reasons.md` is written from the comments above: `UPDATE_DOCS=1 cargo test table` renews it.
    #[test]
    fn the_table_in_the_documentation_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reasons.md");
        let table = format!(
            "# Reasons and advisories\n\nEvery code that a report can hold. Codes are stable: one that is here keeps its \
             meaning.\n\n## Reasons\n\nWhy a finding is not a `pass`.\n\n{}\n## Advisories\n\nWhat is worth knowing and \
             does not change the status.\n\n{}",
            rows::<Code>(),
            rows::<Advice>()
        );
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &table).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), table);
    }

    fn rows<T: schemars::JsonSchema>() -> String {
        let schema = schemars::schema_for!(T).to_value();
        let mut table = String::from("| code | meaning |\n| --- | --- |\n");
        for code in schema["oneOf"].as_array().unwrap() {
            let (code, meaning) = (code["const"].as_str().unwrap(), code["description"].as_str().unwrap());
            writeln!(table, "| `{code}` | {meaning} |").unwrap();
        }
        table
    }
}
