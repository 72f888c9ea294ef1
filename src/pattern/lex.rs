//! Reading the text of a pattern from left to right, and the tokens of its structured languages.
//!
//! AWS names the text that no token starts with, up to the character that spoils it: `$["` of `$["a"]` is `$[`, and
//! `%a(b)%` is `%a(`. So the tokens here are those of AWS's lexer, as far as its messages show them.

use super::ast::{Op, Selector, Span, Step, TextLiteral};
use super::error::ParseError;
use super::regex::Regex;

/// A piece of a JSON or space-delimited pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// One of `(){}[],`.
    Mark(char),
    And,
    Or,
    Op(Op),
    Selector(Selector),
    Quoted(TextLiteral),
    Regex(Regex),
    /// A bare word, a keyword, the name of a field or `...`.
    Word(&'a str),
    /// What is shaped like a number.
    Number(&'a str),
}

/// Which structured language is read: they differ in their marks, and only JSON has selectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Json,
    Fields,
}

/// A place in a text, moving right.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn eat(&mut self, start: &str) -> bool {
        let found = self.rest().starts_with(start);
        if found {
            self.at += start.len();
        }
        found
    }

    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    pub(super) fn skip_space(&mut self) {
        self.take_while(|c| c.is_ascii_whitespace());
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// The error that what starts at `start` is spoilt by the character here, or by the end of the text.
    pub(super) fn spoilt(&self, start: usize) -> ParseError {
        let next = self.peek();
        let end = self.at + next.map_or(0, char::len_utf8);
        let error = ParseError::term(self.text.get(start..end).unwrap_or_default(), Span::new(start, end));
        match next {
            Some(c) if !c.is_ascii() => error.unsettled(),
            _ => error,
        }
    }

    /// Reads `"…"`, the cursor being at the quote, and resolves its escapes.
    pub(super) fn quoted(&mut self) -> Result<TextLiteral, ParseError> {
        let start = self.at;
        let mut value = String::new();
        let mut odd_escape = false;
        self.bump();
        loop {
            match self.bump() {
                Some('"') => return Ok(TextLiteral { value, quoted: true, odd_escape }),
                Some('\\') => match self.bump() {
                    Some('"') => value.push('"'),
                    escaped => {
                        odd_escape = true;
                        value.push('\\');
                        value.extend(escaped.filter(|c| *c != '\\'));
                    }
                },
                Some(c) => value.push(c),
                None => return Err(self.spoilt(start).help("close the string with `\"`")),
            }
        }
    }

    /// Reads `%…%`, the cursor being at the percent sign.
    pub(super) fn regex(&mut self) -> Result<Regex, ParseError> {
        let start = self.at;
        self.bump();
        let source = self.take_while(in_regex);
        match self.peek() {
            Some('%') if !source.is_empty() => {
                self.bump();
                Regex::parse(source).map_err(|error| error.shifted(start + 1))
            }
            Some('%') => Err(self.spoilt(start).help("an empty regular expression is not allowed")),
            Some(c) => Err(self.spoilt(start).help(regex_help(c))),
            None => Err(self.spoilt(start).help("close the regular expression with `%`")),
        }
    }

    /// The next token of a structured language; `None` at the end.
    pub(super) fn token(&mut self, language: Language) -> Result<Option<(Token<'a>, Span)>, ParseError> {
        self.skip_space();
        let start = self.at;
        let Some(c) = self.peek() else { return Ok(None) };
        let token = match c {
            '"' => Token::Quoted(self.quoted()?),
            '%' => Token::Regex(self.regex()?),
            '$' if language == Language::Json => Token::Selector(self.selector()?),
            '[' if language == Language::Json => return Err(self.stray_subscript()),
            ']' | ',' if language == Language::Fields => self.mark(c),
            '[' if language == Language::Fields => self.mark(c),
            '{' | '}' if language == Language::Json => self.mark(c),
            '(' | ')' => self.mark(c),
            '&' | '|' | '!' | '=' | '<' | '>' => self.operator()?,
            _ => self.word(language)?,
        };
        Ok(Some((token, self.span_from(start))))
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn mark(&mut self, c: char) -> Token<'a> {
        self.bump();
        Token::Mark(c)
    }

    fn operator(&mut self) -> Result<Token<'a>, ParseError> {
        const OPERATORS: [(&str, Token<'static>); 8] = [
            ("&&", Token::And),
            ("||", Token::Or),
            ("!=", Token::Op(Op::Ne)),
            ("<=", Token::Op(Op::Le)),
            (">=", Token::Op(Op::Ge)),
            ("=", Token::Op(Op::Eq)),
            ("<", Token::Op(Op::Lt)),
            (">", Token::Op(Op::Gt)),
        ];
        if let Some((_, token)) = OPERATORS.iter().find(|(text, _)| self.eat(text)) {
            return Ok(token.clone());
        }
        let start = self.at;
        let help = match self.bump() {
            Some('&') => "join conditions with `&&`",
            Some('|') => "join conditions with `||`",
            _ => "there is no negation; write `!=` or `NOT EXISTS`",
        };
        Err(self.spoilt(start).help(help))
    }

    /// The longer of a number and a word; a number, if they are of the same length.
    fn word(&mut self, language: Language) -> Result<Token<'a>, ParseError> {
        let start = self.at;
        let number = number_length(self.rest());
        let word = self.take_while(in_word);
        if number > 0 && number >= word.len() {
            self.at = start + number;
            return Ok(Token::Number(self.text.get(start..self.at).unwrap_or_default()));
        }
        if word.is_empty() {
            return Err(stray(self.spoilt(start), self.peek(), language));
        }
        Ok(Token::Word(word))
    }

    fn selector(&mut self) -> Result<Selector, ParseError> {
        let start = self.at;
        self.bump();
        if !self.eat(".") {
            return Err(self
                .spoilt(start)
                .help("a selector starts with `$.`, as `$.name`, `$.['any name']` or `$.*` do"));
        }
        let mut steps = vec![self.member(start)?];
        loop {
            let step = self.at;
            if self.eat("[") {
                steps.push(self.subscript(step)?);
            } else if self.eat(".") {
                steps.push(self.member(step).map_err(|error| ParseError { certain: false, ..error })?);
            } else {
                break;
            }
        }
        if steps.iter().filter(|step| **step == Step::Any).count() > 1 {
            const TEXT: &str = "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard \
                                allowed per json selector.";
            return Err(ParseError::new(TEXT, self.span_from(start)).help("name all but one of the steps"));
        }
        Ok(Selector(steps))
    }

    /// What follows a dot: a name, `*` or `['…']`.
    fn member(&mut self, start: usize) -> Result<Step, ParseError> {
        if self.eat("*") {
            return Ok(Step::Any);
        }
        if self.eat("[") {
            if !self.eat("'") {
                return Err(self.spoilt(start).help("put the name in single quotes: `$.['any name']`"));
            }
            let Some(length) = self.rest().find("']") else {
                self.at = self.text.len();
                return Err(self.spoilt(start).help("close the name with `']`"));
            };
            let name = self.rest().get(..length).unwrap_or_default();
            self.at += length + 2;
            return Ok(Step::Key(name.to_owned()));
        }
        let name = self.take_while(in_name);
        if name.is_empty() {
            return Err(self.spoilt(start).help("name the member after the dot: `$.name` or `$.['any name']`"));
        }
        Ok(Step::Key(name.to_owned()))
    }

    /// What follows a bracket: `0]` or `*]`.
    fn subscript(&mut self, start: usize) -> Result<Step, ParseError> {
        const HELP: &str = "write `[0]` for an element, `[*]` for any, `.['name']` for a member";
        let digits = self.take_while(|c| c.is_ascii_digit());
        let any = digits.is_empty() && self.eat("*");
        if (digits.is_empty() && !any) || self.peek() != Some(']') {
            return Err(self.spoilt(start).help(HELP));
        }
        self.bump();
        match digits.parse() {
            _ if any => Ok(Step::Any),
            Ok(index) => Ok(Step::Index(index)),
            Err(_) => Err(ParseError::invalid(self.span_from(start)).help("no array is that long").unsettled()),
        }
    }

    fn stray_subscript(&mut self) -> ParseError {
        let start = self.at;
        self.bump();
        match self.subscript(start) {
            Err(error) => error,
            Ok(_) => ParseError::invalid(self.span_from(start))
                .help("write the index right behind the selector: `$.name[0]`")
                .unsettled(),
        }
    }
}

/// Whether a bare word of a structured pattern may hold the character.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '*' | '-')
}

/// Whether a member of a JSON event may be named with the character without `['…']`.
pub(super) fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// How many bytes at the start of the text are a number: `[+-]digits[.digits][(e|E)[+-]digits]`.
pub(super) fn number_length(text: &str) -> usize {
    let digits = |from: usize| text.bytes().skip(from).take_while(u8::is_ascii_digit).count();
    let one_of = |at: usize, set: &[u8]| text.as_bytes().get(at).is_some_and(|byte| set.contains(byte));
    let sign = usize::from(one_of(0, b"+-"));
    if digits(sign) == 0 {
        return 0;
    }
    let mut end = sign + digits(sign);
    if one_of(end, b".") && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if one_of(end, b"eE") {
        let exponent = end + 1 + usize::from(one_of(end + 1, b"+-"));
        if digits(exponent) > 0 {
            end = exponent + digits(exponent);
        }
    }
    end
}

/// The characters of the documentation's list, and the space of its examples.
fn in_regex(c: char) -> bool {
    c.is_ascii_alphanumeric() || ":_#=@/;,- ^$?[]{}|\\*+.".contains(c)
}

fn regex_help(c: char) -> String {
    match c {
        '(' | ')' => format!("groups are not supported; the character itself is `\\x{:02X}`", u32::from(c)),
        c if c.is_ascii() => format!("`{}` is not supported; write `\\x{:02X}`", c.escape_debug(), u32::from(c)),
        _ => "only ASCII characters are supported in regular expressions".to_owned(),
    }
}

fn stray(error: ParseError, c: Option<char>, language: Language) -> ParseError {
    match c {
        Some('\'') => error.help("put the value in double quotes").unsettled(),
        Some('“' | '”' | '„' | '‘' | '’') => error.help("write straight double quotes: `\"`"),
        Some('$') if language == Language::Fields => error.help("name the field without `$`"),
        Some(',') if language == Language::Json => error.help("join conditions with `&&` or `||`"),
        _ => error.help("put the value in double quotes"),
    }
}
