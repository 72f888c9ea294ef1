//! Answers the calls of trailproof with the AWS SDK.
