//! Parses, matches, explains and decides CloudWatch Logs filter patterns.
