//! Values that nobody asks for: passed over in one go, and checked all the same.

use super::string::plain;

/// Where the value ends that starts at `at`; `None` if it is not one, or is nested more deeply than `depth`. Whoever needs
/// to know why reads it token by token.
///
/// `closers` is room to work in: what closes the arrays and objects that are open, the innermost last.
pub(super) fn value(text: &str, at: usize, depth: usize, closers: &mut Vec<u8>) -> Option<usize> {
    let mut cursor = Cursor { bytes: text.as_bytes(), at };
    closers.clear();
    loop {
        cursor.space();
        let opened = match cursor.peek()? {
            b'{' => Some(b'}'),
            b'[' => Some(b']'),
            b'"' => cursor.string().map(|()| None)?,
            b't' => cursor.word(b"true").map(|()| None)?,
            b'f' => cursor.word(b"false").map(|()| None)?,
            b'n' => cursor.word(b"null").map(|()| None)?,
            _ => cursor.number().map(|()| None)?,
        };
        let mut is_after_value = true;
        if let Some(closer) = opened {
            cursor.at += 1;
            cursor.space();
            if cursor.peek() == Some(closer) {
                cursor.at += 1;
            } else {
                closers.push(closer);
                is_after_value = false;
            }
        }
        while is_after_value {
            let Some(closer) = closers.last() else { return Some(cursor.at) };
            cursor.space();
            match cursor.peek()? {
                b',' => {
                    cursor.at += 1;
                    is_after_value = false;
                }
                found if found == *closer => {
                    cursor.at += 1;
                    closers.pop();
                }
                _ => return None,
            }
        }
        if closers.len() > depth {
            return None;
        }
        if closers.last() == Some(&b'}') {
            cursor.space();
            cursor.string()?;
            cursor.space();
            cursor.byte(b':')?;
        }
    }
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// A word that ends where it should.
    fn word(&mut self, word: &[u8]) -> Option<()> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end)? != word {
            return None;
        }
        self.at = end;
        matches!(self.peek(), None | Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b'}' | b']')).then_some(())
    }

    fn string(&mut self) -> Option<()> {
        self.byte(b'"')?;
        loop {
            self.at += plain(self.bytes.get(self.at..)?);
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => match self.bytes.get(self.at + 1)? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 2,
                    b'u' => {
                        let digits = self.bytes.get(self.at + 2..self.at + 6)?;
                        if !digits.iter().all(u8::is_ascii_hexdigit) {
                            return None;
                        }
                        self.at += 6;
                    }
                    _ => return None,
                },
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.byte(b'-');
        match self.byte(b'0') {
            // No number goes on after a zero.
            Some(()) if matches!(self.peek(), Some(b'0'..=b'9')) => return None,
            Some(()) => {}
            None => self.digits()?,
        }
        if self.byte(b'.').is_some() {
            self.digits()?;
        }
        if self.byte(b'e').or_else(|| self.byte(b'E')).is_some() {
            let _ = self.byte(b'+').or_else(|| self.byte(b'-'));
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Reader, Token};

    /// What the tokens say of where the value of `{"a":VALUE` ends.
    fn by_tokens(text: &str) -> Option<usize> {
        let mut reader = Reader::new(text);
        (reader.next().ok()? == Token::ObjectStart).then_some(())?;
        reader.next().ok()?;
        let first = reader.next().ok()?;
        reader.skip(&first).ok()?;
        Some(reader.span().end)
    }

    fn values() -> impl Strategy<Value = String> {
        let pieces = vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"\\n\\u00e4\"",
            "\"\\x\"",
            "\"",
            "1",
            "-1.5e+3",
            "01",
            "1.",
            "true",
            "nul",
            "null",
            "{}",
            "[]",
            " ",
            "\n",
            "{\"a\":1}",
            "[1,\"b\"]",
            "é",
        ];
        prop::collection::vec(prop::sample::select(pieces), 1..7).prop_map(|pieces| pieces.concat())
    }

    fn value(text: &str, at: usize, depth: usize) -> Option<usize> {
        super::value(text, at, depth, &mut vec![])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn values_end_where_their_tokens_do(written in values()) {
            let text = format!("{{\"a\":{written}}}");
            match value(&text, 5, 100) {
                Some(end) => prop_assert_eq!(by_tokens(&text), Some(end)),
                None => prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_err()),
            }
        }
    }

    #[test]
    fn depth_is_limited() {
        assert_eq!(value("[[[1]]]", 0, 3), Some(7));
        assert_eq!(value("[[[1]]]", 0, 2), None);
    }
}
