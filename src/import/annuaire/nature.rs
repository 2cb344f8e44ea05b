//! What a row of the annuaire is, by the ministry's code of nature, else by its type and name.

use super::cells::whole;
use crate::import::fold;

/// The natures that an importer tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    Ecole,
    College,
    /// A lycee, with the teaching that its nature alone proves.
    Lycee {
        general: bool,
        vocational: bool,
    },
    /// Section d'enseignement professionnel of a lycee.
    VocationalSection,
    /// Section d'enseignement general et technologique of a vocational lycee.
    GeneralSection,
    /// SEGPA of a college.
    AdaptedSection,
    Erea,
    /// The office of an inspector of the first degree.
    CirconscriptionOffice,
    /// Lycee of the ministry of agriculture.
    Agricultural,
    /// Not a school of the EPLE kind: office, medical institute, post-bac school...
    Other,
}

impl Nature {
    /// Codes of the ministry's nomenclature `N_NATURE_UAI`. A college that bears the code of the
    /// lycee of its cite scolaire is a college.
    pub fn of(code: &str, kind: &str, name: &str) -> Self {
        let kind = fold(kind);
        let lycee = |general, vocational| Self::Lycee { general, vocational };
        match whole(code) {
            Some(300..=310 | 312..=320) if kind == "college" => Self::College,
            Some(100..=199) => Self::Ecole,
            Some(300..=302 | 310 | 312 | 315) => lycee(true, false),
            Some(306) => lycee(true, true),
            Some(307) => Self::Agricultural,
            Some(320) => lycee(false, true),
            Some(334) => Self::VocationalSection,
            Some(335) => Self::GeneralSection,
            Some(340 | 349 | 350 | 352) => Self::College,
            Some(370) => Self::Erea,
            Some(390) => Self::AdaptedSection,
            Some(809) => Self::CirconscriptionOffice,
            Some(_) => Self::Other,
            None => Self::by_name(&kind, &fold(name)),
        }
    }

    fn by_name(kind: &str, name: &str) -> Self {
        let section = name.starts_with("section") && name.contains("enseignement");
        match kind {
            _ if section && name.contains("adapte") => Self::AdaptedSection,
            _ if section && name.contains("prof") => Self::VocationalSection,
            _ if section => Self::GeneralSection,
            "ecole" => Self::Ecole,
            "college" => Self::College,
            "erea" => Self::Erea,
            "lycee" | "lp" | "lpo" | "legt" => Self::Lycee {
                general: kind != "lp" && !name.contains("professionnel"),
                vocational: matches!(kind, "lp" | "lpo")
                    || name.contains("professionnel")
                    || name.contains("polyvalent"),
            },
            _ if name.starts_with("circonscription") => Self::CirconscriptionOffice,
            _ => Self::Other,
        }
    }

    /// Whether it is a section that lives inside another establishment.
    pub const fn is_section(self) -> bool {
        matches!(self, Self::VocationalSection | Self::GeneralSection | Self::AdaptedSection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_rules_and_names_replace_it() {
        let lycee = |general, vocational| Nature::Lycee { general, vocational };
        for (code, kind, name, nature) in [
            ("340", "Collège", "Collège Y", Nature::College),
            ("340.0", "Collège", "Collège Y", Nature::College),
            ("302", "Collège", "Cité scolaire", Nature::College),
            ("302", "Lycée", "Cité scolaire", lycee(true, false)),
            ("306", "Lycée", "Lycée polyvalent Z", lycee(true, true)),
            ("400", "", "École de commerce", Nature::Other),
            (
                "",
                "Lycée",
                "Section d'enseignement professionnel du lycée",
                Nature::VocationalSection,
            ),
            ("", "Lycée", "Lycée professionnel X", lycee(false, true)),
            ("", "Lycée", "Lycée polyvalent X", lycee(true, true)),
            ("", "Ecole", "Ecole maternelle", Nature::Ecole),
            (
                "",
                "Service Administratif",
                "Circonscription d'inspection de X",
                Nature::CirconscriptionOffice,
            ),
        ] {
            assert_eq!(Nature::of(code, kind, name), nature, "{code} {kind} {name}");
        }
    }
}
