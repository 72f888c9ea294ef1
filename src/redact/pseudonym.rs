//! What stands in place of identifiers.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::leak::What;
use super::reading;
use super::token::{Found, Kind, Tokens, literals};

/// The key of the hash that makes pseudonyms. Whoever has it can tell whether a pseudonym stands for a given identifier.
pub struct Salt(Vec<u8>);

/// What is too short for a [`Salt`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the salt has {0} bytes, fewer than 16")]
pub struct TooShort(usize);

impl Salt {
    /// So many bytes a salt has at least. Fewer could be tried one by one.
    pub const SHORTEST: usize = 16;

    /// A salt that gives each identifier the same pseudonym in every recording that is redacted with it.
    pub fn new(bytes: Vec<u8>) -> Result<Self, TooShort> {
        if bytes.len() < Self::SHORTEST { Err(TooShort(bytes.len())) } else { Ok(Self(bytes)) }
    }

    /// A salt that nobody knows.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = vec![0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }
}

impl std::fmt::Debug for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salt")
    }
}

/// The pseudonyms of one recording.
#[derive(Debug)]
pub(super) struct Pseudonyms {
    pub tokens: Tokens,
    of: BTreeMap<Found, String>,
    /// What must not be left in any text.
    long: Option<AhoCorasick>,
    /// The kind of each of these.
    kinds: Vec<Kind>,
}

impl Pseudonyms {
    /// Pseudonyms that differ from each other and from all that was found.
    pub(super) fn new(salt: &Salt, found: BTreeSet<Found>, tokens: Tokens) -> Self {
        // Whether a name stands alone or beside a wildcard, it is the same.
        let found: BTreeSet<_> = found.into_iter().map(Found::named).collect();
        let mut taken: BTreeSet<_> = found.iter().map(|found| found.text.clone()).collect();
        let long = || found.iter().filter(|found| !matches!(found.kind, Kind::Name | Kind::Root | Kind::Unit));
        let (literals, kinds) = (
            literals(long().map(|found| found.text.trim_start_matches('+'))),
            long().map(|found| found.kind).collect(),
        );
        let mut of = BTreeMap::new();
        for one in found {
            let fresh = |pseudonym: &String| !taken.contains(pseudonym);
            // A handful of digits can be used up; what is then not fresh is found by the audit that follows.
            let pseudonym = (0..TRIES).map(|attempt| pseudonym(salt, &one, attempt)).find(fresh);
            let pseudonym = pseudonym.unwrap_or_else(|| self::pseudonym(salt, &one, TRIES));
            taken.insert(pseudonym.clone());
            of.insert(one, pseudonym);
        }
        Self { tokens, of, long: literals, kinds }
    }

    pub(super) fn of(&self, kind: Kind, text: &str) -> String {
        self.of.get(&Found::new(kind, text).named()).map_or_else(|| text.to_owned(), Clone::clone)
    }

    pub(super) fn rewrite(&self, text: &str) -> String {
        self.tokens.rewrite(text, &mut |kind, text| self.of(kind, text))
    }

    /// Which kind of identifier of the recording is left in a text, however it is spelled. Short ones count where they
    /// stand by themselves, accounts and telephone numbers however their digits are parted.
    pub(super) fn left_in(&self, text: &str) -> Option<What> {
        let (verbatim, unescaped) = (reading::verbatim(text), reading::unescaped(text));
        let (seen, read) = (reading::text(&verbatim), reading::text(&unescaped));
        let squeezed = [&verbatim, &unescaped].map(|letters| reading::squeezed(letters));
        let texts = [text, &seen, &read];
        let all = texts.into_iter().chain(squeezed.iter().map(String::as_str));
        let long = self.long.as_ref().and_then(|long| all.into_iter().find_map(|text| long.find(text)));
        let mut left = long.and_then(|found| self.kinds.get(found.pattern().as_usize()).copied());
        for (at, text) in texts.into_iter().enumerate() {
            if texts.iter().take(at).any(|other| *other == text) {
                continue;
            }
            self.tokens.rewrite(text, &mut |kind, text| {
                if self.of.contains_key(&Found::new(kind, text).named()) {
                    left.get_or_insert(kind);
                }
                text.to_owned()
            });
        }
        left.map(What::Identifier)
    }
}

/// How often a pseudonym that is taken already is replaced by another.
const TRIES: u32 = 64;

fn pseudonym(salt: &Salt, found: &Found, attempt: u32) -> String {
    let Found { kind, text } = found;
    let mut hash = Hash::of(salt, *kind, text, attempt);
    let length = text.len();
    match kind {
        Kind::Account if text.starts_with('0') => format!("0{}", hash.digits(11)),
        Kind::Account => {
            let first = hash.letter("123456789");
            format!("{first}{}", hash.digits(11))
        }
        Kind::Email => format!("p{}@example.com", hash.hex(12)),
        // No country has 999.
        Kind::Phone => format!("+999{}", hash.digits(length.saturating_sub(4).max(4))),
        Kind::Url => {
            let scheme = text.split_once("://").map_or("https", |(scheme, _)| scheme);
            format!("{scheme}://{}.example.com/", hash.hex(12))
        }
        Kind::Organization => format!("o-{}", hash.lower(length.saturating_sub(2))),
        Kind::Root | Kind::Unit => hash.lower(length),
        Kind::Key if text.starts_with("mrk-") => format!("mrk-{}", hash.hex(32)),
        Kind::Key => {
            let groups = [8, 4, 4, 4, 12].map(|length| hash.hex(length));
            groups.join("-")
        }
        // No id of AWS has a zero there.
        Kind::Unique => {
            format!("{}0{}EXAMPLE", text.get(..4).unwrap_or_default(), hash.upper(length.saturating_sub(12)))
        }
        Kind::Name | Kind::Part => format!("name{}", hash.hex(10)),
    }
}

/// As many letters as are wanted, which the salt and the identifier settle.
struct Hash {
    mac: Option<Hmac<Sha256>>,
    block: Vec<u8>,
    blocks: u32,
}

impl Hash {
    fn of(salt: &Salt, kind: Kind, text: &str, attempt: u32) -> Self {
        // A key of any length will do.
        let mut mac = Hmac::<Sha256>::new_from_slice(&salt.0).ok();
        if let Some(mac) = &mut mac {
            mac.update(format!("{kind:?}\0{text}\0{attempt}\0").as_bytes());
        }
        Self { mac, block: Vec::new(), blocks: 0 }
    }

    fn byte(&mut self) -> u8 {
        if self.block.is_empty() {
            let mac = self.mac.clone().map(|mac| mac.chain_update(self.blocks.to_be_bytes()).finalize().into_bytes());
            self.block = mac.map(|bytes| bytes.to_vec()).unwrap_or_default();
            self.blocks += 1;
        }
        self.block.pop().unwrap_or_default()
    }

    fn letter(&mut self, of: &str) -> char {
        let at = usize::from(u16::from_be_bytes([self.byte(), self.byte()])) % of.len();
        of.chars().nth(at).unwrap_or('0')
    }

    fn letters(&mut self, count: usize, of: &str) -> String {
        (0..count).map(|_| self.letter(of)).collect()
    }

    fn digits(&mut self, count: usize) -> String {
        self.letters(count, "0123456789")
    }

    fn hex(&mut self, count: usize) -> String {
        self.letters(count, "0123456789abcdef")
    }

    fn lower(&mut self, count: usize) -> String {
        self.letters(count, "abcdefghijklmnopqrstuvwxyz0123456789")
    }

    fn upper(&mut self, count: usize) -> String {
        self.letters(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    }
}
