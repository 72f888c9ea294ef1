//! Cron expressions of five fields: minute, hour, day of the month, month, day of the week.
//!
//! As the CloudWatch User Guide has them ("Alarm mute rules"): `*`, lists and ranges, English names of months and days;
//! Sunday is 0 and 7.

use jiff::civil::Date;

use crate::fault::ScheduleError;

/// On which days and at which times of them something begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cron {
    /// Seconds of the day, ascending.
    pub times: Vec<i64>,
    days: Field,
    months: Field,
    weekdays: Field,
}

/// Which days a day of the month and a day of the week mean together. AWS does not say so; the usual cron takes either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    Either,
    Both,
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

impl Cron {
    /// The expression between the parentheses of `cron(…)`.
    pub(super) fn parse(text: &str) -> Result<Self, ScheduleError> {
        let fields: Vec<_> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays] = fields.as_slice() else {
            return Err(ScheduleError::Fields { fields: fields.len() });
        };
        let (minutes, hours) = (Field::parse(minutes, 0, 59, &[])?, Field::parse(hours, 0, 23, &[])?);
        let days = Field::parse(days, 1, 31, &[])?;
        let weekdays = Field::parse(weekdays, 0, 7, &WEEKDAYS)?;
        let times = hours.numbers().flat_map(|hour| minutes.numbers().map(move |minute| 3600 * hour + 60 * minute));
        Ok(Self { times: times.collect(), days, months: Field::parse(months, 1, 12, &MONTHS)?, weekdays })
    }

    /// Whether it restricts both the days of the month and those of the week.
    pub(super) fn has_both_days(&self) -> bool {
        !self.days.is_any() && !self.weekdays.is_any()
    }

    /// Whether it is on this day.
    pub(super) fn is_on(&self, day: Date, reading: Days) -> bool {
        // Both ways to count say the same but for Sunday.
        let weekdays = [day.weekday().to_sunday_zero_offset(), day.weekday().to_monday_one_offset()];
        let on_weekday = weekdays.iter().any(|&weekday| self.weekdays.has(weekday.into()));
        let on_day = self.days.has(day.day().into());
        let on = match reading {
            Days::Either if self.has_both_days() => on_day || on_weekday,
            Days::Either | Days::Both => on_day && on_weekday,
        };
        on && self.months.has(day.month().into())
    }
}

/// The numbers of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Field {
    Any { least: i64, most: i64 },
    Of(Vec<i64>),
}

impl Field {
    /// Names stand for the numbers from `least` on.
    fn parse(text: &str, least: i64, most: i64, names: &[&str]) -> Result<Self, ScheduleError> {
        if text == "*" {
            return Ok(Self::Any { least, most });
        }
        let number = |text: &str| {
            let named = names.iter().zip(least..).find(|(name, _)| name.eq_ignore_ascii_case(text));
            let number = named.map_or_else(|| text.parse().ok(), |(_, number)| Some(number));
            let number = number.filter(|number| (least..=most).contains(number));
            number.ok_or_else(|| ScheduleError::Field { text: text.to_owned() })
        };
        let mut numbers = Vec::new();
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, mut last) = (number(first)?, number(last)?);
            if last == 0 && first > 0 && most == 7 {
                // A week may end with Sunday.
                last = 7;
            }
            if first > last {
                return Err(ScheduleError::Backwards { range: part.to_owned() });
            }
            numbers.extend(first..=last);
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(Self::Of(numbers))
    }

    fn is_any(&self) -> bool {
        matches!(self, Self::Any { .. })
    }

    fn has(&self, number: i64) -> bool {
        match self {
            Self::Any { .. } => true,
            Self::Of(numbers) => numbers.contains(&number),
        }
    }

    fn numbers(&self) -> impl Iterator<Item = i64> + Clone + '_ {
        let (all, listed) = match self {
            Self::Any { least, most } => (*least..most + 1, &[][..]),
            Self::Of(numbers) => (0..0, numbers.as_slice()),
        };
        all.chain(listed.iter().copied())
    }
}
