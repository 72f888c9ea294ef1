//! The audit.

use cucumber::step::Context;
use futures::FutureExt as _;
use futures::future::LocalBoxFuture;

use crate::scenario::step::{Arguments, Definition, Keyword, settle};
use crate::scenario::world::World;

pub(super) const STEPS: &[Definition] = &[
    Definition {
        keyword: Keyword::When,
        text: "the account is audited",
        meaning: "Against the newest benchmark version: for the control of the first step, or a recorded account for all",
        run: newest,
    },
    Definition {
        keyword: Keyword::When,
        text: "the account is audited for CIS {text}",
        meaning: "Against this benchmark version",
        run: version,
    },
    Definition {
        keyword: Keyword::When,
        text: "the account is audited strictly",
        meaning: "As with `--strict`: a check that was not made keeps a control from passing",
        run: strictly,
    },
];

fn newest(world: &mut World, _: Context) -> LocalBoxFuture<'_, ()> {
    async { settle(world.audit(None, false).await) }.boxed_local()
}

fn version(world: &mut World, context: Context) -> LocalBoxFuture<'_, ()> {
    async { settle(world.audit(Some(Arguments(context).text(0)), false).await) }.boxed_local()
}

fn strictly(world: &mut World, _: Context) -> LocalBoxFuture<'_, ()> {
    async { settle(world.audit(None, true).await) }.boxed_local()
}
