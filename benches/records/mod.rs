//! CloudTrail records as the benchmarks read them, each one line of JSON.

use serde_json::{Value, json};

/// A thousand management events. One in fifty is about a gateway.
pub(crate) fn thousand() -> Vec<String> {
    (0..1000).map(|number| record(number).to_string()).collect()
}

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
