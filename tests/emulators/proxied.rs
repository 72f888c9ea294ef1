//! A compliant account in the emulators, which the program is run against through a proxy.

pub(super) mod proxy;
pub(super) mod wire;

use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use trailproof::account::collect::collect;
use trailproof::provider::Provider;
use trailproof::provider::live::emulated::Emulators;
use trailproof::provider::record::Recorder;
use trailproof::provider::recorded::Recording;

use super::accounts::wait;
use proxy::{Fault, Proxy, Upstreams};
use wire::Sent;

/// A compliant account in the emulators.
pub(super) struct Account {
    pub(super) id: String,
    /// What it answers an audit, as the file of a recording.
    pub(super) recording: Value,
    upstreams: Upstreams,
}

impl Account {
    pub(super) fn compliant(emulators: &Arc<Emulators>) -> Self {
        let compliant = Recording::read("tests/fixtures/accounts/compliant.json".as_ref()).unwrap().remove(0);
        wait(async {
            let live = emulators.provision(&compliant).await.unwrap().live;
            let recorder = Recorder::new(live.clone());
            collect(&recorder).await;
            let upstreams = Upstreams { localstack: emulators.localstack.clone(), moto: emulators.moto.clone() };
            let recording = serde_json::to_value(recorder.recording()).unwrap();
            Self { id: live.identity().account.to_string(), recording, upstreams }
        })
    }

    /// Runs the program as somebody who may look at the account. The calls are those that arrived at the proxy.
    pub(super) fn run(&self, arguments: &[&str], faulty: Option<(Sent, Fault)>) -> (Output, BTreeSet<Sent>) {
        let proxy = Proxy::start(self.upstreams.clone(), self.id.clone(), faulty).unwrap();
        let output = Command::new(assert_cmd::cargo::cargo_bin!("trailproof"))
            .env_clear()
            .envs([("AWS_ACCESS_KEY_ID", self.id.as_str()), ("AWS_SECRET_ACCESS_KEY", "secret")])
            .envs([("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL", &proxy.url)])
            .args(arguments)
            .output()
            .unwrap();
        (output, proxy.calls())
    }
}
