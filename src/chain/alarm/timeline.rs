//! The states of alarms over time, while an event comes and, long after it, another.
//!
//! Where more than one state is possible, all of them are kept.

use super::missing_data::State;
use super::simulation::Run;

/// The states that an alarm may be in at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct States(u8);

/// The states of an alarm: first while nothing happens, then after each of two events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Motion {
    before: States,
    /// After the first event and after the second one: from so many seconds after it on, in these states.
    acts: [Vec<(u64, States)>; 2],
}

/// Whether an alarm goes to ALARM for both events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notifies {
    /// It does, and its longest delay and silence in seconds.
    Surely {
        delay: u64,
        silence: u64,
    },
    /// That depends on what is not known.
    Possibly,
    /// It goes to ALARM for the first event only.
    Once,
    /// It is in ALARM before the first event.
    InAlarmBefore,
    Never,
}

impl States {
    pub(crate) const ANY: Self = Self(0b111);
    /// The states of an alarm of which nothing is known but that it is at rest.
    pub(crate) const AT_REST: Self = Self(0b101);

    pub(crate) fn only(state: State) -> Self {
        Self(match state {
            State::Ok => 0b001,
            State::Alarm => 0b010,
            State::InsufficientData => 0b100,
        })
    }

    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is in the state; `None` if it may be.
    pub(crate) fn is(self, state: State) -> Option<bool> {
        let wanted = Self::only(state).0;
        match () {
            () if self.0 & wanted == 0 => Some(false),
            () if self.0 == wanted => Some(true),
            () => None,
        }
    }

    /// The states of a composite alarm whose rule holds, does not, or may.
    pub(crate) fn of_rule(holds: Option<bool>) -> Self {
        match holds {
            Some(true) => Self::only(State::Alarm),
            Some(false) => Self::only(State::Ok),
            None => Self::only(State::Alarm).or(Self::only(State::Ok)),
        }
    }

    /// The states with OK in the place of ALARM.
    fn without_alarm(self) -> Self {
        Self(self.0 & !Self::only(State::Alarm).0).or(Self::only(State::Ok))
    }
}

impl Motion {
    /// An alarm that is in these states whatever happens.
    pub(crate) fn constant(states: States) -> Self {
        Self { before: states, acts: [Vec::new(), Vec::new()] }
    }

    /// An alarm that was in these states after each period of the run. Periods last so many seconds, and each change shows
    /// so much later.
    pub(super) fn of_run(run: Run, states: &[State], period: u32, late: u64) -> Self {
        let act = run.quiet + run.periods;
        let before = states.get(..run.quiet).unwrap_or_default();
        // In ALARM at any time before the first event is as bad as at its beginning.
        let worst = before.iter().find(|state| **state == State::Alarm).or(before.last());
        let of_act = |from: usize| {
            let states = states.get(from..(from + act).min(states.len())).unwrap_or_default();
            let mut changes: Vec<(u64, States)> = Vec::new();
            for (at, state) in states.iter().enumerate() {
                let states = States::only(*state);
                if changes.last().is_none_or(|(_, last)| *last != states) {
                    changes.push((at as u64 * u64::from(period) + late, states));
                }
            }
            changes
        };
        let before = worst.map_or(States::AT_REST, |state| States::only(*state));
        Self { before, acts: [of_act(run.quiet), of_act(run.quiet + act)] }
    }

    /// An alarm that is in the first states at rest and may be in the second ones at any time up to the end of an act.
    pub(crate) fn stirred(rest: States, moving: States, until: u64) -> Self {
        let act = || vec![(0, rest.or(moving)), (until, rest)];
        if rest.or(moving) == rest { Self::constant(rest) } else { Self { before: rest, acts: [act(), act()] } }
    }

    /// The states that a composite alarm is in, found at each time at which one of its children changes.
    pub(crate) fn derived(children: &[&Self], at: impl Fn(Moment) -> States) -> Self {
        let times = |act: usize| {
            let mut times: Vec<u64> = children.iter().flat_map(|child| child.times(act)).collect();
            times.sort_unstable();
            times.dedup();
            times
        };
        let before = at(Moment::Before);
        let mut last = before;
        let mut of_act = |act: usize| {
            let mut changes = Vec::new();
            for time in times(act) {
                let states = at(Moment::After { act, time });
                if states != last {
                    changes.push((time, states));
                    last = states;
                }
            }
            changes
        };
        let first = of_act(0);
        Self { before, acts: [first, of_act(1)] }
    }

    /// The motion as its actions show it: as if it were not in ALARM while the other one is, from so many seconds before
    /// that until so many seconds after it.
    pub(crate) fn suppressed(&self, by: &Self, wait: u64, extension: u64) -> Self {
        let shifted = |act: usize| {
            let times = by.times(act).flat_map(move |time| [time.saturating_sub(wait), time, time + extension]);
            times.collect::<Vec<_>>()
        };
        let at = |moment| {
            let own = self.at(moment);
            let around = by.around(moment, wait, extension);
            match around {
                Some(true) => own.without_alarm(),
                Some(false) => own,
                None => own.or(own.without_alarm()),
            }
        };
        let grid = Self {
            before: self.before,
            acts: [0, 1].map(|act| {
                let mut times = shifted(act);
                times.sort_unstable();
                times.into_iter().map(|time| (time, States::ANY)).collect()
            }),
        };
        Self::derived(&[self, &grid], at)
    }

    /// The states at a moment.
    pub(crate) fn at(&self, moment: Moment) -> States {
        let [first, second] = &self.acts;
        let last = |changes: &[(u64, States)]| changes.last().map(|(_, states)| *states);
        match moment {
            Moment::Before => self.before,
            Moment::After { act: 0, time } => until(first, time).unwrap_or(self.before),
            Moment::After { time, .. } => until(second, time).or(last(first)).unwrap_or(self.before),
        }
    }

    /// The seconds after the event at which it has all its changes behind it.
    pub(crate) fn settled(&self) -> u64 {
        let [first, second] = &self.acts;
        first.iter().chain(second).map(|(time, _)| *time).max().unwrap_or_default()
    }

    /// Whether the alarm goes to ALARM for both events.
    pub(crate) fn notifies(&self) -> Notifies {
        let alarm = |states: States| states.is(State::Alarm);
        let times = |act: usize| self.times(act).map(move |time| (time, alarm(self.at(Moment::After { act, time }))));
        let before = alarm(self.before);
        if before == Some(true) {
            return Notifies::InAlarmBefore;
        }
        // For each event: whether it surely, and whether it possibly, goes from another state to ALARM.
        let rises = |start: Option<bool>, act: usize| {
            let (mut calm, mut maybe_calm) = (start == Some(false), start != Some(true));
            let (mut surely, mut possibly) = (false, false);
            for (_, states) in times(act) {
                surely |= calm && states == Some(true);
                possibly |= maybe_calm && states != Some(false);
                calm |= states == Some(false);
                maybe_calm |= states != Some(true);
            }
            (surely, possibly)
        };
        let end = times(0).last().map_or(before, |(_, states)| states);
        let (first, second) = (rises(before, 0), rises(end, 1));
        match (first, second) {
            ((true, _), (true, _)) => {
                let timing = [0, 1].map(|act| timing(&times(act).collect::<Vec<_>>()));
                let longest = |of: fn((u64, u64)) -> u64| timing.into_iter().map(of).max().unwrap_or_default();
                Notifies::Surely { delay: longest(|it| it.0), silence: longest(|it| it.1) }
            }
            ((_, true), (_, true)) => Notifies::Possibly,
            ((_, true), (_, false)) => Notifies::Once,
            ((_, false), _) => Notifies::Never,
        }
    }

    fn times(&self, act: usize) -> impl Iterator<Item = u64> {
        self.acts.get(act).into_iter().flatten().map(|(time, _)| *time)
    }

    /// Whether it is in ALARM at some time from `extension` seconds before to `wait` seconds after; `None` if it may be.
    fn around(&self, moment: Moment, wait: u64, extension: u64) -> Option<bool> {
        let alarm = |moment| self.at(moment).is(State::Alarm);
        let Moment::After { act, time } = moment else { return alarm(moment) };
        let from = time.saturating_sub(extension);
        let between = self.times(act).filter(|change| (from..=time + wait).contains(change));
        let all =
            between.map(|time| alarm(Moment::After { act, time })).chain([alarm(Moment::After { act, time: from })]);
        let all: Vec<_> = all.collect();
        match () {
            () if all.contains(&Some(true)) => Some(true),
            () if all.contains(&None) => None,
            () => Some(false),
        }
    }
}

/// A time of a motion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Before the first event.
    Before,
    /// So many seconds after the first event, 0, or the second one, 1.
    After { act: usize, time: u64 },
}

/// The states of the last change up to a time.
fn until(changes: &[(u64, States)], time: u64) -> Option<States> {
    let passed = changes.partition_point(|(at, _)| *at <= time);
    passed.checked_sub(1).and_then(|last| changes.get(last)).map(|(_, states)| *states)
}

/// How long it takes until an alarm is in ALARM, and how long it stays there, from its changes.
fn timing(changes: &[(u64, Option<bool>)]) -> (u64, u64) {
    let Some(start) = changes.iter().position(|(_, alarm)| *alarm == Some(true)) else { return (0, 0) };
    let from = changes.get(start).map_or(0, |(time, _)| *time);
    let end = changes.iter().skip(start).find(|(_, alarm)| *alarm == Some(false)).map_or(from, |(time, _)| *time);
    (from, end - from)
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Others;
    use super::*;

    const OK: States = States(0b001);
    const ALARM: States = States(0b010);

    /// In ALARM from one time to another after each event.
    fn pulse(from: u64, to: u64) -> Motion {
        let act = || vec![(from, ALARM), (to, OK)];
        Motion { before: OK, acts: [act(), act()] }
    }

    fn joined(one: &Motion, other: &Motion, both: bool) -> Motion {
        Motion::derived(&[one, other], |moment| {
            let (one, other) = (one.at(moment).is(State::Alarm), other.at(moment).is(State::Alarm));
            let holds =
                if both { (one, other) == (Some(true), Some(true)) } else { [one, other].contains(&Some(true)) };
            States::of_rule(Some(holds))
        })
    }

    #[test]
    fn alarms_with_different_periods_meet() {
        let (short, long) = (pulse(0, 60), pulse(0, 300));
        assert_eq!(joined(&short, &long, false), long);
        assert_eq!(joined(&short, &long, true), short);
        let late = pulse(60, 120);
        assert_eq!(joined(&pulse(0, 60), &late, true).notifies(), Notifies::Never);
        assert_eq!(joined(&pulse(0, 90), &late, true), pulse(60, 90));
    }

    #[test]
    fn a_motion_tells_whether_it_notifies() {
        assert_eq!(pulse(600, 900).notifies(), Notifies::Surely { delay: 600, silence: 300 });
        assert_eq!(Motion::constant(ALARM).notifies(), Notifies::InAlarmBefore);
        assert_eq!(Motion::constant(OK).notifies(), Notifies::Never);
        assert_eq!(Motion { before: OK, acts: [vec![(0, ALARM)], vec![]] }.notifies(), Notifies::Once);
        assert_eq!(Motion::stirred(OK, ALARM, 60).notifies(), Notifies::Possibly);
        assert_eq!(Motion::stirred(OK, OK, 60).notifies(), Notifies::Never);
    }

    #[test]
    fn a_suppressor_silences_what_comes_with_it() {
        assert_eq!(pulse(0, 300).suppressed(&Motion::constant(OK), 60, 60), pulse(0, 300));
        assert_eq!(pulse(0, 300).suppressed(&pulse(0, 300), 60, 60).notifies(), Notifies::Never);
        assert_eq!(pulse(0, 300).suppressed(&pulse(60, 300), 60, 60).notifies(), Notifies::Never);
        // Its actions run at the end of the extension period, if it is still in ALARM.
        let after = pulse(0, 600).suppressed(&pulse(0, 300), 60, 60).notifies();
        assert_eq!(after, Notifies::Surely { delay: 360, silence: 240 });
    }

    #[test]
    fn a_run_is_a_motion() {
        let run = Run { others: Others::default(), events: 1, periods: 1, quiet: 2 };
        let (ok, alarm) = (State::Ok, State::Alarm);
        let states = [ok, ok, alarm, ok, ok, alarm, ok, ok];
        assert_eq!(Motion::of_run(run, &states, 300, 0), pulse(0, 300));
        assert_eq!(Motion::of_run(run, &states, 300, 300), pulse(300, 600));
    }
}
