//! What the checker says, and how it collects it.

use std::fmt::Display;

use serde::Serialize;

/// What exact sums of hundredths may lose in floating point.
const SLACK: f64 = 1e-6;

/// One thing that is wrong in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Rule broken (`H2`) or key of the wrong figure in `plan.json` (`postes.km_semaine`).
    #[serde(rename = "regle")]
    pub rule: &'static str,
    /// Post, UAI or other subject; empty for the plan as a whole.
    #[serde(rename = "sujet")]
    pub subject: String,
    /// What is wrong, in French, for the user.
    pub message: String,
    /// What the dossier and the rules give.
    #[serde(rename = "attendu")]
    pub expected: String,
    /// What the plan says.
    #[serde(rename = "trouve")]
    pub found: String,
}

/// Findings, and how many figures were recomputed to reach them.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong; empty when the plan is right.
    pub findings: Vec<Finding>,
    /// Figures of the plan that were recomputed and compared.
    pub figures: usize,
}

impl Report {
    /// A rule is broken.
    pub(super) fn broken(
        &mut self,
        rule: &'static str,
        subject: &str,
        message: impl Into<String>,
        (expected, found): (impl Display, impl Display),
    ) {
        self.findings.push(Finding {
            rule,
            subject: subject.to_owned(),
            message: message.into(),
            expected: expected.to_string(),
            found: found.to_string(),
        });
    }

    /// Compares a whole number or a text.
    pub(super) fn same<T: PartialEq + Display>(
        &mut self,
        key: &'static str,
        subject: &str,
        expected: T,
        found: T,
    ) {
        self.figures += 1;
        if expected != found {
            self.differs(key, subject, (expected, found));
        }
    }

    /// Compares two texts, either of which may be absent.
    pub(super) fn same_option(
        &mut self,
        key: &'static str,
        subject: &str,
        expected: Option<&str>,
        found: Option<&str>,
    ) {
        self.same(key, subject, expected.unwrap_or("(rien)"), found.unwrap_or("(rien)"));
    }

    /// Compares two decimals that are shown unrounded.
    pub(super) fn close(&mut self, key: &'static str, subject: &str, expected: f64, found: f64) {
        self.within(key, subject, (expected, found), 0.0);
    }

    /// Compares a decimal with the same rounded to tenths.
    pub(super) fn tenths(&mut self, key: &'static str, subject: &str, expected: f64, found: f64) {
        self.within(key, subject, (expected, found), 0.05);
    }

    /// Compares a share with the same rounded to four places.
    pub(super) fn share(&mut self, key: &'static str, subject: &str, expected: f64, found: f64) {
        self.within(key, subject, (expected, found), 0.00005);
    }

    fn within(
        &mut self,
        key: &'static str,
        subject: &str,
        (expected, found): (f64, f64),
        rounding: f64,
    ) {
        self.figures += 1;
        let near = (expected - found).abs() <= rounding + SLACK;
        if !near {
            self.differs(key, subject, (expected, found));
        }
    }

    fn differs(&mut self, key: &'static str, subject: &str, values: (impl Display, impl Display)) {
        let (expected, found) = values;
        let of = if subject.is_empty() { String::new() } else { format!(" pour {subject}") };
        let message =
            format!("« {key} »{of} vaut {found} dans le plan, mais le calcul donne {expected}");
        self.broken(key, subject, message, (expected, found));
    }
}
