//! Text in lines.

/// The text without what a recording could bring to steer the terminal, or whoever reads.
pub(crate) fn tame(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether it is a control character, ends a line, or turns the direction of writing.
pub(crate) fn steers(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The words of `text` in lines of at most `width` characters. A word that is longer has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = tame(word);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn words_stay_whole() {
        assert_eq!(wrap("one two  three\nextraordinary x", 7), ["one two", "three", "extraordinary", "x"]);
        assert!(wrap(" ", 7).is_empty());
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(wrap("a\u{1b}[2Jb\nc\u{202e}", 80), ["a\u{fffd}[2Jb c\u{fffd}"]);
    }
}
