//! Audits of a live account through the command line, at an endpoint on this machine.

use std::time::{Duration, Instant};

use super::assert_snapshot;
use super::endpoint::{Endpoint, Said};
use super::runner::{Ran, Trailproof, trailproof};

const ACCOUNT: &str = include_str!("../fixtures/accounts/compliant.json");
const TOKEN: &str = "FwoGZXIvYXdzEXAMPLEtoken/of+a+session=";

fn live(command: &str, url: &str) -> Trailproof {
    let run = trailproof().in_directory().args([command, "--region", "us-east-1", "--endpoint-url", url]);
    let run = run.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/EXAMPLEKEY");
    run.env("AWS_SESSION_TOKEN", TOKEN).env("AWS_EC2_METADATA_DISABLED", "true").env("HOME", "/nowhere")
}

fn audit(url: &str) -> Trailproof {
    live("audit", url)
}

fn replaying() -> Endpoint {
    Endpoint::replaying(ACCOUNT, Duration::ZERO)
}

/// What is said where STS answers so.
fn said(status: u16, content_type: &'static str, body: &str) -> String {
    audit(&Endpoint::of_sts(status, content_type, body).url).run().exits(2)
}

fn refused(status: u16, code: &str, message: &str) -> String {
    let body = format!("<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>");
    said(status, "text/xml", &body)
}

#[test]
fn only_what_the_control_needs_is_asked() {
    let asked = |control: &str| {
        let endpoint = replaying();
        let Ran { exit, .. } = audit(&endpoint.url).args(["--control", control]).run();
        assert!([0, 1, 3].contains(&exit));
        endpoint.operations()
    };
    let hub = ["DescribeHub", "ListRegions"].map(str::to_owned);
    let (gateways, security_hub) = (asked("network-gateway-changes"), asked("security-hub-enabled"));
    assert!(!hub.iter().any(|operation| gateways.contains(operation)), "{gateways:?}");
    assert!(hub.iter().all(|operation| security_hub.contains(operation)), "{security_hub:?}");
}

#[test]
fn a_call_that_hangs_spoils_only_what_depends_on_it() {
    let endpoint = Endpoint::replaying_but(ACCOUNT, |operation| match operation {
        "DescribeHub" => Said::Nothing,
        _ => Said::Recorded,
    });
    let ran = audit(&endpoint.url).args(["--timeout", "4", "--format", "json"]).run();
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let status = |control: &str| {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["control"] == control).unwrap()["status"].clone()
    };
    assert_eq!(
        (status("security-hub-enabled"), status("network-gateway-changes")),
        ("undetermined".into(), "pass".into())
    );
}

#[test]
fn connections_are_shared_and_answers_awaited_together() {
    let endpoint = Endpoint::replaying(ACCOUNT, Duration::from_millis(300));
    let control = ["--control", "network-gateway-changes"];
    let began = Instant::now();
    audit(&endpoint.url).args(control).run().exits(0);
    let waits = began.elapsed().as_secs_f64() / 0.3;
    let (requests, connections) = (endpoint.operations().len(), endpoint.connections());
    println!("{requests} requests, {connections} connections, {waits:.2} waits");
    // STS and the trails; status, selectors, filters and alarms; the topic and mute rules; its subscriptions.
    assert!(connections <= 5 && requests == 10 && waits < 8.0, "{connections} {waits} {:?}", endpoint.operations());
}

#[test]
fn what_sts_says_keeps_no_secret() {
    let canonical = format!(
        "The request signature we calculated does not match.\n\nCheck the key.\n\nThe Canonical String for this request \
         should have been\n'POST\n/\n\nhost:sts\nx-amz-security-token:{TOKEN}\n'"
    );
    assert_snapshot("live", "signature", &refused(403, "SignatureDoesNotMatch", &canonical));
}

#[test]
fn what_is_not_the_fault_of_the_credentials_is_not_blamed_on_them() {
    let texts = [
        refused(400, "Throttling", "Rate exceeded"),
        said(503, "text/html", "<html>Service Unavailable</html>"),
        said(302, "text/html", "<html>moved</html>"),
        said(200, "text/html", "<!doctype html><html><body>Sign in to the network</body></html>"),
        said(403, "text/html", "<html>blocked by the proxy</html>"),
    ];
    assert_snapshot("live", "not-the-credentials", &texts.join("\n"));
}

#[test]
fn each_way_to_have_no_credentials_has_its_own_remedy() {
    let endpoint = replaying();
    let profile = |name: &str, config: &str| {
        let run = audit(&endpoint.url).args(["--profile", name]).file("config", config);
        run.env("AWS_CONFIG_FILE", "config").run().exits(2)
    };
    let sso = "[profile sso]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = audit\n\
        [sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.com/start\n";
    let none = trailproof().in_directory().args(["audit", "--region", "us-east-1", "--endpoint-url", &endpoint.url]);
    let none = none.env("AWS_EC2_METADATA_DISABLED", "true").env("HOME", "/nowhere");
    let texts = [
        none.run().exits(2),
        profile("missing", "[profile other]\nregion = us-east-1\n"),
        profile("missing", ""),
        profile("sso", sso),
        profile("empty", "[profile empty]\nregion = us-east-1\n"),
    ];
    assert_snapshot("live", "no-credentials", &texts.join("\n"));
    assert_eq!(endpoint.operations(), [""; 0]);
}

#[test]
fn a_variable_that_cannot_be_sent_is_named() {
    let run = |name: &str, value: &str| audit(&replaying().url).env(name, value).run().exits(2);
    let texts = [
        run("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE\n"),
        run("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI EXAMPLEKEY"),
        run("AWS_SESSION_TOKEN", "first\nsecond"),
    ];
    assert_snapshot("live", "variables", &texts.join("\n"));
}

#[test]
fn secrets_in_the_endpoint_are_not_shown() {
    let urls = [
        "user:pass@localhost:4566",
        "http://user:pass@127.0.0.1:9/?key=pass",
        "ftp://user:pass@host",
        "http://user:pass@[oops",
    ];
    for url in urls {
        let said = audit(url).args(["--timeout", "2"]).run().exits(2);
        assert!(!said.contains("pass"), "{url}: {said}");
    }
}

#[test]
fn a_role_of_another_account_is_refused() {
    let credentials = "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:t</AssumedRoleId>\
        <Arn>arn:aws:sts::111122223333:assumed-role/audit/t</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIDEXAMPLE</AccessKeyId>\
        <SecretAccessKey>secretsecret</SecretAccessKey><SessionToken>tokentoken</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>\
        </Credentials></AssumeRoleResult></AssumeRoleResponse>";
    let endpoint = Endpoint::replaying_but(ACCOUNT, |operation| match operation {
        "AssumeRole" => Said::Other((200, "text/xml", credentials.into())),
        _ => Said::Recorded,
    });
    let role = ["--role-arn", "arn:aws:iam::444455556666:role/audit"];
    assert_snapshot("live", "another-account", &audit(&endpoint.url).args(role).run().exits(2));
}

/// In the time that four waits take: the whole audit, whatever is written of it.
#[test]
fn a_recording_and_a_bundle_take_little_longer_than_an_audit() {
    let endpoint = Endpoint::replaying(ACCOUNT, Duration::from_millis(300));
    let took = |run: Trailproof| {
        let began = Instant::now();
        run.run();
        began.elapsed().as_secs_f64()
    };
    let alone = took(audit(&endpoint.url));
    let bundle = took(audit(&endpoint.url).args(["--bundle", "out.bundle"])) / alone;
    let recording = took(live("record", &endpoint.url).args(["--output", "out.json"])) / alone;
    println!("audit {alone:.2} s, bundle {bundle:.2}, recording {recording:.2}");
    assert!(endpoint.operations().contains(&"ListRegions".to_owned()));
    assert!(bundle < 3.0 && recording < 3.0, "{bundle} {recording}");
}
