//! Whether a composite alarm goes to ALARM for an event: its rule is evaluated over the states that its alarms go through.
//!
//! The rules of a region are parsed once, and all composite alarms over the alarms that an event moves are evaluated
//! together, each after those that it looks at. Of other alarms it is known at most which states they are in at rest.

mod scene;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use self::scene::Scene;
use super::rule::{Rule, parse};
use super::timeline::{Motion, States};
use crate::account::watch::names_in;
use crate::account::{Alarms, CompositeAlarm, MetricAlarm, Timestamp};
use crate::chain::cursor::Tighter;
use crate::fault::{CompositeFault, RuleError};

/// The place of an alarm among those of a region.
type Id = usize;

/// The composite alarms of a region, and what they look at.
#[derive(Debug)]
pub(crate) struct Composites<'a> {
    alarms: Vec<Node<'a>>,
    by_name: HashMap<String, Id>,
    /// The composite alarms, each after those that it looks at.
    order: Vec<Id>,
}

/// An alarm that a rule may name.
#[derive(Debug)]
struct Node<'a> {
    name: String,
    kind: Kind<'a>,
    /// The composite alarms that look at it.
    parents: Vec<Id>,
}

#[derive(Debug)]
enum Kind<'a> {
    Metric(&'a MetricAlarm),
    Composite(Box<Composite<'a>>),
    /// An alarm on the results of log queries.
    Log,
    /// None that the region has.
    Missing,
}

#[derive(Debug)]
struct Composite<'a> {
    alarm: &'a CompositeAlarm,
    /// The rule in the two readings, if they differ; or else one.
    rule: Result<(Rule<Id>, Option<Rule<Id>>), RuleError>,
    children: Vec<Id>,
    suppressor: Option<Id>,
    /// A circle that it looks at.
    cycle: Option<Vec<Id>>,
    /// A composite alarm whose rule is not understood, if it looks at one.
    misread: Option<Id>,
}

/// An alarm that the event moves, in each of several worlds.
#[derive(Clone, Debug)]
pub(crate) struct Moved<'a> {
    pub alarm: &'a MetricAlarm,
    pub motions: Vec<Motion>,
}

/// What is known of an alarm that the event does not surely move.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    /// The states that it is in at rest.
    pub rest: States,
    /// The states that the event may move it to.
    pub moving: Option<States>,
}

/// Whether a composite alarm notifies of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CompositeVerdict {
    pub fault: Option<CompositeFault>,
    /// The longest delay and silence in seconds, if it notifies.
    pub timing: Option<(u64, u64)>,
    /// Whether it matters how long alarms have been in ALARM, and that is not known.
    pub unchecked: bool,
}

impl<'a> Composites<'a> {
    pub(crate) fn new(alarms: &'a Alarms) -> Self {
        let mut all = Self { alarms: Vec::new(), by_name: HashMap::new(), order: Vec::new() };
        for alarm in &alarms.metric_alarms {
            all.add(&alarm.alarm_name, Kind::Metric(alarm));
        }
        for alarm in &alarms.log_alarms {
            all.add(&alarm.alarm_name, Kind::Log);
        }
        // Composite alarms may name one another in any order.
        let mut composites = Vec::new();
        for alarm in &alarms.composite_alarms {
            let text = alarm.alarm_rule.as_str();
            let rules = parse(text, Tighter::And).and_then(|one| Ok((one, parse(text, Tighter::Or)?)));
            let rule = Err(RuleError::Quote);
            let composite =
                Composite { alarm, rule, children: Vec::new(), suppressor: None, cycle: None, misread: None };
            composites.push((all.add(&alarm.alarm_name, Kind::Composite(Box::new(composite))), rules));
        }
        let ids = composites.iter().map(|(id, _)| *id).collect();
        for (id, rules) in composites {
            all.link(id, rules);
        }
        all.sort(ids);
        all
    }

    /// An alarm of a name that no other has.
    fn add(&mut self, name: &str, kind: Kind<'a>) -> Id {
        let id = self.alarms.len();
        self.by_name.insert(name.to_owned(), id);
        self.alarms.push(Node { name: name.to_owned(), kind, parents: Vec::new() });
        id
    }

    /// The alarm that is given by name or ARN.
    fn named(&mut self, alarm: &str) -> Id {
        let name = name_of(alarm);
        let known = self.by_name.get(name).copied();
        known.unwrap_or_else(|| self.add(name, Kind::Missing))
    }

    fn link(&mut self, id: Id, rules: Result<(Rule<String>, Rule<String>), RuleError>) {
        let Some(alarm) = self.composite(id).map(|composite| composite.alarm) else { return };
        let mut children = Vec::new();
        let mut place = |name: &String| {
            let child = self.named(name);
            children.push(child);
            child
        };
        let rule = rules.map(|(one, other)| (one.map(&mut place), (one != other).then(|| other.map(&mut place))));
        if rule.is_err() {
            // Whatever the rule means, it looks at alarms that it names.
            let known = names_in(&alarm.alarm_rule).into_iter().filter_map(|name| self.by_name.get(name_of(name)));
            children = known.copied().collect();
        }
        children.sort_unstable();
        children.dedup();
        let suppressor = alarm.actions_suppressor.as_deref().map(|name| self.named(name));
        for child in &children {
            if let Some(child) = self.alarms.get_mut(*child) {
                child.parents.push(id);
            }
        }
        if let Some(composite) = self.composite_mut(id) {
            composite.misread = rule.is_err().then_some(id);
            (composite.rule, composite.children, composite.suppressor) = (rule, children, suppressor);
        }
    }

    /// Puts each composite alarm after those that it looks at, and finds circles.
    fn sort(&mut self, composites: Vec<Id>) {
        let mut done = vec![false; self.alarms.len()];
        for start in composites {
            // The way to here, with how many children of each were visited.
            let mut path: Vec<(Id, usize)> = Vec::new();
            if !done.get(start).copied().unwrap_or(true) {
                path.push((start, 0));
            }
            while let Some((id, visited)) = path.last_mut() {
                let (id, next) = (*id, self.child(*id, *visited));
                *visited += 1;
                let Some(child) = next else {
                    path.pop();
                    if let Some(done) = done.get_mut(id) {
                        *done = true;
                    }
                    self.order.push(id);
                    self.inherit(id);
                    continue;
                };
                if let Some(start) = path.iter().position(|(above, _)| *above == child) {
                    let circle: Vec<Id> = path.iter().skip(start).map(|(id, _)| *id).collect();
                    if let Some(composite) = self.composite_mut(id) {
                        composite.cycle.get_or_insert(circle);
                    }
                } else if self.composite(child).is_some() && !done.get(child).copied().unwrap_or(true) {
                    path.push((child, 0));
                }
            }
        }
    }

    fn child(&self, id: Id, at: usize) -> Option<Id> {
        self.composite(id)?.children.get(at).copied()
    }

    /// What is wrong with a child is wrong with its parent.
    fn inherit(&mut self, id: Id) {
        let children = self.composite(id).map(|composite| composite.children.clone()).unwrap_or_default();
        let of_children = |of: fn(&Composite<'a>) -> Option<Vec<Id>>| {
            children.iter().filter_map(|child| self.composite(*child)).find_map(of)
        };
        let cycle = of_children(|child| child.cycle.clone());
        let misread = of_children(|child| child.misread.map(|id| vec![id])).and_then(|ids| ids.first().copied());
        if let Some(composite) = self.composite_mut(id) {
            composite.cycle = composite.cycle.take().or(cycle);
            composite.misread = composite.misread.or(misread);
        }
    }

    fn composite(&self, id: Id) -> Option<&Composite<'a>> {
        match self.alarms.get(id) {
            Some(Node { kind: Kind::Composite(composite), .. }) => Some(composite),
            _ => None,
        }
    }

    fn composite_mut(&mut self, id: Id) -> Option<&mut Composite<'a>> {
        match self.alarms.get_mut(id) {
            Some(Node { kind: Kind::Composite(composite), .. }) => Some(composite),
            _ => None,
        }
    }

    fn name(&self, id: Id) -> String {
        self.alarms.get(id).map_or_else(String::new, |node| node.name.clone())
    }

    fn names(&self, ids: impl IntoIterator<Item = Id>) -> Vec<String> {
        ids.into_iter().map(|id| self.name(id)).collect()
    }

    /// The composite alarms that look at one of the alarms, through others perhaps, in the order in which AWS lists them.
    fn above(&self, alarms: impl Iterator<Item = Id>) -> Vec<Id> {
        let mut found = vec![false; self.alarms.len()];
        let mut next: Vec<Id> = alarms.collect();
        while let Some(id) = next.pop() {
            for parent in self.alarms.get(id).into_iter().flat_map(|node| &node.parents) {
                if let Some(found @ false) = found.get_mut(*parent) {
                    *found = true;
                    next.push(*parent);
                }
            }
        }
        found.iter().enumerate().filter(|(_, found)| **found).map(|(id, _)| id).collect()
    }

    /// The alarms and all that they look at, suppressors included.
    fn below(&self, tops: &[Id]) -> Vec<bool> {
        let mut found = vec![false; self.alarms.len()];
        let mut next = tops.to_vec();
        while let Some(id) = next.pop() {
            if let Some(found @ false) = found.get_mut(id) {
                *found = true;
                let composite = self.composite(id).into_iter();
                next.extend(composite.flat_map(|composite| composite.children.iter().chain(&composite.suppressor)));
            }
        }
        found
    }

    /// The composite alarms that look at the alarm of a name, through others perhaps.
    pub(crate) fn looking_at(&self, name: &str) -> Vec<&'a CompositeAlarm> {
        let above = self.above(self.by_name.get(name).copied().into_iter());
        above.into_iter().filter_map(|id| Some(self.composite(id)?.alarm)).collect()
    }

    /// What becomes of the composite alarms that look at alarms which the event moves. Of so many worlds in a row it is not
    /// known which is the real one: they differ in how periods lie on the clock.
    pub(crate) fn verdicts(
        &self,
        moved: &[Moved<'_>],
        phases: usize,
        leaf: &dyn Fn(&MetricAlarm) -> Leaf,
        now: Option<Timestamp>,
    ) -> Vec<(&'a CompositeAlarm, CompositeVerdict)> {
        let by_id: BTreeMap<Id, &Moved<'_>> =
            moved.iter().filter_map(|one| Some((*self.by_name.get(one.alarm.alarm_name.as_str())?, one))).collect();
        let tops = self.above(by_id.keys().copied());
        if tops.is_empty() {
            return Vec::new();
        }
        let below = self.below(&tops);
        let verdicts = Scene::new(self, by_id, phases, below, leaf, now).verdicts(&tops);
        let named = |(id, verdict): (Id, CompositeVerdict)| Some((self.composite(id)?.alarm, verdict));
        verdicts.into_iter().filter_map(named).collect()
    }
}

/// The name of an alarm that is given by name or ARN.
fn name_of(alarm: &str) -> &str {
    match alarm.split_once(":alarm:") {
        Some((before, name)) if before.starts_with("arn:") => name,
        _ => alarm,
    }
}
