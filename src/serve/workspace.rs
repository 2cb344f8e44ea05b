//! The one folder that the page reads and writes. No name that comes from the page leads out of
//! it: a dossier is a folder directly below, and neither `..` nor a link is followed.

use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use jiff::Timestamp;
use serde::Serialize;

use super::session::Fault;
use crate::import::{SCENARIO_FILE, plain_letters};

/// Name of the folder made among the documents of the user.
const USUAL_NAME: &str = "Maillage";
/// Longest folder name made from a title, characters.
const LONGEST_NAME: usize = 60;

/// A folder of dossiers.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

/// A dossier of the workspace.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its name, or that of its folder where its scenario cannot be read.
    pub nom: String,
    /// Name of the folder, as the page gives it back.
    pub chemin: String,
    /// Last change of its scenario.
    pub modifie: Option<Timestamp>,
}

impl Workspace {
    /// The folder at `path`, made when absent.
    ///
    /// # Errors
    /// When it cannot be made or read.
    pub fn at(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self { root: path.canonicalize()? })
    }

    /// `Maillage` among the documents of the user, or in their home.
    #[must_use]
    pub fn usual_path() -> PathBuf {
        let home = dirs::document_dir().or_else(dirs::home_dir);
        home.unwrap_or_default().join(USUAL_NAME)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The dossiers, the latest first.
    pub(super) fn dossiers(&self) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let Ok(folder) = self.dossier(&name) else { continue };
            let scenario = fs::metadata(folder.join(SCENARIO_FILE));
            if let Ok(scenario) = scenario {
                let modified: Option<SystemTime> = scenario.modified().ok();
                let modifie = modified.and_then(|time| Timestamp::try_from(time).ok());
                let nom = title_of(&folder).unwrap_or_else(|| name.clone());
                entries.push(Entry { nom, chemin: name, modifie });
            }
        }
        entries.sort_by(|a, b| b.modifie.cmp(&a.modifie).then_with(|| a.nom.cmp(&b.nom)));
        Ok(entries)
    }

    /// The folder of an existing dossier.
    pub(super) fn dossier(&self, name: &str) -> Result<PathBuf, Fault> {
        let absent = || {
            Fault::absent(
                format!("Il n'y a pas de dossier « {name} » dans {}.", self.root.display()),
                "Choisissez-le dans la liste des dossiers.",
            )
        };
        let folder = self.below(name).ok_or_else(absent)?;
        let real = folder.canonicalize().map_err(|_| absent())?;
        if real == folder && real.is_dir() { Ok(real) } else { Err(absent()) }
    }

    /// Where a dossier of this title would be; nothing is made.
    pub(super) fn place_for(&self, title: &str) -> PathBuf {
        self.root.join(folder_name(title))
    }

    fn below(&self, name: &str) -> Option<PathBuf> {
        let mut parts = Path::new(name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(part)), None) if !name.starts_with('.') && part == name => {
                Some(self.root.join(part))
            }
            _ => None,
        }
    }
}

/// The name that a scenario gives to its dossier.
fn title_of(folder: &Path) -> Option<String> {
    let scenario: toml::Table =
        fs::read_to_string(folder.join(SCENARIO_FILE)).ok()?.parse().ok()?;
    let name = scenario.get("nom")?.as_str()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// A name that every system takes: letters without accents, digits and hyphens.
pub(super) fn folder_name(title: &str) -> String {
    let plain = plain_letters(title).to_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut name: String = words.join("-").chars().take(LONGEST_NAME).collect();
    // What Windows keeps for itself has at most four letters.
    if name.len() <= 4 {
        name = format!("dossier-{name}");
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_harmless_name() {
        for (title, name) in [
            ("Haute-Garonne, rentrée 2026", "haute-garonne-rentree-2026"),
            ("../../etc/passwd", "etc-passwd"),
            ("<script>", "script"),
            ("con", "dossier-con"),
            ("", "dossier"),
        ] {
            assert_eq!(folder_name(title), name);
        }
        assert!(folder_name(&"é".repeat(500)).len() <= LONGEST_NAME);
    }

    #[test]
    fn no_name_leads_out() {
        let root = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::at(root.path()).expect("made");
        fs::create_dir(root.path().join("dossier")).expect("made");
        assert!(workspace.dossier("dossier").is_ok());
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), root.path().join("lien")).expect("made");
        let outside = outside.path().display().to_string();
        for name in ["..", ".", "", "/", "dossier/..", "../x", "lien", "dossier/", &outside] {
            assert!(workspace.dossier(name).is_err(), "{name}");
        }
    }
}
