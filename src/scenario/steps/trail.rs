//! Trails, and the log groups that they deliver to.

use crate::account::{AdvancedFieldSelector, LogGroupId, ReadWriteType};
use crate::provider::change::selector_of_new_trail;
use crate::scenario::draft::compliant::{trail, trail_arn};
use crate::scenario::step::{Definition, given};

pub(super) const STEPS: &[Definition] = &[
    given!("there is no trail", "The account has no trail", |draft, _| draft.trails.clear()),
    given!(
        "a second trail",
        "One more trail that does as the benchmark says, to the same log group; from here on it is \"the trail\"",
        |draft, _| draft.trails.push(trail(&format!("trail-{}", draft.trails.len() + 1))?)
    ),
    given!("the trail is stopped", "It does not log", |draft, _| draft.trail()?.is_logging = false),
    given!(
        "a delivery of the trail to its log group failed with {text}",
        "As `GetTrailStatus` says in `LatestCloudWatchLogsDeliveryError`",
        |draft, arguments| {
            draft.trail()?.delivery_error = Some(arguments.text(0).to_owned());
        }
    ),
    given!("the trail records one region only", "It is not a multi-region trail", |draft, _| {
        draft.trail()?.described.is_multi_region_trail = false;
    }),
    given!(
        "the trail is managed in region {text}",
        "Its home region; the log group stays where it is",
        |draft, arguments| {
            let (region, trail) = (arguments.text(0), draft.trail()?);
            let arn = trail_arn(region, &trail.described.name)?;
            trail.selectors.trail_arn = Some(arn.clone());
            trail.described.trail_arn = arn;
            trail.described.home_region = Some(arguments.parsed(0)?);
        }
    ),
    given!("the trail has no event selectors", "AWS then logs all management events", |draft, _| {
        let selectors = &mut draft.trail()?.selectors;
        selectors.event_selectors.clear();
        selectors.advanced_event_selectors.clear();
    }),
    given!("the trail records no management events", "A basic selector without management events", |draft, _| {
        draft.trail()?.basic().include_management_events = false;
    }),
    given!(
        "the trail records read-only events only",
        "A basic selector with `ReadWriteType` `ReadOnly`",
        |draft, _| {
            draft.trail()?.basic().read_write_type = ReadWriteType::ReadOnly;
        }
    ),
    given!(
        "the trail records write-only events only",
        "A basic selector with `ReadWriteType` `WriteOnly`",
        |draft, _| {
            draft.trail()?.basic().read_write_type = ReadWriteType::WriteOnly;
        }
    ),
    given!(
        "the trail excludes events from {text}",
        "A basic selector that leaves out the management events of an event source, such as `kms.amazonaws.com`",
        |draft, arguments| {
            draft.trail()?.basic().exclude_management_event_sources.push(arguments.text(0).to_owned());
        }
    ),
    given!(
        "the trail has one more event selector",
        "A basic selector of all management events, beside those that it has",
        |draft, _| {
            let trail = draft.trail()?;
            trail.basic();
            trail.selectors.event_selectors.push(selector_of_new_trail());
        }
    ),
    given!(
        "the trail has an advanced selector for management events",
        "In place of basic selectors: `eventCategory` is `Management`",
        |draft, _| {
            draft.trail()?.advanced();
        }
    ),
    given!(
        "the advanced selector takes only events whose {text} is {text}",
        "One more condition: the field, such as `readOnly` or `eventSource`, equals the value",
        |draft, arguments| {
            let equals = vec![arguments.text(1).to_owned()];
            let field = AdvancedFieldSelector { field: arguments.text(0).to_owned(), equals, ..Default::default() };
            draft.trail()?.advanced().field_selectors.push(field);
        }
    ),
    given!(
        "the advanced selector leaves out events whose {text} is {text}",
        "One more condition: the field does not equal the value",
        |draft, arguments| {
            let not_equals = vec![arguments.text(1).to_owned()];
            let field = AdvancedFieldSelector { field: arguments.text(0).to_owned(), not_equals, ..Default::default() };
            draft.trail()?.advanced().field_selectors.push(field);
        }
    ),
    given!("the trail has no log group", "It delivers to S3 alone", |draft, _| {
        draft.trail()?.described.cloud_watch_logs_log_group_arn = None;
    }),
    given!(
        "the trail delivers to log group {text}",
        "Another one of the account, in the same region",
        |draft, arguments| {
            draft.log_group()?.name = arguments.text(0).to_owned();
        }
    ),
    given!(
        "the trail delivers to a log group in account {text}",
        "A log group that the account does not own",
        |draft, arguments| {
            draft.log_group()?.account = arguments.parsed(0)?;
        }
    ),
    given!(
        "the trail delivers to a log group in region {text}",
        "A log group of the same name in another region",
        |draft, arguments| {
            draft.log_group()?.region = arguments.parsed(0)?;
        }
    ),
    given!("the log group is gone", "The one that the trail delivers to does not exist", |draft, _| {
        let group = draft.log_group()?.clone();
        draft.missing_log_groups.insert(LogGroupId { region: group.region.to_string(), name: group.name });
    }),
];
