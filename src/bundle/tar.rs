//! The one way in which parts are put into a `tar` archive (POSIX ustar): plain files, without owner, time or link.
//!
//! An archive is read by writing each header again and comparing: whatever another program would have written otherwise,
//! and whatever a hostile one could have put there, is refused without being understood.

use super::BundleError;

const BLOCK: usize = 512;

pub(super) fn write<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in parts {
        archive.extend(header(name, content.len()));
        archive.extend(content);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.resize(archive.len() + 2 * BLOCK, 0);
    archive
}

pub(super) fn read(archive: &[u8]) -> Result<Vec<(&str, &[u8])>, BundleError> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let rest = archive.get(at..).unwrap_or_default();
        let (block, rest) = rest.split_first_chunk::<BLOCK>().ok_or(BundleError::Truncated)?;
        if block.iter().all(|byte| *byte == 0) {
            return end(rest, at + BLOCK).map(|()| parts);
        }
        let (name, size) = name_and_size(block).ok_or(BundleError::Foreign { at })?;
        at += BLOCK;
        let (content, rest) = rest.split_at_checked(size).ok_or(BundleError::Truncated)?;
        let padding = size.next_multiple_of(BLOCK) - size;
        let padding = rest.get(..padding).ok_or(BundleError::Truncated)?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(BundleError::Foreign { at: at + size });
        }
        at += size + padding.len();
        parts.push((name, content));
    }
}

/// An archive ends with two empty blocks, the first of which has been read.
fn end(rest: &[u8], at: usize) -> Result<(), BundleError> {
    match rest.len() {
        0..BLOCK => Err(BundleError::Truncated),
        BLOCK if rest.iter().all(|byte| *byte == 0) => Ok(()),
        _ => Err(BundleError::Foreign { at }),
    }
}

/// The name and the size that a header of ours tells.
fn name_and_size(block: &[u8; BLOCK]) -> Option<(&str, usize)> {
    let name = block.get(..100)?.split(|byte| *byte == 0).next()?;
    let name = std::str::from_utf8(name).ok().filter(|name| !name.is_empty())?;
    let size = std::str::from_utf8(block.get(124..135)?).ok()?;
    let size = usize::from_str_radix(size, 8).ok()?;
    (header(name, size) == *block).then_some((name, size))
}

/// The header of a part. Its fields have fixed places; numbers are octal.
fn header(name: &str, size: usize) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| {
        for (place, byte) in header.iter_mut().skip(at).zip(text.bytes()) {
            *place = byte;
        }
    };
    put(0, name);
    put(100, "0000644\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{size:011o}"));
    put(136, "00000000000\0");
    // The checksum counts itself as blanks.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\0");
    put(263, "00");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let checksum = format!("{sum:06o}\0 ");
    for (place, byte) in header.iter_mut().skip(148).zip(checksum.bytes()) {
        *place = byte;
    }
    header
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, BundleError, read, write};

    #[test]
    fn what_is_written_is_read() {
        for size in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1] {
            let content = vec![b'x'; size];
            let parts = [("a", content.as_slice()), ("b/c", b"")];
            let archive = write(parts.into_iter());
            assert_eq!(read(&archive).unwrap(), parts);
            assert_eq!(archive.len() % BLOCK, 0);
        }
    }

    #[test]
    fn what_is_cut_or_goes_on_is_refused() {
        let archive = write([("a", b"content".as_slice())].into_iter());
        for length in 0..archive.len() {
            assert_eq!(read(&archive[..length]), Err(BundleError::Truncated), "{length}");
        }
        assert_eq!(read(&[archive.as_slice(), b"\0"].concat()), Err(BundleError::Foreign { at: 3 * BLOCK }));
    }
}
