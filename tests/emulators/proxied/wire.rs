//! As much of HTTP and of the protocols of AWS as a proxy has to know: which call a request is, and how a service says no.

use std::fmt;
use std::io::{self, Read};

use serde_json::{Value, json};

/// A request, as it came.
#[derive(Debug)]
pub(crate) struct Request {
    head: String,
    body: Vec<u8>,
}

/// What tells one call from another: retries of it are the same, a call about another resource is not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sent {
    /// The name that requests to the service are signed with, such as `monitoring`.
    pub(crate) service: String,
    pub(crate) region: String,
    /// The operation in the API's spelling.
    pub(crate) operation: String,
    body: Vec<u8>,
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.operation)
    }
}

impl Request {
    /// The next request of a connection, or none where the client hangs up before it.
    pub(crate) fn read(client: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if client.read(&mut byte)? == 0 {
                return Ok(None);
            }
            head.push(byte[0]);
        }
        let mut request = Self { head: String::from_utf8(head).map_err(io::Error::other)?, body: Vec::new() };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        request.body.resize(length, 0);
        client.read_exact(&mut request.body)?;
        Ok(Some(request))
    }

    /// Which call it is.
    pub(crate) fn sent(&self) -> Sent {
        let scope =
            self.header("authorization").and_then(|value| value.split("Credential=").nth(1)).unwrap_or_default();
        let mut scope = scope.split('/').skip(2).map(str::to_owned);
        let (region, service) = (scope.next().unwrap_or_default(), scope.next().unwrap_or_default());
        Sent { service, region, operation: self.operation(), body: self.body.clone() }
    }

    /// The request with more headers, which go before its own. Its own about the connection is left out.
    pub(crate) fn with_headers(&self, more: &str) -> Vec<u8> {
        let (first, own) = self.head.split_once("\r\n").unwrap_or_default();
        let kept = own.split("\r\n").filter(|line| !line.to_lowercase().starts_with("connection:"));
        let own = kept.collect::<Vec<_>>().join("\r\n");
        [format!("{first}\r\n{more}\r\n{own}").as_bytes(), &self.body].concat()
    }

    /// The answer with which a service refuses this request, in the request's own protocol.
    pub(crate) fn error(&self, status: u16, code: &str, message: &str) -> Vec<u8> {
        match self.protocol() {
            Protocol::Cbor | Protocol::Json => self.answer(status, &json!({"__type": code, "message": message})),
            Protocol::Query => http(status, "text/xml", format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
            ).as_bytes()),
        }
    }

    /// The answer with which a service yields an output. There is none in XML.
    pub(crate) fn output(&self, output: &Value) -> Vec<u8> {
        self.answer(200, output)
    }

    fn answer(&self, status: u16, body: &Value) -> Vec<u8> {
        if let Protocol::Cbor = self.protocol() {
            let mut bytes = Vec::new();
            ciborium::into_writer(body, &mut bytes).unwrap();
            http(status, "application/cbor", &bytes)
        } else {
            http(status, "application/x-amz-json-1.1", body.to_string().as_bytes())
        }
    }

    fn operation(&self) -> String {
        let path = self.head.split(' ').nth(1).unwrap_or_default();
        let operation = match self.protocol() {
            Protocol::Cbor => path.rsplit('/').next().map(str::to_owned),
            Protocol::Query => {
                let form = String::from_utf8_lossy(&self.body).into_owned();
                form.split('&').find_map(|pair| pair.strip_prefix("Action=")).map(str::to_owned)
            }
            Protocol::Json => match self.header("x-amz-target") {
                Some(target) => target.rsplit('.').next().map(str::to_owned),
                // The calls of services that speak REST.
                None => match path.split('?').next() {
                    Some("/accounts") => Some("DescribeHub".to_owned()),
                    Some("/listRegions") => Some("ListRegions".to_owned()),
                    _ => None,
                },
            },
        };
        operation.unwrap_or_default()
    }

    fn protocol(&self) -> Protocol {
        if self.header("smithy-protocol").is_some() {
            Protocol::Cbor
        } else if self.header("content-type").is_some_and(|kind| kind.contains("form-urlencoded")) {
            Protocol::Query
        } else {
            Protocol::Json
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(':'));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// How requests and answers are written.
enum Protocol {
    Json,
    Query,
    Cbor,
}

fn http(status: u16, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} as said\r\nContent-Type: {kind}\r\nsmithy-protocol: rpc-v2-cbor\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
