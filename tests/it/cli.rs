//! What holds of every command, and how arguments go together.

#[cfg(feature = "live")]
use insta::assert_snapshot;

use super::runner::trailproof;

#[test]
fn without_a_command_there_is_help() {
    let help = trailproof().run().exits(2);
    assert!(help.contains("Usage: trailproof <COMMAND>"), "{help}");
}

#[test]
fn a_closed_pipe_is_no_message() {
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    for (args, exit) in [
        (&["audit", "--demo"][..], 1),
        (&["audit", "--demo", "--format", "json", "--output", "/dev/stdout"], 1),
        (&["pattern", "test", "--filter-pattern", "", "--log-event-messages", "a"], 0),
        (&["controls", "list"], 0),
    ] {
        let ran = trailproof().args(args).stdout(closed()).run();
        assert_eq!((ran.exit, ran.stderr.as_str()), (exit, ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_message() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let ran = trailproof().args(["audit", "--demo"]).stdout(full).run();
    assert!(ran.exit == 2 && ran.stderr.starts_with("error: the output could not be written"), "{}", ran.stderr);
}

#[cfg(feature = "live")]
#[test]
fn one_account_is_not_audited_twice() {
    let roles = ["arn:aws:iam::111122223333:role/audit", "arn:aws:iam::111122223333:role/security"];
    let ran = trailproof().args(["audit", "--role-arn", roles[0], "--role-arn", roles[1]]).run();
    assert_snapshot!(ran.transcript(), @"
    error: `arn:aws:iam::111122223333:role/audit` and `arn:aws:iam::111122223333:role/security` are both roles of account 111122223333
    help: give one `--role-arn` for each account
    [exit 2]
    ");
}
