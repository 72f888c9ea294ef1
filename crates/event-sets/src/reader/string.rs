//! JSON strings: found fast, unescaped only when asked.

use std::borrow::Cow;

/// What stands between the quotes of a valid JSON string.
#[derive(Clone, Copy)]
pub(super) struct RawString<'a> {
    text: &'a str,
    has_escapes: bool,
}

impl<'a> RawString<'a> {
    /// The string that ends at the first quote of `text` that is not escaped. Its escapes are valid, and it holds no
    /// control character.
    pub(super) fn before_quote(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut has_escapes = false;
        loop {
            at += plain(bytes.get(at..)?);
            match bytes.get(at)? {
                b'"' => return Some(Self { text: text.get(..at)?, has_escapes }),
                b'\\' => at += escape(bytes.get(at..)?)?,
                _ => return None,
            }
            has_escapes = true;
        }
    }

    /// The length in bytes, as written.
    pub(super) fn len(self) -> usize {
        self.text.len()
    }

    /// The text that is meant. A surrogate without its other half is no character; U+FFFD takes its place.
    pub(super) fn unescaped(self) -> Cow<'a, str> {
        if !self.has_escapes {
            return Cow::Borrowed(self.text);
        }
        let mut meant = String::with_capacity(self.text.len());
        let mut rest = self.text;
        while let Some((plain, escaped)) = rest.split_once('\\') {
            meant.push_str(plain);
            let (c, after) = unescape(escaped);
            meant.push(c);
            rest = after;
        }
        meant.push_str(rest);
        Cow::Owned(meant)
    }
}

/// How many bytes come before the first quote, backslash or control character.
///
/// Eight bytes at a time: subtracting a limit from each byte of a word borrows from the top bit of those below it. A
/// borrow may mark bytes above the first one that is marked, and never one before it.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const TOPS: u64 = u64::from_le_bytes([0x80; 8]);
    let below = |limit: u8, word: u64| word.wrapping_sub(ONES * u64::from(limit)) & !word & TOPS;
    let equal = |byte: u8, word: u64| below(1, word ^ (ONES * u64::from(byte)));
    let (chunks, rest) = bytes.as_chunks();
    let mut length = 0;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let marked = equal(b'"', word) | equal(b'\\', word) | below(0x20, word);
        if marked != 0 {
            return length + marked.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | ..0x20)).count()
}

/// The length of the escape that the text starts with, if it is one.
fn escape(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => bytes.get(2..6)?.iter().all(u8::is_ascii_hexdigit).then_some(6),
        _ => None,
    }
}

/// The character of a valid escape, given without its backslash, and what follows it.
fn unescape(escape: &str) -> (char, &str) {
    let mut chars = escape.chars();
    let c = match chars.next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return code_point(chars.as_str()),
        c => c.unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    (c, chars.as_str())
}

/// The character of `XXXX` or of the pair of surrogates `XXXX\uXXXX`, and what follows it.
fn code_point(text: &str) -> (char, &str) {
    let (first, rest) = code_unit(text);
    if let 0xD800..0xDC00 = first
        && let Some((second @ 0xDC00..0xE000, rest)) = rest.strip_prefix("\\u").map(code_unit)
    {
        let c = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return (char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER), rest);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), rest)
}

fn code_unit(text: &str) -> (u32, &str) {
    let (digits, rest) = text.split_at_checked(4).unwrap_or((text, ""));
    (u32::from_str_radix(digits, 16).unwrap_or(0), rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_text_ends_at_the_first_mark(bytes in prop::collection::vec(prop::sample::select(vec![b'a', b'"', b'!', b'#', b'\\', b'[', b' ', 0x1f, 0, 0x7f, 0x80, 0xa2, 0xff]), 0..30)) {
            let expected = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20));
            prop_assert_eq!(plain(&bytes), expected.unwrap_or(bytes.len()));
        }
    }
}
