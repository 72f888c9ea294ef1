//! Account ids in a text, however their digits are spelled and parted.

use std::collections::BTreeSet;
use std::ops::Range;

use super::reading::{Letter, is_alphanumeric, unescaped, verbatim};

/// How many digits an account id has.
const LENGTH: usize = 12;

/// An account id, and where each of its digits is.
#[derive(Debug, Clone)]
pub(super) struct Spelled {
    pub id: String,
    pub digits: Vec<Range<usize>>,
}

/// The accounts of a text, in its order: twelve digits on end, or four, four and four with one sign of any kind between
/// them; and of these accounts the digits with anything but letters between them.
pub(super) fn spelled(text: &str, known: &BTreeSet<String>) -> Vec<Spelled> {
    let may_be_digits = |letter: &char| letter.is_ascii_digit() || !letter.is_ascii();
    if text.chars().filter(may_be_digits).take(LENGTH).count() < LENGTH {
        return Vec::new();
    }
    let mut found = in_letters(&unescaped(text), known);
    // What looks like an escape may be none.
    let mut others = in_letters(&verbatim(text), known);
    others.retain(|account| {
        let after = found.partition_point(|other| span(other).end <= span(account).start);
        found.get(after).is_none_or(|other| span(account).end <= span(other).start)
    });
    found.append(&mut others);
    found.sort_by_key(|account| span(account).start);
    found
}

fn span(account: &Spelled) -> Range<usize> {
    let (first, last) = (account.digits.first(), account.digits.last());
    first.map_or(0, |first| first.start)..last.map_or(0, |last| last.end)
}

/// A digit, and what is between it and the one before.
struct Digit {
    is: char,
    place: Range<usize>,
    gap: Gap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Letters, or the beginning of the text.
    Letters,
    Nothing,
    Sign(char),
    Signs,
}

fn in_letters(letters: &[Letter], known: &BTreeSet<String>) -> Vec<Spelled> {
    let mut digits = Vec::new();
    let mut gap = Gap::Letters;
    for Letter { is, start, end } in letters {
        if is.is_ascii_digit() {
            digits.push(Digit { is: *is, place: *start..*end, gap });
            gap = Gap::Nothing;
        } else {
            gap = match gap {
                _ if is_alphanumeric(*is) => Gap::Letters,
                Gap::Nothing => Gap::Sign(*is),
                Gap::Sign(_) | Gap::Signs => Gap::Signs,
                Gap::Letters => Gap::Letters,
            };
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(window) = digits.get(at..at + LENGTH) {
        let id: String = window.iter().map(|digit| digit.is).collect();
        let after = digits.get(at + LENGTH).map_or(Gap::Letters, |digit| digit.gap);
        let is_joined = window.iter().skip(1).all(|digit| digit.gap != Gap::Letters);
        if is_joined && (known.contains(&id) || is_account(window, after)) {
            found.push(Spelled { id, digits: window.iter().map(|digit| digit.place.clone()).collect() });
            at += LENGTH;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether digits are an account's by their form. One more group of digits makes something else of them, such as the number
/// of a card.
fn is_account(digits: &[Digit], after: Gap) -> bool {
    let Some((first, rest)) = digits.split_first() else { return false };
    let sign = rest.get(3).map_or(Gap::Nothing, |fifth| fifth.gap);
    let expected = |place: usize| if [3, 7].contains(&place) { sign } else { Gap::Nothing };
    let is_regular = rest.iter().enumerate().all(|(place, digit)| digit.gap == expected(place));
    let goes_on = |gap: Gap| gap == Gap::Nothing || matches!(sign, Gap::Sign(_)) && gap == sign;
    is_regular && matches!(sign, Gap::Nothing | Gap::Sign(_)) && !goes_on(first.gap) && !goes_on(after)
}
