//! What is worth knowing about a control that passes.

use super::required::Required;
use super::routes::Drawn;
use super::unchecked;
use crate::pattern::decide::{Verdict, decide};
use crate::report::{Advice, Advisory, Kind, State};

/// Looks for events that filters match and the control does not ask for.
pub(super) fn look_beyond(required: &Required<'_>, routes: &mut [Drawn]) {
    let union = [required.union()];
    for route in routes.iter_mut().filter(|route| route.meant && route.state() == State::Live) {
        if let Verdict::Escapes(other) = decide(&route.filter, &union, &required.records) {
            route.beyond = Some(other);
        }
    }
}

/// What is worth knowing about the routes that are live.
pub(super) fn on(required: &Required<'_>, routes: &[Drawn]) -> Vec<Advisory> {
    let mut advisories = Vec::new();
    for route in routes.iter().filter(|route| route.meant && route.state() == State::Live) {
        for link in &route.links {
            let advisory = |code, message: &str, event| {
                let (message, subject) = (message.to_owned(), link.subject().to_owned());
                Advisory { code, message, subject, event }
            };
            match (link.kind, link.pattern.as_deref()) {
                (Kind::Filter, Some(text)) => {
                    if let Some(other) = &route.beyond {
                        let message = "the filter also fires on events that the control does not ask for";
                        advisories.push(advisory(Advice::FilterBroader, message, other.event()));
                    }
                    if !required.accepted.iter().any(|reference| without_space(&reference.text) == without_space(text))
                    {
                        let message =
                            "the filter's text is not the benchmark's, which checks that compare texts demand";
                        advisories.push(advisory(Advice::FilterTextDiffers, message, None));
                    }
                }
                (Kind::Topic, _) if !route.unchecked.is_empty() => {
                    advisories.push(advisory(Advice::NotChecked, &unchecked::sentence(&route.unchecked), None));
                }
                _ => {}
            }
        }
    }
    advisories
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn space_is_no_difference() {
        assert_eq!(super::without_space("{ ($.a = b) }"), super::without_space("{($.a=b)}\n"));
    }
}
