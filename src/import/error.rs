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
