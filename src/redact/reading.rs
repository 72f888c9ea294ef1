//! What a text says, however it spells it: escapes read, digits of every script as `0` to `9`, and without what nobody sees.

use std::sync::LazyLock;

use regex::Regex;

use super::token::literal;

/// A letter, digit or sign that a text says, and the bytes that spell it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub is: char,
    pub start: usize,
    pub end: usize,
}

/// What the text says if nothing in it is an escape.
pub(super) fn verbatim(text: &str) -> Vec<Letter> {
    let letters = text.char_indices().map(|(start, is)| Letter { is, start, end: start + is.len_utf8() });
    letters.filter_map(seen).collect()
}

/// What the text says if all that look like escapes are: `%31`, `\u0031`, `\x31` and `&#49;`, also one within another.
pub(super) fn unescaped(text: &str) -> Vec<Letter> {
    // From the end, so that what an escape holds is read before it. The first letter is the last of the stack.
    let mut stack: Vec<Unit> = Vec::with_capacity(text.len());
    for (start, is) in text.char_indices().rev() {
        stack.push(Unit { is: Is::Char(is), start, end: start + is.len_utf8() });
        while let Some((taken, is)) = escape(&stack) {
            let read = stack.split_off(stack.len() - taken);
            let end = read.first().map_or(start, |unit| unit.end);
            stack.push(Unit { is, start, end });
        }
    }
    let mut letters: Vec<Letter> = Vec::with_capacity(stack.len());
    for Unit { is, mut start, end } in stack.into_iter().rev() {
        let is = if let Is::Char(is) = is { is } else { char::REPLACEMENT_CHARACTER };
        // A text within a text within a text has several backslashes.
        if end - start > 1 && text.get(start..).is_some_and(|rest| rest.starts_with('\\')) {
            while let Some(before) = letters.pop_if(|before| before.is == '\\' && before.end == start) {
                start = before.start;
            }
        }
        letters.push(Letter { is, start, end });
    }
    letters.into_iter().filter_map(seen).collect()
}

/// The letters as a text.
pub(super) fn text(letters: &[Letter]) -> String {
    letters.iter().map(|letter| letter.is).collect()
}

/// The letters and digits alone, as a text.
pub(super) fn squeezed(letters: &[Letter]) -> String {
    letters.iter().map(|letter| letter.is).filter(|is| is_alphanumeric(*is)).collect()
}

/// Another digit, spelled as this one is.
pub(super) fn respelled(spelling: &str, digit: char) -> String {
    let mut letters = spelling.chars();
    let other = match (letters.next(), letters.next()) {
        (Some(only), None) => {
            let zero = value_of(only).and_then(|value| u32::from(only).checked_sub(value));
            zero.and_then(|zero| char::from_u32(zero + digit.to_digit(10)?)).map(String::from)
        }
        // The last digit of an escape is the last of its code, and the codes of the ten digits follow one another.
        _ => spelling.rfind(|letter: char| letter.is_ascii_digit()).map(|at| {
            let (before, after) = spelling.split_at(at);
            format!("{before}{digit}{}", after.chars().skip(1).collect::<String>())
        }),
    };
    let reads = |other: &String| matches!(unescaped(other).as_slice(), [letter] if letter.is == digit);
    other.filter(reads).unwrap_or_else(|| digit.to_string())
}

/// A part of a text whose escapes are being read.
#[derive(Debug, Clone, Copy)]
struct Unit {
    is: Is,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy)]
enum Is {
    Char(char),
    /// A byte of a letter in UTF-8.
    Byte(u8),
    /// A half of a letter in UTF-16.
    Half(u16),
}

/// The escape that the top of a stack is: how many units it takes, and what it stands for.
fn escape(stack: &[Unit]) -> Option<(usize, Is)> {
    let at = |place: usize| stack.len().checked_sub(place + 1).and_then(|at| stack.get(at)).map(|unit| unit.is);
    let is = |place: usize, sign: char| matches!(at(place), Some(Is::Char(found)) if found == sign);
    // As many digits as there are, and where they end.
    let number = |from: usize, most: usize, radix: u32| {
        let digit = |place| if let Some(Is::Char(found)) = at(place) { found.to_digit(radix) } else { None };
        let digits: Vec<u32> = (from..from + most).map_while(digit).collect();
        (digits.iter().fold(0_u32, |code, digit| code * radix + digit), from + digits.len())
    };
    let exactly = |from: usize, most: usize| {
        let (code, end) = number(from, most, 16);
        (end == from + most).then_some((code, end))
    };
    let braced = |from: usize| {
        let (code, end) = number(from, 6, 16);
        (end > from && is(end, '}')).then_some((code, end + 1))
    };
    match at(0)? {
        Is::Char('%') => exactly(1, 2).and_then(|(code, end)| Some((end, byte(code)?))),
        Is::Char('\\') if is(1, 'x') && is(2, '{') => braced(3).and_then(|(code, end)| Some((end, unit(code)?))),
        Is::Char('\\') if is(1, 'x') => exactly(2, 2).and_then(|(code, end)| Some((end, byte(code)?))),
        Is::Char('\\') if is(1, 'u') && is(2, '{') => braced(3).and_then(|(code, end)| Some((end, unit(code)?))),
        Is::Char('\\') if is(1, 'u') => exactly(2, 4).and_then(|(code, end)| Some((end, unit(code)?))),
        Is::Char('\\') if is(1, 'U') => exactly(2, 8).and_then(|(code, end)| Some((end, unit(code)?))),
        Is::Char('&') if is(1, '#') => {
            let (code, end) = if is(2, 'x') || is(2, 'X') { number(3, 6, 16) } else { number(2, 7, 10) };
            if is(end, ';') { Some((end + 1, unit(code)?)) } else { None }
        }
        Is::Byte(first) => {
            let length = first.leading_ones() as usize;
            let bytes: Vec<u8> = (0..length)
                .map_while(|place| if let Some(Is::Byte(byte)) = at(place) { Some(byte) } else { None })
                .collect();
            let read = (length > 1).then(|| std::str::from_utf8(&bytes).ok()?.chars().next()).flatten()?;
            Some((length, Is::Char(read)))
        }
        Is::Half(high) => match at(1)? {
            Is::Half(low) => Some((2, Is::Char(char::decode_utf16([high, low]).next()?.ok()?))),
            _ => None,
        },
        Is::Char(_) => None,
    }
}

/// What a byte stands for. No text escapes control characters where it means digits: `%11` is more likely a regular
/// expression that begins with `11`.
fn byte(code: u32) -> Option<Is> {
    let byte = u8::try_from(code).ok()?;
    if byte.is_ascii() { unit(code) } else { Some(Is::Byte(byte)) }
}

fn unit(code: u32) -> Option<Is> {
    match char::from_u32(code) {
        Some(control) if control.is_control() => None,
        Some(letter) => Some(Is::Char(letter)),
        None => u16::try_from(code).ok().map(Is::Half),
    }
}

/// The letter as a reader sees it, if one does.
fn seen(letter: Letter) -> Option<Letter> {
    let digit = value_of(letter.is).and_then(|value| char::from_digit(value, 10));
    (!is_unseen(letter.is)).then_some(Letter { is: digit.unwrap_or(letter.is), ..letter })
}

/// Digits that stand above, below or in circles.
const STYLED: [(char, char, u32); 11] = [
    ('\u{b2}', '\u{b3}', 2),
    ('\u{b9}', '\u{b9}', 1),
    ('\u{2070}', '\u{2070}', 0),
    ('\u{2074}', '\u{2079}', 4),
    ('\u{2080}', '\u{2089}', 0),
    ('\u{2460}', '\u{2468}', 1),
    ('\u{24ea}', '\u{24ea}', 0),
    ('\u{2776}', '\u{277e}', 1),
    ('\u{2780}', '\u{2788}', 1),
    ('\u{278a}', '\u{2792}', 1),
    ('\u{24f5}', '\u{24fd}', 1),
];

/// The value of a digit of any script.
fn value_of(letter: char) -> Option<u32> {
    if letter.is_ascii() {
        return letter.to_digit(10);
    }
    static DIGIT: LazyLock<Regex> = LazyLock::new(|| literal(r"^\d$"));
    let is_digit = |code: u32| char::from_u32(code).is_some_and(|letter| is(&DIGIT, letter));
    let code = u32::from(letter);
    if is_digit(code) {
        // Unicode has the ten digits of a script in a row, of some scripts several rows on end.
        let before = (1..).find(|back| !is_digit(code - back)).unwrap_or(1);
        return Some((before - 1) % 10);
    }
    let styled = STYLED.iter().find(|(first, last, _)| (*first..=*last).contains(&letter));
    styled.map(|(first, _, value)| code - u32::from(*first) + value)
}

/// Whether it is a letter or a digit of any script.
pub(super) fn is_alphanumeric(letter: char) -> bool {
    static ALPHANUMERIC: LazyLock<Regex> = LazyLock::new(|| literal(r"^[\pL\pN]$"));
    if letter.is_ascii() { letter.is_ascii_alphanumeric() } else { is(&ALPHANUMERIC, letter) }
}

/// Whether a letter takes no space of its own: marks on letters, signs of format, and the fillers of Hangul.
fn is_unseen(letter: char) -> bool {
    static UNSEEN: LazyLock<Regex> = LazyLock::new(|| literal(r"^[\pM\p{Cf}\u{115f}\u{1160}\u{3164}\u{ffa0}]$"));
    !letter.is_ascii() && is(&UNSEEN, letter)
}

fn is(class: &Regex, letter: char) -> bool {
    class.is_match(letter.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{respelled, text, unescaped};

    #[rstest]
    #[case("a1", "a1")]
    #[case("%31%2531%252531", "111")]
    #[case(r"\u0031\\u0031\\\\u0031\u{31}\U00000031", "11111")]
    #[case(r"\x31\x{31}&#49;&#x31;", "1111")]
    #[case("%EF%BC%91\u{ff11}\\uFF11\u{661}\u{1d7cf}", "11111")]
    #[case(r"\uD835\uDFCF", "1")]
    #[case("1\u{200b}1\u{fe0f}\u{20e3}\u{b9}", "111")]
    #[case("%11 %zz \\u12 &#; %", "%11 %zz \\u12 &#; %")]
    fn every_spelling_is_read(#[case] spelled: &str, #[case] expected: &str) {
        assert_eq!(text(&unescaped(spelled)), expected);
    }

    #[rstest]
    #[case("1", "7")]
    #[case("%31", "%37")]
    #[case("%2531", "%2537")]
    #[case(r"\\u0031", r"\\u0037")]
    #[case("\u{ff11}", "\u{ff17}")]
    #[case("%EF%BC%91", "%EF%BC%97")]
    #[case("&#49;", "7")]
    fn another_digit_is_spelled_alike(#[case] spelled: &str, #[case] expected: &str) {
        assert_eq!(respelled(spelled, '7'), expected);
    }
}
