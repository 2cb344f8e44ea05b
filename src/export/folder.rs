//! Files and folders that are whole or absent.
//!
//! Everything is prepared in a temporary folder beside the target, on the same file system, and
//! renamed. A folder cannot be exchanged for another in one portable call: the old one is moved
//! aside first, under a name where [`standing`] finds it, and put back when the second move fails.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::ExportError;
use crate::scratch::scratch_in;

/// The file that tells a plan folder from any other.
pub const PLAN_FILE: &str = "plan.json";

/// Fails when a plan could not be written to `folder`; leaves nothing behind. To be called before
/// a long computation.
///
/// # Errors
/// [`ExportError::NotAPlan`] when the folder holds something else, [`ExportError::Write`] when
/// its parent does not let us write.
pub fn check_writable(folder: &Path) -> Result<(), ExportError> {
    check_replaceable(folder)?;
    prepare_beside(folder).map(drop)
}

/// Writes a folder through `fill`, which gets an empty folder; `folder` changes only when `fill`
/// succeeds. What a user added to an older plan is carried over.
///
/// # Errors
/// As [`check_writable`], and whatever `fill` returns.
pub fn replace_folder(
    folder: &Path,
    fill: impl FnOnce(&Path) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    prepare_folder(folder, fill)?.put()
}

/// A folder that is whole on the disk and has yet to take its place: what it must go with is
/// written in between, and an end of the program parts the two only within a few moves.
#[derive(Debug)]
pub struct PreparedFolder {
    place: PathBuf,
    fresh: PathBuf,
    beside: TempDir,
}

/// The first half of [`replace_folder`]: all but the moves.
///
/// # Errors
/// As [`replace_folder`].
pub fn prepare_folder(
    folder: &Path,
    fill: impl FnOnce(&Path) -> Result<(), ExportError>,
) -> Result<PreparedFolder, ExportError> {
    check_replaceable(folder)?;
    let beside = prepare_beside(folder)?;
    let fresh = beside.path().join("nouveau");
    fs::create_dir(&fresh).map_err(ExportError::writing(&fresh))?;
    fill(&fresh).map_err(|error| named(error, &fresh, folder))?;
    let old = standing(folder);
    if old.exists() {
        carry_over(&old, &fresh).map_err(ExportError::writing(folder))?;
    }
    Ok(PreparedFolder { place: folder.to_owned(), fresh, beside })
}

impl PreparedFolder {
    /// The second half.
    ///
    /// # Errors
    /// [`ExportError::Write`]; the older folder then stands as before.
    pub fn put(self) -> Result<(), ExportError> {
        make_parent(&self.place)?;
        swap(&self.place, &self.fresh, self.beside)
    }
}

/// Writes files into a folder, made when absent, which may hold others. All are written beside it
/// before the first takes its place, so that a full disk leaves the folder as it was, or absent.
/// An end of the program between two of these moves leaves some files new and others old, each
/// whole: the command makes them all again, from a plan that it does not touch.
///
/// # Errors
/// [`ExportError::Write`].
pub fn replace_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), ExportError> {
    let beside = prepare_beside(folder)?;
    let fresh = beside.path().join("nouveau");
    fs::create_dir(&fresh).map_err(ExportError::writing(&fresh))?;
    for (name, bytes) in files {
        write_file(&fresh.join(name), bytes).map_err(|error| named(error, &fresh, folder))?;
    }
    if !folder.exists() {
        make_parent(folder)?;
        return fs::rename(&fresh, folder).map_err(ExportError::writing(folder));
    }
    files.iter().try_for_each(|(name, _)| {
        let path = folder.join(name);
        fs::rename(fresh.join(name), &path).map_err(ExportError::writing(&path))
    })
}

/// Writes one file whole.
///
/// # Errors
/// [`ExportError::Write`].
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let beside = prepare_beside(path)?;
    let fresh = beside.path().join("nouveau");
    write_file(&fresh, bytes).map_err(|error| named(error, &fresh, path))?;
    make_parent(path)?;
    fs::rename(&fresh, path).map_err(ExportError::writing(path))
}

/// The error as the user knows the file: by its place, not by where it is prepared.
fn named(error: ExportError, fresh: &Path, place: &Path) -> ExportError {
    match error {
        ExportError::Write { path, cause } => {
            let inside = path.strip_prefix(fresh).map(|rest| match rest.as_os_str().is_empty() {
                true => place.to_owned(),
                false => place.join(rest),
            });
            ExportError::Write { path: inside.unwrap_or(path), cause }
        }
        other => other,
    }
}

/// Writes and flushes a file to the disk.
///
/// # Errors
/// [`ExportError::Write`].
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let write = || {
        let mut file = fs::File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(ExportError::writing(path))
}

fn check_replaceable(folder: &Path) -> Result<(), ExportError> {
    let not_ours = || ExportError::NotAPlan(folder.to_owned());
    if !folder.exists() || folder.join(PLAN_FILE).is_file() {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder).map_err(|_| not_ours())?;
    if entries.next().is_none() { Ok(()) } else { Err(not_ours()) }
}

/// A temporary folder on the file system of `folder`: in its parent, or as near as one exists.
fn prepare_beside(folder: &Path) -> Result<TempDir, ExportError> {
    let parent = parent_of(folder);
    let exists = |path: &&Path| path.symlink_metadata().is_ok();
    let around = parent.ancestors().find(exists).unwrap_or(Path::new("."));
    scratch_in(around).map_err(ExportError::writing(around))
}

fn parent_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn make_parent(path: &Path) -> Result<(), ExportError> {
    let parent = parent_of(path);
    fs::create_dir_all(&parent).map_err(ExportError::writing(&parent))
}

fn swap(folder: &Path, fresh: &Path, beside: TempDir) -> Result<(), ExportError> {
    let aside = set_aside(folder);
    if folder.exists() {
        // Left by a program that was ended after the new plan took its place.
        discard(&aside, &beside);
        fs::rename(folder, &aside).map_err(ExportError::writing(folder))?;
    }
    if let Err(error) = fs::rename(fresh, folder) {
        if aside.exists() && fs::rename(&aside, folder).is_err() {
            // The old plan must outlive us, whole and where its readers look.
            let _kept = beside.keep();
        }
        return Err(ExportError::writing(folder)(error));
    }
    discard(&aside, &beside);
    Ok(())
}

/// Where the plan of a folder stands: under the name that it has between the two moves of a
/// replacement, when the program was ended there.
pub(super) fn standing(folder: &Path) -> PathBuf {
    let aside = set_aside(folder);
    if !folder.exists() && aside.join(PLAN_FILE).is_file() { aside } else { folder.to_owned() }
}

/// The name of a folder while another takes its place: visible, so that a person finds it too.
fn set_aside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or(folder.as_os_str()).to_owned();
    name.push(".avant-remplacement");
    folder.with_file_name(name)
}

/// Leaves a folder to the end of the temporary one; one that is not there, or that cannot be
/// moved, stays as it is.
fn discard(aside: &Path, beside: &TempDir) {
    let place = beside.path().join("ancien");
    let place = if place.exists() { beside.path().join("plus-ancien") } else { place };
    let _moved_or_kept = fs::rename(aside, place);
}

/// Copies what only the old folder holds, before the new one takes its place: an end of the
/// program at any moment leaves it in one of the two.
fn carry_over(old: &Path, fresh: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(old)? {
        let entry = entry?;
        let target = fresh.join(entry.file_name());
        if target.exists() {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            carry_over(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
