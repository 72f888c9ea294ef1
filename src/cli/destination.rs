//! Files that a command writes: whole or not at all, and never over what the command reads.

use std::fs::{self, Metadata};
use std::io::{self, BufWriter, ErrorKind, Seek as _, Write};
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use crate::pipe::Pipe;

/// A file or directory that a command reads.
#[derive(Debug, Clone)]
pub(super) struct Input {
    /// The option that names it.
    pub option: &'static str,
    pub path: PathBuf,
    /// Of a directory, which files are read: those with this extension, or all of them and those below.
    pub extension: Option<&'static str>,
}

/// A file that would replace something that the command reads or writes.
#[derive(Debug, thiserror::Error)]
pub(super) enum Clash {
    #[error("`{option}` and `{other}` name the same file")]
    Same { option: &'static str, other: &'static str, path: PathBuf },
    #[error("`{option}` names a file that `{other}` reads")]
    Read { option: &'static str, other: &'static str, path: PathBuf },
    #[error("`{option}` names a file in the directory that `{other}` reads")]
    Within { option: &'static str, other: &'static str, path: PathBuf },
}

/// Refuses outputs that are the same file, or a file that an input is or would be the next time.
pub(super) fn check(outputs: &[(&'static str, Option<&Path>)], inputs: &[Input]) -> Result<(), Clash> {
    let outputs = outputs.iter().filter_map(|(option, path)| Some((*option, path.as_ref()?)));
    let outputs: Vec<_> = outputs.filter(|(_, path)| !path.metadata().is_ok_and(|file| is_special(&file))).collect();
    for (at, &(option, path)) in outputs.iter().enumerate() {
        let path = path.to_path_buf();
        if let Some((other, _)) = outputs.iter().take(at).find(|(_, other)| is_same(&path, other)) {
            return Err(Clash::Same { option: other, other: option, path });
        }
        for Input { option: other, path: input, extension } in inputs {
            if is_same(&path, input) {
                return Err(Clash::Read { option, other, path });
            }
            if input.is_dir() && is_within(&path, input, *extension) {
                return Err(Clash::Within { option, other, path });
            }
        }
    }
    Ok(())
}

impl Diagnostic for Clash {
    fn place(&self) -> Option<String> {
        let (Self::Same { path, .. } | Self::Read { path, .. } | Self::Within { path, .. }) = self;
        Some(path.display().to_string())
    }

    fn help(&self) -> Option<String> {
        Some("give another path".to_owned())
    }
}

/// Writes a file whole or not at all. A file that is replaced keeps its mode, and a link still leads to it.
pub(super) fn whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let replaced = match path.metadata() {
        Ok(metadata) if is_special(&metadata) => return into_special(path, write),
        Ok(metadata) if metadata.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let path = target(path);
    let directory = directory(&path);
    // As long as it grows it has no name, so that nothing stays behind if the program is ended.
    let mut draft = BufWriter::new(tempfile::tempfile_in(directory)?);
    write(&mut draft)?;
    let mut draft = draft.into_inner().map_err(io::IntoInnerError::into_error)?;
    draft.rewind()?;
    let mut file = ordinary().tempfile_in(directory)?;
    io::copy(&mut draft, &mut file)?;
    if let Some(replaced) = replaced {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// Writes into a pipe or a terminal: there is nothing to keep whole, and nothing to put in its place.
fn into_special(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = BufWriter::new(Pipe::new(fs::File::options().write(true).open(path)?));
    write(&mut file)?;
    file.flush()
}

fn is_special(metadata: &Metadata) -> bool {
    !metadata.is_file() && !metadata.is_dir()
}

/// A temporary file that whoever may read other new files may read too.
fn ordinary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// How many links are followed, as on Linux.
const LINKS: usize = 40;

/// Where a path leads through links, whether or not a file is there.
fn target(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = path.read_link() else { break };
        path = directory(&path).join(next);
    }
    path
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The one spelling of a path.
fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let path = target(path);
        match (fs::canonicalize(directory(&path)), path.file_name()) {
            (Ok(directory), Some(name)) => directory.join(name),
            _ => path,
        }
    })
}

/// Whether two paths lead to one file, through links of either kind.
fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(one), Ok(other)) = (one.metadata(), other.metadata()) {
        use std::os::unix::fs::MetadataExt as _;
        return (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    canonical(one) == canonical(other)
}

/// Whether a path leads to a file that is read with the directory, or will be once it is written.
fn is_within(path: &Path, directory: &Path, extension: Option<&str>) -> bool {
    let (place, directory) = (canonical(path), canonical(directory));
    let is_read = |path: &Path| match extension {
        Some(extension) => path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension)),
        None => true,
    };
    let is_in = if extension.is_some() { self::directory(&place) == directory } else { place.starts_with(&directory) };
    let entries = || fs::read_dir(&directory).into_iter().flatten().flatten().map(|entry| entry.path());
    (is_in && is_read(&place)) || entries().any(|entry| is_read(&entry) && entry.is_file() && is_same(path, &entry))
}
