//! The command line: arguments in, [`Exit`] out. Every command writes its answer to `out`, and to `err` what is said about
//! the answer or instead of it.

mod audit;
mod audit_plan;
mod config;
mod controls;
mod destination;
mod diagnostic;
mod diff;
mod event_pattern;
mod input;
#[cfg(feature = "live")]
mod live;
mod parameter;
mod pattern;
mod permissions;
mod record;
#[cfg(feature = "scenarios")]
mod scenarios;
mod settings;
mod verdict;
mod verify;

use std::io::{self, Write};

use clap::{Parser, Subcommand};

use crate::exit::Exit;

/// Proves that CloudTrail events reach a person, or prints the event that nobody would hear of
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Audit accounts: would every event that the controls require reach a person?
    Audit(audit::Audit),
    /// Verify an evidence bundle: derive its report again, and check its proofs again
    ///
    /// Exits with 0 if the bundle holds, with 1 if something differs, with 2 if the file is not a bundle.
    Verify(verify::Verify),
    /// Compare two reports, bundles or recordings: what improved, and what got worse
    ///
    /// Exits with 1 if anything got worse or vanished, with 0 if not.
    Diff(diff::Compare),
    /// Show the controls, and check the benchmark's own patterns
    #[command(subcommand)]
    Controls(controls::Command),
    /// Test, compare and explain CloudWatch Logs filter patterns
    #[command(subcommand)]
    Pattern(pattern::Command),
    /// Test, compare and explain EventBridge event patterns
    #[command(subcommand)]
    EventPattern(event_pattern::Command),
    /// Record an account in a file that can be audited in its place
    Record(record::Record),
    /// Print the IAM policy that an audit needs, and nothing else
    Permissions(permissions::Permissions),
    /// Run scenarios: accounts in an auditor's words, and what an audit must report
    #[cfg(feature = "scenarios")]
    Scenarios(scenarios::Scenarios),
}

impl Cli {
    /// Runs the command. The error is one of writing to `out` or `err`; any other is told on `err`, and is an [`Exit`].
    pub fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        match self.command {
            Command::Audit(audit) => audit.run(out, err),
            Command::Verify(verify) => verify.run(out, err),
            Command::Diff(diff) => diff.run(out, err),
            Command::Controls(command) => command.run(out, err),
            Command::Pattern(command) => command.run(out, err),
            Command::EventPattern(command) => command.run(out, err),
            Command::Record(record) => record.run(out, err),
            Command::Permissions(permissions) => permissions.run(out),
            #[cfg(feature = "scenarios")]
            Command::Scenarios(scenarios) => scenarios.run(out, err),
        }
    }
}
