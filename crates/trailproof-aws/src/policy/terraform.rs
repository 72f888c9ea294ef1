//! The policy for Terraform: a customer managed policy, to be attached to whoever audits. The partition is the
//! provider's.

use std::io::{self, Write};

use super::Statement;

/// Writes the configuration, spaced as `terraform fmt` spaces it.
pub fn terraform(statements: &[Statement], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "data \"aws_partition\" \"current\" {{}}\n\ndata \"aws_iam_policy_document\" \"trailproof\" {{")?;
    for (at, statement) in statements.iter().enumerate() {
        let line_break = if at == 0 { "" } else { "\n" };
        writeln!(out, "{line_break}  statement {{\n    sid = \"{}\"\n    actions = [", statement.sid())?;
        for operation in &statement.operations {
            writeln!(out, "      \"{operation}\",")?;
        }
        let resource = statement.resource("${data.aws_partition.current.partition}");
        writeln!(out, "    ]\n    resources = [\"{resource}\"]\n  }}")?;
    }
    out.write_all(POLICY.as_bytes())
}

const POLICY: &str = r#"}

resource "aws_iam_policy" "trailproof" {
  name        = "trailproof"
  description = "What trailproof reads in an audit"
  policy      = data.aws_iam_policy_document.trailproof.json
}

output "trailproof_policy_arn" {
  value = aws_iam_policy.trailproof.arn
}
"#;
