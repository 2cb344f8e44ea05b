//! One line on stderr that says how good the plan is so far.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::solve::listener::{Listener, Progress};
use crate::solve::statistics::Stage;

/// Time between two lines where a line cannot move (a log file).
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// A spinner on a terminal, a line now and then elsewhere, nothing when silent.
#[derive(Debug)]
pub struct ProgressLine {
    bar: ProgressBar,
    lines: Option<Mutex<Instant>>,
}

impl ProgressLine {
    /// Starts; `moving` where the line may be redrawn.
    #[must_use]
    pub fn start(moving: bool, silent: bool) -> Self {
        let target =
            if moving { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(120));
        let lines = (!moving && !silent).then(|| Mutex::new(Instant::now()));
        Self { bar, lines }
    }

    /// Clears the line.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Listener for ProgressLine {
    fn report(&self, progress: &Progress) {
        let sentence = sentence(progress);
        self.bar.set_message(sentence.clone());
        let Some(last) = &self.lines else { return };
        let mut last = last.lock().expect("no holder of this lock panics");
        if last.elapsed() >= BETWEEN_LINES {
            eprintln!("{sentence}");
            *last = Instant::now();
        }
    }
}

fn sentence(progress: &Progress) -> String {
    let stage = match progress.stage {
        Stage::Lagrangian => "première borne",
        Stage::Root => "génération de colonnes",
        Stage::Heuristics => "recherche de plans",
        Stage::Enumeration => "liste des secteurs utiles",
        Stage::Closing => "choix exact",
        Stage::Branching => "branchement",
        Stage::Compact => "modèle compact",
    };
    let gap = match progress.gap {
        Some(gap) => format!("écart {} %", format!("{:.3}", gap * 100.0).replace('.', ",")),
        None => "pas encore de plan".to_owned(),
    };
    format!("{stage} · {gap} · {} colonnes · {} nœuds", progress.columns, progress.nodes)
}
