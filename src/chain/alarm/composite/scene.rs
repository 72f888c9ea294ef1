//! The evaluation of composite alarms around one event.

use std::collections::{BTreeMap, HashMap};

use super::super::missing_data::State;
use super::super::standing::{Standing, standing};
use super::super::timeline::{Moment, Motion, Notifies, States};
use super::{Composite, CompositeVerdict, Composites, Id, Kind, Leaf, Moved};
use crate::account::{MetricAlarm, StateValue, Timestamp};
use crate::chain::cursor::Tighter;
use crate::fault::{CompositeDoubt, CompositeFault};

/// The alarms around an event.
pub(super) struct Scene<'s, 'a> {
    all: &'s Composites<'a>,
    moved: BTreeMap<Id, &'s Moved<'s>>,
    phases: usize,
    /// All alarms that matter.
    below: Vec<bool>,
    /// The alarms that matter and that the event does not surely move, but composite alarms.
    leaves: BTreeMap<Id, Leaf>,
    /// The alarms that matter and are in ALARM for long, or perhaps.
    standings: BTreeMap<Id, Standing>,
}

/// Of how many alarms at rest all states are tried.
const OPEN: usize = 3;

/// Among how many alarms those are looked for that would have to be in ALARM too.
const COMPANY: usize = 12;

/// A way to evaluate the rules.
#[derive(Clone, Copy)]
struct Reading<'r> {
    tighter: Tighter,
    world: usize,
    /// Alarms that are in ALARM all the while.
    held: &'r dyn Fn(Id) -> bool,
    /// Alarms that are in a certain state at rest.
    rest: &'r dyn Fn(Id) -> Option<State>,
}

type Motions = HashMap<Id, Motion>;

impl<'s, 'a> Scene<'s, 'a> {
    /// The alarms of which `below` says that they matter; `leaf` says what is known of those that the event does not
    /// surely move.
    pub(super) fn new(
        all: &'s Composites<'a>,
        moved: BTreeMap<Id, &'s Moved<'s>>,
        phases: usize,
        below: Vec<bool>,
        leaf: &dyn Fn(&MetricAlarm) -> Leaf,
        now: Option<Timestamp>,
    ) -> Self {
        let (leaves, standings) = (BTreeMap::new(), BTreeMap::new());
        let mut scene = Self { all, moved, phases: phases.max(1), below, leaves, standings };
        scene.look_around(leaf, now);
        scene
    }

    fn look_around(&mut self, leaf: &dyn Fn(&MetricAlarm) -> Leaf, now: Option<Timestamp>) {
        let mut windows: HashMap<Id, u64> = HashMap::new();
        for (id, node) in self.all.alarms.iter().enumerate().filter(|(id, _)| self.below.get(*id) == Some(&true)) {
            let leaf = match &node.kind {
                Kind::Metric(alarm) => {
                    windows.insert(id, evaluation_window(alarm));
                    let standing = standing((*alarm).into(), evaluation_window(alarm), now);
                    self.standings.extend((standing != Standing::Free).then_some((id, standing)));
                    if self.moved.contains_key(&id) {
                        continue;
                    }
                    leaf(alarm)
                }
                Kind::Composite(_) => continue,
                Kind::Log => Leaf { rest: States::AT_REST, moving: Some(States::ANY) },
                Kind::Missing => Leaf { rest: States::AT_REST, moving: None },
            };
            self.leaves.insert(id, leaf);
        }
        for id in self.all.order.iter().copied().filter(|id| self.below.get(*id) == Some(&true)) {
            let Some(composite) = self.all.composite(id) else { continue };
            let window = composite.children.iter().filter_map(|child| windows.get(child).copied()).max();
            windows.extend(window.map(|window| (id, window)));
            let standing = standing(composite.alarm.into(), window.unwrap_or_default(), now);
            self.standings.extend((standing != Standing::Free).then_some((id, standing)));
        }
    }

    /// What becomes of each of the composite alarms.
    pub(super) fn verdicts(&self, tops: &[Id]) -> Vec<(Id, CompositeVerdict)> {
        let base = self.readings(&|_| false);
        let long = |id: Id| matches!(self.standings.get(&id), Some(Standing::InAlarm { .. }));
        let maybe = |id: Id| self.standings.contains_key(&id);
        let held = self.standings.keys().any(|id| long(*id)).then(|| self.readings(&long));
        let perhaps = self.standings.keys().any(|id| !long(*id)).then(|| self.readings(&maybe));
        tops.iter()
            .map(|top| {
                let verdict = self.verdict(*top, &base, held.as_ref(), perhaps.as_ref());
                (*top, verdict)
            })
            .collect()
    }

    /// The motions of all alarms that matter, in each world, in either reading.
    fn readings(&self, held: &dyn Fn(Id) -> bool) -> Vec<(Tighter, Vec<Motions>)> {
        let differs = |id: &Id| {
            let composite = self.all.composite(*id).filter(|_| self.below.get(*id) == Some(&true));
            composite.is_some_and(|composite| matches!(composite.rule, Ok((_, Some(_)))))
        };
        let both = self.all.order.iter().any(differs);
        let worlds = self.worlds();
        let readings = [Tighter::And, Tighter::Or].into_iter().take(if both { 2 } else { 1 });
        readings
            .map(|tighter| {
                let of = |world| self.motions(Reading { tighter, world, held, rest: &|_| None }, &self.below);
                (tighter, (0..worlds).map(of).collect())
            })
            .collect()
    }

    /// The motions of these alarms.
    fn motions(&self, reading: Reading<'_>, below: &[bool]) -> Motions {
        let mut motions = Motions::new();
        let of_world = self.moved.values().filter_map(|moved| moved.motions.get(reading.world));
        let end = 1 + of_world.map(Motion::settled).max().unwrap_or_default();
        let alarm = || Motion::constant(States::only(State::Alarm));
        for (id, moved) in &self.moved {
            let motion = if (reading.held)(*id) { Some(alarm()) } else { moved.motions.get(reading.world).cloned() };
            motions.extend(motion.map(|motion| (*id, motion)));
        }
        for (id, leaf) in self.leaves.iter().filter(|(id, _)| below.get(**id) == Some(&true)) {
            let motion = match ((reading.held)(*id), (reading.rest)(*id), leaf.moving) {
                (true, ..) => alarm(),
                (false, Some(state), _) => Motion::constant(States::only(state)),
                (false, None, Some(moving)) => Motion::stirred(leaf.rest, moving, end),
                (false, None, None) => Motion::constant(leaf.rest),
            };
            motions.insert(*id, motion);
        }
        for id in self.all.order.iter().copied().filter(|id| below.get(*id) == Some(&true)) {
            let motion = if (reading.held)(id) { Some(alarm()) } else { self.derived(id, reading, &motions) };
            motions.extend(motion.map(|motion| (id, motion)));
        }
        motions
    }

    fn derived(&self, id: Id, reading: Reading<'_>, motions: &Motions) -> Option<Motion> {
        let composite = self.all.composite(id)?;
        let (and, or) = composite.rule.as_ref().ok()?;
        let rule = or.as_ref().filter(|_| reading.tighter == Tighter::Or).unwrap_or(and);
        let motion = |id: &Id| motions.get(id);
        let children: Vec<&Motion> = composite.children.iter().filter_map(motion).collect();
        let at = |moment: Moment| {
            let states = |id: &Id| motion(id).map_or(States::AT_REST, |motion| motion.at(moment));
            States::of_rule(rule.holds(&states))
        };
        Some(Motion::derived(&children, at))
    }

    fn verdict(
        &self,
        top: Id,
        base: &[(Tighter, Vec<Motions>)],
        held: Option<&Vec<(Tighter, Vec<Motions>)>>,
        perhaps: Option<&Vec<(Tighter, Vec<Motions>)>>,
    ) -> CompositeVerdict {
        let with = |fault: CompositeFault| CompositeVerdict { fault: Some(fault), timing: None, unchecked: false };
        let Some(composite) = self.all.composite(top) else { return with(CompositeFault::NeverFires) };
        if let Some(cycle) = &composite.cycle {
            return with(CompositeFault::Cycle { alarms: self.all.names(cycle.iter().copied()) });
        }
        if let Some(misread) = composite.misread
            && let Some(Err(error)) = self.all.composite(misread).map(|composite| &composite.rule)
        {
            let (alarm, error) = (self.all.name(misread), error.clone());
            return with(CompositeDoubt::Rule { alarm, error }.into());
        }
        let resolved = |(tighter, worlds): &(Tighter, Vec<Motions>)| match self.heard(top, worlds) {
            Notifies::Possibly => self.resolved(top, *tighter),
            outcome => outcome,
        };
        let outcomes: Vec<_> = base.iter().map(resolved).collect();
        let Some(first) = outcomes.first() else { return with(CompositeFault::NeverFires) };
        let is_sure = |outcome: &Notifies| matches!(outcome, Notifies::Surely { .. });
        if outcomes.iter().any(|outcome| is_sure(outcome) != is_sure(first)) {
            return with(CompositeDoubt::Precedence.into());
        }
        let Notifies::Surely { delay, silence } = *first else {
            return with(self.fault(top, composite, *first, base));
        };
        if let Some(fault) = self.suppressed_now(composite) {
            return with(fault);
        }
        let stays = |readings: &Vec<(Tighter, Vec<Motions>)>| {
            readings.iter().all(|(_, worlds)| is_sure(&self.heard(top, worlds)))
        };
        if held.is_some_and(|held| !stays(held))
            && let Some(fault) = self.long_in_alarm(top)
        {
            return with(fault);
        }
        let unchecked = perhaps.is_some_and(|perhaps| !stays(perhaps));
        CompositeVerdict { fault: None, timing: Some((delay, silence)), unchecked }
    }

    /// Whether the composite alarm notifies of the event in whichever state each of a few alarms is at rest.
    fn resolved(&self, top: Id, tighter: Tighter) -> Notifies {
        let below = self.all.below(&[top]);
        let open = |(id, leaf): (&Id, &Leaf)| {
            (leaf.rest == States::AT_REST && leaf.moving.is_none() && below.get(*id) == Some(&true)).then_some(*id)
        };
        let open: Vec<Id> = self.leaves.iter().filter_map(open).collect();
        if open.is_empty() || open.len() > OPEN {
            return Notifies::Possibly;
        }
        let outcome = |assignment: usize| {
            let rest = |id: Id| {
                let at = open.binary_search(&id).ok()?;
                Some(if assignment >> at & 1 == 1 { State::InsufficientData } else { State::Ok })
            };
            let of = |world| self.motions(Reading { tighter, world, held: &|_| false, rest: &rest }, &below);
            self.heard(top, &(0..self.worlds()).map(of).collect::<Vec<_>>())
        };
        let outcomes: Vec<_> = (0..1_usize << open.len()).map(outcome).collect();
        let agree = outcomes.windows(2).all(|pair| match pair {
            [Notifies::Surely { .. }, Notifies::Surely { .. }] => true,
            [one, other] => one == other,
            _ => true,
        });
        if agree { worst(outcomes.into_iter()) } else { Notifies::Possibly }
    }

    fn worlds(&self) -> usize {
        self.moved.values().map(|moved| moved.motions.len()).max().unwrap_or_default()
    }

    /// What the actions of a composite alarm make of the event in the worst world.
    fn heard(&self, top: Id, worlds: &[Motions]) -> Notifies {
        let of = |motions: &Motions| {
            let (composite, own) = (self.all.composite(top)?, motions.get(&top)?);
            let suppressor = composite.suppressor.and_then(|id| motions.get(&id));
            Some(match suppressor {
                Some(by) => {
                    let seconds = |seconds: Option<u32>| u64::from(seconds.unwrap_or(60));
                    let wait = seconds(composite.alarm.actions_suppressor_wait_period);
                    own.suppressed(by, wait, seconds(composite.alarm.actions_suppressor_extension_period)).notifies()
                }
                None => own.notifies(),
            })
        };
        self.worst(worlds.iter().map(|motions| of(motions).unwrap_or(Notifies::Never)))
    }

    /// The worst outcome of several worlds. Where it is not known which of some is the real one, they have to agree.
    fn worst(&self, worlds: impl Iterator<Item = Notifies>) -> Notifies {
        let worlds: Vec<_> = worlds.collect();
        let of_phases = |phases: &[Notifies]| {
            let is_sure = |outcome: &Notifies| matches!(outcome, Notifies::Surely { .. });
            let sure = phases.iter().filter(|outcome| is_sure(outcome)).count();
            if 0 < sure && sure < phases.len() { Notifies::Possibly } else { worst(phases.iter().copied()) }
        };
        worst(worlds.chunks(self.phases).map(of_phases))
    }

    /// Why the composite alarm does not surely notify of the event.
    fn fault(
        &self,
        top: Id,
        composite: &Composite<'_>,
        outcome: Notifies,
        base: &[(Tighter, Vec<Motions>)],
    ) -> CompositeFault {
        if outcome == Notifies::Possibly {
            let below = self.all.below(&[top]);
            let open = |(id, leaf): (&Id, &Leaf)| {
                let is_open = leaf.moving.is_some() || leaf.rest == States::AT_REST;
                (is_open && below.get(*id) == Some(&true)).then_some(*id)
            };
            let alarms = self.all.names(self.leaves.iter().filter_map(open));
            return CompositeDoubt::States { alarms }.into();
        }
        let own = base
            .first()
            .map(|(_, worlds)| self.worst(worlds.iter().filter_map(|motions| motions.get(&top)).map(Motion::notifies)));
        if let (Some(Notifies::Surely { .. }), Some(by)) = (own, composite.suppressor) {
            return CompositeFault::Suppressed { by: self.all.name(by) };
        }
        if let Some(sets) = self.company(top) {
            let in_alarm = |id: &Id| self.state_now(*id) == Some(&StateValue::Alarm);
            if let Some(now) = sets.iter().flatten().find(|id| in_alarm(id)) {
                return CompositeDoubt::AnotherAlarmNow { alarm: self.all.name(*now) }.into();
            }
            let alarms = sets.into_iter().map(|together| self.all.names(together)).collect();
            return CompositeFault::NeedsAnotherAlarm { alarms };
        }
        match outcome {
            Notifies::Once => CompositeFault::StaysInAlarm,
            Notifies::InAlarmBefore => CompositeFault::InAlarmBefore,
            Notifies::Never | Notifies::Possibly | Notifies::Surely { .. } => CompositeFault::NeverFires,
        }
    }

    /// The other alarms that would have to be in ALARM: each that is enough alone, or else some that are together; no list
    /// if there are many.
    fn company(&self, top: Id) -> Option<Vec<Vec<Id>>> {
        let below = self.all.below(&[top]);
        let leaves: Vec<Id> = self.leaves.keys().copied().filter(|id| below.get(*id) == Some(&true)).collect();
        let worlds = self.worlds();
        let is_enough = |held: &[Id]| {
            let of = |world| {
                let held = |id: Id| held.binary_search(&id).is_ok();
                self.motions(Reading { tighter: Tighter::And, world, held: &held, rest: &|_| None }, &below)
            };
            let worlds: Vec<_> = (0..worlds).map(of).collect();
            matches!(self.heard(top, &worlds), Notifies::Surely { .. })
        };
        if leaves.len() > COMPANY {
            let first = leaves.first().map(|id| vec![*id]).unwrap_or_default();
            return (is_enough(&first) || is_enough(&leaves)).then(Vec::new);
        }
        let alone: Vec<_> = leaves.iter().map(|id| vec![*id]).filter(|alone| is_enough(alone)).collect();
        if !alone.is_empty() {
            return Some(alone);
        }
        // Too many may be as bad as too few: they keep the composite alarm in ALARM.
        let several = (2..=leaves.len()).filter_map(|count| leaves.get(..count));
        let mut together = several.into_iter().find(|some| is_enough(some))?.to_vec();
        let mut at = 0;
        while at < together.len() {
            let mut fewer = together.clone();
            fewer.remove(at);
            if is_enough(&fewer) { together = fewer } else { at += 1 }
        }
        Some(vec![together])
    }

    fn state_now(&self, id: Id) -> Option<&StateValue> {
        match &self.all.alarms.get(id)?.kind {
            Kind::Metric(alarm) => alarm.state_value.as_ref(),
            Kind::Composite(composite) => composite.alarm.state_value.as_ref(),
            Kind::Log | Kind::Missing => None,
        }
    }

    /// That the suppressor is in ALARM at the time of the audit, whatever it has to do with the event.
    fn suppressed_now(&self, composite: &Composite<'_>) -> Option<CompositeFault> {
        let by = composite.suppressor?;
        if let Some(Standing::InAlarm { since }) = self.standings.get(&by) {
            return Some(CompositeFault::InAlarm { alarm: self.all.name(by), since: *since });
        }
        let is_now = self.state_now(by) == Some(&StateValue::Alarm);
        is_now.then(|| CompositeDoubt::SuppressedNow { by: self.all.name(by) }.into())
    }

    /// The alarm that has been in ALARM for long: the composite alarm itself, or the first that it looks at.
    fn long_in_alarm(&self, top: Id) -> Option<CompositeFault> {
        let below = self.all.below(&[top]);
        let own = std::iter::once(top).chain(self.standings.keys().copied());
        let mut long = own.filter(|id| below.get(*id) == Some(&true)).filter_map(|id| match self.standings.get(&id) {
            Some(Standing::InAlarm { since }) => Some((id, *since)),
            _ => None,
        });
        let (id, since) = long.next()?;
        Some(CompositeFault::InAlarm { alarm: self.all.name(id), since })
    }
}

/// The worst of several outcomes; with none, never.
fn worst(outcomes: impl Iterator<Item = Notifies>) -> Notifies {
    let rank = |outcome: &Notifies| match outcome {
        Notifies::Surely { .. } => 0,
        Notifies::Possibly => 1,
        Notifies::Once => 2,
        Notifies::InAlarmBefore => 3,
        Notifies::Never => 4,
    };
    let worse = |one: Notifies, other: Notifies| match (one, other) {
        (Notifies::Surely { delay, silence }, Notifies::Surely { delay: late, silence: long }) => {
            Notifies::Surely { delay: delay.max(late), silence: silence.max(long) }
        }
        (one, other) if rank(&other) > rank(&one) => other,
        (one, _) => one,
    };
    outcomes.reduce(worse).unwrap_or(Notifies::Never)
}

/// How many seconds an evaluation of the alarm takes in.
fn evaluation_window(alarm: &MetricAlarm) -> u64 {
    let of_lines = alarm.metrics.iter().filter_map(|line| line.metric_stat.as_ref()).map(|stat| stat.period).max();
    let period = alarm.period.or(of_lines).unwrap_or_default();
    u64::from(period) * u64::from(alarm.evaluation_periods.unwrap_or(1))
}
