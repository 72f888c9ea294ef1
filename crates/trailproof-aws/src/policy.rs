//! The IAM policy that grants read operations and nothing else: as JSON, for Terraform, and for CloudFormation.

mod cloudformation;
mod terraform;

use serde_json::{Value, json};

pub use cloudformation::cloudformation;
pub use terraform::terraform;

use crate::{Need, Operation, Scope};

/// The partitions that AWS has regions in.
pub const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"];

/// A statement that allows operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which part of an audit needs them.
    pub need: Need,
    /// What they are narrowed to.
    pub scope: Scope,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// The statements that allow the operations, those of the benchmark first. What IAM cannot deny is left out.
pub fn statements(operations: impl IntoIterator<Item = Operation>) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for operation in operations {
        let (need, scope) = (operation.need(), operation.scope());
        match statements.iter_mut().find(|one| (one.need, one.scope) == (need, scope)) {
            _ if need == Need::Identity => {}
            Some(statement) => statement.operations.push(operation),
            None => statements.push(Statement { need, scope, operations: vec![operation] }),
        }
    }
    statements.sort_by_key(|statement| (statement.need, statement.scope));
    statements
}

/// The policy as IAM takes it.
pub fn json(statements: &[Statement], partition: &str) -> Value {
    let statement = |statement: &Statement| {
        json!({
            "Sid": statement.sid(),
            "Effect": "Allow",
            "Action": statement.operations.iter().map(Operation::to_string).collect::<Vec<_>>(),
            "Resource": statement.resource(partition),
        })
    };
    json!({"Version": "2012-10-17", "Statement": statements.iter().map(statement).collect::<Vec<_>>()})
}

impl Statement {
    /// Its name, in the letters and digits that IAM allows.
    fn sid(&self) -> String {
        let need = match self.need {
            Need::Identity => "Identity",
            Need::Benchmark => "Benchmark",
            Need::Deeper => "Deeper",
            Need::Estate => "Estate",
            Need::Routes => "Routes",
            Need::HandOver => "HandOver",
        };
        let scope = match self.scope {
            Scope::Everything => "",
            Scope::Trails => "Trails",
            Scope::LogGroups => "LogGroups",
            Scope::Topics => "Topics",
            Scope::Keys => "Keys",
            Scope::Rules => "Rules",
            Scope::Buses => "Buses",
        };
        format!("{need}{scope}")
    }

    /// The ARN that it is about. The partition may be what a template writes for it.
    fn resource(&self, partition: &str) -> String {
        let kind = match self.scope {
            Scope::Everything => return "*".to_owned(),
            Scope::Trails => "cloudtrail:*:*:trail/*",
            Scope::LogGroups => "logs:*:*:log-group:*",
            Scope::Topics => "sns:*:*:*",
            Scope::Keys => "kms:*:*:key/*",
            Scope::Rules => "events:*:*:rule/*",
            Scope::Buses => "events:*:*:event-bus/*",
        };
        format!("arn:{partition}:{kind}")
    }
}
