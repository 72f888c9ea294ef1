//! The text of a file: UTF-8, or UTF-16 with a byte order mark, as PowerShell's `>` writes it.

/// Bytes that are not the text that they begin as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is not {encoding}")]
pub struct NotText {
    /// The encoding that the byte order mark names; UTF-8 if there is no mark.
    pub encoding: &'static str,
    /// The line, from 1, of what is not in the encoding.
    pub line: usize,
}

impl NotText {
    /// What to do.
    pub fn help(&self) -> &'static str {
        "check that this is the file you mean, and save it as UTF-8"
    }
}

/// The text, without a byte order mark.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, NotText> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        NotText { encoding: "UTF-8", line: line_after(&String::from_utf8_lossy(valid)) }
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let not_text = |text: &str| NotText { encoding: "UTF-16", line: line_after(text) };
    let (units, odd) = bytes.as_chunks();
    let mut text = String::with_capacity(units.len());
    for read in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        text.push(read.map_err(|_unpaired| not_text(&text))?);
    }
    if odd.is_empty() { Ok(text) } else { Err(not_text(&text)) }
}

/// The line in which a text ends.
fn line_after(text: &str) -> usize {
    1 + text.matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::{NotText, decode};

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_with_its_mark_is_read() {
        let text = "{\r\n \"é\": \"𝄞\"}\n";
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes), Ok(text.to_owned()));
        }
        assert_eq!(decode(vec![]), Ok(String::new()));
    }

    #[test]
    fn what_is_not_text_is_found() {
        let not = |encoding, line| Err(NotText { encoding, line });
        assert_eq!(decode(b"a\n\xe9".to_vec()), not("UTF-8", 2));
        assert_eq!(decode(b"\xff\xfea".to_vec()), not("UTF-16", 1));
        assert_eq!(decode(b"\xff\xfea\0\n\0\x00\xd8b\0".to_vec()), not("UTF-16", 2));
    }
}
