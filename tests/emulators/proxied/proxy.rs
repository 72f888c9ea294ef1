//! A proxy on the loopback interface that hands requests on to the emulators, and answers one call as a broken service or
//! network would.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use socket2::SockRef;
use trailproof::provider::live::emulated::Emulators;
use trailproof::provider::recorded::Recording;

use super::wire::{Request, Sent};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The caller lacks a permission.
    Denied,
    /// The service has enough, so many times.
    ThrottledFirst(usize),
    /// The service has enough for good.
    Throttled,
    /// The service fails.
    ServerError,
    /// The connection is reset once the request has been read.
    Reset,
    /// The connection ends in the middle of the answer.
    Truncated,
    /// No answer, and the connection stays open.
    Silence,
}

/// So many bytes are missing at the end of a truncated answer: more than the end mark of a chunked one has.
const CUT: usize = 7;

/// Who answers in the end: the emulators about an account, and its recording where they know nothing.
#[derive(Debug, Clone)]
pub(crate) struct Upstream {
    localstack: String,
    moto: String,
    account: String,
    /// The outputs of operations that neither emulator knows, and the enabled regions: moto enables every region.
    recorded: BTreeMap<String, Value>,
}

impl Upstream {
    /// The emulated account of this id, which has the mute rules and the enabled regions of a recorded one.
    pub(crate) fn new(emulators: &Emulators, account: &str, recorded: &Recording) -> Self {
        let text = serde_json::to_string(recorded).unwrap().replace(recorded.identity().account.as_str(), account);
        let recorded: Value = text.parse().unwrap();
        let calls = recorded["calls"].as_array().unwrap().iter();
        let outputs = calls.map(|call| (call["operation"].as_str().unwrap().to_owned(), call["output"].clone()));
        Self {
            localstack: emulators.localstack.clone(),
            moto: emulators.moto.clone(),
            account: account.to_owned(),
            recorded: outputs
                .filter(|(operation, _)| operation.contains("MuteRule") || operation == "ListRegions")
                .collect(),
        }
    }

    fn answer(&self, request: &Request) -> io::Result<Vec<u8>> {
        let sent = request.sent();
        if let Some(output) = self.recorded.get(&sent.operation) {
            return Ok(request.output(output));
        }
        let emulator = match sent.service.as_str() {
            "cloudtrail" | "kms" | "securityhub" => &self.moto,
            _ => &self.localstack,
        };
        let mut emulator = TcpStream::connect(emulator.trim_start_matches("http://"))?;
        // LocalStack knows the account by the access key, moto by a header.
        let headers = format!("Connection: close\r\nx-moto-account-id: {}", self.account);
        emulator.write_all(&request.with_headers(&headers))?;
        let mut answer = Vec::new();
        emulator.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

/// A running proxy. It runs until the process ends.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Sent>>>,
}

impl Proxy {
    /// Hands on requests, but for those of `faulty`, if any.
    pub(crate) fn start(upstream: Upstream, faulty: Option<(Sent, Fault)>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let seen = Arc::<Mutex<Vec<_>>>::default();
        let log = seen.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (upstream, faulty, log) = (upstream.clone(), faulty.clone(), log.clone());
                // A client that hangs up is what some of the faults are about.
                thread::spawn(move || serve(connection, &upstream, faulty.as_ref(), &log).ok());
            }
        });
        Ok(Self { url, seen })
    }

    /// The calls that arrived, each once.
    pub(crate) fn calls(&self) -> BTreeSet<Sent> {
        self.seen.lock().unwrap().iter().cloned().collect()
    }
}

/// One request a connection: what is said of connections is then said of calls.
fn serve(
    mut client: TcpStream,
    upstream: &Upstream,
    faulty: Option<&(Sent, Fault)>,
    seen: &Mutex<Vec<Sent>>,
) -> io::Result<()> {
    let Some(request) = Request::read(&mut client)? else { return Ok(()) };
    let sent = request.sent();
    let earlier = {
        let mut seen = seen.lock().unwrap();
        seen.push(sent.clone());
        seen.iter().filter(|other| **other == sent).count() - 1
    };
    match faulty.filter(|(call, _)| *call == sent).map(|(_, fault)| *fault) {
        Some(Fault::Denied) => client.write_all(&request.error(400, "AccessDenied", "the proxy denies this call")),
        Some(Fault::ThrottledFirst(times)) if earlier < times => throttle(&mut client, &request),
        Some(Fault::Throttled) => throttle(&mut client, &request),
        Some(Fault::ServerError) => client.write_all(&request.error(500, "InternalFailure", "the proxy fails")),
        Some(Fault::Reset) => SockRef::from(&client).set_linger(Some(Duration::ZERO)),
        Some(Fault::Truncated) => {
            let answer = upstream.answer(&request)?;
            client.write_all(answer.get(..answer.len().saturating_sub(CUT)).unwrap_or_default())
        }
        Some(Fault::Silence) => client.read(&mut [0]).map(drop),
        Some(Fault::ThrottledFirst(_)) | None => client.write_all(&upstream.answer(&request)?),
    }
}

fn throttle(client: &mut TcpStream, request: &Request) -> io::Result<()> {
    client.write_all(&request.error(400, "ThrottlingException", "the proxy throttles this call"))
}
