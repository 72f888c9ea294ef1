//! The one way in which parts are put into a `tar` archive (POSIX ustar): plain files, without owner, time or link.
//!
//! An archive is read by writing its parts again and comparing: whatever another program would have written otherwise, and
//! whatever a hostile one could have put there, is refused without being understood.

use std::io;

use tar::{Archive, Builder, Entry, EntryType, Header};

use super::BundleError;

const BLOCK: usize = 512;

pub(super) fn write<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, BundleError> {
    let unwritable = |error: io::Error| BundleError::Unwritable(error.to_string());
    let mut archive = Builder::new(Vec::new());
    for (name, content) in parts {
        let mut header = Header::new_ustar();
        header.set_path(name).map_err(|_| BundleError::Stray(name.to_owned()))?;
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        header.set_size(content.len() as u64);
        header.set_entry_type(EntryType::Regular);
        header.set_cksum();
        archive.append(&header, content).map_err(unwritable)?;
    }
    archive.into_inner().map_err(unwritable)
}

pub(super) fn read(archive: &[u8]) -> Result<Vec<(String, &[u8])>, BundleError> {
    let mut parts = Vec::new();
    // Raw: what other programs put into headers, such as long names and sparse files, is not interpreted.
    for entry in Archive::new(archive).entries().into_iter().flat_map(|entries| entries.raw(true)) {
        let Ok(entry) = entry else { break };
        parts.push(part(archive, &entry).ok_or(BundleError::Truncated)?);
    }
    let again = write(parts.iter().map(|(name, content)| (name.as_str(), *content)))?;
    match archive.iter().zip(&again).position(|(one, other)| one != other) {
        Some(_) if !archive.len().is_multiple_of(BLOCK) => Err(BundleError::Truncated),
        Some(at) => Err(BundleError::Foreign { at: at - at % BLOCK }),
        None if archive.len() < again.len() => Err(BundleError::Truncated),
        None if archive.len() > again.len() => Err(BundleError::Foreign { at: again.len() }),
        None => Ok(parts),
    }
}

/// The name and the content of an entry; none if the archive ends within it.
fn part<'a>(archive: &'a [u8], entry: &Entry<'_, &[u8]>) -> Option<(String, &'a [u8])> {
    let at = usize::try_from(entry.raw_file_position()).ok()?;
    let size = usize::try_from(entry.header().entry_size().ok()?).ok()?;
    let content = archive.get(at..)?.get(..size)?;
    Some((String::from_utf8_lossy(&entry.header().path_bytes()).into_owned(), content))
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, BundleError, read, write};

    #[test]
    fn what_is_written_is_read() {
        for size in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1] {
            let content = vec![b'x'; size];
            let parts = [("a", content.as_slice()), ("b/c", b"")];
            let archive = write(parts.into_iter()).unwrap();
            assert_eq!(read(&archive).unwrap(), parts.map(|(name, content)| (name.to_owned(), content)));
            assert_eq!(archive.len() % BLOCK, 0);
        }
    }

    #[test]
    fn what_is_cut_or_goes_on_is_refused() {
        let archive = write([("a", b"content".as_slice())].into_iter()).unwrap();
        for length in 0..archive.len() {
            assert_eq!(read(&archive[..length]), Err(BundleError::Truncated), "{length}");
        }
        assert_eq!(read(&[archive.as_slice(), b"\0"].concat()), Err(BundleError::Foreign { at: 4 * BLOCK }));
    }
}
