//! A place in a JSON text, and the steps over its syntax. Every step leaves the cursor after what it read, and fails with
//! `None` where RFC 8259 allows nothing of the kind.

use super::string::RawString;

pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// What closes the arrays and objects that are open in a skipped value, the innermost last.
    closers: Vec<u8>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, closers: vec![] }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Enters an array or object; whether it holds anything, which the cursor then stands before.
    pub(super) fn open(&mut self, opener: u8, closer: u8) -> Option<bool> {
        self.eat(opener)?;
        self.skip_space();
        Some(self.eat(closer).is_none())
    }

    /// After an element or a member: goes to the next one, or leaves the array or object. Whether there is a next one.
    pub(super) fn next_or_close(&mut self, closer: u8) -> Option<bool> {
        self.skip_space();
        if self.eat(closer).is_some() {
            return Some(false);
        }
        self.eat(b',')?;
        self.skip_space();
        Some(true)
    }

    /// The name of a member, and the colon after it.
    pub(super) fn name(&mut self) -> Option<RawString<'a>> {
        let name = self.string()?;
        self.skip_space();
        self.eat(b':')?;
        self.skip_space();
        Some(name)
    }

    /// A string in its quotes.
    pub(super) fn string(&mut self) -> Option<RawString<'a>> {
        self.eat(b'"')?;
        let string = RawString::before_quote(self.rest()?)?;
        self.at += string.len() + 1;
        Some(string)
    }

    /// `null`, `true` or `false`.
    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.rest()?.strip_prefix(word)?;
        self.at += word.len();
        Some(())
    }

    /// A number, as written.
    pub(super) fn number(&mut self) -> Option<&'a str> {
        let start = self.at;
        let _ = self.eat(b'-');
        if self.eat(b'0').is_none() {
            self.digits()?;
        }
        if self.eat(b'.').is_some() {
            self.digits()?;
        }
        if self.eat(b'e').or_else(|| self.eat(b'E')).is_some() {
            let _ = self.eat(b'+').or_else(|| self.eat(b'-'));
            self.digits()?;
        }
        self.text.get(start..self.at)
    }

    /// A value of any kind and depth.
    pub(super) fn skip_value(&mut self) -> Option<()> {
        loop {
            let more = match self.peek()? {
                b'{' => self.enter(b'{', b'}')?,
                b'[' => self.enter(b'[', b']')?,
                b'"' => self.string().map(|_| false)?,
                b'n' => self.word("null").map(|()| false)?,
                b't' => self.word("true").map(|()| false)?,
                b'f' => self.word("false").map(|()| false)?,
                _ => self.number().map(|_| false)?,
            };
            if !more && !self.leave()? {
                return Some(());
            }
            if self.closers.last() == Some(&b'}') {
                self.name()?;
            }
        }
    }

    /// Enters an array or object that is skipped; whether it holds anything.
    fn enter(&mut self, opener: u8, closer: u8) -> Option<bool> {
        let more = self.open(opener, closer)?;
        if more {
            self.closers.push(closer);
        }
        Some(more)
    }

    /// After a skipped value: leaves the arrays and objects that end here; whether there is another value to skip.
    fn leave(&mut self) -> Option<bool> {
        while let Some(closer) = self.closers.last() {
            if self.next_or_close(*closer)? {
                return Some(true);
            }
            self.closers.pop();
        }
        Some(false)
    }

    fn rest(&self) -> Option<&'a str> {
        self.text.get(self.at..)
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}
