//! The fields of CloudTrail records, which steps about an event may name.
//!
//! Source: AWS CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events" and
//! "CloudTrail userIdentity element".

/// The fields with members that each service names itself.
const OPEN: [&str; 6] = [
    "additionalEventData",
    "eventContext",
    "requestParameters",
    "responseElements",
    "serviceEventDetails",
    "userIdentity.sessionContext.webIdFederationData",
];

/// The other fields whose values are texts.
const FIELDS: [&str; 55] = [
    "addendum.originalEventID",
    "addendum.originalRequestID",
    "addendum.reason",
    "addendum.updatedFields",
    "apiVersion",
    "awsRegion",
    "edgeDeviceDetails",
    "errorCode",
    "errorMessage",
    "eventCategory",
    "eventID",
    "eventName",
    "eventSource",
    "eventTime",
    "eventType",
    "eventVersion",
    "managementEvent",
    "readOnly",
    "recipientAccountId",
    "requestID",
    "resources",
    "sessionCredentialFromConsole",
    "sharedEventID",
    "sourceIPAddress",
    "tlsDetails.cipherSuite",
    "tlsDetails.clientProvidedHostHeader",
    "tlsDetails.tlsVersion",
    "userAgent",
    "userIdentity.accessKeyId",
    "userIdentity.accountId",
    "userIdentity.arn",
    "userIdentity.credentialId",
    "userIdentity.identityProvider",
    "userIdentity.inScopeOf.credentialsIssuedTo",
    "userIdentity.inScopeOf.issuerType",
    "userIdentity.inScopeOf.sourceAccount",
    "userIdentity.inScopeOf.sourceArn",
    "userIdentity.invokedBy",
    "userIdentity.onBehalfOf.identityStoreArn",
    "userIdentity.onBehalfOf.userId",
    "userIdentity.principalId",
    "userIdentity.sessionContext.assumedRoot",
    "userIdentity.sessionContext.attributes.creationDate",
    "userIdentity.sessionContext.attributes.mfaAuthenticated",
    "userIdentity.sessionContext.ec2RoleDelivery",
    "userIdentity.sessionContext.sessionIssuer.accountId",
    "userIdentity.sessionContext.sessionIssuer.arn",
    "userIdentity.sessionContext.sessionIssuer.principalId",
    "userIdentity.sessionContext.sessionIssuer.type",
    "userIdentity.sessionContext.sessionIssuer.userName",
    "userIdentity.sessionContext.sourceIdentity",
    "userIdentity.type",
    "userIdentity.userName",
    "vpcEndpointAccountId",
    "vpcEndpointId",
];

/// Whether a record may have the field; if not, the error is the field that may have been meant.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    let is_open = |open: &str| path.strip_prefix(open).is_some_and(|member| member.starts_with('.'));
    if FIELDS.contains(&path) || OPEN.into_iter().any(is_open) {
        return Ok(());
    }
    let likeness = |field: &str| strsim::normalized_levenshtein(field, path);
    let nearest = FIELDS.iter().chain(&OPEN).max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    Err(nearest.copied().unwrap_or_default())
}
