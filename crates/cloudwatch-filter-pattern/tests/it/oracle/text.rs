//! Texts: stars, regular expressions by trying everything, and fields.

use cloudwatch_filter_pattern::Reading;
use cloudwatch_filter_pattern::regex::{Atom, Piece, Regex};

/// Whether the text is like the literal.
pub(super) fn like(literal: &str, text: &str, reading: Reading) -> bool {
    let chars: Vec<char> = literal.chars().collect();
    let first = chars.iter().position(|c| *c != '*').unwrap_or(0);
    let last = chars.iter().rposition(|c| *c != '*').unwrap_or(0);
    let inner = |at: usize| reading == Reading::Literal && (first..=last).contains(&at) && chars[first] != '*';
    let pattern: Vec<Option<char>> =
        chars.iter().enumerate().map(|(at, c)| if *c == '*' && !inner(at) { None } else { Some(*c) }).collect();
    is_like(&pattern, &text.chars().collect::<Vec<_>>())
}

fn is_like(pattern: &[Option<char>], text: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        ([None, rest @ ..], text) => (0..=text.len()).any(|skipped| is_like(rest, &text[skipped..])),
        ([Some(c), rest @ ..], [first, text @ ..]) => c == first && is_like(rest, text),
        ([Some(_), ..], []) => false,
    }
}

/// Whether the expression matches somewhere in the text.
pub(super) fn contains_match(regex: &Regex, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    regex.alternatives.iter().any(|pieces| (0..=text.len()).any(|start| matches_at(pieces, 0, &text, start)))
}

/// Whether the pieces match from here, `done` repetitions of the first of them being behind.
fn matches_at(pieces: &[Piece], done: u32, text: &[char], at: usize) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return true };
    let enough = done >= piece.min && matches_at(rest, 0, text, at);
    let after = match &piece.atom {
        Atom::Start => (at == 0).then_some(at),
        Atom::End => (at == text.len()).then_some(at),
        Atom::Class(class) => {
            let inside = |c: &char| class.ranges().iter().any(|(low, high)| low <= c && c <= high);
            text.get(at).filter(|c| inside(c)).map(|_| at + 1)
        }
    };
    let more = piece.max.is_none_or(|max| done < max) && (done < piece.min || after != Some(at));
    enough || (more && after.is_some_and(|after| matches_at(pieces, done + 1, text, after)))
}

/// The fields of a message, without delimiters, and where each starts with them.
pub(super) fn fields(message: &str) -> Vec<(usize, String)> {
    let is_space = |c: char| " \t\n\u{b}\u{c}\r".contains(c);
    let mut fields = vec![];
    let mut at = 0;
    while let Some(c) = message[at..].chars().next() {
        let inner = &message[at + c.len_utf8()..];
        let closing = match c {
            '"' => inner.find('"'),
            '[' => inner.find(']'),
            _ => None,
        };
        if is_space(c) {
            at += 1;
        } else if let Some(length) = closing {
            fields.push((at, inner[..length].to_owned()));
            at += length + 2;
        } else {
            let length = message[at..].find(is_space).unwrap_or(message.len() - at);
            fields.push((at, message[at..at + length].to_owned()));
            at += length;
        }
    }
    fields
}
