//! Answers that were given before.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::verdict::Verdict;

/// A question: the numbers of the required set and of those that are to cover it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) required: u32,
    pub(super) by: Box<[u32]>,
}

/// What is known about a question.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) covered: bool,
    /// Made when it is asked for.
    pub(super) verdict: OnceLock<Arc<Verdict>>,
    /// Made when it is asked for.
    pub(super) proof: OnceLock<Arc<Proof>>,
}

/// Why a set is covered, without the words.
#[derive(Clone, Debug, Default)]
pub(super) struct Proof {
    /// For each part of the required set, which of the sets cover it.
    pub(super) parts: Vec<Vec<usize>>,
    /// The facts without which it would not be covered, by their places in the domain.
    pub(super) facts: Vec<usize>,
}

/// Questions and what is known about them, for several threads.
#[derive(Debug)]
pub(super) struct Memo {
    shards: [Mutex<HashMap<Question, Arc<Answered>>>; SHARDS],
    hasher: RandomState,
}

const SHARDS: usize = 16;
/// How many answers a shard keeps. When it is full it starts anew, which costs time and changes no answer.
const MOST: usize = 4_000;

impl Memo {
    pub(super) fn new() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()), hasher: RandomState::new() }
    }

    /// What is known.
    pub(super) fn get(&self, question: &Question) -> Option<Arc<Answered>> {
        self.shard(question)?.get(question).map(Arc::clone)
    }

    /// Remembers an answer, or gives the one that another thread has found meanwhile.
    pub(super) fn insert(&self, question: Question, answered: Arc<Answered>) -> Arc<Answered> {
        let Some(mut shard) = self.shard(&question) else { return answered };
        if shard.len() >= MOST {
            shard.clear();
        }
        Arc::clone(shard.entry(question).or_insert(answered))
    }

    fn shard(&self, question: &Question) -> Option<MutexGuard<'_, HashMap<Question, Arc<Answered>>>> {
        let at = usize::try_from(self.hasher.hash_one(question) % SHARDS as u64).ok()?;
        Some(self.shards.get(at)?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
