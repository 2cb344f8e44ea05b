//! The part that each file of open data plays, and what it cannot do without.

use super::columns::{self, Column, Columns};
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
    /// Refuses a table that lacks a column of its part, or has two of one name.
    ///
    /// # Errors
    /// `E1701`, with the usual name of the first column that is missing; `E1103`.
    pub fn check(self, table: &Table) -> Result<(), Diagnostic> {
        let missing = self.needs(table).into_iter().find(|(found, _)| !found);
        if let Some((_, name)) = missing {
            let cause = format!("La colonne {name} manque : ce n'est pas le fichier attendu.");
            let action = "Vérifiez quel fichier suit quelle option, et téléchargez-le de nouveau sans en changer les en-têtes.";
            return Err(Diagnostic::new(Code::OpenDataColumn, &table.file, cause, action));
        }
        let doubled = self.reads().into_iter().find_map(|names| table.doubled(names));
        doubled.map_or(Ok(()), |header| {
            let cause = format!("Deux colonnes s'appellent « {header} ».");
            let action = "Gardez une seule de ces colonnes, ou reprenez le fichier d'origine.";
            Err(Diagnostic::new(Code::DoubledColumn, &table.file, cause, action))
        })
    }

    /// The names of each column that is read.
    fn reads(self) -> Vec<&'static [&'static str]> {
        match self {
            Self::Annuaire => columns::NAMES.iter().map(|(_, names)| *names).collect(),
            Self::Social => {
                let [general, vocational] = &social::PARTS_NAMES;
                vec![
                    &social::UAI_NAMES,
                    &social::IPS_NAMES,
                    &social::PUPILS_NAMES,
                    general,
                    vocational,
                ]
            }
            Self::Rural => vec![&rural::CODE_NAMES, &rural::CLASS_NAMES],
            Self::Forecasts => vec![&social::UAI_NAMES, &forecast::PUPILS_NAMES],
        }
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
