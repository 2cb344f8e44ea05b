//! Dossiers of a few places, and `maillage trajets` on them.

use std::path::PathBuf;

use assert_cmd::Command;
use maillage::domain::Uai;
use serde_json::Value;

/// A temporary folder that holds a dossier.
pub struct Stand {
    folder: tempfile::TempDir,
}

impl Stand {
    /// Two colleges 11.1 km apart, a lycee beside the first, a post at the first and another
    /// nowhere yet.
    pub fn new() -> Self {
        Self::of(
            "0310001H;Collège A;COLLEGE;Toulouse;31555;43,600;1,440;400;AUCUNE;100\n\
             0310002J;Collège B;COLLEGE;Toulouse;31555;43,700;1,440;400;AUCUNE;100\n\
             0310003K;Lycée C;LEGT;Toulouse;31555;43,601;1,440;800;AUCUNE;100\n",
            "P1;1;0310001H;2D\nP2;1;;2D\n",
        )
    }

    /// These rows of establishments and posts.
    pub fn of(establishments: &str, posts: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("dossier")).expect("made");
        let stand = Self { folder };
        let headers =
            "uai;nom;type;commune;code_commune;latitude;longitude;effectif;categories;ips\n";
        stand.write("dossier/etablissements.csv", &format!("{headers}{establishments}"));
        stand.write("dossier/postes.csv", &format!("poste;quotite;residence;champ\n{posts}"));
        stand.write(
            "dossier/scenario.toml",
            "nom = \"Essai\"\nrentree = 2026\ndepartement = \"31\"\nprofil = \"circulaire-2017\"\n",
        );
        stand
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn dossier(&self) -> PathBuf {
        self.path("dossier")
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    /// `trajets.csv` of the dossier, if it has one.
    pub fn trips(&self) -> Option<String> {
        std::fs::read_to_string(self.dossier().join("trajets.csv")).ok()
    }

    /// `maillage trajets` on the dossier.
    pub fn trajets(&self) -> Command {
        let mut command = maillage("trajets");
        command.arg(self.dossier());
        command
    }

    /// The same with a matrix of that text.
    pub fn with_matrix(&self, text: &str) -> Command {
        let mut command = self.trajets();
        command.arg("--matrice").arg(self.write("matrice.csv", text));
        command
    }
}

/// A command of the program.
pub fn maillage(command: &str) -> Command {
    let mut program = Command::cargo_bin("maillage").expect("built");
    program.arg(command);
    program
}

/// The document on stdout of a command that ends with this code.
pub fn document(mut command: Command, code: i32) -> Value {
    let done = command.arg("--json").assert().code(code);
    serde_json::from_slice(&done.get_output().stdout).expect("one document")
}

/// The code of the establishment of that rank.
pub fn uai(rank: usize) -> String {
    Uai::from_number(310_001 + rank as u32).to_string()
}
