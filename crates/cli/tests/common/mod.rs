//! Running the command in a folder of a test's own.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of this test's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("tables")).unwrap();
    folder
}

/// Runs the command without tables of the environment.
pub(crate) fn superbill(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_superbill")).args(arguments).env_remove("SUPERBILL_DATA").output().unwrap()
}

/// What was printed; the command must have done it.
pub(crate) fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What was printed as JSON.
pub(crate) fn objects(arguments: &[&str]) -> Vec<Value> {
    let arguments = [arguments, &["--format", "json"]].concat();
    text(&superbill(&arguments)).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The folder of the tables.
pub(crate) fn tables(folder: &Path) -> String {
    folder.join("tables").to_str().unwrap().to_owned()
}
