//! The command line: arguments in, [`Exit`] out. Every command writes its answer to `out`, and to `err` what is said about
//! the answer or instead of it.

mod audit;
mod complaint;
mod config;
mod controls;
mod destination;
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
mod standard;
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
    /// Tell whether the events that the controls require would reach a person
    Audit(audit::Audit),
    /// Check an evidence bundle: derive its report again, and prove again what it proves
    ///
    /// Exits with 0 if all of it holds, with 1 if something differs, with 2 if the file is no bundle.
    Verify(verify::Verify),
    /// Tell what became better and what became worse between two reports, bundles or recordings
    ///
    /// Exits with 1 if anything got worse or vanished, with 0 if not.
    Diff(diff::Compare),
    /// Tell what an audit asks, and what can be proved about the benchmark that asks it
    #[command(subcommand)]
    Controls(controls::Command),
    /// Ask what a CloudWatch Logs filter pattern means
    #[command(subcommand)]
    Pattern(pattern::Command),
    /// Ask what an EventBridge event pattern means
    #[command(subcommand)]
    EventPattern(event_pattern::Command),
    /// Keep what an audit asks of an account, and the answers, in a file that can be audited in its place
    Record(record::Record),
    /// Print the IAM policy that grants what an audit reads, and nothing else
    Permissions(permissions::Permissions),
    /// Run scenarios in an auditor's words: accounts, and what an audit has to say of them
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
