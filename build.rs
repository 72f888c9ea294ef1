//! Reads the built-in controls and facts, so that nothing is left of that for the program, and lists the features, so that
//! adding one is adding its file. A built-in file that is wrong fails the build.

#[path = "src/catalogue/facts/schema.rs"]
mod facts;
#[path = "build/literal.rs"]
mod literal;
#[expect(unreachable_pub, reason = "the program exports these types, and this script uses them")]
#[path = "src/catalogue/schema.rs"]
mod schema;
#[expect(dead_code, unreachable_pub, reason = "the program exports these types, and this script only prints them")]
#[path = "src/catalogue/version.rs"]
mod version;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use literal::Literal;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=controls");
    println!("cargo::rerun-if-changed=features");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let (controls, features) = (root.join("controls"), root.join("features"));
    fs::write(out.join("catalogue.rs"), catalogue(&controls)?)?;
    fs::write(out.join("features.rs"), listing(&root, &descendants(&features)?, "feature"))?;
    Ok(())
}

/// The controls, each with its name, its text and what it says, and the facts.
fn catalogue(controls: &Path) -> Result<String, Box<dyn Error>> {
    let mut listed = String::new();
    for path in children(controls)?.iter().filter(|path| path.extension().is_some_and(|found| found == "toml")) {
        let name = path.strip_prefix(controls)?;
        let read = schema::AnyControlFile::read(&fs::read_to_string(path)?);
        let content = read.map_err(|error| format!("{}: {error}", path.display()))?.literal();
        writeln!(listed, "    ({name:?}, include_str!({path:?}), || {content}),")?;
    }
    let path = controls.join("facts/cloudtrail-records.toml");
    let read = toml::from_str::<facts::FactsFile>(&fs::read_to_string(&path)?);
    let facts = read.map_err(|error| format!("{}: {error}", path.display()))?.literal();
    Ok(format!(
        "pub(super) const CONTROLS: &[BuiltinControl] = &[\n{listed}];\n\n\
         pub(super) fn facts() -> FactsFile {{\n    {facts}\n}}\n"
    ))
}

/// The files of a kind, each with its path from `base` and its text.
fn listing(base: &Path, files: &[PathBuf], extension: &str) -> String {
    let wanted = files.iter().filter(|path| path.extension().is_some_and(|found| found == extension));
    let listed = wanted.map(|path| {
        let name = path.strip_prefix(base).unwrap_or(path);
        format!("    ({name:?}, include_str!({path:?})),\n")
    });
    format!("const FILES: &[(&str, &str)] = &[\n{}];\n", listed.collect::<String>())
}

fn children(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<_> = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    found.sort();
    Ok(found)
}

fn descendants(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in children(directory)? {
        if path.is_dir() {
            found.append(&mut descendants(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
