//! Which account a scenario is about, and what the auditor may see of it.

use std::sync::Arc;

use crate::control::{Reference, References};
use crate::provider::permissions::{Need, Operation};
use crate::scenario::draft::{Draft, Refused};
use crate::scenario::step::{Arguments, Definition, Keyword, Mismatch, action, given};
use crate::scenario::world::{Subject, World, key};

pub(super) const STEPS: &[Definition] = &[
    Definition {
        keyword: Keyword::Given,
        text: "an account where {control} is/are monitored as the benchmark says",
        meaning: "One trail, log group, filter, alarm, topic and confirmed subscription, as the newest benchmark version asks for the control",
        run: action!(|world, arguments| {
            let draft = Draft::compliant(&key(arguments.text(0)))?;
            world.account = Subject::Draft(Box::new(draft));
            Ok(())
        }),
    },
    Definition {
        keyword: Keyword::Given,
        text: "an account where {control} is/are monitored as the audit of CIS {text} says",
        meaning: "The same, with the filter pattern that the audit procedure of this version asks for; the first, if there are several",
        run: action!(|world, arguments| follow(world, arguments, |references| references.audit.first())),
    },
    Definition {
        keyword: Keyword::Given,
        text: "an account where {control} is/are monitored as the remediation of CIS {text} says",
        meaning: "The same, with the filter pattern that the remediation procedure of this version sets; the last, if there are several",
        run: action!(|world, arguments| follow(world, arguments, |references| references.remediation.last())),
    },
    Definition {
        keyword: Keyword::Given,
        text: "an account where Security Hub is enabled",
        meaning: "In every audited region; the account has no trail and nothing else",
        run: action!(|world, _| {
            world.account = Subject::Draft(Box::new(Draft::with_security_hub()));
            Ok(())
        }),
    },
    given!("region {text} is audited too", "Besides us-east-1", |draft, arguments| {
        draft.regions.insert(arguments.text(0).to_owned());
    }),
    given!("Security Hub is not enabled in region {text}", "The region is audited", |draft, arguments| {
        draft.regions.insert(arguments.text(0).to_owned());
        draft.without_security_hub.insert(arguments.text(0).to_owned());
    }),
    given!(
        "region {text} is enabled and not audited",
        "Besides the audited regions, which are enabled too",
        |draft, arguments| {
            draft.other_regions.insert(arguments.text(0).to_owned());
        }
    ),
    Definition {
        keyword: Keyword::Given,
        text: "the recorded account {text}",
        meaning: "A recording of an account of yours; the path is relative to the feature file",
        run: action!(|world, arguments| world.read(arguments.text(0))),
    },
    given!(
        "the auditor may not call {text}",
        "The call, such as `logs:DescribeMetricFilters`, is denied wherever it is made",
        |draft, arguments| refuse(draft, arguments.text(0), Refused::Denied)?
    ),
    given!(
        "{text} was not recorded",
        "The recording lacks all answers of the call; tag the scenario `@recorded`",
        |draft, arguments| refuse(draft, arguments.text(0), Refused::NotRecorded)?
    ),
    given!(
        "{text} fails with {text}",
        "The call answers with this error code, such as `ThrottlingException`",
        |draft, arguments| refuse(draft, arguments.text(0), Refused::Failed(arguments.text(1).to_owned()))?
    ),
];

fn follow(
    world: &mut World,
    arguments: &Arguments,
    text: fn(&References) -> Option<&Arc<Reference>>,
) -> Result<(), Mismatch> {
    let draft = Draft::following(&key(arguments.text(0)), Some(arguments.text(1)), text)?;
    world.account = Subject::Draft(Box::new(draft));
    Ok(())
}

fn refuse(draft: &mut Draft, operation: &str, how: Refused) -> Result<(), Mismatch> {
    draft.refused.insert(read_operation(operation)?, how);
    Ok(())
}

fn read_operation(text: &str) -> Result<Operation, Mismatch> {
    let operation = text.split_once(':').and_then(|(service, name)| Operation::find(service, name));
    let asked = operation.filter(|operation| Need::OF_AN_AUDIT.contains(&operation.need()));
    asked.ok_or_else(|| Mismatch(format!("no audit calls `{text}`")))
}
