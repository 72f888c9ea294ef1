//! `trailproof permissions`: what IAM has to grant.

use std::io::{self, Write};

use clap::Args;

use crate::exit::Exit;
use crate::provider::permissions::{Need, Operation};
use crate::provider::policy::{self, PARTITIONS};

#[derive(Debug, Args)]
pub(super) struct Permissions {
    /// Output format
    #[arg(long, value_enum, default_value = "json")]
    format: Format,

    /// Partition of the account; templates take it from where they are deployed
    #[arg(long, value_name = "PARTITION", value_parser = PARTITIONS, default_value = "aws")]
    partition: String,

    /// Print a script that records an account with the AWS CLI alone, for `trailproof record --from-cli`
    #[arg(long, conflicts_with_all = ["format", "partition", "benchmark_only"])]
    cli: bool,

    /// Leave out the permissions that only deeper checks need
    #[arg(long)]
    benchmark_only: bool,
}

/// Makes the directory that [`Recording::assemble`](crate::provider::recorded::Recording::assemble) reads.
const SCRIPT: &str = include_str!("permissions/record.sh");

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// IAM itself
    Json,
    /// A managed policy in Terraform
    Terraform,
    /// A role in CloudFormation
    Cloudformation,
}

impl Permissions {
    pub(super) fn run(self, out: &mut dyn Write) -> io::Result<Exit> {
        if self.cli {
            out.write_all(SCRIPT.as_bytes())?;
            return Ok(Exit::Success);
        }
        let needs = if self.benchmark_only { &[Need::Benchmark][..] } else { &Need::OF_AN_AUDIT };
        let granted = Operation::ALL.iter().copied().filter(|operation| needs.contains(&operation.need()));
        let statements = policy::statements(granted);
        match self.format {
            Format::Json => writeln!(out, "{:#}", policy::json(&statements, &self.partition))?,
            Format::Terraform => policy::terraform(&statements, out)?,
            Format::Cloudformation => policy::cloudformation(&statements, out)?,
        }
        Ok(Exit::Success)
    }
}
