//! A decorator round anybody who answers that keeps each call and its answer: what it yields after an audit is a
//! recording, and an audit of that recording sees the same account.

use std::sync::{Mutex, PoisonError};

use super::{Calls, Recording};
use crate::api::Timestamp;
use crate::{Answer, Ask, Identity, Provider, Question, RefusalKind, Region};

/// Somebody whose answers are kept.
#[derive(Debug)]
pub struct Recorder<A> {
    asked: A,
    calls: Mutex<Calls>,
}

impl<A: Ask + Sync> Recorder<A> {
    /// Keeps what is answered from now on.
    pub fn new(asked: A) -> Self {
        Self { asked, calls: Mutex::default() }
    }

    /// What was asked and answered so far, as the recording of this account.
    pub fn recording_of(&self, identity: Identity) -> Recording {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Recording::new(identity, self.asked.asked_at().map(|time| time.to_string()), calls)
    }

    /// Keeps an answer, unless it is that there is none. Of two answers to the same call an output is kept before a
    /// refusal, then the first.
    fn keep<Q: Question>(&self, question: &Q, answer: &Answer<Q::Output>) {
        if answer.as_ref().is_err_and(|refusal| refusal.kind == RefusalKind::NotRecorded) {
            return;
        }
        let answer = answer.clone().map(Q::wrap);
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = calls.entry(question.call()).or_insert_with(|| answer.clone());
        if kept.is_err() && answer.is_ok() {
            *kept = answer;
        }
    }
}

impl<P: Provider + Sync> Recorder<P> {
    /// What was asked and answered so far.
    pub fn recording(&self) -> Recording {
        self.recording_of(self.asked.identity().clone())
    }
}

impl<A: Ask + Sync> Ask for Recorder<A> {
    fn regions(&self) -> &[Region] {
        self.asked.regions()
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.asked.asked_at()
    }

    async fn ask<Q: Question>(&self, question: Q) -> Answer<Q::Output> {
        let answer = self.asked.ask(question.clone()).await;
        self.keep(&question, &answer);
        answer
    }
}

impl<P: Provider + Sync> Provider for Recorder<P> {
    fn identity(&self) -> &Identity {
        self.asked.identity()
    }
}
