//! The part that each file of open data plays, and what it cannot do without.

use super::columns::{Column, Columns};
use super::{forecast, rural, social};
use crate::import::{Code, Diagnostic, Table};

/// What a file is given as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenData {
    /// The annuaire.
    Annuaire,
    /// Social position indices and effectifs.
    Social,
    /// Rural typology of communes.
    Rural,
    /// Forecast effectifs.
    Forecasts,
}

impl OpenData {
    /// Refuses a table that lacks the columns of its part.
    ///
    /// # Errors
    /// `E1701`, with the usual name of the first column that is missing.
    pub fn check(self, table: &Table) -> Result<(), Diagnostic> {
        let missing = self.needs(table).into_iter().find(|(found, _)| !found);
        missing.map_or(Ok(()), |(_, name)| {
            Err(Diagnostic::new(
                Code::OpenDataColumn,
                &table.file,
                format!("La colonne {name} manque : ce n'est pas le fichier attendu."),
                "Vérifiez quel fichier suit quelle option, et téléchargez-le de nouveau sans en changer les en-têtes.",
            ))
        })
    }

    /// Whether each is there, and its usual name.
    fn needs(self, table: &Table) -> Vec<(bool, &'static str)> {
        let has = |names: &[&str]| table.column(names).is_some();
        match self {
            Self::Annuaire => {
                let columns = Columns::of(table);
                let any = |pair: [Column; 2]| pair.into_iter().any(|column| columns.has(column));
                vec![
                    (columns.has(Column::Uai), "Identifiant_de_l_etablissement"),
                    (any([Column::Nature, Column::Type]), "code_nature ou Type_etablissement"),
                    (any([Column::Sector, Column::Contract]), "Statut_public_prive"),
                ]
            }
            Self::Social => vec![
                (has(&social::UAI_NAMES), "uai"),
                (
                    has(&social::IPS_NAMES)
                        || has(&social::PUPILS_NAMES)
                        || social::PARTS_NAMES.iter().any(|names| has(names)),
                    "ips ou effectifs",
                ),
            ],
            Self::Rural => {
                vec![(has(&rural::CODE_NAMES), "codgeo"), (has(&rural::CLASS_NAMES), "zonage_rur")]
            }
            Self::Forecasts => {
                vec![(has(&social::UAI_NAMES), "uai"), (has(&forecast::PUPILS_NAMES), "effectif")]
            }
        }
    }
}
