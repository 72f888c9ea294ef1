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
static FORMS: LazyLock<[(Secret, Regex); 6]> = LazyLock::new(|| {
    [
        (Secret::PrivateKey, r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY"),
        (Secret::SessionToken, r"(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|FQoDYXdz|AQo[DE]YXdz)[A-Za-z0-9+/=]{20,}"),
        (
            Secret::Webhook,
            r"(?x)(?i: hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/
            | discord(?:app)?\.com/api/webhooks/ | webhook\.office\.com/ | outlook\.office(?:365)?\.com/webhook
            | hooks\.zapier\.com/ | events\.(?:eu\.)?pagerduty\.com/(?:integration|x-ere)/
            | chat\.googleapis\.com/v1/spaces/ | api\.telegram\.org/bot
            | alert\.victorops\.com/integrations/ | api\.(?:eu\.)?opsgenie\.com/ ) [^\s]*[A-Za-z0-9]",
        ),
        (
            Secret::SecretUrl,
            r"(?x)(?i: [a-z][a-z0-9+.-]*:// (?: [^/\s:@]*:[^/\s@]+@
            | [^\s]*[?&;] [a-z0-9_-]*(?:token|secret|passw(?:or)?d|pwd|key|sig|signature|credential|auth)=[^&\s]{6,} ) )",
        ),
        (
            Secret::Token,
            r"(?x) gh[oprsu]_[A-Za-z0-9]{36} | github_pat_[A-Za-z0-9_]{22,} | glpat-[A-Za-z0-9_-]{20}
            | xox[abeoprs]-[A-Za-z0-9-]{10,} | xapp-[0-9]-[A-Za-z0-9-]{10,} | [rs]k_live_[A-Za-z0-9]{16,}
            | whsec_[A-Za-z0-9+/]{16,} | AIza[A-Za-z0-9_-]{35} | npm_[A-Za-z0-9]{36} | pypi-AgE[A-Za-z0-9_-]{16,}
            | sk-(?:ant|proj|svcacct)-[A-Za-z0-9_-]{16,} | hv[bs]\.[A-Za-z0-9_-]{24,} | do[opr]_v1_[0-9a-f]{32,}
            | \.atlasv1\.[A-Za-z0-9_-]{40,} | [0-9]{8,10}:AA[A-Za-z0-9_-]{33} | SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}
            | eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,} | (?i:\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,})",
        ),
        (
            // What it is called may end so, as in `DB_PASSWORD=`, but not after the dot of a selector or the colon of an ARN.
            Secret::Password,
            r#"(?x)(?i: (?:^|[^a-z0-9.:$_-]) (?:
            (?:password|passwd|pwd|api[_-]?key|secret[_-]?(?:access[_-]?)?key) \s*[=:]\s* ["']?[^\s"'{}$*]{8,}
            | [a-z0-9_-]* (?:password|passwd|pwd|secret|token|api[_-]?key|secret[_-]?(?:access[_-]?)?key)
              (?: =["']?[^\s"'{}$*]{4,} | \s*=\s*["']?[^\s"'{}$*]{8,} | ["']\s*:\s*["'][^\s"'{}$*]{8,} ) ) )"#,
        ),
    ]
    .map(|(secret, form)| (secret, literal(form)))
});

/// The id of an access key.
static ACCESS_KEY: LazyLock<Regex> = LazyLock::new(|| literal(r"A(?:BIA|CCA|KIA|SIA)[A-Z0-9]{16,}"));

/// What could be the secret of an access key, which is 40 letters of Base64.
static BASE64: LazyLock<Regex> = LazyLock::new(|| literal(r"[A-Za-z0-9/+]+"));

/// The secret that a text holds, if it does.
pub(super) fn in_text(text: &str) -> Option<Secret> {
    let form = FORMS.iter().find(|(_, form)| form.is_match(text)).map(|(secret, _)| *secret);
    let mut ids = ACCESS_KEY.find_iter(text).map(|id| id.as_str());
    let mut runs = BASE64.find_iter(text).map(|run| run.as_str());
    let access_key = || ids.any(|id| id.len() == 20 && !is_pseudonym(id)).then_some(Secret::AccessKey);
    // A slash may be a letter of it, or stand before or after it.
    let mut secret_key = || runs.any(|run| is_secret_key(run) || run.split('/').any(is_secret_key));
    form.or_else(access_key).or_else(|| secret_key().then_some(Secret::SecretKey))
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
    #[case("key_AKIAIOSFODNN7EXAMPLE_old", Some(Secret::AccessKey))]
    #[case("AKIA0OSFODNN7EXAMPLE", None)]
    #[case("/keys/kWcrlUX5JEDGMLtmEENIAsFhEuYvqUBZQcBrP3xT/x", Some(Secret::SecretKey))]
    #[case("-----BEGIN RSA PRIVATE KEY-----", Some(Secret::PrivateKey))]
    #[case("IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ", Some(Secret::SessionToken))]
    #[case("https://hooks.slack.com/services/T0000/B0000/XXXX", Some(Secret::Webhook))]
    #[case("https://user:hunter2@example.com/hook", Some(Secret::SecretUrl))]
    #[case("https://example.com/hook?api_key=0123456789", Some(Secret::SecretUrl))]
    #[case("https://example.com/hook?team=network", None)]
    #[case("Authorization: Bearer abcdefghijklmnop0123", Some(Secret::Token))]
    #[case("password=correcthorse", Some(Secret::Password))]
    #[case("DB_PASSWORD=hunter2", Some(Secret::Password))]
    #[case("clientSecret=abcdef1234567890", Some(Secret::Password))]
    #[case(r#"{"auth_token":"abcdef1234567890"}"#, Some(Secret::Password))]
    #[case("the_whsec_abcdefghijklmnopqrstuvwxyz012345", Some(Secret::Token))]
    #[case("sk-ant-api03-abcdefghijklmnopqrstuvwx", Some(Secret::Token))]
    #[case("rotate-secret:production-db", None)]
    #[case("arn:aws:secretsmanager:us-east-1:111122223333:secret:production/database-AbCdEf", None)]
    #[case("{ $.requestParameters.secretId = production-database }", None)]
    #[case("{ $.requestParameters.db_token = correcthorse }", None)]
    #[case("invalid-token: authentication-failed", None)]
    #[case("iam-password-policy-changes", None)]
    #[case("access-key-created", None)]
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
