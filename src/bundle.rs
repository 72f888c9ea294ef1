//! An audit's evidence in one file: what was asked and answered, what was made of it, and with what.
//!
//! The file is a plain `tar` archive whose parts the digests in its last one seal, so that it can be unpacked and checked
//! without this program. It is read in memory, nothing in it is a path to write to, and of all archives of the same parts
//! only the one that is written here is taken: no byte of a bundle can change unnoticed.

mod digest;
mod manifest;
mod tar;

pub use digest::sha256;
pub use manifest::{CatalogueSeal, FORMAT, Manifest, Tool};

/// The largest bundle that is read or written, in bytes.
pub const SIZE_LIMIT: usize = 256 << 20;

/// What the first bytes of every bundle are.
pub const MAGIC: &[u8] = b"manifest.json\0";

const MANIFEST: &str = "manifest.json";
const REPORT: &str = "report.json";
const SEAL: &str = "SHA256SUMS";

/// The evidence of an audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// How the audit was made.
    pub manifest: Manifest,
    /// What it was made of, sorted by name: a recording for each account, `recordings/111122223333.json`.
    pub recordings: Vec<Part>,
    /// What was found, as `trailproof-report/1`.
    pub report: String,
}

/// A part that an audit reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its text, byte for byte.
    pub text: String,
}

/// Why bytes are no bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// There are more than [`SIZE_LIMIT`].
    #[error("the bundle is larger than {} MiB", SIZE_LIMIT >> 20)]
    TooLarge,
    /// There is no room for it.
    #[error("the bundle cannot be written: {0}")]
    Unwritable(String),
    /// The archive ends inside a part.
    #[error("the bundle ends too early")]
    Truncated,
    /// An archive of another kind, or one that another program wrote.
    #[error("byte {at} is not as in a bundle that trailproof wrote")]
    Foreign {
        /// The first byte of the block of 512 that differs.
        at: usize,
    },
    /// A part that no bundle has, or one in the wrong place.
    #[error("`{0}` does not belong there")]
    Stray(String),
    /// A part that every bundle has.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A part is not text.
    #[error("`{0}` is not UTF-8")]
    NotUtf8(String),
    /// The manifest cannot be read.
    #[error("the manifest cannot be read: {0}")]
    Manifest(String),
    /// The manifest is of a format to come.
    #[error("the format is `{0}`, not `{FORMAT}`")]
    WrongFormat(String),
}

impl Bundle {
    /// The bytes of the file.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        let mut parts = vec![(MANIFEST, self.manifest.to_text())];
        parts.extend(self.recordings.iter().map(|part| (part.name.as_str(), part.text.clone())));
        parts.push((REPORT, self.report.clone()));
        let seal = digest::seal(parts.iter().map(|(name, text)| (*name, text.as_str())));
        parts.push((SEAL, seal));
        let bytes = tar::write(parts.iter().map(|(name, text)| (*name, text.as_bytes())))?;
        if bytes.len() > SIZE_LIMIT { Err(BundleError::TooLarge) } else { Ok(bytes) }
    }

    /// The bundle that these bytes are, and the parts that are not what the digests say.
    pub fn read(bytes: &[u8]) -> Result<(Self, Vec<String>), BundleError> {
        if bytes.len() > SIZE_LIMIT {
            return Err(BundleError::TooLarge);
        }
        if !bytes.starts_with(MAGIC) && !MAGIC.starts_with(bytes) {
            return Err(BundleError::Foreign { at: 0 });
        }
        let archive = tar::read(bytes)?;
        let mut parts = Vec::new();
        for (name, content) in &archive {
            let text = std::str::from_utf8(content).map_err(|_| BundleError::NotUtf8(name.clone()))?;
            parts.push((name.as_str(), text));
        }
        let seal = take_last(&mut parts, SEAL)?;
        let changed = digest::changed(seal, &parts);
        let report = take_last(&mut parts, REPORT)?.to_owned();
        let mut parts = parts.into_iter();
        let manifest = match parts.next() {
            Some((MANIFEST, text)) => Manifest::from_text(text)?,
            Some((other, _)) => return Err(BundleError::Stray(other.to_owned())),
            None => return Err(BundleError::Missing(MANIFEST)),
        };
        let mut recordings: Vec<Part> = Vec::new();
        for (name, text) in parts {
            if !is_recording(name) || recordings.last().is_some_and(|last| last.name.as_str() >= name) {
                return Err(BundleError::Stray(name.to_owned()));
            }
            recordings.push(Part { name: name.to_owned(), text: text.to_owned() });
        }
        if recordings.is_empty() {
            return Err(BundleError::Missing(RECORDINGS));
        }
        Ok((Self { manifest, recordings, report }, changed))
    }
}

const RECORDINGS: &str = "recordings/";

impl Part {
    /// The recording of an account.
    pub fn recording(account: &str, text: String) -> Self {
        Self { name: format!("{RECORDINGS}{account}.json"), text }
    }
}

fn take_last<'a>(parts: &mut Vec<(&str, &'a str)>, name: &'static str) -> Result<&'a str, BundleError> {
    match parts.pop() {
        Some((found, text)) if found == name => Ok(text),
        Some(_) | None => Err(BundleError::Missing(name)),
    }
}

/// Whether a part of this name can be what an audit reads.
fn is_recording(name: &str) -> bool {
    let account = name.strip_prefix(RECORDINGS).and_then(|file| file.strip_suffix(".json"));
    account.is_some_and(|account| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()))
}
