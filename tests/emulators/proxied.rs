//! A compliant account in the emulators, which the program is run against through a proxy.

pub(super) mod proxy;
pub(super) mod wire;

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use trailproof::provider::live::emulated::Emulators;

use super::accounts::wait;
use super::described::described;
use proxy::{Fault, Proxy, Upstream};
use wire::Sent;

/// Every read operation has something to answer about it.
const COMPLIANT: &str = r#"
    Given an account where network gateway changes are monitored as the benchmark says
    And the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the alarm is muted on "cron(0 2 * * SUN)" for "PT4H"
"#;

/// The variables by which users have the AWS CLI and our program find the emulators. What LocalStack does not know of
/// CloudWatch, the proxy does.
pub(super) fn endpoints(emulators: &Emulators, proxy: &Proxy) -> Vec<(String, String)> {
    let endpoint = |service, url: &String| (format!("AWS_ENDPOINT_URL{service}"), url.clone());
    let moto = ["_CLOUDTRAIL", "_KMS", "_S3", "_SECURITYHUB", "_STS"].map(|service| endpoint(service, &emulators.moto));
    [&moto[..], &[endpoint("", &emulators.localstack), endpoint("_CLOUDWATCH", &proxy.url)]].concat()
}

/// A compliant account in the emulators.
pub(super) struct Account {
    pub(super) id: String,
    pub(super) upstream: Upstream,
}

impl Account {
    pub(super) fn compliant(emulators: &Emulators) -> Self {
        let compliant = described(COMPLIANT);
        let emulated = wait(emulators.provision(&compliant)).unwrap();
        let id = emulated.account.id().to_owned();
        Self { upstream: Upstream::new(emulators, &id, &compliant), id }
    }

    /// What the account answers an audit, as the file of a recording.
    pub(super) fn recorded(&self) -> Value {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("recording.json");
        let (output, _) = self.run(&["record", "--keep-identifiers", "--output", file.to_str().unwrap()], None);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read_to_string(file).unwrap().parse().unwrap()
    }

    /// Runs the program as somebody who may look at the account. The calls are those that arrived at the proxy.
    pub(super) fn run(&self, arguments: &[&str], faulty: Option<(Sent, Fault)>) -> (Output, BTreeSet<Sent>) {
        let proxy = Proxy::start(self.upstream.clone(), faulty).unwrap();
        let output = Command::new(assert_cmd::cargo::cargo_bin!("trailproof"))
            .env_clear()
            .envs([("AWS_ACCESS_KEY_ID", self.id.as_str()), ("AWS_SECRET_ACCESS_KEY", "secret")])
            .envs([("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL", &proxy.url)])
            .args(arguments)
            .output()
            .unwrap();
        (output, proxy.calls())
    }
}
