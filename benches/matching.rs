//! One pattern over a file of CloudTrail records, beside the cost of reading the same records with `serde_json`.
//!
//! `cargo bench --no-default-features --bench matching`; the figures are in `docs/benchmarks.md`.

#![expect(clippy::unwrap_used, reason = "a pattern that does not parse ends the benchmark")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};
use trailproof::pattern::{Matcher, Pattern, Reading};

/// What the benchmark's control on network gateways looks for.
const NETWORK_GATEWAY_CHANGES: &str = "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) \
    || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) \
    || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }";

/// Every kind of selector and literal at once.
const MIXED: &str = "{ $.eventSource = *.amazonaws.com && $.userIdentity.type != AWSService \
    && ($.resources[*].accountId = 111122223333 || $.errorCode = %Denied|Unauthorized%) && $.readOnly IS FALSE }";

fn matching(criterion: &mut Criterion) {
    let records: Vec<String> = (0..1000).map(|number| record(number).to_string()).collect();
    let mut group = criterion.benchmark_group("1000 records");
    group.throughput(Throughput::Bytes(records.iter().map(|record| record.len() as u64).sum()));
    for (name, text) in [("network gateway changes", NETWORK_GATEWAY_CHANGES), ("mixed", MIXED)] {
        let pattern: Pattern = text.parse().unwrap();
        let matcher = Matcher::new(pattern.tree(), Reading::Literal);
        group.bench_function(format!("match: {name}"), |bencher| {
            bencher.iter(|| records.iter().filter(|record| matcher.is_match(black_box(record))).count());
        });
    }
    group.bench_function("serde_json: read into a Value", |bencher| {
        bencher
            .iter(|| records.iter().filter(|record| serde_json::from_str::<Value>(black_box(record)).is_ok()).count());
    });
    group.finish();
}

/// A management event of about 1.5 KB. One in fifty is about a gateway.
fn record(number: usize) -> Value {
    let names = ["DescribeInstances", "AssumeRole", "GetObject", "PutMetricData", "ListBuckets", "DescribeRouteTables"];
    let name =
        if number.is_multiple_of(50) { "CreateInternetGateway" } else { names.iter().cycle().nth(number).unwrap() };
    json!({
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": format!("AROAEXAMPLE{number:08}:deploy"),
            "arn": format!("arn:aws:sts::111122223333:assumed-role/deploy-{number}/session"),
            "accountId": "111122223333",
            "accessKeyId": format!("ASIAEXAMPLE{number:08}"),
            "sessionContext": {
                "sessionIssuer": {
                    "type": "Role",
                    "principalId": format!("AROAEXAMPLE{number:08}"),
                    "arn": "arn:aws:iam::111122223333:role/deploy",
                    "accountId": "111122223333",
                    "userName": "deploy"
                },
                "attributes": {"creationDate": "2026-01-01T00:00:00Z", "mfaAuthenticated": "false"}
            }
        },
        "eventTime": "2026-01-01T00:00:00Z",
        "eventSource": "ec2.amazonaws.com",
        "eventName": name,
        "awsRegion": "us-east-1",
        "sourceIPAddress": "192.0.2.17",
        "userAgent": "aws-cli/2.27.0 md/awscrt#0.26.1 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13.2 \"quoted\"",
        "requestParameters": {
            "filterSet": {"items": [{"name": "vpc-id", "valueSet": {"items": [{"value": format!("vpc-{number:017x}")}]}}]},
            "maxResults": 1000,
            "nextToken": null
        },
        "responseElements": {
            "requestId": format!("00000000-0000-4000-8000-{number:012x}"),
            "internetGateway": {"internetGatewayId": format!("igw-{number:017x}"), "attachmentSet": {}, "tagSet": {}}
        },
        "requestID": format!("00000000-0000-4000-8000-{number:012x}"),
        "eventID": format!("00000000-0000-4000-9000-{number:012x}"),
        "readOnly": false,
        "resources": [{"accountId": "111122223333", "type": "AWS::EC2::InternetGateway", "ARN": format!("arn:aws:ec2:us-east-1:111122223333:internet-gateway/igw-{number:017x}")}],
        "eventType": "AwsApiCall",
        "managementEvent": true,
        "recipientAccountId": "111122223333",
        "eventCategory": "Management",
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": "ec2.us-east-1.amazonaws.com"}
    })
}

criterion_group!(benches, matching);
criterion_main!(benches);
