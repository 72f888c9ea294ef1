//! What holds of every filter pattern, and of every text that might be one.

use super::{bodies, trees};
use cloudwatch_filter_pattern::Pattern;
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #[test]
    fn print_then_parse_is_identity(tree in trees::tree()) {
        let printed = tree.to_string();
        let parsed: Pattern = printed.parse().map_err(|error| TestCaseError::fail(format!("{printed}: {error:?}")))?;
        prop_assert_eq!(parsed.tree(), &tree, "{}", printed);
    }

    #[test]
    fn expressions_find_what_another_engine_finds(regex in trees::regex(), text in "[ab1/ .A\n-]{0,6}") {
        let other = regex::bytes::Regex::new(&format!("(?-u){}", regex.source));
        let found = other.map_err(|error| TestCaseError::fail(error.to_string()))?.is_match(text.as_bytes());
        prop_assert_eq!(regex.search().is_match(&text), found, "{}", regex.source);
    }

    #[test]
    fn any_text_is_a_pattern_or_an_error_in_it(text in ".{0,60}") {
        bodies::pattern(&text);
    }

    #[test]
    fn any_row_of_tokens_is_a_pattern_or_an_error_in_it(tokens in prop::collection::vec(token(), 0..20), close in 0..4) {
        let (open, close) = [("{", "}"), ("[", "]"), ("%", "%"), ("", "")][close as usize];
        bodies::pattern(&format!("{open}{}{close}", tokens.concat()));
    }

    #[test]
    fn a_pattern_cut_short_is_a_pattern_or_an_error_in_it(tree in trees::tree(), cut in any::<prop::sample::Index>()) {
        let mut chars: Vec<_> = tree.to_string().chars().collect();
        if !chars.is_empty() {
            chars.remove(cut.index(chars.len()));
        }
        bodies::pattern(&String::from_iter(chars));
    }
}

#[test]
fn parentheses_may_be_nested_as_deep_as_a_pattern_is_long() {
    let nested = |depth: usize| format!("{{{}$.a=1{}}}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(nested(508).parse(), "{ $.a = 1 }".parse::<Pattern>());
    bodies::pattern(&format!("{{{}$.a=1", "($.a=1||".repeat(126)));
    bodies::pattern(&format!("{{{}}}", "(".repeat(1022)));
}

#[test]
fn a_pattern_has_at_most_1024_characters() {
    let longest = "é".repeat(1024);
    assert!(longest.parse::<Pattern>().is_ok());
    let message = (longest + "x").parse::<Pattern>().unwrap_err().aws_message();
    assert!(message.ends_with("Member must have length less than or equal to 1024"), "{message}");
}

fn token() -> impl Strategy<Value = &'static str> {
    select(vec![
        " ", "$", "$.", "$.a", ".", "*", "[", "]", "['", "']", "[*]", "[0]", "(", ")", "{", "}", "=", "!=", "<", ">=",
        "&&", "||", "&", "IS", "NULL", "NOT", "EXISTS", "1", "-1.5e3", "+", "a", "é", "\"", "\\", "\"a\"", "%", "%a%",
        "+?", "{2}", "...", ",", "a=", "-", "?", "'", "|", "\\d", "[^",
    ])
}
