//! An endpoint on this machine that answers as AWS would, for `--endpoint-url`.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// What an operation answers: status, content type and body.
pub(crate) type Reply = (u16, &'static str, Vec<u8>);

/// What is answered.
pub(crate) enum Said {
    Recorded,
    Nothing,
    Other(Reply),
}

/// The endpoint, and what it was asked.
pub(crate) struct Endpoint {
    pub(crate) url: String,
    asked: Arc<Mutex<Asked>>,
}

#[derive(Default)]
struct Asked {
    operations: Vec<String>,
    connections: usize,
}

impl Endpoint {
    /// One that answers each operation so; none stands for no answer at all.
    pub(crate) fn answering(answer: impl Fn(&str, Protocol) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, answer) = (Arc::new(Mutex::new(Asked::default())), Arc::new(answer));
        let seen = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                seen.lock().unwrap().connections += 1;
                let (seen, answer) = (seen.clone(), answer.clone());
                thread::spawn(move || serve(&stream, &seen, &*answer));
            }
        });
        Self { url, asked }
    }

    /// One that answers to STS alone, and always so.
    pub(crate) fn of_sts(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::answering(move |_, _| Some((status, content_type, body.clone())))
    }

    /// One that answers what a recording holds, after a while.
    pub(crate) fn replaying(recording: &str, delay: Duration) -> Self {
        Self::replaying_but(recording, move |_| {
            thread::sleep(delay);
            Said::Recorded
        })
    }

    /// One that answers what a recording holds, unless it answers otherwise.
    pub(crate) fn replaying_but(recording: &str, other: impl Fn(&str) -> Said + Send + Sync + 'static) -> Self {
        let recording: Value = serde_json::from_str(recording).unwrap();
        Self::answering(move |operation, protocol| {
            match other(operation) {
                Said::Recorded => {}
                Said::Nothing => return None,
                Said::Other(reply) => return Some(reply),
            }
            if operation == "GetCallerIdentity" {
                return Some((200, "text/xml", IDENTITY.into()));
            }
            let call = recording["calls"].as_array().unwrap().iter().find(|call| call["operation"] == operation);
            Some(match call {
                Some(call) => protocol.write(operation, &without_times(&call["output"])),
                None => (400, "application/json", r#"{"__type": "AccessDeniedException", "message": "no"}"#.into()),
            })
        })
    }

    /// The operations that were asked, in order.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.asked.lock().unwrap().operations.clone()
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.asked.lock().unwrap().connections
    }
}

const IDENTITY: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/auditor</Arn>\
    <UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

/// The CLI prints times otherwise than AWS sends them.
fn without_times(output: &Value) -> Value {
    match output {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !name.contains("Time"));
            kept.map(|(name, value)| (name.clone(), without_times(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_times).collect(),
        other => other.clone(),
    }
}

/// How requests and answers are written.
#[derive(Clone, Copy)]
pub(crate) enum Protocol {
    Json,
    Query,
    Cbor,
}

impl Protocol {
    fn write(self, operation: &str, output: &Value) -> Reply {
        match self {
            Self::Json => (200, "application/json", output.to_string().into()),
            Self::Cbor => {
                let mut bytes = Vec::new();
                ciborium::into_writer(output, &mut bytes).unwrap();
                (200, "application/cbor", bytes)
            }
            Self::Query => {
                let mut text = format!("<{operation}Response><{operation}Result>");
                xml(output, &mut text);
                write!(text, "</{operation}Result></{operation}Response>").unwrap();
                (200, "text/xml", text.into())
            }
        }
    }
}

fn xml(value: &Value, text: &mut String) {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            write!(text, "<{name}>").unwrap();
            match value {
                Value::Object(entries) if name == "Attributes" => entries.iter().for_each(|(key, value)| {
                    xml(&json!({"entry": {"key": key, "value": value}}), text);
                }),
                other => xml(other, text),
            }
            write!(text, "</{name}>").unwrap();
        }),
        Value::Array(items) => items.iter().for_each(|item| xml(&json!({"member": item}), text)),
        Value::String(value) => text.push_str(&escape(value)),
        other => text.push_str(&other.to_string()),
    }
}

/// Reads requests until the connection ends, and answers each.
fn serve(stream: &TcpStream, asked: &Mutex<Asked>, answer: &dyn Fn(&str, Protocol) -> Option<Reply>) {
    let mut reader = BufReader::new(stream);
    while let Some((operation, protocol)) = request(&mut reader) {
        asked.lock().unwrap().operations.push(operation.clone());
        let Some((status, content_type, body)) = answer(&operation, protocol) else {
            thread::sleep(Duration::from_secs(60));
            return;
        };
        let head = format!(
            "HTTP/1.1 {status} Said\r\nContent-Type: {content_type}\r\nsmithy-protocol: rpc-v2-cbor\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut writer = stream;
        if writer.write_all(&[head.as_bytes(), &body].concat()).is_err() {
            return;
        }
    }
}

/// The next operation that is asked.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<(String, Protocol)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let header = |name: &str| {
        let mut headers = head.lines().filter_map(|line| line.split_once(':'));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let mut body = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    let path = head.split(' ').nth(1)?.split('?').next()?.to_owned();
    let form = String::from_utf8_lossy(&body).into_owned();
    let action = form.split('&').find_map(|pair| pair.strip_prefix("Action="));
    Some(match (header("smithy-protocol"), header("x-amz-target"), action) {
        (Some(_), ..) => (path.rsplit('/').next()?.to_owned(), Protocol::Cbor),
        (_, Some(target), _) => (target.rsplit('.').next()?.to_owned(), Protocol::Json),
        (.., Some(action)) => (action.to_owned(), Protocol::Query),
        _ if path == "/accounts" => ("DescribeHub".to_owned(), Protocol::Json),
        _ if path == "/listRegions" => ("ListRegions".to_owned(), Protocol::Json),
        _ => (path, Protocol::Json),
    })
}
