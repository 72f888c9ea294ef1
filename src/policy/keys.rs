//! What the request of a service principal says of each condition key.
//!
//! Unless another source is named, it is the key's "Availability" on the page "AWS global condition context keys" of the
//! IAM User Guide. A service principal is a principal of its own: no user, role or root user of an account, and no role
//! session.

use super::doubt::KeyDoubt;
use super::request::{Organization, Request};

/// What a request says of a key: one of these cases is given, and where there are several, why it is not known which.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Knowledge<'a> {
    pub cases: Vec<Case<'a>>,
    /// Whether the key has a list of values.
    pub list: bool,
    pub doubt: KeyDoubt,
}

/// What a request may say of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Case<'a> {
    /// The request lacks the key.
    Absent,
    /// The request has the key with these values.
    Present {
        values: Vec<Value<'a>>,
        /// Whether it may have others beside them.
        open: bool,
    },
}

/// A value of a key, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    /// Seconds since the beginning of 1970.
    Time(i64),
    /// The id of an account of AWS, which is no customer's.
    AccountOfAws,
    /// The ARN of a principal that is no user, role or root user of an account.
    PrincipalOfAws,
    Unknown,
}

/// What the request says of a key, whose letter case does not matter (IAM User Guide, "Condition").
pub(super) fn knowledge<'a>(key: &str, request: &Request<'a>) -> Knowledge<'a> {
    let key = key.to_ascii_lowercase();
    let by_prefix = |prefix: &str| key.strip_prefix(prefix).filter(|rest| !rest.is_empty());
    if by_prefix("aws:principaltag/").is_some() || by_prefix("aws:requesttag/").is_some() {
        // Users and roles have tags, and neither Publish nor the use of a key passes any.
        return absent();
    }
    if by_prefix("aws:resourcetag/").is_some() {
        return unknown(KeyDoubt::NotSupported);
    }
    match key.as_str() {
        // Properties of the principal.
        "aws:principalarn" => either(Value::PrincipalOfAws),
        "aws:principalaccount" => either(Value::AccountOfAws),
        // "Only if the principal is a member of an organization".
        "aws:principalorgid" | "aws:principalorgpaths" => absent(),
        "aws:principalisawsservice" => is("true"),
        "aws:principalservicename" => is(request.service),
        "aws:principalservicenameslist" => Knowledge {
            cases: vec![Case::Present { values: vec![Value::Text(request.service)], open: true }],
            list: true,
            doubt: KeyDoubt::OfService,
        },
        "aws:principaltype" | "aws:userid" | "aws:useragent" => present(Value::Unknown, KeyDoubt::OfService),
        // Users only ("IAM policy elements: Variables and tags", table of principal key values).
        "aws:username" => absent(),

        // Properties of a role session, "only available when a request is made by a principal with role session or
        // federated user principal credentials".
        "aws:assumedroot"
        | "aws:federatedprovider"
        | "aws:tokenissuetime"
        | "aws:multifactorauthage"
        | "aws:multifactorauthpresent"
        | "aws:chatbotsourcearn"
        | "aws:ec2instancesourcevpc"
        | "aws:ec2instancesourceprivateipv4"
        | "aws:sourceidentity"
        | "ec2:roledelivery"
        | "ec2:sourceinstancearn"
        | "glue:roleassumedby"
        | "glue:credentialissuingservice"
        | "lambda:sourcefunctionarn"
        | "ssm:sourceinstancearn"
        | "identitystore:userid" => absent(),

        // Properties of the network. A service calls from its own network, not through an endpoint in a VPC. Of the
        // address, and of TLS, AWS says that the request always has it, and that calls between services lack some of the
        // network's properties. That a request comes without TLS is nowhere said; topics that deny those are common and
        // receive alarms.
        "aws:sourcevpc" | "aws:sourcevpce" | "aws:vpceaccount" | "aws:vpceorgid" | "aws:vpceorgpaths"
        | "aws:vpcsourceip" => absent(),
        "aws:sourceip" => Knowledge { doubt: KeyDoubt::OfService, ..either(Value::Unknown) },
        "aws:securetransport" => Knowledge { doubt: KeyDoubt::Redacted, ..either(Value::Text("true")) },

        // Properties of the resource.
        "aws:resourceaccount" => request.owner().map_or_else(|| unknown(KeyDoubt::OfService), is),
        "aws:resourceorgid" | "aws:resourceorgpaths" if request.owner() == Some(request.account) => {
            organization(request.organization, &key)
        }
        "aws:resourceorgid" | "aws:resourceorgpaths" => organization(Organization::Unknown, &key),

        // Properties of the request. The first three are about services that use a principal's credentials.
        "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast" => absent(),
        "aws:viaawsservice" => is("false"),
        "aws:currenttime" | "aws:epochtime" => present(request.now.map_or(Value::Unknown, Value::Time), KeyDoubt::Time),
        // "Not included for programmatic requests".
        "aws:referer" => absent(),
        "aws:requestedregion" => request.region().map_or_else(|| unknown(KeyDoubt::OfService), is),
        // "If the operation supports passing tags".
        "aws:tagkeys" => absent(),
        "aws:sourcearn" | "aws:sourceaccount" | "aws:sourceorgid" | "aws:sourceorgpaths" => source(&key, request),
        // What the policy that SNS gives a new topic asks for (SNS Developer Guide, "Example cases for Amazon SNS access
        // control"). That such a topic receives the alarms of its account is everyday experience.
        "aws:sourceowner" if request.key.is_none() => is(request.account),

        // Keys of SNS: Subscribe only (Service Authorization Reference, "Actions, resources, and condition keys for
        // Amazon SNS").
        "sns:endpoint" | "sns:protocol" => absent(),
        _ => request.key.map_or_else(|| unknown(KeyDoubt::NotSupported), |used| of_kms(&key, used.topic)),
    }
}

/// Keys of KMS, for `Decrypt` and `GenerateDataKey` (KMS Developer Guide, "AWS KMS condition keys").
fn of_kms<'a>(key: &str, topic: &'a str) -> Knowledge<'a> {
    match key {
        // A key policy with `kms:CallerAccount` keeps alarms out of `alias/aws/sns` and of keys with a like policy.
        "kms:calleraccount" => either(Value::AccountOfAws),
        // SNS Developer Guide, "Setting up Amazon SNS topic encryption with server-side encryption".
        "kms:encryptioncontext:aws:sns:topicarn" => is(topic),
        "kms:encryptioncontextkeys" => Knowledge {
            cases: vec![Case::Present { values: vec![Value::Text("aws:sns:topicArn")], open: true }],
            list: true,
            doubt: KeyDoubt::OfService,
        },
        // "Amazon SNS only supports symmetric encryption KMS keys" (SNS Developer Guide, "Managing Amazon SNS encryption
        // keys and costs"); another key has failed before its policy is read.
        "kms:encryptionalgorithm" | "kms:keyspec" | "kms:customermasterkeyspec" => is("SYMMETRIC_DEFAULT"),
        "kms:keyusage" | "kms:customermasterkeyusage" => is("ENCRYPT_DECRYPT"),
        // Each is about another operation only.
        "kms:bypasspolicylockoutsafetycheck"
        | "kms:datakeypairspec"
        | "kms:expirationmodel"
        | "kms:grantconstrainttype"
        | "kms:grantisforawsresource"
        | "kms:grantoperations"
        | "kms:granteeprincipal"
        | "kms:keyagreementalgorithm"
        | "kms:macalgorithm"
        | "kms:messagetype"
        | "kms:primaryregion"
        | "kms:reencryptonsamekey"
        | "kms:replicaregion"
        | "kms:retiringprincipal"
        | "kms:rotationperiodindays"
        | "kms:schedulekeydeletionpendingwindowindays"
        | "kms:signingalgorithm"
        | "kms:validto"
        | "kms:wrappingalgorithm"
        | "kms:wrappingkeyspec" => absent(),
        "kms:viaservice" => Knowledge { doubt: KeyDoubt::OfService, ..either(Value::Unknown) },
        _ => unknown(KeyDoubt::NotSupported),
    }
}

/// Keys of the resource that the service asks for, which CloudWatch passes (CloudWatch User Guide, "Notifying users on
/// alarm changes", on confused deputies).
fn source<'a>(key: &str, request: &Request<'a>) -> Knowledge<'a> {
    // "Not supported for EventBridge-to-encrypted topics" (SNS Developer Guide, "Managing Amazon SNS encryption keys and
    // costs").
    if request.key.is_some() && request.service == "events.amazonaws.com" {
        return absent();
    }
    match key {
        "aws:sourceaccount" => is(request.account),
        "aws:sourcearn" => match request.source {
            Some(arn) if arn.is_ascii() => is(arn),
            // "If an alarm ARN includes any non-ASCII characters, use only the `aws:SourceAccount` global condition key".
            Some(_) => present(Value::Unknown, KeyDoubt::NotAscii),
            None => present(Value::Unknown, KeyDoubt::Source),
        },
        _ => organization(request.organization, key),
    }
}

/// The organization's id, or its paths, which are a list.
fn organization<'a>(organization: Organization<'a>, key: &str) -> Knowledge<'a> {
    let list = key.ends_with("paths");
    match organization {
        Organization::None => absent(),
        Organization::Member(id) if !list => is(id),
        Organization::Member(_) => Knowledge { list, ..present(Value::Unknown, KeyDoubt::Organization) },
        Organization::Unknown => Knowledge { list, ..unknown(KeyDoubt::Organization) },
    }
}

fn absent() -> Knowledge<'static> {
    Knowledge { cases: vec![Case::Absent], list: false, doubt: KeyDoubt::OfService }
}

fn is(value: &str) -> Knowledge<'_> {
    present(Value::Text(value), KeyDoubt::OfService)
}

fn present(value: Value<'_>, doubt: KeyDoubt) -> Knowledge<'_> {
    Knowledge { cases: vec![Case::Present { values: vec![value], open: false }], list: false, doubt }
}

/// The request lacks the key, or has it with this value.
fn either(value: Value<'_>) -> Knowledge<'_> {
    let cases = vec![Case::Absent, Case::Present { values: vec![value], open: false }];
    Knowledge { cases, list: false, doubt: KeyDoubt::OfService }
}

fn unknown(doubt: KeyDoubt) -> Knowledge<'static> {
    Knowledge { doubt, ..either(Value::Unknown) }
}
