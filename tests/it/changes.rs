//! Changes to an account, as recordings show them.

use rstest::rstest;
use trailproof::account::collect::collect;
use trailproof::provider::change::{Change, ChangeError, Edit, nothing};
use trailproof::provider::question::{
    DescribeAlarms, DescribeMetricFilters, GetAlarmMuteRule, GetTopicAttributes, GetTrailStatus,
    ListSubscriptionsByTopic,
};
use trailproof::provider::recorded::Recording;
use trailproof::provider::{Answer, Ask as _, Call, Output, Question, Refusal};

use super::accounts::{self, wait};

/// The recording of the same calls in an account in which there is nothing. A call that was refused stays refused, and an
/// answer on which no change bears stays as it is.
fn emptied(recording: &Recording) -> Recording {
    let empty = |call: &Call, answer: &Answer<Output>| match answer {
        Ok(_) => nothing(&recording.identity().account, call).unwrap_or_else(|| answer.clone()),
        Err(_) => answer.clone(),
    };
    edited(recording, |call, answer| Some(empty(call, answer)))
}

fn edited(recording: &Recording, edit: impl Fn(&Call, &Answer<Output>) -> Option<Answer<Output>>) -> Recording {
    let answers = recording.answers().filter_map(|(call, answer)| Some((call.clone(), edit(call, answer)?)));
    Recording::of_answers(recording.identity().clone(), recording.asked_at(), answers)
}

#[test]
fn an_account_is_made_by_the_changes_that_are_derived_from_it() {
    // A rule that is listed, and that nobody may look at, is nothing that a change could make.
    for (name, recording) in accounts::all() {
        if recording.answers_to::<GetAlarmMuteRule>().any(|(_, answer)| answer.is_err()) {
            continue;
        }
        let mut made = emptied(&recording);
        for change in recording.changes() {
            made.apply(&change).unwrap_or_else(|error| panic!("{name}: {change:?}: {error}"));
        }
        let made = edited(&made, |call, answer| recording.answer(call).map(|_| answer.clone()));
        assert_eq!(wait(collect(&made)), wait(collect(&recording)), "{name}");
        assert_eq!(made.changes(), recording.changes(), "{name}");
    }
}

fn compliant() -> Recording {
    include_str!("../fixtures/accounts/compliant.json").parse().unwrap()
}

/// The first of the account's own changes that is of this kind.
fn change(recording: &Recording, is_wanted: impl Fn(&Edit) -> bool) -> Change {
    recording.changes().into_iter().find(|change| is_wanted(&change.edit)).unwrap()
}

fn answer<Q: Question>(recording: &Recording) -> &Q::Output {
    recording.answers_to::<Q>().find_map(|(_, answer)| answer.ok()).unwrap()
}

#[test]
fn the_account_that_does_so_already_stays_as_it_is() {
    let before = compliant();
    let mut after = before.clone();
    for change in before.changes() {
        // What is set anew takes the place of what new trails, topics and keys have.
        after.apply(&change).unwrap();
    }
    assert_eq!(wait(collect(&after)), wait(collect(&before)));
}

#[test]
fn the_actions_of_an_alarm_are_enabled() {
    let mut account = compliant();
    let Change { account: id, region, edit } = change(&account, |edit: &Edit| matches!(edit, Edit::PutMetricAlarm(_)));
    let Edit::PutMetricAlarm(mut alarm) = edit else { unreachable!() };
    let change = |edit| Change { account: id.clone(), region: region.clone(), edit };
    let enabled = |account: &Recording| {
        let alarms = &answer::<DescribeAlarms>(account).metric_alarms;
        alarms.iter().find(|one| one.alarm_name == alarm.alarm_name).unwrap().actions_enabled
    };
    let enable = change(Edit::EnableAlarmActions { alarm: alarm.alarm_name.clone() });
    let mut disabled = alarm.clone();
    disabled.actions_enabled = false;
    account.apply(&change(Edit::PutMetricAlarm(disabled))).unwrap();
    assert!(!enabled(&account));
    account.apply(&enable).unwrap();
    assert!(enabled(&account));
    alarm.alarm_name.push_str("-that-is-not-there");
    let missing = account.apply(&change(Edit::EnableAlarmActions { alarm: alarm.alarm_name }));
    assert!(matches!(missing, Err(ChangeError::Missing(_))), "{missing:?}");
}

#[rstest]
#[case(GetTrailStatus::OPERATION, |edit: &Edit| matches!(edit, Edit::StartLogging { .. }))]
#[case(DescribeMetricFilters::OPERATION, |edit: &Edit| matches!(edit, Edit::PutMetricFilter { .. }))]
#[case(DescribeMetricFilters::OPERATION, |edit: &Edit| matches!(edit, Edit::CreateLogGroup { .. }))]
#[case(DescribeAlarms::OPERATION, |edit: &Edit| matches!(edit, Edit::PutMetricAlarm(_)))]
#[case(ListSubscriptionsByTopic::OPERATION, |edit: &Edit| matches!(edit, Edit::Subscribe { .. }))]
#[case(GetTopicAttributes::OPERATION, |edit: &Edit| matches!(edit, Edit::SetTopicPolicy { .. }))]
fn a_change_to_what_was_not_seen_is_refused(
    #[case] hidden: trailproof::provider::Operation,
    #[case] is_wanted: fn(&Edit) -> bool,
) {
    let account = compliant();
    let denied = |call: &Call| Err(Refusal::from_code(call.clone(), "AccessDenied", "not authorized"));
    let mut account_seen =
        edited(&account, |call, answer| Some(if call.operation == hidden { denied(call) } else { answer.clone() }));
    let before = account_seen.clone();
    let refused = account_seen.apply(&change(&account, is_wanted));
    assert!(matches!(&refused, Err(ChangeError::Unseen(call)) if call.operation == hidden), "{refused:?}");
    assert_eq!(account_seen, before);
}

#[rstest]
#[case(|edit: &Edit| matches!(edit, Edit::PutMetricFilter { .. }))]
#[case(|edit: &Edit| matches!(edit, Edit::PutMetricAlarm(_)))]
#[case(|edit: &Edit| matches!(edit, Edit::PutTrail(_)))]
#[case(|edit: &Edit| matches!(edit, Edit::EnableSecurityHub))]
fn a_change_of_another_account_does_not_show(#[case] is_wanted: fn(&Edit) -> bool) {
    let account = compliant();
    let Change { region, edit, .. } = change(&account, is_wanted);
    let other = Change { account: "444455556666".parse().unwrap(), region, edit };
    let mut emptied = emptied(&account);
    let before = emptied.clone();
    emptied.apply(&other).unwrap();
    assert_eq!(emptied, before);
}

#[test]
fn a_trail_of_another_account_need_not_be_seen() {
    let account = compliant();
    let Change { region, edit, .. } = change(&account, |edit| matches!(edit, Edit::StartLogging { .. }));
    let mut unseen =
        edited(&account, |call, answer| (call.operation != GetTrailStatus::OPERATION).then(|| answer.clone()));
    let before = unseen.clone();
    let own = Change { account: account.identity().account.clone(), region, edit };
    assert!(matches!(unseen.apply(&own), Err(ChangeError::Unseen(_))));
    unseen.apply(&Change { account: "444455556666".parse().unwrap(), ..own }).unwrap();
    assert_eq!(unseen, before);
}
