//! The outline of the departement, for the maps: a file of the dossier that no plan depends on.

use geo::LineString;
use sha2::{Digest, Sha256};

use super::{Fault, Session, Snapshot};
use crate::import::{OUTLINE_FILE, read_outline};

/// A ring as the page draws it: longitudes and latitudes, degrees.
pub type Ring = Vec<[f64; 2]>;

impl Snapshot {
    /// What tells the outline from another; none without one.
    pub fn outline_mark(&self) -> Option<String> {
        self.ready().ok()?.problem.dossier.outline.as_ref()?;
        let digest = Sha256::digest(self.files.get(OUTLINE_FILE)?);
        Some(digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Session {
    /// The rings of the outline; none without one.
    pub fn outline(&self) -> Result<Vec<Ring>, Fault> {
        let snapshot = self.snapshot()?;
        let outline = snapshot.ready()?.problem.dossier.outline.as_ref();
        let ring = |ring: &LineString| ring.coords().map(|at| [at.x, at.y]).collect();
        let polygons = outline.into_iter().flat_map(|outline| outline.iter());
        let rings = polygons
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        Ok(rings.map(ring).collect())
    }

    /// Puts an outline into the dossier; the plan at hand stays.
    pub fn set_outline(&self, bytes: Vec<u8>) -> Result<(), Fault> {
        let before = self.snapshot()?;
        let departement = &before.ready()?.problem.dossier.scenario.departement;
        read_outline(OUTLINE_FILE, &bytes, departement)
            .map_err(|diagnostic| Fault::refused(diagnostic.cause, diagnostic.action))?;
        let mut files = before.files.clone();
        files.insert(OUTLINE_FILE, bytes);
        self.replace(&before, "contour du département".to_owned(), before.redrawn(files))
    }
}
