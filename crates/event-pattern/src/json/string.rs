//! JSON strings.

use std::borrow::Cow;

use super::JsonError;

/// Reads what follows an opening quote: the text, and how many bytes it takes with its closing quote. An error comes with
/// its place.
pub(super) fn read(rest: &str, is_name: bool) -> Result<(Cow<'_, str>, usize), (JsonError, usize)> {
    let bytes = rest.as_bytes();
    let plain = plain(bytes);
    if bytes.get(plain) == Some(&b'"') {
        return Ok((Cow::Borrowed(rest.get(..plain).unwrap_or_default()), plain + 1));
    }
    let mut text = rest.get(..plain).unwrap_or_default().to_owned();
    let mut at = plain;
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok((Cow::Owned(text), at + 1)),
            Some(b'\\') => at += escape(rest, at, &mut text)?,
            Some(control @ ..0x20) => return Err((JsonError::Control { code: *control, is_name }, at)),
            Some(_) => {
                let length = self::plain(bytes.get(at..).unwrap_or_default());
                text.push_str(rest.get(at..at + length).unwrap_or_default());
                at += length;
            }
            None => return Err((JsonError::EndsInString { is_name }, at)),
        }
    }
}

/// How many bytes come before the first quote, backslash or control character.
///
/// Eight bytes at a time: subtracting a limit from each byte of a word borrows from the top bit of those below it. A
/// borrow may mark bytes above the first one that is marked, and never one before it. A quote is found together with the
/// control characters: with one bit turned over it is the one character that follows them.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const TOPS: u64 = u64::from_le_bytes([0x80; 8]);
    let below = |limit: u8, word: u64| word.wrapping_sub(ONES * u64::from(limit)) & !word & TOPS;
    let equal = |byte: u8, word: u64| below(1, word ^ (ONES * u64::from(byte)));
    let (chunks, rest) = bytes.as_chunks();
    let mut length = 0;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let marked = below(0x21, word ^ (ONES * 0x02)) | equal(b'\\', word);
        if marked != 0 {
            return length + marked.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | ..0x20)).count()
}

/// Reads the escape at `at` into the text, and tells its length. A surrogate without its other half is no character; U+FFFD
/// takes its place.
fn escape(rest: &str, at: usize, text: &mut String) -> Result<usize, (JsonError, usize)> {
    let Some(escaped) = rest.get(at + 1..).and_then(|rest| rest.chars().next()) else {
        return Err((JsonError::EndsInEscape, rest.len()));
    };
    text.push(match escaped {
        '"' | '\\' | '/' => escaped,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let first = code_unit(rest, at + 2)?;
            if let 0xD800..0xDC00 = first
                && rest.get(at + 6..at + 8) == Some("\\u")
                && let Ok(second @ 0xDC00..0xE000) = code_unit(rest, at + 8)
            {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                return Ok(12);
            }
            text.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
            return Ok(6);
        }
        other => return Err((JsonError::UnknownEscape(other), at + 1)),
    });
    Ok(2)
}

/// The four hexadecimal digits at `at`.
fn code_unit(rest: &str, at: usize) -> Result<u32, (JsonError, usize)> {
    let mut unit = 0;
    for offset in 0..4 {
        match rest.get(at + offset..).and_then(|rest| rest.chars().next()) {
            Some(digit) => match digit.to_digit(16) {
                Some(value) => unit = unit * 16 + value,
                None => return Err((JsonError::HexDigit(digit), at + offset)),
            },
            None => return Err((JsonError::EndsInEscape, rest.len())),
        }
    }
    Ok(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes() {
        let read = |text| read(text, false).map(|(text, length)| (text.into_owned(), length));
        assert_eq!(read(r#"a\n\u0041\ud83d\ude00""#), Ok(("a\nA😀".to_owned(), 22)));
        assert_eq!(read(r#"\ud83dx""#), Ok(("\u{fffd}x".to_owned(), 8)));
        assert_eq!(read(r#"\q""#), Err((JsonError::UnknownEscape('q'), 1)));
        assert_eq!(read(r#"\u12g4""#), Err((JsonError::HexDigit('g'), 4)));
        assert_eq!(read("ab"), Err((JsonError::EndsInString { is_name: false }, 2)));
    }

    proptest! {
        #[test]
        fn plain_text_ends_at_the_first_mark(
            bytes in prop::collection::vec(prop::sample::select(vec![b'a', b'"', b'!', b'\\', b'[', 0x1f, 0, 0x80, 0xa2, 0xff]), 0..30)
        ) {
            let expected = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20));
            prop_assert_eq!(plain(&bytes), expected.unwrap_or(bytes.len()));
        }

        #[test]
        fn strings_are_read_as_serde_json_reads_them(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(read(json.strip_prefix('"').unwrap(), false).unwrap(), (Cow::Owned(text), json.len() - 1));
        }
    }
}
