//! What `maillage trajets` says of the times that it found.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::source::Outcome;
use crate::cli::diagnostics;
use crate::cli::manners::Manners;
use crate::domain::TravelSources;
use crate::travel::{Place, SnapDistance};
use crate::wording::number::{count, number};
use crate::wording::sentence;

/// Snaps beyond this distance, in metres, are worth a look: a wrong point, a missing road.
const FAR_SNAP_M: f64 = 300.0;
/// Lines of a list.
const LISTED: usize = 20;

/// Everything that the command found.
pub struct Report<'a> {
    /// `trajets.csv` of the dossier.
    pub file: PathBuf,
    /// Pairs by source, and the estimate against the real times.
    pub figures: TravelSources,
    /// Places of the dossier.
    pub places: &'a [Place],
    /// What the source brought.
    pub outcome: &'a Outcome,
}

/// The first lines of a list, and how many others there are.
pub fn listed(lines: impl ExactSizeIterator<Item = String>) -> String {
    let total = lines.len();
    let mut text: Vec<String> = lines.take(LISTED).map(|line| format!("  {line}")).collect();
    if total > LISTED {
        text.push(format!("  … et {} de plus", total - LISTED));
    }
    text.join("\n")
}

impl Report<'_> {
    /// Says what deserves a look, beside the result.
    pub fn warn(&self, manners: &Manners) {
        let far = self.far_snaps();
        if !far.is_empty() {
            let lines = far.iter().map(|(id, metres)| format!("{id} : {} m", number(*metres, 0)));
            manners.note(&format!(
                "Loin de toute route (point mal placé, ou route absente de la carte ?) :\n{}",
                listed(lines)
            ));
        }
        let off = self.off_map();
        if !off.is_empty() {
            manners.note(&format!(
                "Hors de la carte, leurs trajets restent estimés :\n{}",
                listed(off.iter().map(|id| (*id).to_owned()))
            ));
        }
        if !self.outcome.warnings.is_empty() {
            manners.note(diagnostics::listing(&self.outcome.warnings).trim_end());
        }
    }

    fn far_snaps(&self) -> Vec<(&str, f64)> {
        self.snaps()
            .filter_map(|(id, snap)| match snap {
                SnapDistance::Metres(metres) if metres > FAR_SNAP_M => Some((id, metres)),
                _ => None,
            })
            .collect()
    }

    fn off_map(&self) -> Vec<&str> {
        let off = self.snaps().filter(|(_, snap)| *snap == SnapDistance::OffMap);
        off.map(|(id, _)| id).collect()
    }

    fn snaps(&self) -> impl Iterator<Item = (&str, SnapDistance)> {
        let ids = self.places.iter().map(|place| place.id.as_str());
        ids.zip(self.outcome.snaps.iter().copied())
    }

    /// A few French sentences.
    pub fn text(&self) -> String {
        let figures = &self.figures;
        let mut text = match &self.outcome.name {
            Some(source) => format!("Trajets d'après {source}.\n"),
            None => "Trajets que le dossier connaît (aucune source demandée).\n".to_owned(),
        };
        let _ = writeln!(
            text,
            "{}, {} (aller et retour comptés à part) : {}.",
            count(self.places.len() as u64, "lieu", "lieux"),
            count(
                (self.places.len() * self.places.len().saturating_sub(1)) as u64,
                "trajet",
                "trajets"
            ),
            sentence::trip_sources(figures),
        );
        for line in self.gaps() {
            let _ = writeln!(text, "{line}");
        }
        let _ = match &figures.erreur_estimation {
            Some(error) => writeln!(text, "{}", sentence::estimate_error(error)),
            None => writeln!(
                text,
                "Aucun temps réel : l'erreur de l'estimation n'est pas connue. Pour des temps réels, \
                 voir « maillage trajets --help »."
            ),
        };
        if self.outcome.name.is_some() {
            let _ = writeln!(text, "Écrit : {}", self.file.display());
        }
        text
    }

    /// What the source did not say.
    fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        let (length, time) = (self.outcome.without_length, self.outcome.without_time);
        if length > 0 {
            gaps.push(format!(
                "{} sans distance dans la source : la distance estimée est écrite à côté de la durée.",
                count(length as u64, "trajet", "trajets")
            ));
        }
        if time > 0 {
            gaps.push(format!(
                "{} sans durée dans la source : sa distance seule ne sert pas, il reste estimé.",
                count(time as u64, "trajet", "trajets")
            ));
        }
        gaps
    }

    /// The same for machines.
    pub fn document(&self) -> serde_json::Value {
        let figures = &self.figures;
        let far = self.far_snaps();
        let far: Vec<_> =
            far.iter().map(|(id, metres)| json!({"lieu": id, "metres": metres.round()})).collect();
        let source = &self.outcome.name;
        json!({
            "source": source,
            "fichier": source.as_ref().map(|_| self.file.display().to_string()),
            "lieux": self.places.len(),
            "trajets": {
                "fournis": figures.fournis,
                "calcules": figures.calcules,
                "repris": figures.repris,
                "estimes": figures.estimes,
                "manquants": figures.manquants,
                "sans_distance": self.outcome.without_length,
                "sans_duree": self.outcome.without_time,
            },
            "loin_des_routes": far,
            "hors_carte": self.off_map(),
            "messages": self.outcome.warnings,
            "erreur_estimation": figures.erreur_estimation,
        })
    }
}
