//! Several accounts in one audit, each seen by a role in it.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use trailproof::provider::Provider;

use super::accounts::wait;
use super::described::described;
use super::emulated::shared;
use super::proxied::proxy::Proxy;
use super::proxied::{Account, endpoints};

#[test]
fn each_role_shows_the_account_that_it_is_in() {
    let Some(emulators) = shared() else { return };
    let compliant = Account::compliant(&emulators);
    let unheard = described(
        "Given an account where network gateway changes are monitored as the benchmark says\nAnd there is no subscription",
    );
    let unheard = wait(emulators.provision(&unheard)).unwrap().live.identity().account.to_string();
    let role = |account: &str| format!("arn:aws:iam::{account}:role/auditor");
    let proxy = Proxy::start(compliant.upstream.clone(), None).unwrap();
    let ran = Command::new(cargo_bin!("trailproof"))
        .env_clear()
        .envs([("AWS_ACCESS_KEY_ID", "123456789012"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "us-east-1")])
        .envs(endpoints(&emulators, &proxy))
        .args(["audit", "--control", "network-gateway-changes", "--format", "json"])
        .args(["--role-arn", &role(&compliant.id), "--role-arn", &role(&unheard)])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let text = |finding: &Value, member: &str| finding[member].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut found: Vec<_> = findings.map(|finding| [text(finding, "account"), text(finding, "status")]).collect();
    let mut expected = [[compliant.id, "pass".to_owned()], [unheard, "fail".to_owned()]];
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(ran.status.code(), Some(1));
}
