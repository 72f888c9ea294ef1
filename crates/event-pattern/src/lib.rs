//! Parses, matches and decides EventBridge event patterns and SNS filter policies.
