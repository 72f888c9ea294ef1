//! Texts inside some sets and outside others, by walking the automata of all sets at once.

use std::collections::{HashSet, VecDeque};

use super::choice::Budget;
use crate::text::{Builder, CharClass, Live, Nfa, State, TextPredicate, Texts};
use crate::verdict::Unknown;

/// No text is likelier than another.
pub(super) const NO_HINTS: &[&str] = &[];

/// A text that is in every set marked `true` and in none marked `false`; `None` if there is none.
///
/// `hints` are tried first, then what the sets themselves suggest, so that a witness reads well; otherwise the text is a
/// shortest one.
pub(super) fn solve(
    wanted: &[(&Texts, bool)],
    hints: &[impl AsRef<str>],
    budget: &mut Budget,
) -> Result<Option<String>, Unknown> {
    solve_within(&[], wanted, hints, budget)
}

/// Likewise, of the texts that every one of the automata accepts.
pub(super) fn solve_within(
    automata: &[Nfa],
    wanted: &[(&Texts, bool)],
    hints: &[impl AsRef<str>],
    budget: &mut Budget,
) -> Result<Option<String>, Unknown> {
    budget.spend(1 + wanted.len() as u64)?;
    let fits = |text: &str| {
        wanted.iter().all(|(texts, inside)| texts.contains(text) == *inside)
            && automata.iter().all(|nfa| nfa.is_match(text))
    };
    let listed = wanted.iter().filter_map(|(texts, inside)| match texts {
        Texts::OneOf(texts) if *inside => Some(texts),
        _ => None,
    });
    // A list leaves nothing else to look at; the shortest will do.
    if let Some(list) = listed.min_by_key(|texts| texts.len()) {
        budget.spend((list.len() * wanted.len()) as u64)?;
        let mut hints = hints.iter().map(AsRef::as_ref);
        let hinted = hints.find(|hint| list.iter().any(|text| text == hint) && fits(hint));
        return Ok(hinted.map(str::to_owned).or_else(|| list.iter().find(|text| fits(text)).cloned()));
    }
    budget.spend((hints.len() * wanted.len()) as u64)?;
    if let Some(hint) = hints.iter().map(AsRef::as_ref).find(|hint| fits(hint)) {
        return Ok(Some(hint.to_owned()));
    }
    if let Some(text) = suggestions(wanted).into_iter().find(|text| fits(text)) {
        return Ok(Some(text));
    }
    let predicates: Vec<_> = wanted.iter().filter_map(|(texts, inside)| predicate(texts, *inside)).collect();
    if predicates.is_empty() {
        return shortest(automata, wanted, budget);
    }
    if contradict(&predicates) {
        return Ok(None);
    }
    // What is known by asking only is left out, and the text that is found is put to it.
    let rest: Vec<_> = wanted.iter().filter(|(texts, inside)| predicate(texts, *inside).is_none()).collect();
    let mut tried = vec![];
    for _ in 0..8 {
        let excluded = Texts::OneOf(tried.clone());
        let rest: Vec<_> = rest.iter().map(|(texts, inside)| (*texts, *inside)).chain([(&excluded, false)]).collect();
        match shortest(automata, &rest, budget)? {
            None if tried.is_empty() => return Ok(None),
            Some(text) if fits(&text) => return Ok(Some(text)),
            Some(text) => tried.push(text),
            None => break,
        }
    }
    Err(Unknown::Texts(predicates.iter().map(|(predicate, _)| predicate.name()).collect::<Vec<_>>().join(" and ")))
}

fn predicate(texts: &Texts, inside: bool) -> Option<(&dyn TextPredicate, bool)> {
    match texts {
        Texts::Predicate(predicate) => Some((predicate.get(), inside)),
        _ => None,
    }
}

/// Whether no text is as these predicates ask.
fn contradict(predicates: &[(&dyn TextPredicate, bool)]) -> bool {
    let inside = || predicates.iter().filter(|(_, inside)| *inside).map(|(predicate, _)| *predicate);
    let mut outside = predicates.iter().filter(|(_, inside)| !inside).map(|(predicate, _)| *predicate);
    outside.any(|outside| inside().any(|inside| inside.is_within(outside)))
        || inside().enumerate().any(|(at, one)| inside().skip(at + 1).any(|other| one.is_disjoint(other)))
}

/// Texts that the sets suggest: a glob without its gaps, and a word for when nothing is asked.
fn suggestions(wanted: &[(&Texts, bool)]) -> Vec<String> {
    let globs = wanted.iter().filter_map(|(texts, inside)| match texts {
        Texts::Glob(glob) if *inside => Some(glob.pieces.concat()),
        _ => None,
    });
    let samples = wanted.iter().filter_map(|(texts, inside)| Some(predicate(texts, *inside)?.0.samples()));
    globs.chain(["other".to_owned()]).chain(samples.flatten()).collect()
}

/// A shortest text, of the plainest characters.
fn shortest(automata: &[Nfa], wanted: &[(&Texts, bool)], budget: &mut Budget) -> Result<Option<String>, Unknown> {
    let sets = wanted.iter().filter(|(_, inside)| *inside).map(|(texts, _)| automaton(texts));
    let inside: Vec<Nfa> = automata.iter().cloned().chain(sets).collect();
    let outside = union(wanted.iter().filter(|(_, inside)| !inside).map(|(texts, _)| automaton(texts)));
    let all: Vec<&Nfa> = inside.iter().chain([&outside]).collect();
    let size = all.iter().map(|nfa| 1 + nfa.states().len() as u64 / 8).sum::<u64>();
    let alphabet = alphabet(&all);
    let done = |lives: &[Live]| match lives.split_last() {
        Some((not, must)) => inside.iter().zip(must).all(|(nfa, live)| nfa.accepts(live)) && !outside.accepts(not),
        None => false,
    };
    let begin: Vec<Live> = all.iter().map(|nfa| nfa.begin()).collect();
    // Each text reached is kept as its last character and the text before it.
    let mut reached: Vec<(usize, char)> = vec![];
    let spell = |reached: &[(usize, char)], mut at: usize| {
        let mut text = Vec::new();
        while let Some((before, c)) = at.checked_sub(1).and_then(|i| reached.get(i)) {
            text.push(*c);
            at = *before;
        }
        text.into_iter().rev().collect::<String>()
    };
    if done(&begin) {
        return Ok(Some(String::new()));
    }
    let mut seen = HashSet::from([begin.clone()]);
    let mut queue = VecDeque::from([(0, begin)]);
    while let Some((at, lives)) = queue.pop_front() {
        for c in &alphabet {
            budget.spend(size)?;
            let after: Vec<Live> = all.iter().zip(&lives).map(|(nfa, live)| nfa.step(live, *c)).collect();
            let hopeless = after
                .split_last()
                .is_none_or(|(not, must)| must.iter().any(Live::is_empty) || outside.is_stuck_accepting(not));
            if hopeless || !seen.insert(after.clone()) {
                continue;
            }
            reached.push((at, *c));
            if done(&after) {
                return Ok(Some(spell(&reached, reached.len())));
            }
            queue.push_back((reached.len(), after));
        }
    }
    Ok(None)
}

fn automaton(texts: &Texts) -> Nfa {
    match texts {
        Texts::All => {
            let mut builder = Builder::new();
            let accept = builder.push(State::Accept);
            let start = builder.star(&CharClass::any(), accept);
            builder.finish(start)
        }
        Texts::OneOf(texts) => {
            let mut builder = Builder::new();
            let accept = builder.push(State::Accept);
            let nothing = builder.push(State::Class(CharClass::default(), accept));
            let start = texts.iter().fold(nothing, |others, text| {
                let this = builder.text(text, accept);
                builder.push(State::Split(this, others))
            });
            builder.finish(start)
        }
        Texts::Glob(glob) => glob.nfa(),
        Texts::Regular(regular) => regular.nfa().clone(),
        // Callers ask predicates themselves.
        Texts::Predicate(_) => {
            let mut builder = Builder::new();
            let accept = builder.push(State::Accept);
            let nothing = builder.push(State::Class(CharClass::default(), accept));
            builder.finish(nothing)
        }
    }
}

/// The automaton that accepts what one of the others accepts.
fn union(nfas: impl Iterator<Item = Nfa>) -> Nfa {
    let mut builder = Builder::new();
    let accept = builder.push(State::Accept);
    let mut start = builder.push(State::Class(CharClass::default(), accept));
    for nfa in nfas {
        let head = builder.append(&nfa);
        start = builder.push(State::Split(head, start));
    }
    builder.finish(start)
}

/// A character of each class that the automata tell apart, the plainest first.
fn alphabet(nfas: &[&Nfa]) -> Vec<char> {
    let classes = nfas.iter().flat_map(|nfa| nfa.states()).filter_map(|state| match state {
        State::Class(class, _) => Some(class),
        _ => None,
    });
    let classes: HashSet<&CharClass> = classes.collect();
    let mut cuts: Vec<u32> = vec![0];
    cuts.extend(
        classes.iter().flat_map(|class| class.ranges()).flat_map(|(low, high)| [u32::from(*low), u32::from(*high) + 1]),
    );
    cuts.sort_unstable();
    cuts.dedup();
    // Intervals that lie in the same classes are one letter of the alphabet.
    let mut letters: Vec<(Vec<bool>, char)> = Vec::new();
    let sorted: Vec<&CharClass> = classes.into_iter().collect();
    let ends = cuts.iter().skip(1).copied().chain([0x11_0000]);
    for (low, end) in cuts.iter().copied().zip(ends) {
        let Some(c) = plainest(low, end) else { continue };
        let member: Vec<bool> = sorted.iter().map(|class| class.contains(c)).collect();
        match letters.iter_mut().find(|(other, _)| *other == member) {
            Some((_, best)) if rank(c) < rank(*best) => *best = c,
            Some(_) => {}
            None => letters.push((member, c)),
        }
    }
    let mut letters: Vec<char> = letters.into_iter().map(|(_, c)| c).collect();
    letters.sort_unstable_by_key(|c| rank(*c));
    letters
}

/// The plainest character from `low` up to, not including, `end`.
fn plainest(low: u32, end: u32) -> Option<char> {
    let favourites = [('a', 'z'), ('A', 'Z'), ('0', '9'), ('!', '~'), (' ', ' '), ('\u{A1}', '\u{D7FF}')];
    let favourite = favourites.iter().find_map(|(first, last)| {
        let c = char::from_u32(low.max(u32::from(*first)))?;
        (u32::from(c) < end && c <= *last).then_some(c)
    });
    favourite.or_else(|| (low..end).find_map(char::from_u32))
}

/// How plain a character is: letters, digits, punctuation, space, the rest.
fn rank(c: char) -> (u8, char) {
    let class = match c {
        'a'..='z' => 0,
        'A'..='Z' => 1,
        '0'..='9' => 2,
        '!'..='~' => 3,
        ' ' => 4,
        '\u{A1}'.. => 5,
        _ => 6,
    };
    (class, c)
}
