//! Identifiers in a text: where they stand, and of which kind they are.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What an identifier tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An account, by its twelve digits.
    Account,
    /// A person's e-mail address.
    Email,
    /// A telephone number, as in `+15555550100`.
    Phone,
    /// An address with a scheme, such as a webhook's.
    Url,
    /// An organization, `o-…`.
    Organization,
    /// The root of an organization, `r-…`, or the part of it in a unit's id.
    Root,
    /// An organizational unit, by the last part of `ou-…`.
    Unit,
    /// A KMS key or another resource that has a UUID, or `mrk-…`.
    Key,
    /// An access key, user or role by the id that IAM gave it: `AKIA…`, `AIDA…`, `AROA…`.
    Unique,
    /// The name of a role, a user or a session.
    Name,
    /// What stands in an ARN beside such a name: its path, or a part of it beside a wildcard.
    Part,
}

/// An identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub kind: Kind,
    pub text: String,
}

/// Finds identifiers. Names are looked for as whole words.
#[derive(Debug)]
pub(super) struct Tokens {
    names: Option<Regex>,
}

/// Names below this length are replaced only in the ARNs that tell what they are.
const SHORTEST_NAME: usize = 3;

/// What may be an identifier; the first alternative that matches counts. Some are listed to be left as they are.
static CANDIDATE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r#"(?x)
        (?P<url> [A-Za-z][A-Za-z0-9+.-]*://[^\s"'<>^`{|})\]]+ )
        | (?P<arn> arn:[A-Za-z0-9*?-]*:(?P<service>[A-Za-z0-9*?-]*):[A-Za-z0-9*?-]*: )
          (?P<owner> [A-Za-z0-9*?-]* ) : (?P<type> [a-z][a-z-]*[:/] )?
        | (?P<email> (?: \\?\. | [A-Za-z0-9_+-] )+ @ [A-Za-z0-9-]+ (?: \\?\.[A-Za-z0-9-]+ )+ )
        | (?P<key> [0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12} | mrk-[0-9a-f]{32} )
        | (?P<organization> o-[a-z0-9]{10,32} )
        | ou-(?P<of> [0-9a-z]{4,32} )-(?P<unit> [a-z0-9]{8,32} )
        | r-(?P<root> [0-9a-z]{4,32} )
        | (?P<phone> \+[0-9]{7,15} )
        | (?P<unique> A(?:BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA)[A-Z0-9]{12,124} )
        | (?P<dashed> [0-9]{4}-[0-9]{4}-[0-9]{4} )
        | (?P<digits> [0-9]+ )
        | (?P<plain> \$\.[A-Za-z0-9_.\[\]*-]+
            | (?i:aws|cloudtrail|cloudwatch|events|iam|kms|lambda|logs|s3|securityhub|sns|sqs|sts):[A-Za-z*]+
            | [A-Za-z0-9.-]+\.amazonaws\.com )
        "#,
    )
});

/// What follows the head of an ARN of IAM or STS that names a role, a user or a session.
static PRINCIPAL: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^(?:role|user|assumed-role|federated-user)/((?:\$\{[^}]*\}|[A-Za-z0-9_+=,.@/*?-])+)"));

/// What a name is made of, between wildcards and variables.
static PIECE: LazyLock<Regex> = LazyLock::new(|| literal(r"\$\{[^}]*\}|[*?]+|[^$*?]+|\$"));

#[expect(clippy::expect_used, reason = "the expressions are constant, and tests use them all")]
pub(super) fn literal(expression: &str) -> Regex {
    Regex::new(expression).expect("the expression is one")
}

impl Tokens {
    /// Finds these names too.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<_> =
            names.into_iter().filter(|name| name.len() >= SHORTEST_NAME).map(regex::escape).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let names = (!names.is_empty()).then(|| Regex::new(&names.join("|")).ok()).flatten();
        Self { names }
    }

    /// The text with each identifier replaced.
    pub(super) fn rewrite(&self, text: &str, with: &mut dyn FnMut(Kind, &str) -> String) -> String {
        let mut written = String::with_capacity(text.len());
        let (mut at, mut look) = (0, 0);
        while let Some(next) = self.next(text, look) {
            let (start, end, replaced) = match next {
                Next::Name(start, end) => (start, end, with(Kind::Name, part(text, start, end))),
                Next::Candidate(captures) => {
                    let start = captures.get_match().start();
                    let (end, replaced) = candidate(text, &captures, with);
                    (start, end, replaced)
                }
            };
            written.push_str(part(text, at, start));
            written.push_str(&replaced);
            (at, look) = (end, end);
        }
        written.push_str(part(text, at, text.len()));
        written
    }

    /// What comes first from there on.
    fn next<'a>(&self, text: &'a str, from: usize) -> Option<Next<'a>> {
        let candidate = matching(
            text,
            from,
            |at| {
                let captures = CANDIDATE.captures_at(text, at)?;
                let (start, end) = (captures.get_match().start(), captures.get_match().end());
                Some((start, end, captures))
            },
            |start, end, captures| stands_alone(text, start, end, captures),
        );
        let name = self.names.as_ref().and_then(|names| {
            let find = |at| names.find_at(text, at).map(|found| (found.start(), found.end(), ()));
            matching(text, from, find, |start, end, ()| is_word(text, start, end))
        });
        match (candidate, name) {
            (Some((candidate, ..)), Some((start, end, ()))) if start < candidate => Some(Next::Name(start, end)),
            (None, Some((start, end, ()))) => Some(Next::Name(start, end)),
            (Some((.., captures)), _) => Some(Next::Candidate(captures)),
            (None, None) => None,
        }
    }
}

enum Next<'a> {
    Name(usize, usize),
    Candidate(Captures<'a>),
}

/// The first match that is accepted.
fn matching<T>(
    text: &str,
    mut from: usize,
    find: impl Fn(usize) -> Option<(usize, usize, T)>,
    accept: impl Fn(usize, usize, &T) -> bool,
) -> Option<(usize, usize, T)> {
    loop {
        let (start, end, found) = find(from)?;
        if accept(start, end, &found) {
            return Some((start, end, found));
        }
        from = start + text.get(start..)?.chars().next()?.len_utf8();
    }
}

/// Whether a candidate is no part of something longer of its like.
fn stands_alone(text: &str, start: usize, end: usize, captures: &Captures<'_>) -> bool {
    let is = |name| captures.name(name).is_some();
    let (before, after) = around(text, start, end);
    if is("digits") {
        // A run that does not begin here was refused as a whole.
        return !before.is_some_and(|c| c.is_ascii_digit());
    }
    if is("dashed") {
        let part = |c: char| c.is_ascii_digit() || c == '-';
        return !before.is_some_and(part) && !after.is_some_and(part);
    }
    if is("key") || is("organization") || is("unit") || is("root") || is("unique") {
        let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        return !before.is_some_and(part) && !after.is_some_and(part);
    }
    !is("phone") || !after.is_some_and(|c| c.is_ascii_digit())
}

/// Whether what stands there is no part of a longer word, such as a host's name or an address.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = around(text, start, end);
    let part = |c: char| c.is_ascii_alphanumeric() || "_-@".contains(c);
    let beyond = text.get(end..).and_then(|rest| rest.chars().nth(1));
    let dotted = after == Some('.') && beyond.is_some_and(|c| c.is_ascii_alphanumeric());
    !before.is_some_and(|c| part(c) || c == '.') && !after.is_some_and(part) && !dotted
}

fn around(text: &str, start: usize, end: usize) -> (Option<char>, Option<char>) {
    (text.get(..start).and_then(|text| text.chars().next_back()), text.get(end..).and_then(|text| text.chars().next()))
}

/// Where the candidate ends, and what stands in its place.
fn candidate(text: &str, captures: &Captures<'_>, with: &mut dyn FnMut(Kind, &str) -> String) -> (usize, String) {
    let whole = captures.get_match();
    let simple = [
        ("email", Kind::Email),
        ("key", Kind::Key),
        ("organization", Kind::Organization),
        ("phone", Kind::Phone),
        ("unique", Kind::Unique),
    ];
    for (name, kind) in simple {
        if let Some(found) = captures.name(name) {
            return (found.end(), escaped_alike(found.as_str(), &mut |text| with(kind, text)));
        }
    }
    if let Some(url) = captures.name("url") {
        let url = url.as_str().trim_end_matches(['.', ',', ';', ':']);
        return (whole.start() + url.len(), with(Kind::Url, url));
    }
    if let (Some(of), Some(unit)) = (captures.name("of"), captures.name("unit")) {
        let (of, unit) = (with(Kind::Root, of.as_str()), with(Kind::Unit, unit.as_str()));
        return (whole.end(), format!("ou-{of}-{unit}"));
    }
    if let Some(root) = captures.name("root") {
        return (whole.end(), format!("r-{}", with(Kind::Root, root.as_str())));
    }
    if captures.name("dashed").is_some() {
        let account = with(Kind::Account, &whole.as_str().replace('-', ""));
        let dashed = |at: usize| part(&account, at, at + 4).to_owned();
        return (whole.end(), format!("{}-{}-{}", dashed(0), dashed(4), dashed(8)));
    }
    if let Some(digits) = captures.name("digits") {
        return (whole.end(), account(digits.as_str(), with));
    }
    if let (Some(head), Some(owner)) = (captures.name("arn"), captures.name("owner")) {
        let mut written = format!("{}{}:", head.as_str(), account(owner.as_str(), with));
        let service = captures.name("service").map_or("", |service| service.as_str());
        let rest = owner.end() + 1;
        return match service {
            // What follows is a name at once.
            "sns" | "sqs" => (rest, written),
            "iam" | "sts" => {
                let (length, principal) = principal(part(text, rest, text.len()), with);
                written.push_str(&principal);
                (rest + length, written)
            }
            _ => {
                written.push_str(part(text, rest, whole.end()));
                (whole.end(), written)
            }
        };
    }
    (whole.end(), whole.as_str().to_owned())
}

fn account(text: &str, with: &mut dyn FnMut(Kind, &str) -> String) -> String {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_account { with(Kind::Account, text) } else { text.to_owned() }
}

/// An identifier in a regular expression has its dots escaped, and so has its pseudonym.
fn escaped_alike(text: &str, with: &mut dyn FnMut(&str) -> String) -> String {
    if text.contains('\\') { with(&text.replace('\\', "")).replace('.', r"\.") } else { with(text) }
}

/// The length of the role, user or session at the beginning of the text, and what stands in its place. Of its path,
/// what AWS gives is kept.
fn principal(text: &str, with: &mut dyn FnMut(Kind, &str) -> String) -> (usize, String) {
    let Some(found) = PRINCIPAL.captures(text).and_then(|captures| captures.get(1)) else {
        return (0, String::new());
    };
    let path = found.as_str().trim_end_matches(['.', ',']);
    let names = if text.starts_with("role/") || text.starts_with("user/") { 1 } else { usize::MAX };
    let segments = path.split('/').rev().enumerate();
    let written = segments.map(|(at, segment)| name(segment, if at < names { Kind::Name } else { Kind::Part }, with));
    let written: Vec<_> = written.collect::<Vec<_>>().into_iter().rev().collect();
    (found.start() + path.len(), format!("{}{}", part(text, 0, found.start()), written.join("/")))
}

fn name(text: &str, kind: Kind, with: &mut dyn FnMut(Kind, &str) -> String) -> String {
    let of_aws =
        ["aws-reserved", "aws-service-role", "service-role"].contains(&text) || text.ends_with(".amazonaws.com");
    if of_aws {
        return text.to_owned();
    }
    let email =
        CANDIDATE.captures(text).filter(|captures| captures.name("email").is_some_and(|email| email.as_str() == text));
    if email.is_some() {
        return with(Kind::Email, text);
    }
    let pieces: Vec<_> = PIECE.find_iter(text).map(|piece| piece.as_str()).collect();
    let kind = if pieces.len() > 1 { Kind::Part } else { kind };
    let literal = |piece: &str| !piece.starts_with(['$', '*', '?']);
    pieces.into_iter().map(|piece| if literal(piece) { with(kind, piece) } else { piece.to_owned() }).collect()
}

fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Tokens;

    /// The text with each identifier in angle brackets, after the initial of its kind.
    fn marked(text: &str) -> String {
        Tokens::new(["alice", "netops-admin"]).rewrite(text, &mut |kind, text| {
            let kind = format!("{kind:?}");
            format!("<{}{text}>", kind.chars().next().unwrap())
        })
    }

    #[rstest]
    #[case("arn:aws:sns:us-east-1:111122223333:alerts", "arn:aws:sns:us-east-1:<A111122223333>:alerts")]
    #[case("arn:aws:sns:us-east-1:111122223333:alice", "arn:aws:sns:us-east-1:<A111122223333>:<Nalice>")]
    #[case("arn:aws:cloudwatch:*:111122223333:alarm:alice", "arn:aws:cloudwatch:*:<A111122223333>:alarm:<Nalice>")]
    #[case("arn:aws:iam::111122223333:root", "arn:aws:iam::<A111122223333>:root")]
    #[case("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess")]
    #[case(
        "arn:aws:iam::111122223333:role/teams/net/Admin",
        "arn:aws:iam::<A111122223333>:role/<Pteams>/<Pnet>/<NAdmin>"
    )]
    #[case(
        "arn:aws:iam::111122223333:role/aws-service-role/sns.amazonaws.com/S",
        "arn:aws:iam::<A111122223333>:role/aws-service-role/sns.amazonaws.com/<NS>"
    )]
    #[case("arn:aws:iam::*:role/Admin*", "arn:aws:iam::*:role/<PAdmin>*")]
    #[case("arn:aws:iam::111122223333:user/${aws:username}", "arn:aws:iam::<A111122223333>:user/${aws:username}")]
    #[case(
        "User: arn:aws:sts::111122223333:assumed-role/Admin/bob@corp.example is not",
        "User: arn:aws:sts::<A111122223333>:assumed-role/<NAdmin>/<Ebob@corp.example> is not"
    )]
    #[case("{ $.userIdentity.accountId = 111122223333 }", "{ $.userIdentity.accountId = <A111122223333> }")]
    #[case("{ $.userIdentity.userName = alice }", "{ $.userIdentity.userName = <Nalice> }")]
    #[case("{ $.alice = \"netops-admin\" }", "{ $.alice = \"<Nnetops-admin>\" }")]
    #[case("alice.example.com not-alice alice@example.com", "alice.example.com not-alice <Ealice@example.com>")]
    #[case(r"%^a\.b@corp\.example$%", r"%^<Ea\.b@corp\.example>$%")]
    #[case("trail-111122223333-eu", "trail-<A111122223333>-eu")]
    #[case("1111-2222-3333", "<A11-1122-2233")]
    #[case("20261123093000 1234567890123", "20261123093000 1234567890123")]
    #[case("call +15555550100.", "call <P+15555550100>.")]
    #[case("see https://wiki.example.com/a?b=c, or", "see <Uhttps://wiki.example.com/a?b=c>, or")]
    #[case("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*", "<Oo-a1b2c3d4e5>/r-<Rab12>/ou-<Rab12>-<U11111111>/*")]
    #[case("monitor-production or-abcd", "monitor-production or-abcd")]
    #[case("key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f", "key/<K0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f>")]
    #[case("mrk-0a1b2c3d0a1b2c3d4e5f0a1b2c3d4e5f", "<Kmrk-0a1b2c3d0a1b2c3d4e5f0a1b2c3d4e5f>")]
    #[case("AIDAIOSFODNN7EXAMPLE:alice", "<UAIDAIOSFODNN7EXAMPLE>:<Nalice>")]
    #[case("cloudwatch.amazonaws.com sns:Publish", "cloudwatch.amazonaws.com sns:Publish")]
    #[case("naïve 111122223333é", "naïve <A111122223333>é")]
    fn identifiers(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(marked(text), expected);
    }
}
