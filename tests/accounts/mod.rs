//! The accounts for the tests that are not in `tests/it/` yet.

#[path = "../support/accounts.rs"]
mod accounts;

pub(crate) use accounts::*;
