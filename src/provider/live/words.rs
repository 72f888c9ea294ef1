//! What AWS and the SDK say, as it may be shown: without secrets, and without what Rust prints for programmers.
//!
//! Every text from outside passes here before it reaches a report, a recording or a terminal.

use std::collections::BTreeSet;
use std::env;
use std::sync::{Arc, Mutex, PoisonError};

use aws_credential_types::Credentials;

use crate::provider::Refusal;

/// What stands in place of a secret.
const MASK: &str = "***";

/// The most that is shown of one text, in lines and in characters: a proxy may answer with a whole page.
const LINES: usize = 20;
const LENGTH: usize = 2_000;

/// A text that is at least so long, of the letters of Base64 alone, is taken for a token.
const TOKEN: usize = 100;

/// Shorter secrets are none: to mask them would mask words.
const SHORTEST: usize = 8;

/// The variables whose values must not be shown.
const VARIABLES: [&str; 3] = ["AWS_SECRET_ACCESS_KEY", "SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// Where services go on about the one request: the canonical request holds its headers, the session token among them.
const REQUEST: [&str; 2] = ["The Canonical String for this request", "The String-to-Sign"];

/// Cleans texts. It knows the credentials that are in use, and learns those that come into use.
#[derive(Clone)]
pub(super) struct Words {
    secrets: Arc<Mutex<BTreeSet<String>>>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

impl Default for Words {
    fn default() -> Self {
        let secrets = VARIABLES.iter().filter_map(|name| env::var(name).ok()).filter_map(|secret| secret_in(&secret));
        Self { secrets: Arc::new(Mutex::new(secrets.collect())) }
    }
}

impl Words {
    /// Keeps the credentials out of what is said from now on.
    pub(super) fn conceal(&self, credentials: &Credentials) {
        let secrets = [Some(credentials.secret_access_key()), credentials.session_token()];
        let secrets = secrets.into_iter().flatten().filter_map(secret_in);
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).extend(secrets);
    }

    /// The text as it may be shown. Its lines stay lines.
    pub(super) fn clean(&self, text: &str) -> String {
        let end = REQUEST.iter().filter_map(|start| text.find(start)).min();
        let mut text = text.get(..end.unwrap_or(text.len())).unwrap_or_default().to_owned();
        for secret in self.secrets.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            text = text.replace(secret.as_str(), MASK).replace(&percent_encoded(secret), MASK);
        }
        let lines = text.lines().map(|line| clean_line(line.trim())).filter(|line| !line.is_empty());
        let text = lines.take(LINES).collect::<Vec<_>>().join("\n");
        match text.char_indices().nth(LENGTH) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }

    /// The refusal as it may be shown and recorded.
    pub(super) fn clean_refusal(&self, refusal: Refusal) -> Refusal {
        Refusal { message: self.clean(&refusal.message), code: refusal.code.map(|code| self.clean(&code)), ..refusal }
    }
}

fn secret_in(text: &str) -> Option<String> {
    let secret = text.trim();
    (secret.len() >= SHORTEST).then(|| secret.to_owned())
}

fn percent_encoded(secret: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    secret.bytes().map(encode).collect()
}

fn clean_line(line: &str) -> String {
    let line = without_debug(line);
    let words = line.split(' ').filter(|word| !word.is_empty()).map(clean_word);
    words.collect::<Vec<_>>().join(" ")
}

fn clean_word(word: &str) -> String {
    let word = without_url_secrets(word);
    let lower = word.to_ascii_lowercase();
    if let Some(name) = lower.find("security-token:") {
        let end = name + "security-token:".len();
        return format!("{}{MASK}", word.get(..end).unwrap_or_default());
    }
    let is_token = |part: &str| {
        part.len() >= TOKEN
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let in_token = |letter: char| letter.is_ascii_alphanumeric() || "+/=%_-".contains(letter);
    let parts: Vec<_> =
        word.split(|letter| !in_token(letter)).filter(|part| is_token(part)).map(str::to_owned).collect();
    parts.iter().fold(word, |word, token| word.replace(token.as_str(), MASK))
}

/// URLs without user, password and query.
pub(super) fn without_url_secrets(text: &str) -> String {
    let Some((before, rest)) = text.split_once("://") else { return text.to_owned() };
    let in_authority = |letter: char| !"/?#\"'`<>()".contains(letter) && !letter.is_whitespace();
    let authority = rest.find(|letter| !in_authority(letter)).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(authority).unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (path, after) = match path.find(|letter: char| "\"'`<>()".contains(letter) || letter.is_whitespace()) {
        Some(end) => path.split_at_checked(end).unwrap_or((path, "")),
        None => (path, ""),
    };
    let path = path.find(['?', '#']).map_or(path, |query| path.get(..query).unwrap_or_default());
    format!("{before}://{host}{path}{}", without_url_secrets(after))
}

/// Text without the values of Rust that errors print for programmers, such as `Unhandled(Unhandled { … })`.
fn without_debug(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some((start, end)) = debug_value(rest) {
        let before = rest.get(..start).unwrap_or_default();
        let after = rest.get(end..).unwrap_or_default();
        // Where the value stands in parentheses, they go too.
        match (before.strip_suffix('('), after.strip_prefix(')')) {
            (Some(before), Some(after)) => {
                kept.push_str(before.trim_end());
                rest = after;
            }
            _ => {
                kept.push_str(before.trim_end_matches([' ', ':']));
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept.trim().trim_end_matches(':').to_owned()
}

/// Where the first value begins and ends: the name of a type, at once followed by what is in it.
fn debug_value(text: &str) -> Option<(usize, usize)> {
    let starts = text.char_indices().filter(|(at, letter)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        letter.is_ascii_uppercase() && before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
    });
    starts.map(|(at, _)| at).find_map(|start| {
        let rest = text.get(start..)?;
        let name = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
        let body = rest.get(name..)?;
        let open = if body.starts_with('(') { 0 } else { body.starts_with(" { ").then_some(1)? };
        // As in "Parameter(s)".
        if name < 3 || body.starts_with("(s)") {
            return None;
        }
        Some((start, start + name + open + closing(body.get(open..)?)))
    })
}

/// Where what begins with a bracket ends: behind the bracket that closes it, or with the text.
fn closing(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' | '}' | ']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + letter.len_utf8();
                }
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> String {
        let words = Words::default();
        words.conceal(&Credentials::new(
            "AKIDEXAMPLE",
            "se/cret+of+forty",
            Some("to/ken+of+many".into()),
            None,
            "test",
        ));
        words.clean(text)
    }

    #[test]
    fn secrets_are_masked() {
        assert_eq!(clean("key se/cret+of+forty, token to%2Fken%2Bof%2Bmany."), "key ***, token ***.");
        assert_eq!(clean("x-amz-security-token:AnotherToken host:sts"), "x-amz-security-token:*** host:sts");
        let token = "Ab0+/".repeat(30);
        assert_eq!(clean(&format!("token={token}")), "***");
        assert_eq!(clean("No match.\n\nThe Canonical String for this request should have been\n'POST'"), "No match.");
    }

    #[test]
    fn urls_keep_neither_password_nor_query() {
        assert_eq!(clean("`http://user:pass@host:80/a?key=1`: refused"), "`http://host:80/a`: refused");
        assert_eq!(clean("(https://p@ss@host) (http://a/b#c)"), "(https://host) (http://a/b)");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(clean("first\r\n  second \n\n third"), "first\nsecond\nthird");
    }

    #[test]
    fn what_rust_prints_for_programmers_is_left_out() {
        for (text, expected) in [
            (
                "unhandled error: Unhandled(Unhandled { source: \"(\", meta: ErrorMetadata { code: None } })",
                "unhandled error",
            ),
            ("dispatch failure (DispatchFailure(DispatchFailure { source: X }))", "dispatch failure"),
            ("failed: Error { kind: Other, cut", "failed"),
            (
                "Parameter(s) not valid: Value (none), AccessDenied (403)",
                "Parameter(s) not valid: Value (none), AccessDenied (403)",
            ),
        ] {
            assert_eq!(clean(text), expected);
        }
    }
}
