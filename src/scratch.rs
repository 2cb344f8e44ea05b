//! Folders in which files are prepared, on the file system of the place that they will take.

use std::path::Path;
use std::time::{Duration, SystemTime};
use std::{fs, io};

use tempfile::{Builder, TempDir};

/// What their names begin with.
const PREFIX: &str = ".maillage-";
/// Age from which nobody is still writing into one: files are prepared within seconds.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// A new one in `around`, removed when it is dropped. A program that was killed drops nothing:
/// what it left there a day ago or more is removed first.
///
/// # Errors
/// When the folder cannot be made.
pub fn scratch_in(around: &Path) -> io::Result<TempDir> {
    for entry in fs::read_dir(around).into_iter().flatten().flatten() {
        if is_abandoned(&entry) {
            // Another program may be quicker, or the folder not ours to remove: it stays.
            let _removed_or_kept = fs::remove_dir_all(entry.path());
        }
    }
    Builder::new().prefix(PREFIX).tempdir_in(around)
}

fn is_abandoned(entry: &fs::DirEntry) -> bool {
    let is_old = |written: SystemTime| written.elapsed().is_ok_and(|age| age >= ABANDONED);
    entry.file_name().to_string_lossy().starts_with(PREFIX)
        && entry.metadata().is_ok_and(|it| it.is_dir() && it.modified().is_ok_and(is_old))
}
