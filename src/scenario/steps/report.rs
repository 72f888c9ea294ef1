//! What the report is held to.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::report::Finding;
use crate::scenario::fields;
use crate::scenario::step::{Arguments, Definition, Keyword, Mismatch, action};
use crate::scenario::world::World;

pub(super) const STEPS: &[Definition] = &[
    then(
        "{control} is/are reported as {text}",
        "The status: `pass`, `fail`, `undetermined` or `not-applicable`",
        action!(status),
    ),
    then(
        "{control} is/are reported as {text} because of {text}",
        "The status, and exactly these reason codes, parted by commas, in any order",
        action!(|world, arguments| {
            status(world, arguments)?;
            reasons(world, arguments)
        }),
    ),
    then("nobody would hear of {text}", "The event in the report has this name", action!(witness)),
    then(
        "the event's {text} is {text}",
        "A field of the event in the report, such as `awsRegion` or `userIdentity.type`",
        action!(event_has),
    ),
    then("the event's {text} is not {text}", "The field is something else, or is not there", action!(event_lacks)),
    then("the advisory {text} is given", "The report has an advisory of this code", action!(advisory)),
    then("only the advisory {text} is given", "The report has advisories of this code alone", action!(only_advisory)),
    then("no advisory is given", "The report has none", action!(no_advisory)),
];

const fn then(text: &'static str, meaning: &'static str, run: cucumber::step::Step<World>) -> Definition {
    Definition { keyword: Keyword::Then, text, meaning, run }
}

fn status(world: &mut World, arguments: &Arguments) -> Result<(), Mismatch> {
    let (control, wanted) = (arguments.text(0), arguments.text(1));
    let found = code(&world.finding(control)?.status);
    if found == wanted { Ok(()) } else { Err(world.expected(&format!("the status is `{found}`, not `{wanted}`"))) }
}

fn reasons(world: &World, arguments: &Arguments) -> Result<(), Mismatch> {
    let (control, wanted) = (arguments.text(0), arguments.text(2));
    let wanted: BTreeSet<String> = wanted.split(',').map(|code| code.trim().to_owned()).collect();
    let found: BTreeSet<String> = world.finding(control)?.reasons.iter().map(|reason| code(&reason.code)).collect();
    if found == wanted {
        return Ok(());
    }
    let list = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join(", ");
    Err(world.expected(&format!("the reasons are `{}`, not `{}`", list(&found), list(&wanted))))
}

fn witness(world: &mut World, arguments: &Arguments) -> Result<(), Mismatch> {
    let wanted = arguments.text(0);
    match field(the_witness(world)?, "eventName") {
        Some(found) if found == wanted => Ok(()),
        found => Err(world.expected(&format!("the event is `{}`, not `{wanted}`", found.unwrap_or_default()))),
    }
}

fn event_has(world: &mut World, arguments: &Arguments) -> Result<(), Mismatch> {
    let (path, wanted) = (known(arguments.text(0))?, arguments.text(1));
    match field(the_witness(world)?, path) {
        Some(found) if found == wanted => Ok(()),
        found => Err(world.expected(&format!("the event's {path} is `{}`, not `{wanted}`", found.unwrap_or_default()))),
    }
}

fn event_lacks(world: &mut World, arguments: &Arguments) -> Result<(), Mismatch> {
    let (path, unwanted) = (known(arguments.text(0))?, arguments.text(1));
    match field(the_witness(world)?, path) {
        Some(found) if found == unwanted => Err(world.expected(&format!("the event's {path} is `{found}`"))),
        _ => Ok(()),
    }
}

/// The field, if a record may have it.
fn known(field: &str) -> Result<&str, Mismatch> {
    let unknown =
        |nearest| Mismatch(format!("no CloudTrail record has the field `{field}`; the nearest is `{nearest}`"));
    fields::check(field).map(|()| field).map_err(unknown)
}

/// The witness of the one control that fails.
fn the_witness(world: &World) -> Result<&Value, Mismatch> {
    let mut witnesses = world.audited()?.findings.iter().filter_map(|finding| finding.witness.as_ref());
    match (witnesses.next(), witnesses.next()) {
        (Some(witness), None) => Ok(witness),
        (None, _) => Err(world.expected("the report shows no event that nobody would hear of")),
        (Some(_), Some(_)) => Err(world.expected("several controls fail")),
    }
}

fn field<'a>(event: &'a Value, path: &str) -> Option<&'a str> {
    path.split('.').try_fold(event, |value, name| value.get(name))?.as_str()
}

fn advisory(world: &mut World, arguments: &Arguments) -> Result<(), Mismatch> {
    let wanted = arguments.text(0);
    if advisories(&world.audited()?.findings).iter().any(|found| found == wanted) {
        return Ok(());
    }
    Err(world.expected(&format!("the advisory `{wanted}` is not given")))
}

fn only_advisory(world: &mut World, arguments: &Arguments) -> Result<(), Mismatch> {
    advisory(world, arguments)?;
    let wanted = arguments.text(0);
    match advisories(&world.audited()?.findings).iter().find(|found| *found != wanted) {
        Some(other) => Err(world.expected(&format!("the advisory `{other}` is given"))),
        None => Ok(()),
    }
}

fn no_advisory(world: &mut World, _: &Arguments) -> Result<(), Mismatch> {
    match advisories(&world.audited()?.findings).first() {
        Some(found) => Err(world.expected(&format!("the advisory `{found}` is given"))),
        None => Ok(()),
    }
}

fn advisories(findings: &[Finding]) -> Vec<String> {
    findings.iter().flat_map(|finding| &finding.advisories).map(|advisory| code(&advisory.code)).collect()
}

/// A status or code as reports spell it.
fn code(code: &impl Serialize) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
