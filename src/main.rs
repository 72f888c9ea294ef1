//! The `trailproof` command.

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use clap::Parser;
use trailproof::cli::Cli;
use trailproof::exit::Exit;
use trailproof::pipe::Pipe;

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
