//! The matcher against the naive reading of the same patterns, and against bytes of any kind.

use super::{bodies, oracle, small};
use cloudwatch_filter_pattern::{Pattern, Reading};
use proptest::prelude::*;

fn parse(text: &str) -> Pattern {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn json_patterns_mean_what_they_say(text in small::json_pattern(), event in small::event()) {
        let pattern = parse(&text);
        for reading in [Reading::Literal, Reading::Wildcard] {
            let expected = oracle::matches_as(pattern.tree(), &event, reading);
            prop_assert_eq!(pattern.matches_as(&event.to_string(), reading), expected, "{} {} {:?}", text, event, reading);
        }
    }

    #[test]
    fn other_patterns_mean_what_they_say(
        text in prop_oneof![small::fields_pattern(), small::terms_pattern()],
        line in small::line(),
    ) {
        let pattern = parse(&text);
        for reading in [Reading::Literal, Reading::Wildcard] {
            let expected = oracle::matches_text(pattern.tree(), &line, reading);
            prop_assert_eq!(pattern.matches_as(&line, reading), expected, "{} {:?} {:?}", text, line, reading);
        }
    }

    #[test]
    fn a_json_event_is_what_serde_json_reads(
        event in small::event(),
        cut in any::<prop::sample::Index>(),
        insert in "[\\[\\]{}:,\"\\\\abu0-9.eE+ \t\u{1}é-]{0,8}",
    ) {
        let json = event.to_string();
        let at = cut.index(json.chars().count());
        let edited: String = json.chars().take(at).chain(insert.chars()).chain(json.chars().skip(at + 1)).collect();
        let read = serde_json::from_str::<serde_json::Value>(&edited);
        prop_assume!(!read.as_ref().is_err_and(|error| error.to_string().contains("out of range")));
        let is_object = read.is_ok_and(|value| value.is_object());
        for pattern in ["{ $.z NOT EXISTS || $.z != z || $.z IS NULL }", "{ $.* NOT EXISTS || $.* != z || $.* = z }"] {
            prop_assert_eq!(parse(pattern).matches(&edited), is_object, "{} {}", pattern, edited);
        }
    }

    #[test]
    fn what_is_blamed_does_not_hold(text in small::json_pattern(), event in small::event()) {
        let (pattern, event) = (parse(&text), event.to_string());
        let blamed = pattern.blame(&event);
        prop_assert_eq!(blamed.is_empty(), pattern.matches(&event));
        for span in blamed {
            let part = &text[span.start..span.end];
            prop_assert!(!parse(&format!("{{{part}}}")).matches(&event), "{} in {} {}", part, text, event);
        }
    }

    #[test]
    fn any_message_gets_an_answer(
        text in prop_oneof![small::json_pattern(), small::fields_pattern(), small::terms_pattern()],
        message in prop_oneof![any::<String>(), "[\\[\\]{}:,\" ab1\\\\]{0,30}"],
    ) {
        bodies::message(&parse(&text), &message);
    }
}
