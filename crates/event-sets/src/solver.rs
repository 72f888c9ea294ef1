//! Finds an event that formulas hold for, or shows that there is none.

mod choice;
mod event_builder;
mod field_solver;
mod footprint;
mod goal;
mod message;
mod named;
mod number_language;
mod number_solver;
mod premises;
mod search;
mod text_constraints;
mod text_solver;

pub(crate) use self::choice::{Budget, Outcome};
pub(crate) use self::footprint::Footprint;
pub(crate) use self::goal::{Atoms, Goal};
pub(crate) use self::named::Named;
pub(crate) use self::premises::{FactGoals, FactId, Premises};
pub(crate) use self::search::Event;
use self::search::Search;
use crate::path::Path;
use crate::verdict::Unknown;

/// After how many events that contradict facts those are brought in, too, that another name in its place would contradict:
/// names are many, and an event of each may be found before one that can occur.
const ROUNDS: usize = 8;

/// A question to the solver.
#[derive(Debug)]
pub(crate) struct Query<'a> {
    /// What has to hold.
    pub(crate) goals: Vec<Goal>,
    pub(crate) premises: &'a Premises,
    pub(crate) fact_goals: &'a FactGoals,
    pub(crate) atoms: &'a Atoms,
    /// What the required set names, if an event may hold only values that are known to occur.
    pub(crate) named: Option<&'a Named>,
}

/// What came out, and the facts that had to be looked at.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) found: Outcome<Event>,
    pub(crate) facts: Vec<FactId>,
    /// Places where only values that are not known to occur would do, if some were left out for that.
    pub(crate) unsourced: Vec<Path>,
}

/// An event of the domain that all goals hold for. Only the facts that are `kept` are known.
///
/// Facts are brought in when an event is found that contradicts them: most have no bearing on a question.
pub(crate) fn satisfy(query: Query<'_>, kept: impl Fn(FactId) -> bool, budget: &mut Budget) -> Result<Answer, Unknown> {
    let Query { mut goals, premises, fact_goals, atoms, named } = query;
    goals.extend(premises.domain().json.then(|| atoms.object()));
    let mut facts: Vec<FactId> = Vec::new();
    let mut open: Vec<bool> = (0..premises.domain().facts.len()).map(kept).collect();
    let mut bring_in = |id: &FactId| open.get_mut(*id).is_some_and(std::mem::take);
    let mut rounds = 0;
    // Where no value is known to occur there is none.
    let (absent, mut unsourced) = named.map(|named| premises.without_source(&goals, named)).unwrap_or_default();
    loop {
        let mut search = Search::new(atoms, premises, named, budget);
        search.leave_out(&absent);
        let (found, cut) = search.run(&goals)?;
        unsourced.extend(cut);
        let Outcome::Found(event) = found else {
            return Ok(Answer { found: Outcome::Impossible, facts, unsourced });
        };
        let mut broken = premises.contradicted(&event);
        broken.retain(&mut bring_in);
        if broken.is_empty() {
            return Ok(Answer { found: Outcome::Found(event), facts, unsourced });
        }
        goals.extend(broken.iter().map(|id| fact_goals.get(*id, premises, atoms)));
        facts.append(&mut broken);
        if rounds >= ROUNDS {
            // Rather another name than what this one would ask for.
            let mut alike = premises.perhaps_contradicted(&event);
            alike.retain(&mut bring_in);
            goals.extend(alike.iter().map(|id| fact_goals.get(*id, premises, atoms).reversed()));
            facts.append(&mut alike);
        }
        rounds += 1;
    }
}
