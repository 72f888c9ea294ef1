//! The invariants of ARCHITECTURE.md that are about the shape of the project: who uses whom, what stays out of where.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;
use rstest::rstest;

/// A file of the project: its path from the root, and its text.
struct File {
    path: String,
    text: String,
}

/// Every file under these places, which are paths from the root, but what a build leaves behind.
fn files(places: &[&str]) -> Vec<File> {
    let mut files = vec![];
    for place in places {
        walk(place, &mut files);
    }
    files
}

fn walk(place: &str, files: &mut Vec<File>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(place);
    if path.is_dir() {
        for name in names(&path) {
            if !["target", ".git"].contains(&name.as_str()) {
                walk(&format!("{place}/{name}"), files);
            }
        }
    } else if let Ok(text) = fs::read_to_string(&path) {
        files.push(File { path: place.to_owned(), text });
    }
}

fn names(directory: &Path) -> BTreeSet<String> {
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The shipped code of a module of the crate; unit tests, which end a file, may do more.
fn module(name: &str) -> Vec<File> {
    let mut files = files(&[&format!("src/{name}.rs"), &format!("src/{name}")]);
    for File { text, .. } in &mut files {
        text.truncate(text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len()));
    }
    assert!(!files.is_empty(), "there is no module `{name}`");
    files
}

/// Where the expression matches, if `allowed` does not excuse it.
fn places(files: &[File], expression: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let expression = Regex::new(expression).unwrap();
    let mut places = vec![];
    for File { path, text } in files {
        for found in expression.find_iter(text).filter(|found| !allowed(found.as_str())) {
            let line = 1 + text.bytes().take(found.start()).filter(|byte| *byte == b'\n').count();
            places.push(format!("{path}:{line}: {}", found.as_str()));
        }
    }
    places
}

#[track_caller]
fn none(places: &[String], remedy: &str) {
    assert!(places.is_empty(), "{remedy}\n{}", places.join("\n"));
}

#[rstest]
#[case("pattern", &[])]
#[case("provider", &[])]
#[case("redact", &["provider"])]
#[case("ternary", &[])]
#[case("policy", &["ternary"])]
#[case("fault", &["account", "policy", "report"])]
#[case("account", &["policy", "provider"])]
#[case("catalogue", &["pattern"])]
#[case("report", &[])]
#[case("estate", &["account"])]
#[case("chain", &["account", "estate", "fault", "pattern", "policy", "provider", "report"])]
#[case("judge", &["account", "catalogue", "chain", "estate", "fault", "pattern", "report"])]
#[case("render", &["report", "pattern"])]
#[case("bundle", &[])]
#[case("scenario", &["account", "catalogue", "control", "estate", "judge", "pattern", "provider", "render", "report"])]
fn data_flows_one_way(#[case] name: &str, #[case] sources: &[&str]) {
    let own = |path: &str| {
        let other = path.split("::").nth(1).unwrap_or_default();
        other == name || sources.contains(&other)
    };
    none(
        &places(&module(name), r"\b(crate|trailproof)::\w*", own),
        &format!("`{name}` may use of the crate only {sources:?}; let the caller hand in what else it needs"),
    );
}

#[rstest]
fn the_core_is_pure(
    #[values("account", "bundle", "catalogue", "chain", "estate", "judge", "pattern", "render", "report")] name: &str,
) {
    let world = r"\bstd::(\{[^;]*)?\b(env|fs|net|process|thread|time)\b|\btokio::|\bnow\(\)|\bstd(in|out|err)\(\)";
    none(
        &places(&module(name), world, |_| false),
        &format!("`{name}` does no IO and reads no clock and no environment; let the caller hand in what it needs"),
    );
}

#[test]
fn the_sdk_stays_behind_the_live_provider() {
    let mut rest = files(&["src"]);
    rest.retain(|file| !file.path.starts_with("src/provider/live"));
    none(&places(&rest, r"\baws_\w+::", |_| false), "translate the SDK's types in `src/provider/live`");
}

#[test]
fn a_file_holds_one_idea() {
    let long = files(&["src", "tests", "benches"]).into_iter().filter(|file| file.path.ends_with(".rs"));
    let long = long.map(|file| (file.text.lines().count(), file.path)).filter(|(lines, _)| *lines > 600);
    none(&long.map(|(lines, path)| format!("{path}: {lines} lines")).collect::<Vec<_>>(), "split by what it is about");
}

#[test]
fn no_real_account_and_no_key_is_in_the_project() {
    const EXAMPLES: [&str; 4] = ["111122223333", "123456789012", "444455556666", "777788889999"];
    let project = files(&["."]);
    none(
        &places(&project, r"(^|[^-\w])\d{12}\b", |found| EXAMPLES.iter().any(|id| found.ends_with(id))),
        "name an account by one of the ids that the AWS documentation uses",
    );
    none(
        &places(&project, r"\b(AKIA|ASIA)[A-Z0-9]{16}\b", |found| found.ends_with("EXAMPLE")),
        "take the access key of the AWS documentation, which ends in EXAMPLE",
    );
}

#[test]
fn no_path_of_a_machine_is_in_the_project() {
    let path = r#"(^|[\s"'`(=:])/(home|root|Users|work)/\w"#;
    none(&places(&files(&["."]), path, |_| false), "write the path from the root of the project");
}

#[test]
fn a_control_is_whole() {
    let page = include_str!("../docs/controls.md");
    let headings: BTreeSet<_> = page.lines().filter_map(|line| line.strip_prefix("## ").map(str::to_owned)).collect();
    let remedy =
        "a control has `controls/KEY.toml`, `features/KEY.feature`, `snapshots/KEY/` and `## KEY` in docs/controls.md";
    let controls = stems("controls", ".toml");
    assert!(!controls.is_empty());
    assert_eq!(headings, controls, "{remedy}");
    assert_eq!(stems("features", ".feature"), controls, "{remedy}");
    for key in controls {
        let reports = files(&[&format!("snapshots/{key}")]);
        assert!(!reports.is_empty(), "{key}: {remedy}");
        let others = reports.iter().filter(|report| !report.text.contains(&format!(", {key}\n")));
        let others: Vec<_> = others.map(|report| &report.path).collect();
        assert!(others.is_empty(), "the feature of {key} is about other controls: {others:?}");
    }
}

#[test]
fn no_folder_of_snapshots_outlives_its_feature() {
    let features = files(&["features"]);
    let features: BTreeSet<_> = features.iter().filter_map(|file| file.path.strip_suffix(".feature")).collect();
    for File { path, text } in files(&["snapshots"]) {
        let feature = Path::new(&path).parent().unwrap().to_str().unwrap().replacen("snapshots", "features", 1);
        let ours = text.contains("\nsource: tests/features.rs\n");
        assert!(!ours || features.contains(feature.as_str()), "{path} is left of a feature that is not there");
    }
}

/// The names in a directory that end so, without the ending.
fn stems(directory: &str, ending: &str) -> BTreeSet<String> {
    let names = names(&Path::new(env!("CARGO_MANIFEST_DIR")).join(directory));
    names.iter().filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}
