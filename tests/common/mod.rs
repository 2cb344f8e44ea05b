//! What several tests need.

use std::path::PathBuf;

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
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}
