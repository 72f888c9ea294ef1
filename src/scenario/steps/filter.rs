//! Metric filters, and the metrics that they publish.

use crate::scenario::draft::compliant::filter;
use crate::scenario::draft::{Draft, Placed, REGION, joined_by, naming, omitting, requiring};
use crate::scenario::step::{Definition, given};

pub(super) const STEPS: &[Definition] = &[
    given!("there is no filter", "The log group has no metric filter", |draft, _| draft.filters.clear()),
    given!(
        "the filter omits {text}",
        "Its pattern lacks the events with this value, such as an event's name",
        |draft, arguments| {
            draft.edit_pattern(|pattern| omitting(pattern, arguments.text(0)))?;
        }
    ),
    given!(
        "the filter also requires {text} to be {text}",
        "Its pattern has one more condition that has to hold, on a field such as `awsRegion` or `userIdentity.type`",
        |draft, arguments| draft.edit_pattern(|pattern| requiring(pattern, arguments.text(0), arguments.text(1)))?
    ),
    given!(
        "the filter joins its conditions with {text}",
        "`&&` or `||`, between the outermost conditions of its pattern",
        |draft, arguments| {
            draft.edit_pattern(|pattern| joined_by(pattern, arguments.text(0)))?;
        }
    ),
    given!("the filter has the pattern", "The text below the step, between lines of `\"\"\"`", |draft, arguments| {
        draft.filter()?.filter_pattern = arguments.below()?.to_owned();
    }),
    given!("the filter is on log group {text}", "Not on the one that the trail delivers to", |draft, arguments| {
        draft.filter()?.log_group_name = Some(arguments.text(0).to_owned());
    }),
    given!(
        "the filter sees only events with {text}",
        "A field selection; single quotes in it, as in `\"@aws.region = 'us-east-1'\"`, become double ones",
        |draft, arguments| draft.filter()?.field_selection_criteria = Some(arguments.text(0).replace('\'', "\""))
    ),
    given!("the filter sees transformed events", "It applies to a log transformer's output", |draft, _| {
        draft.filter()?.apply_on_transformed_logs = true;
    }),
    given!(
        "the filter publishes to namespace {text}",
        "The metric's namespace; the alarm does not follow",
        |draft, arguments| {
            draft.metric()?.metric_namespace = arguments.text(0).to_owned();
        }
    ),
    given!("the filter publishes metric {text}", "The metric's name; the alarm does not follow", |draft, arguments| {
        draft.metric()?.metric_name = arguments.text(0).to_owned();
    }),
    given!(
        "the filter publishes {text} for each event",
        "The metric value: a number, or a selector of one",
        |draft, arguments| {
            draft.metric()?.metric_value = arguments.text(0).to_owned();
        }
    ),
    given!("the filter publishes {number} for any other event", "The metric's default value", |draft, arguments| {
        draft.metric()?.default_value = Some(arguments.number(0)?);
    }),
    given!(
        "the filter publishes the system field {text} as a dimension",
        "`@aws.account` or `@aws.region`",
        |draft, arguments| draft.filter()?.emit_system_field_dimensions.push(arguments.text(0).to_owned())
    ),
    given!(
        "the filter publishes dimension {text} from {text}",
        "A dimension of the metric with the selector of its value",
        |draft, arguments| {
            let (name, selector) = (arguments.text(0).to_owned(), arguments.text(1).to_owned());
            draft.metric()?.dimensions.insert(name, selector);
        }
    ),
    given!(
        "a second filter for {text}",
        "One more filter on the metric, for the named events, parted by commas; from here on it is \"the filter\"",
        |draft, arguments| {
            let names: Vec<_> = arguments.text(0).split(',').map(str::trim).collect();
            add(draft, naming(&names)?);
        }
    ),
    given!("a second filter with the pattern", "The same, with the text below the step", |draft, arguments| {
        add(draft, arguments.below()?.to_owned());
    }),
];

fn add(draft: &mut Draft, pattern: String) {
    let mut second = filter(&draft.control, pattern);
    second.filter_name = format!("{}-{}", draft.control, draft.filters.len() + 1);
    draft.filters.push(Placed { region: REGION.to_owned(), is: second });
}
