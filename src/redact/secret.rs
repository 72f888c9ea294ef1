//! What lets others in: keys, tokens, passwords, and addresses that take messages from whoever knows them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::token::literal;

/// What kind of secret a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// The id of an access key. It opens nothing by itself, but its secret is seldom far.
    AccessKey,
    /// The secret of an access key.
    SecretKey,
    /// The token of temporary credentials.
    SessionToken,
    /// A private key in PEM.
    PrivateKey,
    /// A token of another service, or of any.
    Token,
    /// A password.
    Password,
    /// A URL that holds a password or a token.
    SecretUrl,
    /// A URL that takes messages from whoever knows it.
    Webhook,
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessKey => "what looks like the id of an AWS access key",
            Self::SecretKey => "what looks like an AWS secret key",
            Self::SessionToken => "what looks like an AWS session token",
            Self::PrivateKey => "what looks like a private key",
            Self::Token => "what looks like a token",
            Self::Password => "what looks like a password",
            Self::SecretUrl => "what looks like a URL with a password or a token",
            Self::Webhook => "what looks like the URL of a webhook",
        })
    }
}

/// The secrets that have a form of their own.
static FORMS: LazyLock<[(Secret, Regex); 7]> = LazyLock::new(|| {
    [
        (Secret::PrivateKey, r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY"),
        (Secret::SessionToken, r"(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|FQoDYXdz|AQo[DE]YXdz)[A-Za-z0-9+/=]{20,}"),
        (
            Secret::Webhook,
            r"(?x)(?i: hooks\.slack\.com/(?:services|workflows|triggers)/ | discord(?:app)?\.com/api/webhooks/
            | webhook\.office\.com/ | outlook\.office(?:365)?\.com/webhook | hooks\.zapier\.com/
            | events\.pagerduty\.com/(?:integration|x-ere)/ | chat\.googleapis\.com/v1/spaces/
            | alert\.victorops\.com/integrations/ | api\.(?:eu\.)?opsgenie\.com/ ) [^\s]*[A-Za-z0-9]",
        ),
        (
            Secret::SecretUrl,
            r"(?x)(?i: [a-z][a-z0-9+.-]*:// (?: [^/\s:@]*:[^/\s@]+@
            | [^\s]*[?&;] [a-z0-9_-]*(?:token|secret|passw(?:or)?d|pwd|key|sig|signature|credential|auth)=[^&\s]{6,} ) )",
        ),
        (
            Secret::Token,
            r"(?x) \bgh[oprsu]_[A-Za-z0-9]{36} | \bgithub_pat_[A-Za-z0-9_]{22,} | \bglpat-[A-Za-z0-9_-]{20}
            | \bxox[abeoprs]-[A-Za-z0-9-]{10,} | \b[rs]k_live_[A-Za-z0-9]{16,} | \bAIza[A-Za-z0-9_-]{35}
            | \bnpm_[A-Za-z0-9]{36} | \bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}
            | \beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}
            | (?i:\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,})",
        ),
        (
            Secret::Password,
            r#"(?x)(?i: (?:^|[^a-z0-9.$_-]) (?:password|passwd|pwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token
            |(?:aws[_-]?)?secret[_-]?(?:access[_-]?)?key) ["']?\s*[=:]\s*["']?[^\s"'{}$*]{8,} )"#,
        ),
        (Secret::AccessKey, r"\bA(?:BIA|CCA|KIA|SIA)[A-Z0-9]{16}\b"),
    ]
    .map(|(secret, form)| (secret, literal(form)))
});

/// What could be the secret of an access key, which is 40 letters of Base64.
static BASE64: LazyLock<Regex> = LazyLock::new(|| literal(r"[A-Za-z0-9/+]+"));

/// The secret that a text holds, if it does.
pub(super) fn in_text(text: &str) -> Option<Secret> {
    let holds = |(secret, form): &&(Secret, Regex)| {
        let mut found = form.find_iter(text).map(|found| found.as_str());
        found.any(|found| *secret != Secret::AccessKey || !is_pseudonym(found))
    };
    let form = FORMS.iter().find(holds).map(|(secret, _)| *secret);
    let runs = || BASE64.find_iter(text).map(|run| run.as_str());
    form.or_else(|| runs().any(is_secret_key).then_some(Secret::SecretKey))
}

/// Whether it is what a redacted recording has for an access key.
fn is_pseudonym(id: &str) -> bool {
    id.get(4..5) == Some("0") && id.ends_with("EXAMPLE")
}

/// Bits for each letter. Forty letters drawn at random have 4.7, within 0.2; names made of words have less than 4.2.
const RANDOM: f64 = 4.25;

fn is_secret_key(run: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| run.as_bytes().iter().any(kind);
    run.len() == 40
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit)
        && entropy(run) > RANDOM
}

/// Shannon's entropy of the letters, in bits.
#[expect(clippy::cast_precision_loss, reason = "forty letters")]
fn entropy(text: &str) -> f64 {
    let mut counts = BTreeMap::<_, usize>::new();
    text.bytes().for_each(|byte| *counts.entry(byte).or_default() += 1);
    let shares = counts.values().map(|&count| count as f64 / text.len() as f64);
    shares.map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Secret, in_text};

    #[rstest]
    #[case("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Some(Secret::SecretKey))]
    #[case("key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.", Some(Secret::SecretKey))]
    #[case("AKIAIOSFODNN7EXAMPLE", Some(Secret::AccessKey))]
    #[case("AKIA0OSFODNN7EXAMPLE", None)]
    #[case("-----BEGIN RSA PRIVATE KEY-----", Some(Secret::PrivateKey))]
    #[case("IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ", Some(Secret::SessionToken))]
    #[case("https://hooks.slack.com/services/T0000/B0000/XXXX", Some(Secret::Webhook))]
    #[case("https://user:hunter2@example.com/hook", Some(Secret::SecretUrl))]
    #[case("https://example.com/hook?api_key=0123456789", Some(Secret::SecretUrl))]
    #[case("https://example.com/hook?team=network", None)]
    #[case("Authorization: Bearer abcdefghijklmnop0123", Some(Secret::Token))]
    #[case("password=correcthorse", Some(Secret::Password))]
    #[case("{ $.requestParameters.password = correcthorse }", None)]
    #[case("{ ($.eventName = GetSecretValue) && ($.userAgent != \"console\") }", None)]
    #[case("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", None)]
    #[case("aws/cloudtrail/OrganizationTrailLogGroup1", None)]
    #[case("CloudTrail/OrganizationManagementTrail01", None)]
    #[case("arn:aws:cloudwatch:us-east-1:111122223333:alarm:NetworkGatewayChanges", None)]
    fn secrets(#[case] text: &str, #[case] expected: Option<Secret>) {
        assert_eq!(in_text(text), expected);
    }
}
