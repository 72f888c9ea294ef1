//! What stands in place of an identifier that was found, written as it was.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{CANDIDATE, Kind, literal};

type With<'a> = dyn FnMut(Kind, &str) -> String + 'a;

/// Where the candidate ends, and what stands in its place.
pub(super) fn candidate(captures: &Captures<'_>, with: &mut With<'_>) -> (usize, Option<String>) {
    let whole = captures.get_match();
    let text = |name| captures.name(name).map(|found| found.as_str());
    let simple = [("email", Kind::Email), ("key", Kind::Key), ("organization", Kind::Organization)];
    for (name, kind) in simple {
        if let Some(found) = text(name) {
            return (whole.end(), Some(escaped_alike(found, &mut |text| with(kind, text))));
        }
    }
    if let Some(url) = text("url") {
        let url = url.trim_end_matches(['.', ',', ';', ':', '\'', '\\']);
        return (whole.start() + url.len(), Some(escaped_alike(url, &mut |text| with(Kind::Url, text))));
    }
    if let Some(owner) = captures.name("owner") {
        return match text("service") {
            // A name follows at once, or who it is.
            Some("sns" | "sqs" | "iam" | "sts") => (owner.end(), None),
            _ => (whole.end(), None),
        };
    }
    if let (Some(head), Some(of), Some(path)) = (text("principal"), text("of"), text("path")) {
        let path = path.trim_end_matches(['.', ',', '\\']);
        return (whole.start() + head.len() + path.len(), Some(format!("{head}{}", names(of, path, with))));
    }
    if let (Some(field), Some(named)) = (text("field"), text("named")) {
        return (whole.end(), Some(format!("{field}{}", name(named, Kind::Name, with))));
    }
    if let (Some(under), Some(unit)) = (text("under"), text("unit")) {
        return (whole.end(), Some(format!("ou-{}-{}", with(Kind::Root, under), with(Kind::Unit, unit))));
    }
    if let Some(root) = text("root") {
        return (whole.end(), Some(format!("r-{}", with(Kind::Root, root))));
    }
    if let Some(phone) = text("phone") {
        return (whole.end(), Some(with(Kind::Phone, &telephone(phone))));
    }
    if let Some(unique) = captures.name("unique") {
        let written = with(Kind::Unique, unique.as_str());
        let Some(session) = text("session").map(|session| session.trim_end_matches(['.', ','])) else {
            return (unique.end(), Some(written));
        };
        return (unique.end() + 1 + session.len(), Some(format!("{written}:{}", name(session, Kind::Name, with))));
    }
    (whole.end(), None)
}

/// A telephone number in its one writing: `+15555550100`.
pub(in crate::redact) fn telephone(text: &str) -> String {
    format!("+{}", text.replace(|letter: char| !letter.is_ascii_digit(), ""))
}

/// An identifier in a regular expression has its dots and slashes escaped, and so has its pseudonym.
fn escaped_alike(text: &str, with: &mut dyn FnMut(&str) -> String) -> String {
    if text.contains('\\') { with(&text.replace('\\', "")).replace('.', r"\.").replace('/', r"\/") } else { with(text) }
}

/// What stands in place of the names in a path: of a role or the like the last segment, of a session all.
fn names(of: &str, path: &str, with: &mut With<'_>) -> String {
    let sessions = ["assumed-role", "federated-user"].contains(&of);
    let last = path.split('/').count() - 1;
    let written = path.split('/').enumerate().map(|(at, segment)| {
        let escape = if segment.ends_with('\\') { "\\" } else { "" };
        let kind = if sessions || at == last { Kind::Name } else { Kind::Part };
        name(segment.trim_end_matches('\\'), kind, with) + escape
    });
    written.collect::<Vec<_>>().join("/")
}

/// What a name is made of, between wildcards and variables.
static PIECE: LazyLock<Regex> = LazyLock::new(|| literal(r"\$\{[^}]*\}|\.?[*?]+|[^$*?.]+(?:\.+[^$*?.]+)*|[$.]"));

/// What stands in place of the name of a role, a user or a session. What AWS calls so is kept.
pub(in crate::redact) fn name(text: &str, kind: Kind, with: &mut With<'_>) -> String {
    let of_aws = ["aws-reserved", "aws-service-role", "service-role", "root", "HIDDEN_DUE_TO_SECURITY_REASONS"];
    if of_aws.contains(&text) || text.ends_with(".amazonaws.com") {
        return text.to_owned();
    }
    let email = CANDIDATE.captures(text).and_then(|captures| captures.name("email"));
    if email.is_some_and(|email| email.as_str() == text) {
        return with(Kind::Email, text);
    }
    let pieces: Vec<_> = PIECE.find_iter(text).map(|piece| piece.as_str()).collect();
    let kind = if pieces.len() > 1 { Kind::Part } else { kind };
    let literal = |piece: &str| !piece.starts_with('$') && piece.contains(char::is_alphanumeric);
    pieces.into_iter().map(|piece| if literal(piece) { with(kind, piece) } else { piece.to_owned() }).collect()
}
