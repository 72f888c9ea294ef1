//! Identifiers in a text: where they stand, and of which kind they are.

mod replace;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, Input, MatchKind};
use regex::{Captures, Regex};

pub(super) use replace::{name, telephone};

use super::account;
use super::reading::respelled;

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

impl Found {
    pub(super) fn new(kind: Kind, text: &str) -> Self {
        Self { kind, text: text.to_owned() }
    }

    /// A part of a name as the name that it would be by itself.
    pub(super) fn named(self) -> Self {
        Self { kind: if self.kind == Kind::Part { Kind::Name } else { self.kind }, ..self }
    }
}

/// Finds identifiers. Names are looked for as whole words.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    names: Option<AhoCorasick>,
    /// The accounts that are found however their digits are parted.
    accounts: Arc<BTreeSet<String>>,
}

/// Names below this length are replaced only in the ARNs that tell what they are.
const SHORTEST_NAME: usize = 3;

/// What may be an identifier; the first alternative that matches counts. Some are listed to be left as they are.
/// Slashes, dots and the like may be escaped, as in the regular expressions of filter patterns.
static CANDIDATE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r#"(?x)
        (?P<url> [A-Za-z][A-Za-z0-9+.-]*:(?:\\?/){2}
            (?: [^\s"<>^`{|}()\[\]%] | %[0-9A-Fa-f]{2} | \([^\s"()]*\) | \{[^\s"{}]*\} | \[[^\s"\[\]]*\] )+ )
        | (?P<arn> arn:[A-Za-z0-9*?-]*:(?P<service>[A-Za-z0-9*?-]*):[A-Za-z0-9*?-]*: )
          (?P<owner> [A-Za-z0-9*?-]* ) (?P<type> :(?: [a-z][a-z-]*[:/] )? )
        | (?P<principal> [:*%](?P<of> (?:assumed-)?role | (?:federated-)?user | mfa | group | instance-profile )\\?/ )
          (?P<path> (?: \$\{[^}]*\} | [A-Za-z0-9_+=,.@/*?\\-] )+ )
        | (?P<field> \$\.(?:[A-Za-z]+\.)*(?:userName|roleName)\s*!?=\s*"? ) (?P<named> [A-Za-z0-9_+=,.@*-]+ )
        | (?P<email> (?: \\?[.+-] | [\w~\#]['&%]? )+ @ [\w-]+ (?: \\?\.[\w-]+ )+ )
        | (?P<key> [0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12} | mrk-[0-9a-f]{32} )
        | (?P<organization> o-[a-z0-9]{10,32} )
        | ou-(?P<under> [0-9a-z]{4,32} )-(?P<unit> [a-z0-9]{8,32} )
        | r-(?P<root> [0-9a-z]{4,32} )
        | (?P<phone> \+[0-9](?: [\ ().-]{0,2}[0-9] ){6,14} )
        | (?P<unique> A(?:BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA)[A-Z0-9]{12,124} )
          (?: :(?P<session> [A-Za-z0-9_+=,.@*?-]+ ) )?
        | (?P<digits> [0-9]+ )
        | (?P<plain> \$\.[A-Za-z0-9_.\[\]*-]+
            | (?i:aws|cloudtrail|cloudwatch|events|iam|kms|lambda|logs|s3|securityhub|sns|sqs|sts):[A-Za-z*]+
            | [A-Za-z0-9.-]+\.amazonaws\.com )
        "#,
    )
});

#[expect(clippy::expect_used, reason = "the expressions are constant, and tests use them all")]
pub(super) fn literal(expression: &str) -> Regex {
    Regex::new(expression).expect("the expression is one")
}

/// Finds any of many texts in one pass, and the longest where several begin; none if there is nothing to find.
#[expect(clippy::expect_used, reason = "all that a recording can hold is far from too much")]
pub(super) fn literals<'a>(texts: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    let texts: Vec<_> = texts.collect();
    let builder = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts);
    (!texts.is_empty()).then(|| builder().expect("there are not too many"))
}

impl Tokens {
    /// Finds these names too, and these accounts in every spelling.
    pub(super) fn new<'a>(
        names: impl IntoIterator<Item = &'a str>,
        accounts: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let names = literals(names.into_iter().filter(|name| name.len() >= SHORTEST_NAME));
        Self { names, accounts: Arc::new(accounts.into_iter().map(str::to_owned).collect()) }
    }

    /// Finds the same, but for names.
    pub(super) fn without_names(&self) -> Self {
        Self { names: None, accounts: Arc::clone(&self.accounts) }
    }

    /// The text with each identifier replaced.
    pub(super) fn rewrite(&self, text: &str, with: &mut dyn FnMut(Kind, &str) -> String) -> String {
        let digits = self.digits(text, with);
        let mut written = String::with_capacity(text.len());
        let mut left = digits.as_slice();
        // What is copied has other digits where it spells an account.
        let mut copy = |start: usize, end: usize, written: &mut String| {
            let mut at = start;
            while let Some(((place, digit), rest)) = left.split_first()
                && place.end <= end
            {
                left = rest;
                if start <= place.start {
                    written.push_str(part(text, at, place.start));
                    written.push_str(digit);
                    at = place.end;
                }
            }
            written.push_str(part(text, at, end));
        };
        let (mut at, mut look) = (0, 0);
        while let Some(next) = self.next(text, look) {
            let (start, end, replaced) = match next {
                Next::Name(start, end) => (start, end, Some(with(Kind::Name, part(text, start, end)))),
                Next::Candidate(captures) => {
                    let (end, replaced) = replace::candidate(&captures, with);
                    (captures.get_match().start(), end, replaced)
                }
            };
            look = end;
            if let Some(replaced) = replaced {
                copy(at, start, &mut written);
                written.push_str(&replaced);
                at = end;
            }
        }
        copy(at, text.len(), &mut written);
        written
    }

    /// Where the digits of accounts are, and what stands in their place.
    fn digits(&self, text: &str, with: &mut dyn FnMut(Kind, &str) -> String) -> Vec<(Range<usize>, String)> {
        let mut digits = Vec::new();
        for account in account::spelled(text, &self.accounts) {
            let pseudonym = with(Kind::Account, &account.id);
            let mut letters = pseudonym.chars();
            for place in account.digits {
                let letter = letters.next().map(|letter| respelled(part(text, place.start, place.end), letter));
                digits.push((place, letter.unwrap_or_default()));
            }
            if let Some((_, last)) = digits.last_mut() {
                last.push_str(letters.as_str());
            }
        }
        digits
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
            let find = |at| names.find(Input::new(text).range(at..)).map(|found| (found.start(), found.end(), ()));
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
    let end = captures.name("unique").map_or(end, |unique| unique.end());
    let (before, after) = around(text, start, end);
    let beside = |part: fn(char) -> bool| before.is_some_and(part) || after.is_some_and(part);
    if is("digits") {
        // A run that does not begin here was refused as a whole.
        !before.is_some_and(|c| c.is_ascii_digit())
    } else if is("root") {
        !beside(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    } else if is("key") || is("organization") || is("unit") || is("unique") {
        !beside(|c| c.is_ascii_alphanumeric())
    } else {
        true
    }
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

fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Tokens;

    /// The text with each identifier in angle brackets, after the initial of its kind.
    fn marked(text: &str) -> String {
        Tokens::new(["alice", "netops-admin"], ["111122223333"]).rewrite(text, &mut |kind, text| {
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
    #[case(r"%:role\/net\/Admin.*%", r"%:role\/<Pnet>\/<PAdmin>.*%")]
    #[case("*assumed-role/Admin/*", "*assumed-role/<NAdmin>/*")]
    #[case("arn:aws:iam::111122223333:mfa/bob", "arn:aws:iam::<A111122223333>:mfa/<Nbob>")]
    #[case("{ $.userIdentity.userName != \"bob\" }", "{ $.userIdentity.userName != \"<Nbob>\" }")]
    #[case("{ $.requestParameters.roleName=Admin* }", "{ $.requestParameters.roleName=<PAdmin>* }")]
    #[case("{ $.userIdentity.userName = root }", "{ $.userIdentity.userName = root }")]
    #[case("AROAIOSFODNN7EXAMPLE:i-0a1b2c3d.", "<UAROAIOSFODNN7EXAMPLE>:<Ni-0a1b2c3d>.")]
    #[case("user_AIDAIOSFODNN7EXAMPLE", "user_<UAIDAIOSFODNN7EXAMPLE>")]
    #[case("{ $.userIdentity.accountId = 111122223333 }", "{ $.userIdentity.accountId = <A111122223333> }")]
    #[case("{ $.userIdentity.userName = alice }", "{ $.userIdentity.userName = <Nalice> }")]
    #[case("{ $.alice = \"netops-admin\" }", "{ $.alice = \"<Nnetops-admin>\" }")]
    #[case("alice.example.com not-alice alice@example.com", "alice.example.com not-alice <Ealice@example.com>")]
    #[case(r"%^a\.b@corp\.example$%", r"%^<Ea\.b@corp\.example>$%")]
    #[case("trail-111122223333-eu", "trail-<A111122223333>-eu")]
    #[case("1111-2222-3333", "<A11-1122-223333>")]
    #[case("account-1111-2222-3333-eu", "account-<A11-1122-223333>-eu")]
    #[case("4555-5555-6666-7777 and 5555-6666-7777-4444", "4555-5555-6666-7777 and 5555-6666-7777-4444")]
    #[case("of 5555_6666_7777", "of <A55_5566_667777>")]
    #[case("555 566 667 777, 2026-11-20 0930, 192.168.100.200", "555 566 667 777, 2026-11-20 0930, 192.168.100.200")]
    #[case("1.1.1.1_2.2.2.2_3.3.3.3", "<.A.1.1_1.1.2.2_2.2.3.333>")]
    #[case("20261123093000 1234567890123", "20261123093000 1234567890123")]
    #[case("call +15555550100.", "call <P+15555550100>.")]
    #[case("call +1 (555) 555-0100", "call <P+15555550100>")]
    #[case("jürgen.o'neil+net@münchen.example", "<Ejürgen.o'neil+net@münchen.example>")]
    #[case(r"%^a\+b@corp\.example$%", r"%^<Ea+b@corp\.example>$%")]
    #[case(r"%https:\/\/wiki\.example\/a%", r"%<Uhttps:\/\/wiki\.example\/a>%")]
    #[case("(see https://[2001:db8::1]:80/a(b)c/{d}.)", "(see <Uhttps://[2001:db8::1]:80/a(b)c/{d}>.)")]
    #[case("see https://wiki.example.com/a?b=c, or", "see <Uhttps://wiki.example.com/a?b=c>, or")]
    #[case("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*", "<Oo-a1b2c3d4e5>/r-<Rab12>/ou-<Rab12>-<U11111111>/*")]
    #[case("logs-o-a1b2c3d4e5_eu", "logs-<Oo-a1b2c3d4e5>_eu")]
    #[case("monitor-production or-abcd", "monitor-production or-abcd")]
    #[case("key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f", "key/<K0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f>")]
    #[case("of-0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f-x", "of-<K0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f>-x")]
    #[case("mrk-0a1b2c3d0a1b2c3d4e5f0a1b2c3d4e5f", "<Kmrk-0a1b2c3d0a1b2c3d4e5f0a1b2c3d4e5f>")]
    #[case("AIDAIOSFODNN7EXAMPLE:alice", "<UAIDAIOSFODNN7EXAMPLE>:<Nalice>")]
    #[case("cloudwatch.amazonaws.com sns:Publish", "cloudwatch.amazonaws.com sns:Publish")]
    #[case("naïve 111122223333é", "naïve <A111122223333>é")]
    fn identifiers(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(marked(text), expected);
    }
}
