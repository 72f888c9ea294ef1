//! Lists the controls and the features, so that adding one is adding its file.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=controls");
    println!("cargo::rerun-if-changed=features");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let (controls, features) = (root.join("controls"), root.join("features"));
    fs::write(out.join("controls.rs"), listing(&controls, &children(&controls)?, "toml"))?;
    fs::write(out.join("features.rs"), listing(&root, &descendants(&features)?, "feature"))
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
