//! The files of a dossier in memory: what the page edits, before and after it is on disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use super::error::{Code, Diagnostic};
use super::folder::{is_dossier_file, names_table};
use super::format::FILES;
use super::table::{Limits, read_bytes};
use crate::scratch::scratch_in;
use crate::wording::system::reason;

/// Ending given to a file that a save replaces by another of the same meaning.
const SET_ASIDE: &str = ".ancien";

/// Files by name; copies share the bytes that they do not change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DossierFiles(BTreeMap<String, Arc<Vec<u8>>>);

impl DossierFiles {
    /// Reads the files of a dossier folder; other files of the folder, and links to files
    /// elsewhere, are left alone.
    ///
    /// # Errors
    /// `E1001` and `E1005`.
    pub fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let mut files = Self::default();
        for name in list(folder)? {
            let path = folder.join(&name);
            if is_dossier_file(&name) && !path.is_symlink() {
                files.insert(&name, read_bytes(&path, &Limits::default())?);
            }
        }
        Ok(files)
    }

    /// Writes the files that differ from those of the folder, made when absent: all of them, or
    /// none where the disk refuses one. A dossier file that is no longer one of these is set aside
    /// under another name, never deleted.
    ///
    /// # Errors
    /// When a file cannot be written; the message names it.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let changed: Vec<(&Path, &[u8])> = self
            .0
            .iter()
            .map(|(name, bytes)| (Path::new(name), bytes.as_slice()))
            .filter(|(name, bytes)| fs::read(folder.join(name)).ok().as_deref() != Some(bytes))
            .collect();
        replace_all(folder, &changed)?;
        let listed = list(folder).map_err(|diagnostic| io::Error::other(diagnostic.cause))?;
        for name in listed.iter().filter(|name| is_dossier_file(name) && self.get(name).is_none()) {
            let path = folder.join(name);
            let aside = folder.join(format!("{name}{SET_ASIDE}"));
            fs::rename(&path, aside).map_err(|error| naming(&path, &error))?;
        }
        Ok(())
    }

    /// The same files after a change: those that differ between `before` and `after` take the
    /// place of the file of the same meaning, whatever its ending.
    #[must_use]
    pub fn follow(&self, before: &Self, after: &Self) -> Self {
        let mut files = self.clone();
        for (name, bytes) in
            after.0.iter().filter(|(name, bytes)| before.0.get(*name) != Some(bytes))
        {
            if let Some(format) = FILES.iter().find(|format| names_table(name, format)) {
                files.0.retain(|other, _| !names_table(other, format));
            }
            files.0.insert(name.clone(), Arc::clone(bytes));
        }
        files
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(|bytes| bytes.as_slice())
    }

    /// Puts a file in place.
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.to_owned(), Arc::new(bytes));
    }

    /// Takes a file away.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }
}

/// Names of the files of a folder, sorted.
pub(super) fn list(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let unreadable = |error: io::Error| {
        Diagnostic::new(
            Code::Unreadable,
            folder.display().to_string(),
            format!("Le dossier ne peut pas être ouvert : {}.", reason(&error)),
            "Vérifiez son emplacement : il faut un dossier qui contient etablissements.csv et postes.csv.",
        )
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Writes files into a folder, made when absent. All are written whole beside their place before
/// the first takes it, so that a full disk or an interruption leaves the folder as it was. An end
/// of the program between two of these moves, a few microseconds, leaves some files new and others
/// old, each whole and readable: what is then lost is a change that was never said to be saved, and
/// a plan beside them is known, by the digests that it carries, not to be theirs.
pub(super) fn replace_all(folder: &Path, files: &[(&Path, &[u8])]) -> io::Result<()> {
    let is_new = !folder.exists();
    let around = if is_new { parent_of(folder) } else { folder };
    fs::create_dir_all(around).map_err(|error| match error.kind() {
        // A folder that exists is no error.
        io::ErrorKind::AlreadyExists => naming(around, &io::ErrorKind::NotADirectory.into()),
        _ => naming(around, &error),
    })?;
    let beside = scratch_in(around).map_err(|error| naming(around, &error))?;
    let fresh = beside.path().join("nouveau");
    fs::create_dir(&fresh).map_err(|error| naming(folder, &error))?;
    for (name, bytes) in files {
        let written = File::create(fresh.join(name))
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|error| naming(&folder.join(name), &error))?;
    }
    if is_new {
        return fs::rename(&fresh, folder).map_err(|error| naming(folder, &error));
    }
    files.iter().try_for_each(|(name, _)| {
        let path = folder.join(name);
        fs::rename(fresh.join(name), &path).map_err(|error| naming(&path, &error))
    })
}

fn parent_of(folder: &Path) -> &Path {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

pub(super) fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::other(format!(
        "impossible d'écrire « {} » : {} ; vérifiez les droits et la place sur le disque",
        path.display(),
        reason(error)
    ))
}
