//! The decision procedure: known answers.

use cloudwatch_filter_pattern::{Pattern, covers};
use event_sets::{Condition, Domain, EventSet, Exemplars, Fact, FactKind, Path, Prover, Verdict};
use rstest::rstest;

fn pattern(text: &str) -> Pattern {
    text.parse().expect(text)
}

/// Decides and answers with a word: `covered`, `undetermined`, or the witness.
fn decide(required: &str, by: &[&str]) -> String {
    let by: Vec<_> = by.iter().map(|text| pattern(text)).collect();
    match covers(&pattern(required), &by) {
        Verdict::Covered => "covered".to_owned(),
        Verdict::Escapes(witness) => witness.message,
        Verdict::Undetermined(reason) => format!("undetermined: {reason}"),
    }
}

const GATEWAYS: &str = "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }";

#[rstest]
#[case::itself(GATEWAYS, &[GATEWAYS], "covered")]
#[case::by_glob(GATEWAYS, &["{ $.eventName = *Gateway }"], "covered")]
#[case::by_two(GATEWAYS, &["{ $.eventName = %Customer% }", "{ $.eventName = \"*InternetGateway\" }"], "covered")]
#[case::one_missing(GATEWAYS, &["{ $.eventName = *CustomerGateway || $.eventName = \"A*\" || $.eventName = \"C*\" || $.eventName = \"De?*\" || $.eventName = DeleteInternetGateway }"], r#"{"eventName":"DetachInternetGateway"}"#)]
#[case::nothing("{ $.a = 1 }", &[], r#"{"a":"1"}"#)]
#[case::ne_is_not_negation("{ $.a = * }", &["{ $.a = 1 || $.a != 1 }"], r#"{"a":1e999}"#)]
#[case::missing("{ $.b = 1 }", &["{ $.a = 1 || $.a != 1 }"], r#"{"b":"1"}"#)]
#[case::never("{ ($.a = A) && ($.a = B) }", &[], "covered")]
#[case::numbers("{ $.a > 1 && $.a < 2 }", &["{ $.a < 1.5 }"], r#"{"a":1.5}"#)]
#[case::numbers_covered("{ $.a > 1 && $.a < 2 }", &["{ $.a < 1.5 }", "{ $.a >= 1.25 }"], "covered")]
#[case::integers("{ $.a > 9007199254740992 && $.a < 9007199254740994 }", &["{ $.a = 9007199254740993 }"], "covered")]
#[case::number_text("{ $.a = 1 }", &["{ $.a = \"1\" }"], r#"{"a":1.0}"#)]
#[case::number_glob("{ $.a >= 5 && $.a < 6 }", &["{ $.a = \"5*\" }"], "covered")]
#[case::number_as_json_writes_it("{ $.a > 0 && $.a < 2 && $.a = \"1.*\" }", &["{ $.b = 1 }"], r#"{"a":1.0}"#)]
#[case::no_number("{ $.a > 0 && ($.a = \"+1\" || $.a = \"01\" || $.a = \"1.\") }", &["{ $.b = 1 }"], "covered")]
#[case::numbers_none_in_reach_of_a_text("{ $.a > 1e19 && $.a = %E19% }", &["{ $.a >= 1e19 }"], "covered")]
#[case::parents("{ $.a.b = 1 }", &["{ $.a NOT EXISTS }", "{ $.a = * }"], r#"{"a":{"b":"1"}}"#)]
#[case::parent_scalar("{ $.a.b = 1 && $.a = 1 }", &[], "covered")]
#[case::index("{ $.a[1] = x && $.a.b = y }", &[], "covered")]
#[case::null_in_array("{ $.a IS NULL && $.a[*] = 1 }", &[], r#"{"a":["1",null]}"#)]
#[case::wildcard("{ $.a[*] = x && $.a[*] = y }", &["{ $.a[*] != z }"], r#"{"a":{"item":"x","item2":"y","item3":"z"}}"#)]
#[case::wildcard_none("{ $.a[*] = x && $.a[*] NOT EXISTS }", &[], "covered")]
#[case::array_room("{ $.a[0] = x && $.a[1] NOT EXISTS && $.a[*] = y }", &[], "covered")]
#[case::array_shared("{ $.a[0] = \"x*\" && $.a[1] NOT EXISTS && $.a[*] = \"*y\" }", &[], r#"{"a":["xy"]}"#)]
#[case::terms("ConsoleLogin", &["Login"], "covered")]
#[case::terms_gap("Console", &["Login"], "Console")]
#[case::term_forced("{ $.eventName = \"*Gateway\" }", &["Gateway"], "covered")]
#[case::term_key("{ $.eventName = x }", &["Name"], "covered")]
#[case::term_quoted("{ $.eventName = x }", &["\"\\\"x\\\"\""], "covered")]
#[case::term_excluded("{ $.eventName = x }", &["x -error"], r#"{"eventName":"x","note":"error"}"#)]
#[case::term_excludes_fresh_keys("{ $.* = x }", &["item", "note"], r#"{"x":"x"}"#)]
#[case::term_like_an_object("\" {}\"", &["{ $.a NOT EXISTS }"], "other  {}")]
#[case::term_spaced("{ $.a = \"Console Login\" }", &["\"Console Login\""], "covered")]
#[case::term_with_colons("{ $.a = \"arn:aws:*\" }", &["\"arn:aws\""], "covered")]
#[case::term_spaced_gap("{ $.a = \"Console*\" }", &["\"Console Login\""], r#"{"a":"Console"}"#)]
#[case::term_is_a_word("{ $.a IS TRUE }", &["rue"], "covered")]
#[case::term_is_another_word("{ $.a IS TRUE || $.a IS NULL }", &["rue"], r#"{"a":null}"#)]
#[case::term_in_a_field("[a=ERROR, b]", &["ERROR"], "covered")]
#[case::term_in_the_rest("[a, b=*ERROR*]", &["ERR"], "covered")]
#[case::term_not_in_the_field("[a=ERR*, b]", &["ERROR"], "ERR x")]
#[case::json_or_text("ERROR", &["{ $.level = ERROR }"], "ERROR")]
#[case::middle_star("{ $.a = \"x*y\" }", &["{ $.a = \"x*\" }"], "covered")]
#[case::middle_star_unknown("{ $.a = xy }", &["{ $.a = \"x*y\" }"], "undetermined: AWS does not document whether the inner `*` of `x*y` stands for any text or for an asterisk, and the answer depends on it")]
#[case::fields("[a=ERROR, b]", &["[a=ERR*, b]"], "covered")]
#[case::fields_gap("[a=ERR*, b]", &["[a=ERROR, b]"], "ERR x")]
#[case::fields_count("[a]", &["[a, b]"], "x")]
#[case::fields_ellipsis("[a, ..., b=404]", &["[..., b>400]"], "covered")]
#[case::fields_like_an_object("[a=\"{\", b=\"}\"]", &["{ $.a NOT EXISTS }"], "\"{\" }")]
#[case::fields_number("[a, b=1]", &["[..., b=1]"], "covered")]
#[case::fields_together("[a, b=x*]", &["[a, b=x*, ...]"], "undetermined: `[a, b = x*]` asks something of several fields at once, which was not decided")]
#[case::regexes("%^a+b$%", &["%^a*b$%"], "covered")]
#[case::regex_gap("%^a*b$%", &["%^a+b$%"], "b")]
#[case::everything("", &["{ $.a = 1 }"], "other")]
#[case::booleans("{ $.a IS TRUE || $.a IS FALSE }", &["{ $.a = * }"], r#"{"a":true}"#)]
fn known_answers(#[case] required: &str, #[case] by: &[&str], #[case] expected: &str) {
    assert_eq!(decide(required, by), expected);
}

/// Records with a name, and perhaps a source that follows from the name.
fn records() -> Prover {
    let key = |name: &str| Path::keys([name]);
    let fact = |statement: &str, says| Fact { statement: statement.to_owned(), given: vec![], says };
    let named = Condition { at: key("name"), one_of: vec!["A".to_owned()] };
    let from_x = FactKind::OneOf(key("source"), vec!["x".to_owned()]);
    let templates = [r#"{"name":"N","source":"s","more":1}"#, r#"{"name":"M","source":"s","who":{"is":"I","am":"J"}}"#];
    Prover::new(Domain {
        json: true,
        facts: vec![
            fact("there is a name", FactKind::AlwaysText(key("name"))),
            fact("there is a source", FactKind::AlwaysText(key("source"))),
            fact("the flag is a boolean", FactKind::Boolean(key("flag"))),
            fact("colours are red or blue", FactKind::OneOf(key("colour"), vec!["red".to_owned(), "blue".to_owned()])),
            Fact { given: vec![named], ..fact("A comes from x", from_x) },
        ],
        exemplars: Exemplars {
            templates: templates.map(|record| serde_json::from_str(record).expect("an object")).into(),
            ..Exemplars::default()
        },
    })
}

#[rstest]
#[case::implied("{ $.name = A }", "{ $.source = x }", "covered given there is a source, A comes from x")]
#[case::not_needed("{ $.name = A }", "{ $.name = A* }", "covered")]
#[case::not_implied("{ $.name = B }", "{ $.source = x }", r#"{"name":"B","source":"s","more":1}"#)]
#[case::always_there("{ $.name NOT EXISTS }", "{ $.x = 1 }", "covered given there is a name")]
#[case::boolean("{ $.flag = * }", "{ $.x = 1 }", "covered given the flag is a boolean")]
#[case::one_of("{ $.colour != red }", "{ $.colour = blue }", "covered given colours are red or blue")]
#[case::most_like(
    "{ $.name = * && $.who.is = I }",
    "{ $.name = M }",
    r#"{"name":"A","source":"x","who":{"is":"I","am":"J"}}"#
)]
#[case::another("{ $.name = * }", "{ $.name = N || $.name = M }", r#"{"name":"A","source":"x","more":1}"#)]
fn facts_are_used_and_listed(#[case] required: &str, #[case] by: &str, #[case] expected: &str) {
    let set = |text| EventSet::of(pattern(text));
    let prover = records();
    let answer = match prover.decide(&set(required), &[set(by)]).as_ref() {
        Verdict::Covered => {
            let certificate = prover.certificate(&set(required), &[set(by)]).expect("it is covered");
            match certificate.assumptions.as_slice() {
                [] => "covered".to_owned(),
                assumptions => format!("covered given {}", assumptions.join(", ")),
            }
        }
        Verdict::Escapes(witness) => witness.message.clone(),
        Verdict::Undetermined(reason) => format!("undetermined: {reason}"),
    };
    assert_eq!(answer, expected);
}

/// What covers a part is named where it is needed, and only there.
#[test]
fn certificates_name_no_more_than_is_needed() {
    let by = |required: &str| {
        let prover = Prover::new(Domain::any());
        let by = [EventSet::of(pattern("{ $.a = 1 }"))];
        let certificate = prover.certificate(&EventSet::of(pattern(required)), &by).expect("it is covered");
        certificate.parts.iter().map(|part| part.by.clone()).collect::<Vec<_>>()
    };
    assert_eq!(by("{ $.a = 1 || $.a = A && $.a = B }"), [vec![0], vec![]]);
}

/// A pattern within other conditions is proved part by part, too.
#[test]
fn certificates_name_the_parts_of_a_pattern_within_conditions() {
    let set = |text| EventSet::of(pattern(text));
    let required = EventSet::all([set("{ $.a = 1 || $.a = 2 }"), EventSet::present(Path::dotted("b"))]);
    let by = [set("{ $.a = 1 }"), set("{ $.a = 2 }")];
    let certificate = Prover::new(Domain::json()).certificate(&required, &by).expect("it is covered");
    let parts: Vec<_> = certificate.parts.iter().map(|part| (part.required.as_str(), part.by.as_slice())).collect();
    assert_eq!(parts, [("{ $.a = 1 }", &[0][..]), ("{ $.a = 2 }", &[1][..])]);
}

/// Hard questions end with an answer of some kind, and soon: the work is limited, whatever the patterns.
#[test]
fn adversarial_questions_end() {
    let groups = (0..12).map(|at: usize| {
        format!("($.f{} = \"a*\" && $.f{} = \"*b\" && $.f{} = %c+d%)", at % 7, (at + 3) % 7, (at + 5) % 7)
    });
    let by: Vec<_> = groups.map(|group| pattern(&format!("{{ {group} }}"))).collect();
    let required = pattern("{ $.f0 = * && $.f1 = * && $.f2 = * && $.f3 = * && $.f4 = * && $.f5 = * && $.f6 = * }");
    assert!(!matches!(covers(&required, &by), Verdict::Covered));
    let deep = format!("{{ {}$.a = 1{} }}", "(".repeat(400), ")".repeat(400));
    assert!(matches!(covers(&pattern(&deep), &[pattern("{ $.a = 1 }")]), Verdict::Covered));
}
