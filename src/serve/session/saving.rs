//! The open dossier to disk: the same files as the command line's.

use std::path::PathBuf;

use super::{Fault, Session, variants};

/// Folder of the plan inside that of the dossier.
pub const PLAN_FOLDER: &str = "plan";

impl Session {
    /// Saves where the dossier is, or under a title of its own; its plan and variants with it.
    pub fn save(&self, title: Option<&str>) -> Result<(), Fault> {
        let snapshot = self.snapshot()?;
        let folder = self.folder_for(title)?;
        variants::write(&snapshot, &folder)?;
        let variants = self.state().open.as_ref().map(|open| open.variants.clone());
        variants.into_iter().flatten().try_for_each(|variant| variant.write(&folder))?;
        if let Some(open) = &mut self.state().open {
            open.mark_saved(folder, snapshot.files.clone());
        }
        Ok(())
    }

    /// Another dossier is never written over.
    fn folder_for(&self, title: Option<&str>) -> Result<PathBuf, Fault> {
        let state = self.state();
        let open = state.open.as_ref().ok_or_else(Fault::nothing_open)?;
        let title = title.map(str::trim).filter(|title| !title.is_empty());
        let folder = match (title, &open.folder) {
            (None, Some(own)) => return Ok(own.clone()),
            (None, None) => self.workspace.place_for(&open.title),
            (Some(title), own) => {
                let named =
                    own.as_ref().and_then(|own| own.file_name()).is_some_and(|name| name == title);
                match own {
                    Some(own) if named => return Ok(own.clone()),
                    _ => self.workspace.place_for(title),
                }
            }
        };
        if folder.exists() && open.folder.as_ref() != Some(&folder) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(Fault::refused(
                format!("Un autre dossier s'appelle déjà « {name} »."),
                "Choisissez un autre nom, ou ouvrez ce dossier.",
            ));
        }
        Ok(folder)
    }
}
