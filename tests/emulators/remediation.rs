//! The benchmark's own remediation, run by the AWS CLI, and what our program says after each step.

use std::env;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use trailproof::provider::live::emulated::Emulators;

use super::described::described;
use super::emulated::own;
use super::proxied::endpoints;
use super::proxied::proxy::{Proxy, Upstream};
use super::snapshots::snapshots_in;

/// What the benchmark takes for granted: a trail of all regions that logs and delivers to a log group.
const GIVEN: [&str; 4] = [
    "aws s3api create-bucket --bucket trails",
    "aws logs create-log-group --log-group-name CloudTrail/DefaultLogGroup",
    "aws cloudtrail create-trail --name management-events --s3-bucket-name trails --is-multi-region-trail \
     --cloud-watch-logs-log-group-arn arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup:* \
     --cloud-watch-logs-role-arn arn:aws:iam::123456789012:role/trail",
    "aws cloudtrail start-logging --name management-events",
];

/// The remediation as published, with names in place of those in angle brackets, and without the stray blank before
/// `metricNamespace`, on account of which the CLI refuses the first command.
const REMEDIATION: [&str; 4] = [
    "aws logs put-metric-filter --log-group-name CloudTrail/DefaultLogGroup --filter-name network_gw_changes_metric \
     --metric-transformations metricName=network_gw_changes_metric,metricNamespace='CISBenchmark',metricValue=1 \
     --filter-pattern '{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || \
     ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || \
     ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }'",
    "aws sns create-topic --name security-alerts",
    "aws sns subscribe --topic-arn arn:aws:sns:us-east-1:123456789012:security-alerts --protocol email \
     --notification-endpoint security@example.com",
    "aws cloudwatch put-metric-alarm --alarm-name network_gw_changes_alarm --metric-name network_gw_changes_metric \
     --statistic Sum --period 300 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold \
     --evaluation-periods 1 --namespace 'CISBenchmark' \
     --alarm-actions arn:aws:sns:us-east-1:123456789012:security-alerts",
];

#[test]
fn the_remediation_of_the_benchmark_makes_an_account_pass() {
    let Some(emulators) = own() else { return };
    let cli = Cli::new(&emulators);
    let published = REMEDIATION[0].replace(",metricNamespace", ", metricNamespace");
    let mut seen = format!("$ {published}\n{}\n", cli.refusal(&published));
    for command in GIVEN {
        cli.run(command);
    }
    writeln!(seen, "(a trail of all regions that logs, and its log group)\n{}", cli.audit()).unwrap();
    for command in REMEDIATION {
        cli.run(command);
        writeln!(seen, "$ {command}\n{}", cli.audit()).unwrap();
    }
    cli.confirm(&emulators);
    writeln!(seen, "(the owner of the address confirms)\n{}", cli.audit()).unwrap();
    snapshots_in("emulators").bind(|| insta::assert_snapshot!("remediation", seen));
}

/// The AWS CLI from PyPI, and our program, in an environment where both find the emulators as users would have it.
struct Cli<'a> {
    path: String,
    emulators: &'a Emulators,
    proxy: Proxy,
}

impl<'a> Cli<'a> {
    fn new(emulators: &'a Emulators) -> Self {
        let environment = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emulators/environment.py");
        let made = Command::new("python3").args([environment, "aws-cli-1.46.3"]).output().unwrap();
        let path = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let compliant = described("Given an account where network gateway changes are monitored as the benchmark says");
        let proxy = Proxy::start(Upstream::new(emulators, "123456789012", &compliant), None).unwrap();
        Self { path: format!("{path}:{}", env::var("PATH").unwrap_or_default()), emulators, proxy }
    }

    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        // moto's account is 123456789012, and LocalStack takes the access key's id for the account's.
        let credentials = [("AWS_ACCESS_KEY_ID", "123456789012"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        command.env_clear().env("PATH", &self.path).envs(credentials).envs(endpoints(self.emulators, &self.proxy));
        command.env("AWS_REGION", "us-east-1").env("AWS_DEFAULT_REGION", "us-east-1");
        command
    }

    fn shell(&self, command: &str) -> Output {
        self.command("sh").args(["-c", command]).output().unwrap()
    }

    /// What the command says; it has to succeed.
    fn run(&self, command: &str) -> String {
        let ran = self.shell(command);
        assert!(ran.status.success(), "{command}\n{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    /// What a command says that has to fail.
    fn refusal(&self, command: &str) -> String {
        let ran = self.shell(command);
        assert!(!ran.status.success(), "{command}");
        let said = String::from_utf8(ran.stderr).unwrap();
        said.lines().find(|line| line.contains("rror")).unwrap_or_default().to_owned()
    }

    /// The status of the control, and why.
    fn audit(&self) -> String {
        let audit = ["audit", "--control", "network-gateway-changes", "--format", "json"];
        let ran = self.command(cargo_bin!("trailproof")).args(audit).output().unwrap();
        let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
        let finding = report.pointer("/findings/0").unwrap();
        let mut said = finding.pointer("/status").unwrap().as_str().unwrap().to_owned();
        for reason in finding.pointer("/reasons").unwrap().as_array().unwrap() {
            let text = |member| reason.pointer(member).unwrap().as_str().unwrap();
            write!(said, "\n  {}: {}", text("/code"), text("/message")).unwrap();
        }
        said
    }

    /// Confirms the subscription, as its owner does who follows the link in the message.
    fn confirm(&self, emulators: &Emulators) {
        const TOPIC: &str = "--topic-arn arn:aws:sns:us-east-1:123456789012:security-alerts";
        let arn = "--query Subscriptions[0].SubscriptionArn --output text";
        let arn = self.run(&format!("aws sns list-subscriptions-by-topic {TOPIC} {arn}"));
        let token = emulators.subscription_token(arn.trim()).unwrap();
        self.run(&format!("aws sns confirm-subscription {TOPIC} --token {token}"));
    }
}
