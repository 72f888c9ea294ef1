//! From files that the AWS CLI printed to a recording.
//!
//! A directory holds `account.json`, which `aws sts get-caller-identity` printed, and a directory for each region. In it
//! `SERVICE.OPERATION.json` is an answer, and `SERVICE.OPERATION.error` what the CLI said in place of one. Calls about one
//! thing have a tag of any kind, `SERVICE.OPERATION.TAG.json`, and `SERVICE.OPERATION.TAG.resource` says what the thing is.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{FORMAT, Recording, RecordingProblem, file};
use crate::{Arn, Need, Operation, Region};

/// A file that does not fit into a recording.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct AssemblyError {
    /// The file or directory.
    pub file: PathBuf,
    /// What is wrong with it.
    #[source]
    pub problem: AssemblyProblem,
}

/// What is wrong with a file of the AWS CLI's.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyProblem {
    /// The file or directory cannot be read.
    #[error("cannot read what the AWS CLI printed: {0}")]
    Unreadable(io::Error),
    /// `account.json` does not say which account it is.
    #[error("the file does not say which account this is")]
    NotIdentity,
    /// No region has a file.
    #[error("the directory holds no answer of AWS")]
    NoCalls,
    /// A directory that is no region's.
    #[error("the directory is not called after a region")]
    NotRegion,
    /// A file whose name is no call's.
    #[error("the name of the file is that of no call")]
    NoCall,
    /// A call about one thing does not say about which.
    #[error("nothing says what the call is about: {meaning}")]
    NoResource {
        /// What it would be.
        meaning: &'static str,
    },
    /// A `.resource` file without an answer beside it.
    #[error("the call has no answer")]
    NoAnswer,
    /// An output and an error.
    #[error("the call has both an answer and an error")]
    TwoAnswers,
    /// The same call in two files.
    #[error("the same call is in `{}` too", other.display())]
    SameCall {
        /// The other file.
        other: PathBuf,
    },
    /// What is in the file does not fit.
    #[error(transparent)]
    Content(RecordingProblem),
}

impl AssemblyProblem {
    /// Where in the file.
    pub fn place(&self) -> Option<String> {
        match self {
            // The file is the output of a call of its own.
            Self::Content(problem) => problem
                .place()
                .map(|place| place.trim_start_matches("calls[0].output").trim_start_matches('.').to_owned())
                .filter(|place| !place.is_empty() && place != "calls[0]"),
            _ => None,
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable(_) | Self::NoCalls => {
                "`trailproof permissions --cli` prints a script that makes such a directory; it holds `account.json`, \
                 which `aws sts get-caller-identity` prints, and a directory for each region"
                    .to_owned()
            }
            Self::NotIdentity => "save what `aws sts get-caller-identity --output json` prints".to_owned(),
            Self::NotRegion => "call it as in `us-east-1`, and keep other directories elsewhere".to_owned(),
            Self::NoCall => {
                let calls: Vec<_> = calls().map(stem).collect();
                format!(
                    "call it `SERVICE.OPERATION.json`, or `SERVICE.OPERATION.TAG.json` beside a `.resource` file, of \
                     {}; keep other files elsewhere",
                    calls.join(", ")
                )
            }
            Self::NoResource { .. } => {
                "call it `SERVICE.OPERATION.1.json`, and write what it is about into `SERVICE.OPERATION.1.resource`"
                    .to_owned()
            }
            Self::NoAnswer => "save the answer beside it, as `.json`, or the error as `.error`".to_owned(),
            Self::TwoAnswers => "keep the `.json` or the `.error` file".to_owned(),
            Self::SameCall { .. } => "remove one of them".to_owned(),
            Self::Content(problem) => problem.help(),
        }
    }
}

impl Recording {
    /// Assembles a recording from the files in a directory.
    pub fn assemble(directory: &Path) -> Result<Self, AssemblyError> {
        let [account, time] = ["account.json", "recorded_at"].map(|name| directory.join(name));
        let (id, partition) =
            identity(&read(&account)?).map_err(|problem| AssemblyError { file: account.clone(), problem })?;
        let recorded_at = if time.exists() { Some(read(&time)?) } else { None };
        let recording = |calls: &[&Entry]| {
            let time = recorded_at.as_deref().map(str::trim);
            json!({"format": FORMAT, "account": id, "partition": partition, "recorded_at": time, "calls": calls})
        };
        // By themselves first, to tell the file of whatever is wrong.
        recording(&[]).to_string().parse::<Self>().map_err(|problem| {
            let file = if matches!(problem, RecordingProblem::Time(_)) { time } else { account };
            AssemblyError { file, problem: AssemblyProblem::Content(problem) }
        })?;
        let entries = entries(directory)?;
        if entries.is_empty() {
            return Err(AssemblyError { file: directory.to_owned(), problem: AssemblyProblem::NoCalls });
        }
        let mut seen = BTreeMap::new();
        for (path, entry) in &entries {
            let in_file = |problem| AssemblyError { file: path.clone(), problem };
            let alone = recording(&[entry]).to_string().parse::<Self>();
            alone.map_err(|problem| in_file(AssemblyProblem::Content(problem)))?;
            if let Some(other) = seen.insert((&entry.operation, &entry.region, &entry.resource), path.clone()) {
                return Err(in_file(AssemblyProblem::SameCall { other }));
            }
        }
        let calls: Vec<_> = entries.iter().map(|(_, entry)| entry).collect();
        let assembled = recording(&calls).to_string().parse();
        assembled
            .map_err(|problem| AssemblyError { file: directory.to_owned(), problem: AssemblyProblem::Content(problem) })
    }
}

/// What `aws sts get-caller-identity` prints.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CallerIdentity {
    account: String,
    arn: String,
}

/// The account and its partition.
fn identity(text: &str) -> Result<(String, String), AssemblyProblem> {
    let identity: CallerIdentity = serde_json::from_str(text).map_err(|_| AssemblyProblem::NotIdentity)?;
    let arn: Arn = identity.arn.parse().map_err(|_| AssemblyProblem::NotIdentity)?;
    Ok((identity.account, arn.partition))
}

/// A call as a recording has it.
#[derive(Serialize)]
struct Entry {
    service: &'static str,
    operation: &'static str,
    region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

/// The calls of all regions, each with the first of its files.
fn entries(directory: &Path) -> Result<Vec<(PathBuf, Entry)>, AssemblyError> {
    let mut entries = Vec::new();
    for path in list(directory)? {
        let name = name(&path);
        match (path.is_dir(), name.as_str()) {
            (false, "account.json" | "recorded_at") => {}
            (false, _) => return Err(AssemblyError { file: path, problem: AssemblyProblem::NoCall }),
            (true, region) => {
                let Ok(region) = region.parse::<Region>() else {
                    return Err(AssemblyError { file: path, problem: AssemblyProblem::NotRegion });
                };
                let mut seen = BTreeSet::new();
                for file in list(&path)? {
                    if seen.insert(file.with_extension("")) {
                        let entry = entry(&file, &region)?;
                        entries.push((file, entry));
                    }
                }
            }
        }
    }
    Ok(entries)
}

/// The call that a file belongs to, by the file's name without its ending.
fn entry(path: &Path, region: &Region) -> Result<Entry, AssemblyError> {
    let wrong = |problem| AssemblyError { file: path.to_owned(), problem };
    let name = name(path);
    let (stem, ending) = name.rsplit_once('.').ok_or_else(|| wrong(AssemblyProblem::NoCall))?;
    let found = calls().find(|operation| {
        let rest = stem.strip_prefix(&self::stem(*operation));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    let found = found.filter(|_| ["json", "error", "resource"].contains(&ending));
    let operation = found.ok_or_else(|| wrong(AssemblyProblem::NoCall))?;
    let beside = |ending: &str| path.with_file_name(format!("{stem}.{ending}"));
    let [output, error, resource] = ["json", "error", "resource"].map(beside);
    let resource = if resource.exists() { self::read(&resource)? } else { String::new() };
    let resource = match (resource.trim_end_matches(['\r', '\n']), operation.resource()) {
        ("", Some(meaning)) if !operation.is_about_region() => {
            return Err(wrong(AssemblyProblem::NoResource { meaning }));
        }
        ("", _) => None,
        (resource, _) => Some(resource.to_owned()),
    };
    let (output, error) = match (output.exists(), error.exists()) {
        (true, false) => (Some(json(&output)?), None),
        (false, true) => (None, Some(refusal(&self::read(&error)?))),
        (true, true) => return Err(wrong(AssemblyProblem::TwoAnswers)),
        (false, false) => return Err(wrong(AssemblyProblem::NoAnswer)),
    };
    let (service, operation) = (operation.service(), operation.name());
    Ok(Entry { service, operation, region: region.clone(), resource, output, error })
}

fn json(path: &Path) -> Result<Value, AssemblyError> {
    serde_json::from_str(&read(path)?).map_err(|error| AssemblyError {
        file: path.to_owned(),
        problem: AssemblyProblem::Content(RecordingProblem::not_json(&error)),
    })
}

/// What the CLI says where AWS refuses a call:
/// `An error occurred (AccessDenied) when calling the DescribeAlarms operation: User: … is not authorized …`
fn refusal(text: &str) -> Value {
    let refused = text.split_once("An error occurred (").and_then(|(_, rest)| {
        let (code, rest) = rest.split_once(") when calling the ")?;
        let (_, rest) = rest.split_once(" operation")?;
        // Between them may be ` (reached max retries: 4)`.
        let colon = if rest.starts_with(" (") { "): " } else { ": " };
        Some((code, rest.split_once(colon).map_or(rest, |(_, message)| message)))
    });
    match refused {
        Some((code, message)) => json!({"code": code, "message": message.trim()}),
        None => json!({"code": null, "message": text.trim().lines().last().unwrap_or("no answer")}),
    }
}

/// The calls of an audit.
fn calls() -> impl Iterator<Item = Operation> {
    Operation::ALL.iter().copied().filter(|operation| operation.need() != Need::Identity)
}

/// How files about an operation begin.
fn stem(operation: Operation) -> String {
    format!("{}.{}", operation.service(), operation.command())
}

/// What a directory holds, but for what its owner does not see.
fn list(directory: &Path) -> Result<Vec<PathBuf>, AssemblyError> {
    let unreadable = |error| AssemblyError { file: directory.to_owned(), problem: AssemblyProblem::Unreadable(error) };
    let entries: Vec<_> = fs::read_dir(directory).and_then(Iterator::collect).map_err(unreadable)?;
    let mut paths: Vec<_> =
        entries.iter().map(fs::DirEntry::path).filter(|path| !name(path).starts_with('.')).collect();
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(OsStr::to_string_lossy).unwrap_or_default().into_owned()
}

/// The text of a file, without the mark that some shells begin it with.
fn read(path: &Path) -> Result<String, AssemblyError> {
    let text = file::read(path).map(|text| text.trim_start_matches('\u{feff}').to_owned());
    text.map_err(|problem| {
        let problem = match problem {
            RecordingProblem::Unreadable(error) => AssemblyProblem::Unreadable(error),
            other => AssemblyProblem::Content(other),
        };
        AssemblyError { file: path.to_owned(), problem }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::refusal;

    #[test]
    fn the_cli_tells_code_and_message() {
        let denied = "\nAn error occurred (AccessDenied) when calling the DescribeAlarms operation (reached max retries: 4): \
                      User: arn:aws:iam::111122223333:user/a is not authorized\n";
        let message = "User: arn:aws:iam::111122223333:user/a is not authorized";
        assert_eq!(refusal(denied), json!({"code": "AccessDenied", "message": message}));
        let unreachable = "Could not connect to the endpoint URL";
        assert_eq!(refusal(unreachable), json!({"code": null, "message": unreachable}));
    }
}
