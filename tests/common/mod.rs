//! What several tests need.

use std::io::Write;
use std::path::PathBuf;

pub mod countdown;
pub mod dice;
pub mod poitiers;
pub mod random_dossier;
pub mod sample_plan;

/// A file of the open data beside the project, or `None`, said aloud, where it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("{} is not there", path.display()));
    None
}

/// Says that a test is not run, past the capture of what tests print.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
