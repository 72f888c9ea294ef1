//! Patterns of policies: `*` stands for any text, `?` for one character.

use crate::evaluate::truth::Truth;

/// Whether the whole text has the pattern's form.
pub(super) fn matches_text(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // Which prefixes of the text the pattern's part so far matches.
    let mut reached = vec![false; text.len() + 1];
    if let Some(empty) = reached.first_mut() {
        *empty = true;
    }
    for symbol in pattern {
        let mut next = vec![false; text.len() + 1];
        for (at, reachable) in next.iter_mut().enumerate() {
            let before = at.checked_sub(1).and_then(|before| Some((*reached.get(before)?, *text.get(before)?)));
            *reachable = match symbol {
                '*' => reached.iter().take(at + 1).any(|&reached| reached),
                '?' => before.is_some_and(|(reached, _)| reached),
                letter => before.is_some_and(|(reached, found)| reached && found == letter),
            };
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

/// Whether the six parts of an ARN, between colons, have the forms of the pattern's six.
pub(super) fn matches_arn(pattern: &str, arn: &str) -> Truth {
    let (pattern, arn): (Vec<_>, Vec<_>) = (pattern.splitn(6, ':').collect(), arn.splitn(6, ':').collect());
    if pattern.len() != arn.len() {
        return Truth::unknown(format!("`{}` is not the form of an ARN", pattern.join(":")));
    }
    Truth::from(pattern.into_iter().zip(arn).all(|(pattern, part)| matches_text(pattern, part)))
}

/// Whether a `Resource` takes the ARN in. IAM documents wildcards within the parts of an ARN, and `*` alone.
pub(super) fn matches_resource(pattern: &str, arn: &str) -> Truth {
    if pattern.contains("${") {
        return Truth::unknown(format!("the resource `{pattern}` has a variable"));
    }
    match matches_text(pattern, arn) {
        false => Truth::False,
        true if pattern == "*" => Truth::True,
        true => match matches_arn(pattern, arn) {
            Truth::True => Truth::True,
            _ => Truth::unknown(format!("whether `{pattern}` reaches across the parts of an ARN is not documented")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Truth, matches_arn, matches_resource, matches_text};

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("*", "", true),
            ("sns:*", "sns:publish", true),
            ("*:p*h", "sns:publish", true),
            ("sns:publis?", "sns:publish", true),
            ("sns:publish?", "sns:publish", false),
            ("sns:get*", "sns:publish", false),
            ("a*b*c", "axxbxxbc", true),
        ] {
            assert_eq!(matches_text(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn parts_of_arns() {
        let alarm = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:root use";
        assert_eq!(matches_arn("arn:*:cloudwatch:*:111122223333:alarm:*", alarm), Truth::True);
        assert_eq!(matches_arn("arn:aws:cloudwatch:us-east-1:444455556666:alarm:*", alarm), Truth::False);
        assert_eq!(matches_arn("arn:aws:cloudwatch:*:alarm:*", alarm), Truth::False);
        assert!(matches!(matches_arn("arn:aws:cloudwatch:*", alarm), Truth::Unknown(_)));
        let topic = "arn:aws:sns:us-east-1:111122223333:alerts";
        assert_eq!(matches_resource("arn:aws:sns:*:*:alerts", topic), Truth::True);
        assert_eq!(matches_resource("arn:aws:sns:us-east-1:111122223333:other", topic), Truth::False);
        assert!(matches!(matches_resource("arn:aws:sns:*", topic), Truth::Unknown(_)));
    }
}
