//! `scenario.toml`: the name, the year, the departement, the profil, and bareme values.

use toml::{Table, Value};

use crate::domain::Scenario;
use crate::policy::profile;

use super::decode::decode;
use super::departement::departement_code;
use super::error::{Code, Diagnostic};
use super::format::SCENARIO_FILE;

/// The profil when none is named.
const DEFAULT_PROFILE: &str = "circulaire-2017";

/// Reads the file and checks the bareme that it asks for. `None` when it is no TOML text.
pub fn read(bytes: &[u8], report: &mut Vec<Diagnostic>) -> Option<Scenario> {
    let mut table = match decode(SCENARIO_FILE, bytes).and_then(|(text, _)| parse(&text)) {
        Ok(table) => table,
        Err(diagnostic) => {
            report.push(diagnostic);
            return None;
        }
    };
    let scenario = Scenario {
        name: text(&mut table, "nom", "\"Rentrée 2026\"", report).unwrap_or_default(),
        year: year(&mut table, report),
        departement: departement(&mut table, report),
        profile: match table.contains_key("profil") {
            true => text(&mut table, "profil", "\"circulaire-2017\"", report).unwrap_or_default(),
            false => DEFAULT_PROFILE.to_owned(),
        },
        overrides: table,
    };
    check_bareme(&scenario, report);
    Some(scenario)
}

fn parse(text: &str) -> Result<Table, Diagnostic> {
    text.parse::<Table>().map_err(|error| {
        let cause = format!("La syntaxe TOML n'est pas respectée ({}).", error.message());
        let action = "Écrivez une ligne par valeur, comme : nom = \"Rentrée 2026\", les textes entre guillemets.";
        let diagnostic = Diagnostic::new(Code::TomlSyntax, SCENARIO_FILE, cause, action);
        match error.span() {
            Some(span) => {
                let head = &text.as_bytes()[..span.start.min(text.len())];
                diagnostic.at_line(1 + head.iter().filter(|byte| **byte == b'\n').count())
            }
            None => diagnostic,
        }
    })
}

fn fault(key: &str, code: Code, cause: String, action: String) -> Diagnostic {
    Diagnostic {
        column: Some(key.to_owned()),
        ..Diagnostic::new(code, SCENARIO_FILE, cause, action)
    }
}

/// Years that may be a rentree.
pub const YEARS: std::ops::RangeInclusive<u16> = 2000..=2100;

/// The value of a mandatory key as text; a bare number is taken as its digits.
fn text(
    table: &mut Table,
    key: &str,
    example: &str,
    report: &mut Vec<Diagnostic>,
) -> Option<String> {
    let action = || format!("Écrivez par exemple : {key} = {example}.");
    match table.remove(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Some(Value::Integer(number)) => Some(number.to_string()),
        Some(_) => {
            let cause = format!("« {key} » n'est pas un texte.");
            report.push(fault(key, Code::ScenarioValue, cause, action()));
            None
        }
        None => {
            let cause = format!("« {key} » manque.");
            report.push(fault(key, Code::ScenarioKey, cause, action()));
            None
        }
    }
}

fn year(table: &mut Table, report: &mut Vec<Diagnostic>) -> u16 {
    let Some(text) = text(table, "rentree", "2026", report) else { return 0 };
    let year = text.parse().ok().filter(|year| YEARS.contains(year));
    if year.is_none() {
        let cause = format!("« {text} » n'est pas l'année d'une rentrée.");
        let action = "Écrivez l'année de septembre, comme : rentree = 2026.".to_owned();
        report.push(fault("rentree", Code::ScenarioValue, cause, action));
    }
    year.unwrap_or(0)
}

/// Empty when not said.
fn departement(table: &mut Table, report: &mut Vec<Diagnostic>) -> String {
    let blank = Value::String(String::new());
    if table.get("departement").is_none_or(|value| *value == blank) {
        table.remove("departement");
        return String::new();
    }
    let Some(text) = text(table, "departement", "\"31\"", report) else { return String::new() };
    departement_code(&text).unwrap_or_else(|| {
        let cause = format!("« {text} » n'est pas un code de département.");
        let action = "Écrivez par exemple : departement = \"31\", \"2A\" ou \"971\".".to_owned();
        report.push(fault("departement", Code::ScenarioValue, cause, action));
        String::new()
    })
}

fn check_bareme(scenario: &Scenario, report: &mut Vec<Diagnostic>) {
    if scenario.profile.is_empty() {
        return;
    }
    if let Err(error) = profile::load(&scenario.profile, &scenario.overrides) {
        let action = "Corrigez ou supprimez cette ligne ; « maillage bareme PROFIL » montre toutes les valeurs et leurs noms.";
        let cause = format!("Le barème demandé ne peut pas être utilisé : {error}.");
        report.push(Diagnostic::new(Code::Bareme, SCENARIO_FILE, cause, action));
    }
}
