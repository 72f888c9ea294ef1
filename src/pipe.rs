//! Streams whose reader may stop reading, as in `trailproof audit | head -1`.

use std::fmt;
use std::io::{self, ErrorKind, Write};

/// A stream whose reader may stop reading: what is written then is dropped, and the command ends as it would have, with
/// the same exit code.
pub struct Pipe<W>(Option<W>);

impl<W> fmt::Debug for Pipe<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipe").field("open", &self.0.is_some()).finish()
    }
}

impl<W: Write> Pipe<W> {
    /// The stream, which is open to begin with.
    pub fn new(stream: W) -> Self {
        Self(Some(stream))
    }

    fn unless_closed<T>(&mut self, dropped: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        let Some(stream) = &mut self.0 else { return Ok(dropped) };
        match write(stream) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.0 = None;
                Ok(dropped)
            }
            written => written,
        }
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}
