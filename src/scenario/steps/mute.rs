//! Rules that mute alarms.

use crate::account::Timestamp;
use crate::provider::api::mute::{GetAlarmMuteRuleOutput, MuteSchedule, MuteSchedules, MuteTargets};
use crate::scenario::draft::Placed;
use crate::scenario::step::{Definition, Mismatch, given};

pub(super) const STEPS: &[Definition] = &[
    given!(
        "the alarm is muted on {text} for {text}",
        "A mute rule: when it begins, such as `cron(0 2 * * SUN)` or `at(2026-12-24T18:00)`, and for how long, such as `PT4H`; from here on it is \"the mute rule\"",
        |draft, arguments| {
            let (expression, duration) = (arguments.text(0).to_owned(), arguments.text(1).to_owned());
            let region = draft.placed_alarm()?.region.clone();
            let alarm_names = vec![draft.alarm()?.alarm_name.clone()];
            let is = GetAlarmMuteRuleOutput {
                name: format!("mute-{}", draft.mute_rules.len() + 1),
                rule: MuteSchedules { schedule: MuteSchedule { expression, duration, timezone: None } },
                mute_targets: MuteTargets { alarm_names },
                start_date: None,
                expire_date: None,
            };
            draft.mute_rules.push(Placed { region, is });
        }
    ),
    given!("the mute rule goes by the clock of {text}", "A time zone, such as `Europe/London`", |draft, arguments| {
        draft.mute_rule()?.rule.schedule.timezone = Some(arguments.text(0).to_owned());
    }),
    given!("the mute rule starts at {text}", "A time, such as `2027-01-01T00:00:00Z`", |draft, arguments| {
        draft.mute_rule()?.start_date = Some(time(arguments.text(0))?);
    }),
    given!(
        "the mute rule expires at {text}",
        "A time; accounts are recorded at `2026-11-20T09:30:00Z`",
        |draft, arguments| {
            draft.mute_rule()?.expire_date = Some(time(arguments.text(0))?);
        }
    ),
    given!("the mute rule is for alarm {text}", "Another alarm than the one that it was for", |draft, arguments| {
        draft.mute_rule()?.mute_targets.alarm_names = vec![arguments.text(0).to_owned()];
    }),
];

pub(super) fn time(text: &str) -> Result<Timestamp, Mismatch> {
    text.parse().map_err(|error| Mismatch(format!("{error}")))
}
