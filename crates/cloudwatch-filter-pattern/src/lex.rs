//! Reading the text of a pattern from left to right, and the tokens of its structured languages.
//!
//! AWS names the text that no token starts with, up to the character that spoils it: `$["` of `$["a"]` is `$[`, and
//! `%a(b)%` is `%a(`. So the tokens here are those of AWS's lexer, as far as its messages show them.

mod cursor;
mod selector;

pub(super) use cursor::Cursor;

use super::ast::{Op, Selector, Span, TextLiteral};
use super::error::{ParseError, TermError};
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

impl<'a> Cursor<'a> {
    /// The next token of a structured language; `None` at the end.
    pub(super) fn token(&mut self, language: Language) -> Result<Option<(Token<'a>, Span)>, ParseError> {
        self.skip_space();
        let start = self.at();
        let Some(c) = self.peek() else { return Ok(None) };
        let token = match c {
            '"' => Token::Quoted(self.quoted()?),
            '%' => Token::Regex(self.regex()?),
            '$' if language == Language::Json => Token::Selector(self.selector()?),
            '[' if language == Language::Json => return Err(self.stray_subscript()),
            '[' | ']' | ',' if language == Language::Fields => self.mark(c),
            '{' | '}' if language == Language::Json => self.mark(c),
            '(' | ')' => self.mark(c),
            '&' | '|' | '!' | '=' | '<' | '>' => self.operator()?,
            _ => self.word(language)?,
        };
        Ok(Some((token, self.span_from(start))))
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
        let start = self.at();
        let why = match self.bump() {
            Some('&') => TermError::SingleAmpersand,
            Some('|') => TermError::SinglePipe,
            _ => TermError::Negation,
        };
        Err(self.spoilt(start, why))
    }

    /// The longer of a number and a word; a number, if they are of the same length.
    fn word(&mut self, language: Language) -> Result<Token<'a>, ParseError> {
        let rest = self.rest();
        let number = number_length(rest);
        let word = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        match (number, word) {
            (0, 0) => Err(self.stray(language)),
            _ if number >= word => Ok(Token::Number(self.take(number))),
            _ => Ok(Token::Word(self.take(word))),
        }
    }

    /// The error that no token starts with the next character.
    fn stray(&self, language: Language) -> ParseError {
        let c = self.peek();
        let why = match c {
            Some('\'') => TermError::SingleQuotes,
            Some('“' | '”' | '„' | '‘' | '’') => TermError::CurlyQuotes,
            Some('$') if language == Language::Fields => TermError::DollarField,
            Some(',') if language == Language::Json => TermError::Comma,
            _ => TermError::UnquotedValue,
        };
        let error = self.spoilt(self.at(), why);
        if c == Some('\'') { error.unsettled() } else { error }
    }
}

/// Whether a bare word of a structured pattern may hold the character.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '*' | '-')
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
