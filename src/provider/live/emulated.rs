//! AWS, emulated: accounts in LocalStack and moto, which the live provider asks over the wire.
//!
//! LocalStack answers for CloudWatch, CloudWatch Logs, SNS and STS, moto for the rest.

mod start;

pub use start::{ENDPOINTS, Emulators, EmulatorsError};
