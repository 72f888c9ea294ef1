//! An estate judged on every core: the report is the same, byte for byte, as that of one thread.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use crate::account::Account;
use crate::estate::Estate;
use crate::judge::{Judge, audited};
use crate::report::{Finding, Report};

/// How many accounts a thread judges before it takes the next: their chain is drawn at once.
const PART: usize = 8;

/// The report on an estate. What is found of an account depends on the estate alone, so it does not matter which thread
/// finds it.
pub fn report(estate: &Estate, judge: &Judge<'_>) -> Report {
    let accounts: Vec<&Account> = estate.accounts().collect();
    let parts: Vec<&[&Account]> = accounts.chunks(PART).collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(parts.len());
    if threads < 2 {
        return judge.report(estate);
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found: Vec<(usize, Vec<Finding>)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = parts.get(at) else { return found };
            found.push((at, judge.findings_on(estate, part)));
        }
    };
    let mut found: Vec<(usize, Vec<Finding>)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let join = |thread: ScopedJoinHandle<'_, _>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        running.into_iter().flat_map(join).collect()
    });
    found.sort_by_key(|(at, _)| *at);
    let findings = found.into_iter().flat_map(|(_, findings)| findings).collect();
    Report::new(judge.benchmark(), accounts.into_iter().map(audited).collect(), findings)
}
