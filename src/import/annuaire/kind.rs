//! The type of a second-degree establishment.

use super::merging::Site;
use super::nature::Nature;
use crate::domain::EstablishmentKind;

/// A lycee is polyvalent when it teaches both ways: by its nature, by its columns of voies or by
/// a section merged into it (a "lycee professionnel" with an SGT is one).
pub(super) fn kind_of(site: &Site) -> EstablishmentKind {
    let (general, vocational) = match site.record.nature {
        Nature::College => return EstablishmentKind::College,
        Nature::Erea => return EstablishmentKind::Erea,
        Nature::Lycee { general, vocational } => (general, vocational),
        Nature::VocationalSection => (false, true),
        _ => (true, false),
    };
    let general = general || site.general || site.record.general == Some(true);
    let vocational = vocational || site.vocational || site.record.vocational == Some(true);
    match (general, vocational) {
        (true, true) => EstablishmentKind::Lpo,
        (false, true) => EstablishmentKind::Lp,
        _ => EstablishmentKind::Legt,
    }
}
