//! Upper and lower case as EventBridge compares it.
//!
//! Each UTF-16 unit of the pattern stands for its lower-case and its upper-case form, each of which may be several
//! characters. A character beyond the basic plane is two units, of which Java makes a `?` each: EventBridge finds no such
//! character by `equals-ignore-case`.

/// A text to compare with, ignoring case.
#[derive(Clone, Debug)]
pub(crate) struct Folded {
    text: String,
    /// What each unit stands for; empty if all of them are ASCII.
    units: Vec<[String; 2]>,
}

impl Folded {
    pub(crate) fn new(text: &str) -> Self {
        let units = if text.is_ascii() { vec![] } else { units(text) };
        Self { text: text.to_owned(), units }
    }

    pub(crate) fn equals(&self, text: &str) -> bool {
        if self.units.is_empty() { self.text.eq_ignore_ascii_case(text) } else { self.ends(text).contains(&text.len()) }
    }

    /// Whether the text, followed by a quote, starts so: a pattern may name the quote that ends a value.
    pub(crate) fn starts(&self, text: &str) -> bool {
        if self.units.is_empty() {
            let quoted = || text.bytes().chain([b'"']);
            let same = |(a, b): (u8, u8)| a.eq_ignore_ascii_case(&b);
            return self.text.len() <= text.len() + 1 && self.text.bytes().zip(quoted()).all(same);
        }
        !self.ends(&format!("{text}\"")).is_empty()
    }

    /// Whether a quote, followed by the text, ends so.
    pub(crate) fn ends_text(&self, text: &str) -> bool {
        let quoted = format!("\"{text}");
        if self.units.is_empty() {
            let tail = quoted.len().checked_sub(self.text.len()).and_then(|at| quoted.as_bytes().get(at..));
            return tail.is_some_and(|tail| tail.eq_ignore_ascii_case(self.text.as_bytes()));
        }
        let mut starts = vec![quoted.len()];
        for unit in self.units.iter().rev() {
            let before = |at: &usize| {
                let rest = quoted.get(..*at).unwrap_or_default();
                unit.iter().filter_map(|form| rest.strip_suffix(form.as_str())).map(str::len).collect::<Vec<_>>()
            };
            starts = starts.iter().flat_map(before).collect();
            starts.dedup();
        }
        !starts.is_empty()
    }

    /// Where in the text the pattern can end that starts at its beginning.
    fn ends(&self, text: &str) -> Vec<usize> {
        let mut ends = vec![0];
        for unit in &self.units {
            let after = |at: &usize| {
                let rest = text.get(*at..).unwrap_or_default();
                let fits = |form: &&String| rest.starts_with(form.as_str());
                unit.iter().filter(fits).map(|form| *at + form.len()).collect::<Vec<_>>()
            };
            ends = ends.iter().flat_map(after).collect();
            ends.sort_unstable();
            ends.dedup();
        }
        ends
    }
}

/// What each unit of a text stands for.
pub(crate) fn units(text: &str) -> Vec<[String; 2]> {
    text.chars().flat_map(forms).collect()
}

/// The lower-case and the upper-case form of each UTF-16 unit of a character.
fn forms(c: char) -> Vec<[String; 2]> {
    if c.len_utf16() == 2 {
        return vec![["?".to_owned(), "?".to_owned()]; 2];
    }
    vec![[c.to_lowercase().collect(), c.to_uppercase().collect()]]
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn units_stand_for_two_forms() {
        for (pattern, text, expected) in [
            ("x", "X", true),
            ("", "", true),
            ("x", "xx", false),
            ("Ä", "ä", true),
            ("ß", "SS", true),
            ("ß", "Ss", false),
            ("SS", "ß", false),
            ("σ", "ς", false),
            ("k", "\u{212a}", false),
            ("\u{212a}", "K", false),
            ("\u{212a}", "k", true),
            ("ǅ", "ǅ", false),
            ("İ", "i\u{307}", true),
            ("😀", "😀", false),
            ("😀", "??", true),
        ] {
            assert_eq!(Folded::new(pattern).equals(text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn beginnings_and_ends() {
        assert!(Folded::new("SS").starts("ssx"));
        assert!(Folded::new("ß").starts("SSx"));
        assert!(Folded::new("X\"").starts("x"));
        assert!(!Folded::new("X\"").starts("xy"));
        assert!(Folded::new("aß").ends_text("xASS"));
        assert!(Folded::new("\"X").ends_text("x"));
        assert!(!Folded::new("xx").ends_text("x"));
        assert!(Folded::new("é").ends_text("xÉ"));
    }
}
