//! Texts of policies with wildcards: `*` stands for any text, `?` for one character.

use crate::ternary::Ternary;

use super::doubt::PolicyDoubt;

/// A text of a policy, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    symbols: Vec<Symbol>,
    /// The text as it was written.
    written: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Any,
}

/// Which wildcards match a colon.
#[derive(Clone, Copy)]
enum Across {
    Every,
    /// Those that end a part of the pattern.
    LastOfPart,
}

impl Pattern {
    /// The pattern of a text with wildcards.
    pub(super) fn new(written: &str) -> Self {
        Self::of(written, written.chars().map(Symbol::of).collect())
    }

    /// The pattern of these symbols.
    pub(super) fn of(written: &str, symbols: Vec<Symbol>) -> Self {
        Self { symbols, written: written.to_owned() }
    }

    /// Whether the whole text is of the pattern's form.
    pub(super) fn matches(&self, text: &str) -> bool {
        run(&self.symbols, text, Across::Every)
    }

    /// The text, if it has no wildcard.
    pub(super) fn literal(&self) -> Option<String> {
        self.symbols
            .iter()
            .map(|symbol| if let Symbol::Letter(letter) = symbol { Some(*letter) } else { None })
            .collect()
    }

    /// Whether each of the six parts of the ARN is of the form of the pattern's, as ARN operators compare (IAM User Guide,
    /// "IAM JSON policy elements: Condition operators").
    pub(super) fn matches_arn(&self, arn: &str) -> Ternary<PolicyDoubt> {
        let (parts, found) = (self.parts(), arn.splitn(6, ':').collect::<Vec<_>>());
        if parts.len() == found.len() {
            return Ternary::from(parts.into_iter().zip(found).all(|(part, text)| run(part, text, Across::Every)));
        }
        if self.matches(arn) || self.completed().matches(arn) { self.incomplete() } else { Ternary::False }
    }

    /// Whether a `Resource` matches the ARN. A wildcard stays within a part of the ARN, but for the last one of a part,
    /// which "can expand to match beyond the colon boundaries" (IAM User Guide, "IAM JSON policy elements: Resource").
    pub(super) fn matches_resource(&self, arn: &str) -> Ternary<PolicyDoubt> {
        if run(&self.symbols, arn, Across::LastOfPart) {
            Ternary::True
        } else if self.matches(arn) {
            Ternary::Unknown(PolicyDoubt::Wildcard { pattern: self.written.clone() })
        } else if self.parts().len() < 6 && self.completed().matches(arn) {
            // Policies of identities are completed so (IAM User Guide, "Grammar of the IAM JSON policy language").
            self.incomplete()
        } else {
            Ternary::False
        }
    }

    /// Whether the pattern can match ARNs of the given service only.
    pub(super) fn is_of_service(&self, services: &[&str]) -> bool {
        let service = self.parts().get(2).map(|part| Self::of("", part.to_vec()).literal());
        service.flatten().is_some_and(|service| services.contains(&service.as_str()))
    }

    /// The up to six parts of an ARN.
    fn parts(&self) -> Vec<&[Symbol]> {
        self.symbols.splitn(6, |symbol| *symbol == Symbol::Letter(':')).collect()
    }

    /// The pattern with a wildcard for each missing part.
    fn completed(&self) -> Self {
        let missing = 6_usize.saturating_sub(self.parts().len());
        let wild = std::iter::repeat_n([Symbol::Letter(':'), Symbol::Any], missing).flatten();
        Self::of(&self.written, self.symbols.iter().copied().chain(wild).collect())
    }

    fn incomplete(&self) -> Ternary<PolicyDoubt> {
        Ternary::Unknown(PolicyDoubt::IncompleteArn { pattern: self.written.clone() })
    }
}

impl Symbol {
    /// What a character of a text with wildcards stands for.
    pub(super) fn of(character: char) -> Self {
        match character {
            '*' => Self::Any,
            '?' => Self::One,
            letter => Self::Letter(letter),
        }
    }
}

/// Whether the text is of the form, in time proportional to the product of their lengths.
fn run(symbols: &[Symbol], text: &str, across: Across) -> bool {
    if symbols.iter().all(|symbol| matches!(symbol, Symbol::Letter(_))) {
        return symbols.iter().copied().eq(text.chars().map(Symbol::Letter));
    }
    let text: Vec<char> = text.chars().collect();
    // Which prefixes of the text the symbols so far match, by length.
    let mut reached = vec![false; text.len() + 1];
    if let Some(empty) = reached.first_mut() {
        *empty = true;
    }
    for (at, symbol) in symbols.iter().enumerate() {
        let ends_part = matches!(symbols.get(at + 1), None | Some(Symbol::Letter(':')));
        let over = |letter: char| letter != ':' || ends_part || matches!(across, Across::Every);
        let mut next = vec![false; reached.len()];
        let mut before = false;
        for (length, ((next, &now), letter)) in
            next.iter_mut().zip(&reached).zip(std::iter::once(None).chain(text.iter().copied().map(Some))).enumerate()
        {
            let shorter = length.checked_sub(1).and_then(|shorter| reached.get(shorter)).copied().unwrap_or_default();
            *next = match symbol {
                Symbol::Any => now || (before && letter.is_some_and(over)),
                Symbol::One => shorter,
                Symbol::Letter(expected) => shorter && letter == Some(*expected),
            };
            before = *next;
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Pattern, PolicyDoubt, Ternary};

    #[rstest]
    #[case("", "", true)]
    #[case("*", "", true)]
    #[case("sns:*", "sns:publish", true)]
    #[case("*:p*h", "sns:publish", true)]
    #[case("sns:publis?", "sns:publish", true)]
    #[case("sns:publish?", "sns:publish", false)]
    #[case("sns:get*", "sns:publish", false)]
    #[case("a*b*c", "axxbxxbc", true)]
    fn stars_and_question_marks(#[case] pattern: &str, #[case] text: &str, #[case] expected: bool) {
        assert_eq!(Pattern::new(pattern).matches(text), expected);
    }

    #[rstest]
    #[case("arn:*:cloudwatch:*:111122223333:alarm:*", Some(true))]
    #[case("arn:aws:cloudwatch:us-east-1:444455556666:alarm:*", Some(false))]
    #[case("arn:aws:cloudwatch:*:alarm:*", Some(false))]
    #[case("arn:aws:cloudwatch:*", None)]
    #[case("arn:aws:cloudwatch", None)]
    #[case("arn:aws:events:*", Some(false))]
    #[case("*", None)]
    fn arns_of_conditions(#[case] pattern: &str, #[case] expected: Option<bool>) {
        let alarm = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:root use";
        assert_eq!(known(Pattern::new(pattern).matches_arn(alarm)), expected);
    }

    #[rstest]
    #[case("*", Some(true))]
    #[case("arn:aws:sns:us-east-1:111122223333:alerts", Some(true))]
    #[case("arn:aws:sns:*:*:alerts", Some(true))]
    #[case("arn:aws:sns:*", Some(true))]
    #[case("arn:aws:sns:*:alerts", Some(true))]
    #[case("arn:aws:sns:us-east-1:111122223333:other", Some(false))]
    #[case("arn:aws:s*s", None)]
    #[case("arn:aws:s*s:us-east-1:111122223333:al*ts", Some(true))]
    #[case("arn:aws:s*alerts", None)]
    #[case("arn:aws:sns", None)]
    fn resources(#[case] pattern: &str, #[case] expected: Option<bool>) {
        let topic = "arn:aws:sns:us-east-1:111122223333:alerts";
        assert_eq!(known(Pattern::new(pattern).matches_resource(topic)), expected);
    }

    #[test]
    fn services_of_arns() {
        assert!(Pattern::new("arn:aws:iam::111122223333:role/*").is_of_service(&["iam", "sts"]));
        assert!(!Pattern::new("arn:aws:*::111122223333:role/*").is_of_service(&["iam", "sts"]));
        assert!(!Pattern::new("*").is_of_service(&["iam", "sts"]));
    }

    fn known(found: Ternary<PolicyDoubt>) -> Option<bool> {
        match found {
            Ternary::True => Some(true),
            Ternary::False => Some(false),
            Ternary::Unknown(_) => None,
        }
    }
}
