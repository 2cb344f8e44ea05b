//! What the import did and could not do, each fact counted and listed.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Serialize, Serializer};

use crate::domain::{Dossier, EstablishmentKind};
use crate::wording::number::count;

/// Declares the subjects of the report: title and what the user should make of it, in French.
macro_rules! topics {
    ($($(#[doc = $doc:literal])+ $name:ident = $title:literal, $advice:literal;)+) => {
        /// The subject of a note. The order is that of the report: what asks for something first,
        /// what is left out last.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Topic {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Topic {
            /// Title, in French.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// What to do about it, in French.
            #[must_use]
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice,)+ }
            }
        }
    };
}

topics! {
    /// A column that the file lacks.
    MissingColumn = "Colonnes absentes du fichier",
        "Ce que ces colonnes disent d'ordinaire est inconnu : à compléter dans etablissements.csv.";
    /// A row of another width than the headers.
    Ragged = "Lignes mal découpées (pas autant de cellules que d'en-têtes)",
        "Cherchez-y un séparateur ou un retour à la ligne de trop ou manquant : ce qui suit est décalé.";
    /// The error of a formula in the place of a value.
    FormulaFault = "Lignes qui portent l'erreur d'une formule, lue comme une cellule vide",
        "Reprenez le fichier d'origine, ou corrigez la formule.";
    /// A row whose UAI cannot be read.
    UnreadableUai = "Lignes sans UAI lisible, non reprises",
        "Corrigez l'UAI dans le fichier source ou ajoutez l'établissement à la main.";
    /// No effectif.
    NoPupils = "Unités sans effectif",
        "Leur besoin serait nul : donnez leur effectif dans previsions.csv.";
    /// Ecole without pupils.
    EcoleNoPupils = "Écoles publiques sans effectif, comptées pour zéro",
        "Corrigez l'effectif de leur circonscription.";
    /// Ecole without circonscription.
    EcoleAlone = "Écoles publiques sans circonscription, non comptées",
        "Ajoutez leur effectif à celui de leur circonscription.";
    /// No IPS.
    NoIps = "Établissements sans IPS",
        "L'IPS compte alors comme moyen (coefficient 1).";
    /// No rural class.
    NoRuralClass = "Communes absentes de la typologie rurale",
        "La catégorie RURAL y est inconnue.";
    /// A school that opens by the rentree.
    Opening = "Établissements à ouvrir d'ici à la rentrée, repris",
        "Donnez leur effectif dans previsions.csv.";
    /// A school about to close.
    Closing = "Établissements à fermer, repris",
        "Supprimez leur ligne si la fermeture a lieu à cette rentrée.";
    /// A school that is not open at the rentree.
    NotYetOpen = "Établissements à ouvrir après la rentrée, non repris",
        "Si l'ouverture a lieu à cette rentrée, ajoutez-les à la main.";
    /// Network of an ecole proposed.
    NetworkProposed = "Réseaux REP+ proposés pour les écoles",
        "Le fichier ne nomme pas le réseau d'une école : confirmez chaque ligne (colonne « reseau »).";
    /// Ecole REP+ without any REP+ college.
    NetworkUnknown = "Écoles REP+ sans collège REP+ dans le département",
        "Écrivez l'UAI du collège tête de réseau dans la colonne « reseau ».";
    /// A group proposed.
    GroupProposed = "Groupes proposés (rattachement déclaré, à moins d'un kilomètre)",
        "Un groupe est suivi par le même poste : videz la colonne « groupe » si ce n'est pas voulu.";
    /// An annex too far for a group.
    FarAnnex = "Annexes éloignées de leur établissement support, laissées sans groupe",
        "Remplissez la colonne « groupe » si le même poste doit suivre les deux ; un effectif absent est sans doute compté avec celui du support.";
    /// Same place, without any declared link.
    SamePlace = "Établissements voisins (même adresse ou moins de 100 m), sans rattachement déclaré",
        "Si c'est une cité scolaire, écrivez un même mot dans la colonne « groupe ».";
    /// A section whose establishment is unknown.
    SectionAlone = "Sections sans établissement support connu, reprises seules",
        "À réunir à la main si elles dépendent d'un autre établissement.";
    /// Office without ecoles.
    OfficeAlone = "Circonscriptions sans école, non reprises",
        "Pour en servir une, ajoutez sa ligne aux établissements, ou relancez l'import avec --ajouter-circonscription.";
    /// Added by hand.
    CirconscriptionAdded = "Circonscriptions ajoutées à la demande",
        "Donnez leur effectif dans previsions.csv et vérifiez leur position.";
    /// Coordinates of a commune only.
    Approximate = "Positions approximatives (commune seule)",
        "Les trajets en dépendent : corrigez latitude et longitude si le site est à l'écart.";
    /// Coordinates found otherwise.
    Substituted = "Positions absentes ou fausses, remplacées",
        "À corriger dans etablissements.csv.";
    /// Latitude in the place of longitude.
    Swapped = "Latitude et longitude échangées dans le fichier, remises en ordre",
        "Vérifiez les positions sur la carte du plan.";
    /// Far from every other school.
    Remote = "Positions à vérifier (loin de tout autre établissement)",
        "Vérifiez latitude et longitude.";
    /// Bassin of the nearest school.
    NearestBassin = "Bassins pris à l'établissement le plus proche",
        "À vérifier dans etablissements.csv.";
    /// Bassin of a circonscription that spans several.
    SplitBassin = "Circonscriptions à cheval sur plusieurs bassins",
        "Le bassin qui compte le plus d'élèves est retenu.";
    /// Rows of one UAI merged.
    RowsMerged = "Lignes d'un même UAI réunies",
        "Un UAI est une unité ; vérifiez l'effectif si deux sites ou deux degrés sont concernés.";
    /// Sections merged into their establishment.
    SectionMerged = "Sections réunies à leur établissement",
        "SEP, SGT et SEGPA ont leur propre UAI mais aucun besoin à part.";
    /// Effectif replaced.
    Forecast = "Effectifs remplacés par une prévision",
        "L'effectif publié reste dans etablissements.csv.";
    /// A forecast of an unknown UAI.
    ForecastUnmatched = "Prévisions sans établissement correspondant",
        "Vérifiez l'UAI dans le fichier des prévisions.";
    /// Neither public nor private by the file.
    SectorUntold = "Établissements dont le statut public ou privé n'est pas dit, non repris",
        "S'ils sont publics, ajoutez-les à la main.";
    /// A school of another ministry.
    OtherMinistry = "Lycées agricoles, maritimes ou militaires, non repris",
        "Ils relèvent d'un autre ministère.";
    /// A school already closed.
    Closed = "Établissements fermés, non repris",
        "Rien à faire.";
    /// A private school.
    Private = "Établissements privés, non repris",
        "La circulaire de 2017 ne vise que les établissements publics.";
    /// A row that is no public school of the first or second degree.
    NotServed = "Services, instituts, écoles techniques ou supérieures, non repris",
        "Le service social en faveur des élèves ne les suit pas.";
}

impl Serialize for Topic {
    /// Its title.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.title())
    }
}

/// One fact about one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Subject.
    #[serde(rename = "sujet")]
    pub topic: Topic,
    /// UAI, or what stands for it.
    pub uai: String,
    /// Name as published.
    #[serde(rename = "nom")]
    pub name: String,
    /// Further detail in French; may be empty.
    pub detail: String,
}

impl fmt::Display for Note {
    /// On one line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.uai, &self.name, &self.detail];
        let told: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        formatter.write_str(&told.join(" · "))
    }
}

/// The whole report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Facts, in the order found.
    pub notes: Vec<Note>,
    /// General remarks, in French.
    pub remarks: Vec<String>,
}

impl ImportReport {
    /// Adds a fact.
    pub(super) fn note(
        &mut self,
        topic: Topic,
        uai: impl Into<String>,
        name: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.notes.push(Note { topic, uai: uai.into(), name: name.into(), detail: detail.into() });
    }

    /// The facts on a subject.
    pub fn on(&self, topic: Topic) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.topic == topic)
    }

    /// Number of facts on a subject.
    #[must_use]
    pub fn count(&self, topic: Topic) -> usize {
        self.on(topic).count()
    }

    /// The facts by subject, in the order of the report.
    #[must_use]
    pub fn by_topic(&self) -> BTreeMap<Topic, Vec<&Note>> {
        let mut groups: BTreeMap<Topic, Vec<&Note>> = BTreeMap::new();
        for note in &self.notes {
            groups.entry(note.topic).or_default().push(note);
        }
        groups
    }

    /// A few lines for the terminal, in French.
    #[must_use]
    pub fn summary(&self, dossier: &Dossier) -> String {
        let mut text = format!("{}\n", units(dossier));
        for (topic, notes) in self.by_topic() {
            let _ = writeln!(text, "{:>6}  {}", notes.len(), topic.title());
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "        {remark}");
        }
        text
    }

    /// The whole report in Markdown, in French.
    #[must_use]
    pub fn markdown(&self, dossier: &Dossier) -> String {
        let mut text =
            format!("# Rapport d'import : {}\n\n{}\n", dossier.scenario.name, units(dossier));
        text += "Les premières rubriques demandent quelque chose ; les dernières disent ce qui n'est pas repris.\n\n";
        for remark in &self.remarks {
            let _ = writeln!(text, "- {remark}");
        }
        for (topic, notes) in self.by_topic() {
            let _ =
                write!(text, "\n## {} ({})\n\n{}\n\n", topic.title(), notes.len(), topic.advice());
            for note in notes {
                let _ = writeln!(text, "- {note}");
            }
        }
        text
    }
}

/// "209 lignes reprises : 102 collèges, 3 LP..."
fn units(dossier: &Dossier) -> String {
    let counts: Vec<String> = EstablishmentKind::ALL
        .into_iter()
        .map(|kind| (kind, dossier.establishments.iter().filter(|unit| unit.kind == kind).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, many)| many_of(kind, many))
        .collect();
    format!("{} lignes reprises : {}.", dossier.establishments.len(), counts.join(", "))
}

fn many_of(kind: EstablishmentKind, many: usize) -> String {
    let (one, several) = match kind {
        EstablishmentKind::College => ("collège", "collèges"),
        EstablishmentKind::Ecole => ("école de réseau REP+", "écoles de réseaux REP+"),
        EstablishmentKind::Circonscription => ("circonscription", "circonscriptions"),
        acronym => (acronym.code(), acronym.code()),
    };
    count(many as u64, one, several)
}
