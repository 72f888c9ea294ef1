//! The `trailproof` command.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use trailproof::cli::Cli;
use trailproof::exit::Exit;

fn main() -> ExitCode {
    let mut out = BufWriter::new(Pipe::new(anstream::stdout().lock()));
    let mut err = Pipe::new(anstream::stderr().lock());
    let ended = Cli::parse().run(&mut out, &mut err).and_then(|exit| out.flush().map(|()| exit));
    let exit = ended.unwrap_or_else(|error| {
        let _ = writeln!(err, "error: the output could not be written: {error}");
        Exit::Unusable
    });
    exit.into()
}

/// A stream whose reader may stop reading: what is written then is dropped, and the command ends as it would have.
struct Pipe<W>(Option<W>);

impl<W: Write> Pipe<W> {
    fn new(stream: W) -> Self {
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
