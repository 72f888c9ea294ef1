//! The few requests to emulators for which there is no client of the SDK.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// There is no connection, or it breaks.
    #[error("`{line}`: {error}")]
    Io {
        /// Method and path of the request.
        line: String,
        /// What went wrong.
        error: io::Error,
    },
    /// The answer's status is not 200.
    #[error("`{line}` is answered with `{status}`")]
    Status {
        /// Method and path of the request.
        line: String,
        /// The answer's first line.
        status: String,
    },
    /// The answer lacks what was asked for.
    #[error("`{line}` is answered with `{body}`")]
    Body {
        /// Method and path of the request.
        line: String,
        /// The answer.
        body: String,
    },
}

/// The body of the answer to a request without a body. `line` is the method and the path, `headers` end each with a line
/// break.
pub(super) fn request(endpoint: &str, line: &str, headers: &str) -> Result<String, HttpError> {
    let answer = exchange(endpoint.trim_start_matches("http://").trim_end_matches('/'), line, headers);
    let answer = answer.map_err(|error| HttpError::Io { line: line.to_owned(), error })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.lines().next().unwrap_or_default();
    if status.split(' ').nth(1) == Some("200") {
        Ok(body.to_owned())
    } else {
        Err(HttpError::Status { line: line.to_owned(), status: status.to_owned() })
    }
}

/// In HTTP/1.0, an answer ends with the connection and comes in one piece.
fn exchange(host: &str, line: &str, headers: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    write!(stream, "{line} HTTP/1.0\r\nHost: {host}\r\nContent-Length: 0\r\n{headers}\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
