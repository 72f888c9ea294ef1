//! The permissions that an audit lacked, all in one notice, with the policy that grants them.
//!
//! An audit asks for everything before it evaluates anything, so that one run finds all that is denied. What would have
//! been asked next is unknown then, and named as what may be missing too.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::provider::permissions::{Need, Operation};
use crate::provider::recorded::Recording;
use crate::provider::{Call, Refusal, RefusalKind, policy};

/// Tells which permissions were missing in the accounts as they were asked; nothing if none was.
pub(in crate::cli) fn tell<'a>(asked: impl Iterator<Item = &'a Recording>, err: &mut dyn Write) -> io::Result<()> {
    let mut lacking = BTreeMap::<&str, BTreeSet<Operation>>::new();
    for recording in asked {
        let missing = Missing::of(recording.calls());
        if !missing.denied.is_empty() {
            let identity = recording.identity();
            missing.tell(identity.account.as_str(), err)?;
            let lacking = lacking.entry(&identity.partition).or_default();
            lacking.extend(missing.denied.into_keys().chain(missing.hidden));
        }
    }
    for (partition, lacking) in lacking {
        let cyan = AnsiColor::Cyan.on_default().bold();
        let policy = policy::json(&policy::statements(lacking), partition);
        writeln!(
            err,
            "{cyan}help{cyan:#}: attach this policy, or all that `trailproof permissions` prints\n{policy:#}\n"
        )?;
    }
    Ok(())
}

/// What one account denied.
struct Missing {
    /// The denied operations, each with its regions.
    denied: BTreeMap<Operation, Regions>,
    /// What was not asked because of them.
    hidden: BTreeSet<Operation>,
}

#[derive(Default)]
struct Regions {
    names: BTreeSet<String>,
    /// Whether a policy says no, rather than none says yes.
    explicit: bool,
}

impl Missing {
    fn of<'a>(calls: impl Iterator<Item = (&'a Call, Option<&'a Refusal>)>) -> Self {
        let mut asked = BTreeSet::new();
        let mut denied = BTreeMap::<_, Regions>::new();
        for (call, refusal) in calls {
            asked.insert(call.operation);
            if let Some(refusal) = refusal.filter(|refusal| refusal.kind == RefusalKind::Denied) {
                let regions = denied.entry(call.operation).or_default();
                regions.names.insert(call.region.to_string());
                regions.explicit |= refusal.message.contains("explicit deny");
            }
        }
        let mut hidden = BTreeSet::new();
        let mut next: Vec<Operation> = denied.keys().copied().collect();
        while let Some(operation) = next.pop() {
            let unasked = operation.leads_to().iter().filter(|next| !asked.contains(next));
            next.extend(unasked.filter(|next| hidden.insert(**next)));
        }
        Self { denied, hidden }
    }

    fn tell(&self, account: &str, err: &mut dyn Write) -> io::Result<()> {
        let (yellow, bold) = (AnsiColor::Yellow.on_default().bold(), Style::new().bold());
        let all = self.denied.len();
        let permissions = if all == 1 { "permission is" } else { "permissions are" };
        writeln!(err, "{yellow}warning{yellow:#}{bold}: {all} {permissions} missing in account {account}{bold:#}")?;
        for (need, heading) in [(Need::Benchmark, "for the benchmark"), (Need::Deeper, "for deeper checks")] {
            let denied: Vec<_> = self.denied.iter().filter(|(operation, _)| operation.need() == need).collect();
            let hidden: Vec<_> = self.hidden.iter().filter(|operation| operation.need() == need).collect();
            if !denied.is_empty() || !hidden.is_empty() {
                writeln!(err, "  {heading}")?;
            }
            for (operation, regions) in denied {
                let names = regions.names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
                let explicit = if regions.explicit { "; explicitly denied, which overrides every grant" } else { "" };
                writeln!(err, "    {operation} in {names}{explicit}")?;
            }
            for operation in hidden {
                writeln!(err, "    possibly {operation}, which was not called yet")?;
            }
        }
        Ok(())
    }
}
