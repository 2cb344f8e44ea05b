//! What is wrong in a file, said so that the person who keeps the file can mend it.

use std::fmt;

use serde::{Serialize, Serializer};

/// Whether a diagnostic stops the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The dossier cannot be used.
    #[serde(rename = "erreur")]
    Error,
    /// The dossier can be used; something deserves a look.
    #[serde(rename = "avertissement")]
    Warning,
}

/// Declares the codes: an `E` code is an error, an `A` code a warning (avertissement).
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// Every kind of diagnostic; `errors.md` explains each to users, with an example.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as shown, such as `E1203`.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be opened.
    Unreadable = "E1001",
    /// A mandatory file is absent.
    MissingFile = "E1002",
    /// The same file exists in two formats.
    AmbiguousFile = "E1003",
    /// A file holds nothing.
    EmptyFile = "E1004",
    /// A file is larger than what is read, as it is or once unpacked.
    TooLarge = "E1005",
    /// The bytes are no text.
    Encoding = "E1006",
    /// The archive or the workbook is damaged, or of a format that is not read.
    Damaged = "E1007",
    /// A quotation mark is never closed.
    OpenQuote = "E1008",
    /// A TOML file breaks the syntax.
    TomlSyntax = "E1009",
    /// A file of the folder is none of a dossier's.
    StrayFile = "A1010",
    /// An outline that cannot be read.
    Outline = "A1011",
    /// A mandatory column is absent.
    MissingColumn = "E1101",
    /// A column that no reader knows.
    UnknownColumn = "A1102",
    /// Two columns with the same meaning.
    DoubledColumn = "E1103",
    /// A row of another width than the headers.
    RaggedRow = "E1104",
    /// The error value of a spreadsheet formula.
    FormulaFault = "E1105",
    /// No establishment.
    NoEstablishment = "E1106",
    /// No post.
    NoPost = "A1107",
    /// A mandatory cell is empty.
    EmptyCell = "E1201",
    /// Not a number.
    NotANumber = "E1202",
    /// A number out of its range.
    OutOfRange = "E1203",
    /// A quotite in percent.
    QuotiteInPercent = "E1204",
    /// Not a whole number.
    NotWhole = "E1205",
    /// Neither oui nor non.
    NotYesNo = "E1206",
    /// A word that is not on the list.
    UnknownWord = "E1207",
    /// Not a date.
    NotADate = "E1208",
    /// A presence that is no multiple of a quarter.
    NotAQuarter = "E1209",
    /// A value rounded to the hundredth.
    Rounded = "A1210",
    /// Working days that name no half-day.
    WorkingDays = "A1211",
    /// Not seven digits and a letter.
    UaiShape = "E1301",
    /// A UAI with a wrong check letter.
    UaiLetter = "E1302",
    /// A UAI of another departement.
    ForeignUai = "A1303",
    /// Categories that contradict each other.
    Categories = "E1304",
    /// Not the INSEE code of a commune.
    CommuneCode = "A1305",
    /// Latitude and longitude exchanged.
    SwappedCoordinates = "E1306",
    /// Coordinates outside France.
    OutsideFrance = "E1307",
    /// Far from the other establishments.
    FarAway = "A1308",
    /// No source gives the effectif.
    NoPupils = "A1309",
    /// No IPS.
    NoIps = "A1310",
    /// A groupe of one.
    LonelyGroup = "A1311",
    /// A network whose head is not in the dossier.
    UnknownNetwork = "A1312",
    /// An ecole without network.
    EcoleWithoutNetwork = "A1313",
    /// A residence that is not in the dossier.
    UnknownResidence = "E1401",
    /// A last day before the first.
    DatesReversed = "E1402",
    /// A post whose decharge takes all its time.
    NoSectorTime = "A1403",
    /// A bassin without any establishment.
    UnknownBassin = "E1404",
    /// Two posts with one residence.
    SharedResidence = "A1405",
    /// A post that may not serve its own residence.
    ResidenceOutOfReach = "A1406",
    /// A post out of service all year.
    OutOfYear = "A1407",
    /// A bassin that no post may serve.
    NobodyInBassin = "A1408",
    /// A bassin without adviser.
    BassinWithoutAdviser = "A1409",
    /// A pole team of one, or a post in two teams.
    PoleTeam = "A1410",
    /// A UAI that is not in the dossier.
    UnknownUnit = "E1501",
    /// A post that is not in the dossier.
    UnknownPost = "E1502",
    /// An ecole where only a network or a circonscription is served.
    EcoleAsUnit = "E1503",
    /// A trip from or to an unknown place.
    UnknownTripEnd = "A1504",
    /// Two rows for one thing.
    Duplicate = "E1505",
    /// Decisions that cannot hold together.
    ContradictoryDecisions = "E1506",
    /// A decision that no plan can follow.
    ImpossibleDecision = "E1507",
    /// A cell that its row makes useless.
    IdleCell = "A1508",
    /// A reason that speaks of health or of a conflict.
    PersonalData = "A1509",
    /// A time or a length that no trip by car can have.
    ImplausibleTrip = "E1510",
    /// A key of the scenario is absent.
    ScenarioKey = "E1601",
    /// A key of the scenario has no possible value.
    ScenarioValue = "E1602",
    /// The bareme asked for is not usable.
    Bareme = "E1603",
    /// An open-data file lacks a column that it cannot do without.
    OpenDataColumn = "E1701",
    /// The departement asked for is not in the open data.
    UnknownDepartement = "E1702",
    /// No establishment of the departement has coordinates.
    NoCoordinates = "E1703",
    /// Headers that do not say what a matrix holds.
    MatrixHeaders = "E1801",
    /// A time or a length whose header does not say its unit.
    MatrixUnit = "E1802",
    /// A matrix without a usable trip.
    MatrixEmpty = "E1803",
    /// A post that stands nowhere, as the end of a trip.
    PostNowhere = "E1804",
}

impl Code {
    /// Errors start with `E`, warnings with `A`.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.text().starts_with('E') { Severity::Error } else { Severity::Warning }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// One thing to mend or to look at, with its place. Sentences are French.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Kind.
    pub code: Code,
    /// Whether the dossier is refused.
    #[serde(rename = "gravite")]
    pub severity: Severity,
    /// Name of the file.
    #[serde(rename = "fichier")]
    pub file: String,
    /// Line, from 1, the header included.
    #[serde(rename = "ligne")]
    pub line: Option<usize>,
    /// Header of the column, as written in the file.
    #[serde(rename = "colonne")]
    pub column: Option<String>,
    /// Reference of the cell in a workbook, such as `C12`.
    #[serde(rename = "cellule")]
    pub cell: Option<String>,
    /// The text at fault.
    #[serde(rename = "valeur")]
    pub value: Option<String>,
    /// What is wrong.
    pub cause: String,
    /// What to do.
    pub action: String,
}

impl Diagnostic {
    /// A diagnostic about a whole file.
    pub fn new(
        code: Code,
        file: impl Into<String>,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: file.into(),
            line: None,
            column: None,
            cell: None,
            value: None,
            cause: cause.into(),
            action: action.into(),
        }
    }

    /// The same at a line.
    #[must_use]
    pub fn at_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The same with the text at fault.
    #[must_use]
    pub fn with_value(self, value: impl Into<String>) -> Self {
        Self { value: Some(value.into()), ..self }
    }

    /// Whether it stops the reading.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    /// One line: code, place, cause and action.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ", ligne {line}")?;
        }
        if let Some(column) = &self.column {
            write!(formatter, ", colonne « {column} »")?;
        }
        if let Some(cell) = &self.cell {
            write!(formatter, " ({cell})")?;
        }
        write!(formatter, " : {} {}", self.cause, self.action)
    }
}
