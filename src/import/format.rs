//! The files of a dossier and their columns: the one table that the reader, the writer and
//! `docs/formats.md` share.

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Whole number.
    Integer,
    /// Number with decimals.
    Number,
    /// `oui` or `non`.
    YesNo,
    /// Day.
    Date,
    /// One or several words of a closed list.
    Word,
}

impl Kind {
    /// The French name, for documents.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "texte",
            Self::Integer => "entier",
            Self::Number => "nombre",
            Self::YesNo => "oui/non",
            Self::Date => "date",
            Self::Word => "mot",
        }
    }
}

/// A column of a file.
#[derive(Debug, Clone, Copy)]
pub struct ColumnFormat {
    /// Header that the writer uses.
    pub name: &'static str,
    /// Other headers that the reader takes.
    pub aliases: &'static [&'static str],
    /// What the cells hold.
    pub kind: Kind,
    /// Unit in French; empty when there is none.
    pub unit: &'static str,
    /// Whether the column must be there and every cell filled.
    pub mandatory: bool,
    /// What an empty cell or an absent column means, in French.
    pub default: &'static str,
    /// A cell.
    pub example: &'static str,
    /// Meaning, in French.
    pub about: &'static str,
}

impl ColumnFormat {
    const fn new(
        name: &'static str,
        kind: Kind,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self { name, aliases: &[], kind, unit: "", mandatory: false, default: "", example, about }
    }

    const fn mandatory(self) -> Self {
        Self { mandatory: true, ..self }
    }

    const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }
}

/// A file of the dossier.
#[derive(Debug, Clone, Copy)]
pub struct FileFormat {
    /// Name without its extension.
    pub name: &'static str,
    /// Whether a dossier must have it.
    pub mandatory: bool,
    /// What a row is, in French.
    pub about: &'static str,
    /// Columns, in the order of writing.
    pub columns: &'static [ColumnFormat],
}

use Kind::{Date, Integer, Number, Text, Word, YesNo};

const fn column(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    about: &'static str,
) -> ColumnFormat {
    ColumnFormat::new(name, kind, example, about)
}

/// `etablissements.csv`.
pub const ESTABLISHMENTS: FileFormat = FileFormat {
    name: "etablissements",
    mandatory: true,
    about: "une ligne par unité à servir : établissement, circonscription ou école d'un réseau REP+",
    columns: &[
        column("uai", Text, "0311236A", "numéro UAI : sept chiffres et une lettre de contrôle ; texte libre pour une circonscription")
            .mandatory().aliases(&["numero_uai", "code_uai", "rne"]),
        column("nom", Text, "Collège Jean Moulin", "nom usuel").mandatory()
            .aliases(&["nom_etablissement", "etablissement"]),
        column("type", Word, "COLLEGE", "COLLEGE, LP, LPO, LEGT, EREA, ECOLE ou CIRCONSCRIPTION").mandatory()
            .aliases(&["type_etablissement"]),
        column("commune", Text, "Toulouse", "nom de la commune").default("inconnue"),
        column("code_commune", Text, "31555", "code INSEE de la commune, cinq caractères").default("inconnu")
            .aliases(&["commune_insee", "code_insee"]),
        column("latitude", Number, "43,6047", "latitude WGS 84").unit("degrés").mandatory().aliases(&["lat"]),
        column("longitude", Number, "1,4442", "longitude WGS 84").unit("degrés").mandatory()
            .aliases(&["lon", "lng"]),
        column("effectif", Integer, "540", "élèves, hors post-bac").unit("élèves")
            .default("inconnu : compté 0, avec un avertissement").aliases(&["effectifs"]),
        column("effectif_post_bac", Integer, "0", "élèves après le baccalauréat").unit("élèves").default("0"),
        column("categories", Word, "REP|ULIS|UPE2A?", "REP+, REP, EGPA (ou SEGPA), ULIS, UPE2A, RELAIS, INTERNAT, LP, RURAL, séparés par « | » ; un point d'interrogation marque ce qui n'est pas su ; AUCUNE quand il n'y en a pas")
            .default("toutes inconnues"),
        column("ips", Number, "98,4", "indice de position sociale").default("inconnu"),
        column("annee_effectif", Integer, "2022", "année de rentrée de l'effectif publié").unit("année")
            .default("inconnue"),
        column("bassin", Text, "Toulouse Nord", "bassin de formation").default("inconnu"),
        column("reseau", Text, "0311236A", "UAI du collège tête du réseau REP+ (écoles)").default("aucun"),
        column("groupe", Text, "cité Bellevue", "les unités de même groupe (cité scolaire) sont servies ensemble")
            .default("aucun"),
        column("dote", YesNo, "non", "sur la liste du recteur des établissements prioritairement dotés").default("non"),
        column("assistants_max", Integer, "1", "au-delà de 1, l'unité est servie en autant de parts").unit("AS")
            .default("1"),
        column("classe_rurale", Word, "2", "classe rurale de la commune, de 1 (tr1) à 6 (tr6)").default("inconnue")
            .aliases(&["zonage_rural"]),
    ],
};

/// `postes.csv`.
pub const POSTS: FileFormat = FileFormat {
    name: "postes",
    mandatory: true,
    about: "une ligne par poste d'AS, ou de CTSS qui tient un secteur",
    columns: &[
        column("poste", Text, "AS-01", "identifiant du poste, sans nom de personne")
            .mandatory()
            .aliases(&["id", "id_poste"]),
        column(
            "agent",
            Text,
            "Camille Exemple",
            "nom de l'agent : donnée personnelle, facultative",
        )
        .default("aucun"),
        column("quotite", Number, "0,8", "part d'un temps plein, de 0 à 1, au centième")
            .unit("ETP")
            .mandatory()
            .aliases(&["etp"]),
        column("residence", Text, "0311236A", "UAI de la résidence administrative")
            .default("le calcul place le poste")
            .aliases(&["residence_administrative"]),
        column("bassin", Text, "Toulouse Nord", "le poste ne sert que ce bassin").default("tous"),
        column("champ", Word, "2D", "1D (premier degré), 2D (second degré) ou 1D+2D")
            .default("1D+2D"),
        column(
            "decharge_demi_journees",
            Number,
            "0",
            "temps pris par d'autres missions (MDPH, tutorat, décharge syndicale)",
        )
        .unit("demi-journées par semaine")
        .default("0")
        .aliases(&["decharge"]),
        column(
            "jours_travailles",
            Text,
            "lu ma me matin",
            "jours travaillés, pour l'emploi du temps : chaque jour par son nom ou ses deux premières lettres, suivi au besoin de matin ou d'après-midi",
        )
        .default("tous"),
        column("vacant", YesNo, "non", "personne n'occupe le poste aujourd'hui").default("non"),
        column("du", Date, "2026-09-01", "premier jour de service").default("déjà en service"),
        column("au", Date, "2027-08-31", "dernier jour de service").default("sans fin"),
        column("trajet_max_minutes", Integer, "60", "plus long trajet, aller simple")
            .unit("minutes")
            .default("celui du barème"),
        column("etablissements_max", Integer, "5", "plus grand nombre d'établissements")
            .unit("établissements")
            .default("celui du barème"),
        column(
            "commune_familiale",
            Text,
            "31555",
            "code INSEE de la commune où vit l'agent : donnée personnelle, facultative ; les trajets vers elle ne sont pas indemnisés",
        )
        .default("inconnue : supposée hors du secteur"),
        column("puissance_fiscale", Integer, "5", "puissance fiscale de la voiture de l'agent")
            .unit("CV")
            .default("celle du barème"),
    ],
};

/// `conseillers.csv`.
pub const ADVISERS: FileFormat = FileFormat {
    name: "conseillers",
    mandatory: false,
    about: "une ligne par CTSS de bassin et par bassin coordonné",
    columns: &[
        column("conseiller", Text, "CTSS-1", "identifiant ou nom")
            .mandatory()
            .aliases(&["id", "ctss"]),
        column("bassin", Text, "Toulouse Nord", "bassin coordonné").mandatory(),
        column("references_max", Integer, "6", "plus grand nombre d'établissements en référence")
            .unit("établissements")
            .mandatory(),
    ],
};

/// `trajets.csv`.
pub const TRIPS: FileFormat = FileFormat {
    name: "trajets",
    mandatory: false,
    about: "une ligne par trajet connu, dans un sens ; les paires absentes sont estimées et comptées dans le rapport",
    columns: &[
        column("origine", Text, "0311236A", "UAI ou poste de départ").mandatory(),
        column("destination", Text, "0310002J", "UAI ou poste d'arrivée").mandatory(),
        column("minutes", Number, "22", "durée en voiture").unit("minutes").mandatory(),
        column("km", Number, "18,5", "distance par la route").unit("kilomètres").mandatory(),
        column(
            "source",
            Word,
            "CALCULE",
            "CALCULE (sur une carte ou par un moteur d'itinéraires) ou FOURNI",
        )
        .default("FOURNI"),
    ],
};

/// `secteurs_actuels.csv`.
pub const CURRENT: FileFormat = FileFormat {
    name: "secteurs_actuels",
    mandatory: false,
    about: "une ligne par établissement servi aujourd'hui, pour la stabilité et la comparaison",
    columns: &[
        column("uai", Text, "0311236A", "établissement").mandatory(),
        column("poste", Text, "AS-01", "poste qui le sert").default("aucun"),
        column(
            "modalite",
            Word,
            "PERMANENCE",
            "PERMANENCE, POLE, REFERENCE, CONSEIL ou PREMIER_DEGRE",
        )
        .default("non dite"),
        column("demi_journees", Number, "1,5", "présence, par quart de demi-journée")
            .unit("demi-journées par semaine")
            .default("non dite"),
    ],
};

/// `previsions.csv`.
pub const FORECASTS: FileFormat = FileFormat {
    name: "previsions",
    mandatory: false,
    about: "une ligne par effectif prévu, qui remplace l'effectif publié",
    columns: &[
        column("uai", Text, "0311236A", "établissement").mandatory(),
        column("effectif", Integer, "560", "élèves prévus, hors post-bac")
            .unit("élèves")
            .mandatory(),
        column("annee", Integer, "2026", "année de rentrée de la prévision")
            .unit("année")
            .mandatory(),
    ],
};

/// `poles.csv`.
pub const POLES: FileFormat = FileFormat {
    name: "poles",
    mandatory: false,
    about: "une ligne par poste d'un pôle tenu par une équipe ; sans ce fichier, un pôle est tenu par un seul poste",
    columns: &[
        column("pole", Text, "Pôle lycées nord", "nom du pôle").mandatory(),
        column("poste", Text, "AS-01", "poste de l'équipe").mandatory(),
    ],
};

/// `decisions.csv`.
pub const DECISIONS: FileFormat = FileFormat {
    name: "decisions",
    mandatory: false,
    about: "une ligne par décision déjà prise",
    columns: &[
        column("uai", Text, "0311236A", "établissement, ou RESEAU-<UAI de la tête> pour les écoles d'un réseau").mandatory(),
        column("decision", Word, "EXIGER", "EXIGER (tout ce qui est nommé), INTERDIRE (la combinaison nommée) ou MINIMUM (au moins cette modalité, cette présence)")
            .mandatory(),
        column("poste", Text, "AS-01", "poste nommé").default("n'importe lequel"),
        column("modalite", Word, "PERMANENCE", "modalité nommée").default("n'importe laquelle"),
        column("demi_journees", Number, "2", "présence nommée, par quart de demi-journée").unit("demi-journées par semaine")
            .default("n'importe laquelle"),
        column("motif", Text, "décision du CSA SD de juin", "raison, reprise dans les documents ; ni santé ni conflit nommé")
            .default("aucun"),
    ],
};

/// `affinites.csv`.
pub const AFFINITIES: FileFormat = FileFormat {
    name: "affinites",
    mandatory: false,
    about: "une ligne par récompense, ou par coût s'il est négatif, d'un poste dans un établissement",
    columns: &[
        column("poste", Text, "AS-01", "poste").mandatory(),
        column("uai", Text, "0311236A", "établissement").mandatory(),
        column("points", Number, "0,5", "1 vaut une demi-journée de besoin couverte à 1 point")
            .unit("points")
            .mandatory(),
    ],
};

/// The tables of a dossier, in the order of the documents.
pub const FILES: [FileFormat; 9] =
    [ESTABLISHMENTS, POSTS, ADVISERS, TRIPS, CURRENT, FORECASTS, POLES, DECISIONS, AFFINITIES];

/// The settings of a dossier.
pub const SCENARIO_FILE: &str = "scenario.toml";
/// What a variant changes in its parent; told, and not read with the dossier.
pub const VARIANT_FILE: &str = "variante.toml";
