//! The `trailproof` command.

use std::io::{BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use trailproof::cli::Cli;
use trailproof::exit::Exit;

fn main() -> ExitCode {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let mut err = anstream::stderr().lock();
    let ended = Cli::parse().run(&mut out, &mut err).and_then(|exit| out.flush().map(|()| exit));
    let exit = ended.unwrap_or_else(|error| {
        // Whoever closed the pipe has read enough, and needs no message.
        if error.kind() != ErrorKind::BrokenPipe {
            let _ = writeln!(err, "error: the output could not be written: {error}");
        }
        Exit::Unusable
    });
    exit.into()
}
