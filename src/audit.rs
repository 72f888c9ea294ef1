//! An estate judged on every core: the report is the same, byte for byte, as that of one thread.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::account::Account;
use crate::estate::Estate;
use crate::judge::{Judge, audited};
use crate::report::{Finding, Report};

/// How many accounts a thread judges before it takes the next: their chain is drawn at once.
const PART: usize = 8;

/// How many parts a thread may be ahead of the one that is taken next, so that few wait for it in memory.
const AHEAD: usize = 4;

/// How many threads so many pieces of work are worth.
pub fn threads(parts: usize) -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(parts)
}

/// How many threads an audit of an estate is worth.
pub fn threads_for(estate: &Estate) -> usize {
    threads(estate.len().div_ceil(PART))
}

/// The report on an estate. What is found of an account depends on the estate alone, so it does not matter which thread
/// finds it.
pub fn report(estate: &Estate, judge: &Judge<'_>) -> Report {
    let mut findings = Vec::new();
    let Ok(()) = in_parts(
        estate,
        judge,
        threads_for(estate),
        |found| found,
        |found| {
            findings.extend(found);
            Ok::<_, std::convert::Infallible>(())
        },
    );
    Report::new(judge.benchmark(), estate.accounts().map(audited).collect(), findings)
}

/// Judges an estate a few accounts at a time on so many threads. What a thread makes of its findings by `make` goes to
/// `take` in the order of the accounts, as soon as it is there. The first error of `take` ends it.
pub fn in_parts<T: Send, E>(
    estate: &Estate,
    judge: &Judge<'_>,
    threads: usize,
    make: impl Fn(Vec<Finding>) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let accounts: Vec<&Account> = estate.accounts().collect();
    let regions = judge.regions(estate);
    let find = |part: &[&Account]| make(judge.findings_on(&regions, part));
    if threads < 2 {
        return accounts.chunks(PART).try_for_each(|part| take(find(part)));
    }
    in_order(&accounts.chunks(PART).collect::<Vec<_>>(), threads, |part| find(part), take)
}

/// Does `work` on all items on several threads, and gives what comes of them to `take` in the order of the items. The
/// first error of `take` ends it.
pub fn in_order<I: Sync, T: Send, E>(
    items: &[I],
    threads: usize,
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let line = Line {
        state: Mutex::new(State { next: 0, taken: 0, done: BTreeMap::new(), ended: false }),
        moved: Condvar::new(),
    };
    let ahead = AHEAD * threads;
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // A panic ends the line too, and goes on where the scope joins its threads.
                let unless_done = End(&line);
                while let Some(at) = line.next(items.len(), ahead) {
                    let Some(item) = items.get(at) else { break };
                    line.put(at, work(item));
                }
                std::mem::forget(unless_done);
            });
        }
        let _until_here = End(&line);
        for _ in items {
            let Some(done) = line.take() else { break };
            take(done)?;
        }
        Ok(())
    })
}

/// What several threads work on, and what comes of it.
struct Line<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
}

struct State<T> {
    /// The place of the item that is worked on next.
    next: usize,
    /// How many results were taken.
    taken: usize,
    /// Results that wait for those before them, by their places.
    done: BTreeMap<usize, T>,
    ended: bool,
}

/// Ends a line when it is dropped.
struct End<'l, T>(&'l Line<T>);

impl<T> Line<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<T>>) -> MutexGuard<'s, State<T>> {
        self.moved.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of an item to work on, once it is not too far ahead; `None` if there is none left.
    fn next(&self, items: usize, ahead: usize) -> Option<usize> {
        let mut state = self.lock();
        while !state.ended && state.next < items && state.next >= state.taken + ahead {
            state = self.wait(state);
        }
        let at = state.next;
        (!state.ended && at < items).then(|| {
            state.next += 1;
            at
        })
    }

    fn put(&self, at: usize, result: T) {
        self.lock().done.insert(at, result);
        self.moved.notify_all();
    }

    /// The next result in the order of the items; `None` if the line has ended before.
    fn take(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            let at = state.taken;
            if let Some(done) = state.done.remove(&at) {
                state.taken += 1;
                self.moved.notify_all();
                return Some(done);
            }
            if state.ended {
                return None;
            }
            state = self.wait(state);
        }
    }
}

impl<T> Drop for End<'_, T> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::{in_order, in_parts, report};
    use crate::account::collect::collect;
    use crate::catalogue::Catalogue;
    use crate::estate::Estate;
    use crate::judge::{Judge, Question};
    use crate::provider::recorded::Recording;
    use crate::render::{JsonStream, json};
    use crate::report::Report;

    /// Accounts whose filters are alike, but for every third, and one that lacks a filter.
    fn estate() -> Estate {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let account = |number: usize| {
            let text = include_str!("cli/audit/demo.json").replace("111122223333", &format!("1111{number:08}"));
            let text = match number % 3 {
                0 => text.replace("$.eventName = CreateVpc", &format!("$.eventName = Create{number}")),
                1 if number == 7 => text.replace("$.eventName = DeleteTrail", "$.eventName = *Trail"),
                _ => text,
            };
            runtime.block_on(collect(&text.parse::<Recording>().unwrap()))
        };
        (0..40).map(account).collect()
    }

    /// The report as it is written while it is made.
    fn streamed(estate: &Estate, judge: &Judge<'_>, threads: usize) -> String {
        let Report { benchmark, accounts, summary, .. } = report(estate, judge);
        let empty = Report { summary, ..Report::new(benchmark, accounts, Vec::new()) };
        let mut out = Vec::new();
        let mut stream = JsonStream::begin(&empty, &mut out).unwrap();
        let make = |found: Vec<_>| JsonStream::text(&found).unwrap();
        in_parts(estate, judge, threads, make, |text| stream.push(&text)).unwrap();
        stream.end(&empty).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_thread_and_many_make_the_same_report() {
        let estate = estate();
        let whole = |threads| {
            let catalogue = Catalogue::builtin().unwrap();
            let version = catalogue.version(None).unwrap();
            let controls = catalogue.select(version, &[]).unwrap();
            let question = Question { version, prover: &catalogue.records, strict: false, letter: false };
            let judge = Judge::new(&controls, question);
            // With nothing kept from another run.
            (streamed(&estate, &judge, threads), json(&judge.report(&estate)).unwrap())
        };
        let (one, at_once) = whole(1);
        assert_eq!(one, at_once);
        for threads in [2, 3, 8] {
            assert!(whole(threads).0 == one, "{threads} threads");
        }
    }

    #[test]
    fn results_come_in_order() {
        let items: Vec<usize> = (0..500).collect();
        let mut taken = Vec::new();
        let Ok(()) = in_order(
            &items,
            4,
            |item| item * 2,
            |double| {
                taken.push(double);
                Ok::<_, Infallible>(())
            },
        );
        assert!(taken.iter().copied().eq((0..500).map(|item| item * 2)));
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<usize> = (0..500).collect();
        let ended = in_order(&items, 4, |item| *item, |item| if item == 100 { Err("full") } else { Ok(()) });
        assert_eq!(ended, Err("full"));
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_the_work() {
        let items: Vec<usize> = (0..500).collect();
        let work = |item: &usize| assert_ne!(*item, 100);
        let Ok(()) = in_order(&items, 4, work, |()| Ok::<_, Infallible>(()));
    }
}
