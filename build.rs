//! Lists the controls, so that adding one is adding its file.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=controls");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("controls"))?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();

    let listed = files.iter().map(|path| {
        let name = path.file_name().unwrap_or_default();
        format!("    ({name:?}, include_str!({path:?})),\n")
    });
    let listing = format!("const FILES: &[(&str, &str)] = &[\n{}];\n", listed.collect::<String>());
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("controls.rs"), listing)
}
