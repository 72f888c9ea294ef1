//! The policy for CloudFormation: a role that the principal whom the deployer names may assume. The partition is the
//! stack's.

use std::io::{self, Write};

use super::Statement;

/// Writes the template.
pub fn cloudformation(statements: &[Statement], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(ROLE.as_bytes())?;
    for statement in statements {
        writeln!(
            out,
            "              - Sid: {}\n                Effect: Allow\n                Action:",
            statement.sid()
        )?;
        for operation in &statement.operations {
            writeln!(out, "                  - {operation}")?;
        }
        let substitute = match statement.resource("${AWS::Partition}") {
            all if all == "*" => "\"*\"".to_owned(),
            arn => format!("!Sub \"{arn}\""),
        };
        writeln!(out, "                Resource: {substitute}")?;
    }
    out.write_all(OUTPUTS.as_bytes())
}

const ROLE: &str = r#"AWSTemplateFormatVersion: "2010-09-09"
Description: A role that reads what trailproof needs in an audit

Parameters:
  TrustedPrincipal:
    Type: String
    Description: The ARN of the user, role or account (arn:aws:iam::111122223333:root) that may assume the role
    AllowedPattern: ^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$
    ConstraintDescription: must be the ARN of a user, a role or an account
  ExternalId:
    Type: String
    Description: What a third party has to present to assume the role; empty if nothing
    AllowedPattern: ^([A-Za-z0-9_+=,.@:/-]{2,1224})?$
    ConstraintDescription: must have 2 to 1224 letters, digits or any of _+=,.@:/-
    Default: ""

Conditions:
  HasExternalId: !Not [!Equals [!Ref ExternalId, ""]]

Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Description: Read-only audits by trailproof
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref TrustedPrincipal
            Action: sts:AssumeRole
            Condition: !If
              - HasExternalId
              - StringEquals:
                  sts:ExternalId: !Ref ExternalId
              - !Ref AWS::NoValue
      Policies:
        - PolicyName: trailproof
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
"#;

const OUTPUTS: &str = "
Outputs:
  RoleArn:
    Description: For the option --role-arn of an audit
    Value: !GetAtt Role.Arn
";
