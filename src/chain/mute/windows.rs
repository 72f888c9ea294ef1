//! How much of the time the windows of schedules leave, by the clock on the wall.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::cron::{Cron, Days};
use super::schedule::{Schedule, When};

/// When schedules mute together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coverage {
    /// Seconds in so many weeks.
    seconds: i64,
}

/// After 28 years the days of the year fall on the same days of the week again. They have as many weeks as four years
/// have days.
const WEEKS: i64 = 4 * 365 + 1;
const DAY: i64 = 86_400;
/// A cycle from here on has no year without a leap day that should have one.
const FIRST: Date = date(2001, 3, 20);
/// Windows last fifteen days at most.
const BEFORE: i64 = 15;

impl Coverage {
    /// Whether it never ends.
    pub(super) fn is_constant(self) -> bool {
        self.seconds == WEEKS * 7 * DAY
    }

    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "both are far below 2^53")]
    pub(super) fn share(self) -> f64 {
        self.seconds as f64 / (WEEKS * 7 * DAY) as f64
    }

    /// `14 h a week`; none if it is never.
    pub(super) fn sentence(self) -> Option<String> {
        let hours = 168.0 * self.share();
        match () {
            () if self.seconds == 0 => None,
            () if self.seconds % (WEEKS * 3600) == 0 => Some(format!("{hours:.0} h a week")),
            () if self.seconds % (WEEKS * 60) == 0 => Some(format!("{:.0} min a week", 60.0 * hours)),
            () => Some(format!("about {hours:.1} h a week")),
        }
    }
}

/// When one of the schedules mutes, counted over 28 years.
pub(super) fn united(schedules: &[Schedule], days: Days) -> Coverage {
    let recurring: Vec<_> =
        schedules.iter().filter_map(|schedule| Some((cron(schedule)?, of_a_day(schedule)))).collect();
    let end = WEEKS * 7 * DAY;
    let (mut seconds, mut muted_until) = (0, 0);
    for (day, date) in (-BEFORE..WEEKS * 7).zip(FIRST.saturating_sub(BEFORE.days()).series(1.day())) {
        let today = recurring.iter().filter(|(cron, _)| cron.is_on(date, days)).flat_map(|(_, windows)| windows);
        let mut today: Vec<_> = today.map(|(from, to)| (day * DAY + from, (day * DAY + to).min(end))).collect();
        today.sort_unstable();
        for (from, to) in today {
            let from = from.max(muted_until);
            seconds += (to - from).max(0);
            muted_until = muted_until.max(to);
        }
    }
    Coverage { seconds }
}

/// Whether AWS does not say on which days one of the schedules is.
pub(super) fn has_both_days(schedules: &[Schedule]) -> bool {
    schedules.iter().filter_map(cron).any(Cron::has_both_days)
}

fn cron(schedule: &Schedule) -> Option<&Cron> {
    match &schedule.when {
        When::Days(cron) => Some(cron),
        When::Once(_) => None,
    }
}

/// The windows that open on one day, in seconds from its beginning; those that overlap are one.
fn of_a_day(schedule: &Schedule) -> Vec<(i64, i64)> {
    let mut windows = Vec::<(i64, i64)>::new();
    for from in cron(schedule).into_iter().flat_map(|cron| &cron.times) {
        let to = from + schedule.seconds;
        match windows.last_mut() {
            Some(last) if last.1 >= *from => last.1 = to,
            _ => windows.push((*from, to)),
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::account::MuteRule;

    fn coverage(rules: &[(&str, &str)]) -> Coverage {
        let schedule = |&(expression, duration): &(&str, &str)| {
            let (expression, duration) = (expression.to_owned(), duration.to_owned());
            let (name, alarms) = (String::new(), Vec::new());
            let rule = MuteRule { name, alarms, expression, duration, timezone: None, start: None, expiry: None };
            Schedule::of(&rule).unwrap()
        };
        united(&rules.iter().map(schedule).collect::<Vec<_>>(), Days::Either)
    }

    /// The examples of the AWS page among them.
    #[rstest]
    #[case(&[("cron(0 2 * * SUN)", "PT4H")], "4 h a week")]
    #[case(&[("cron(0 18 * * FRI)", "P2DT12H")], "60 h a week")]
    #[case(&[("cron(0 23 * * *)", "PT2H")], "14 h a week")]
    #[case(&[("cron(0 1 1 * *)", "PT6H")], "about 1.4 h a week")]
    #[case(&[("cron(0 2 * * 0)", "PT4H")], "4 h a week")]
    #[case(&[("cron(0 2 * * 7)", "PT4H")], "4 h a week")]
    #[case(&[("cron(0 18 * * mon-fri)", "PT14H")], "70 h a week")]
    #[case(&[("cron(0 0 * * SAT-SUN)", "PT24H")], "48 h a week")]
    #[case(&[("cron(0,30 2 * * SUN)", "PT15M")], "30 min a week")]
    #[case(&[("cron(0 22-23 * * *)", "PT2H")], "21 h a week")]
    #[case(&[("cron(0 0 * * *)", "PT8H"), ("cron(0 6 * * *)", "PT4H")], "70 h a week")]
    #[case(&[("cron(0 0 * * MON)", "P1D"), ("cron(0 12 * * MON)", "P1D")], "36 h a week")]
    fn how_long(#[case] rules: &[(&str, &str)], #[case] expected: &str) {
        let silence = coverage(rules);
        assert_eq!(silence.sentence().as_deref(), Some(expected));
        assert!(!silence.is_constant());
    }

    #[rstest]
    #[case(&[("cron(0 0 * * *)", "P1D")], true)]
    #[case(&[("cron(0 0 * * *)", "PT23H59M")], false)]
    #[case(&[("cron(* * * * *)", "PT1M")], true)]
    #[case(&[("cron(0 0 * * SUN)", "P7D")], true)]
    #[case(&[("cron(0 0 1,11,21 * *)", "P11D")], true)]
    #[case(&[("cron(0 0 1,15 * *)", "P15D")], false)]
    #[case(&[("cron(0 8 * * *)", "PT12H"), ("cron(0 20 * * *)", "PT12H")], true)]
    #[case(&[("cron(0 8 * * *)", "PT12H"), ("cron(0 20 * * MON-SAT)", "PT12H")], false)]
    fn for_ever(#[case] rules: &[(&str, &str)], #[case] expected: bool) {
        assert_eq!(coverage(rules).is_constant(), expected);
    }

    #[test]
    fn a_day_that_never_comes_mutes_nothing() {
        assert_eq!(coverage(&[("cron(0 0 31 FEB *)", "PT1H")]).sentence(), None);
        assert_eq!(coverage(&[("cron(0 0 29 FEB *)", "P7D")]).sentence().as_deref(), Some("about 0.8 h a week"));
    }

    #[rstest]
    #[case("rate(1 day)", "AWS does not document the expression `rate(1 day)`")]
    #[case("cron(0 2 * * ? *)", "the cron expression has 6 fields, and AWS documents five")]
    #[case("cron(*/5 * * * *)", "AWS does not document `*/5` in a cron expression")]
    #[case("cron(60 * * * *)", "AWS does not document `60` in a cron expression")]
    #[case("cron(0 5-2 * * *)", "AWS does not document the range `5-2`, which goes backwards")]
    #[case("at(tomorrow)", "`at(tomorrow)` has no date and time")]
    fn not_understood(#[case] expression: &str, #[case] why: &str) {
        let (name, alarms) = (String::new(), Vec::new());
        let (expression, duration) = (expression.to_owned(), "PT1H".to_owned());
        let rule = MuteRule { name, alarms, expression, duration, timezone: None, start: None, expiry: None };
        assert_eq!(Schedule::of(&rule).unwrap_err().to_string(), why);
    }
}
