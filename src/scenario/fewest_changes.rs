//! The fewest establishments that must change hands (R8, R18): a negotiation under way asks for the
//! plan that moves nobody without need.
//!
//! A first search counts changes and nothing else; the plan is then the best of those that change
//! no more (H11). Two proofs follow one another: no plan changes fewer, none that changes as few is
//! worth more. The prices of the bareme never trade a change for value here, and the value of the
//! plan stays comparable with that of any other.

use crate::policy::bareme::Order;
use crate::policy::scorecard::score;
use crate::policy::{ObjectiveLevel, Problem};
use crate::solve::find::{Found, Request, find};
use crate::solve::listener::Listener;
use crate::solve::memory::Memory;
use crate::solve::outcome::Settings;
use crate::solve::terminator::Terminator;
use crate::wording::number::count;

/// What the first search found.
#[derive(Debug, Clone)]
pub struct Fewest {
    /// Establishments that change hands in the plan that changes fewest.
    pub changements: u32,
    /// No plan changes fewer.
    pub au_moins: u32,
    /// For the search of the best plan.
    pub memory: Memory,
}

impl Fewest {
    /// What readers of the plan must know. `origin` completes "par rapport".
    #[must_use]
    pub fn sentence(&self, origin: &str) -> String {
        let leavers = " (ceux d'un poste qui n'existe plus ne comptent pas)";
        let changes = match self.changements {
            0 => {
                format!("Aucun établissement ne change d'assistant·e par rapport {origin}{leavers}")
            }
            many => format!(
                "{} d'assistant·e par rapport {origin}{leavers}",
                count(many.into(), "établissement change", "établissements changent")
            ),
        };
        let proven = match (self.changements, self.au_moins) {
            (0, _) => " : le plan est le meilleur de ceux qui ne déplacent personne".to_owned(),
            (many, least) if least >= many => {
                ", le moins possible : aucun plan n'en change moins, c'est prouvé".to_owned()
            }
            (_, least) => format!(", le moins que l'on ait trouvé : il en faut au moins {least}"),
        };
        format!("{changes}{proven}.")
    }
}

/// The fewest changes against today's sectors; nothing where no plan was found, or none exists.
#[must_use]
pub fn fewest_changes(
    problem: &Problem,
    listener: &dyn Listener,
    terminator: &dyn Terminator,
) -> Option<Fewest> {
    let mut counting = problem.clone();
    counting.bareme.ordre = Order::Lexicographique;
    counting.bareme.niveaux = vec![ObjectiveLevel::Stabilite];
    counting.bareme.stabilite.cout = 1;
    // The level holds preferences too.
    counting.bareme.hors_bassin.cout = 0;
    counting.dossier.affinities.clear();
    let request =
        Request { settings: Settings { gap: 0.0, ..Settings::default() }, ..Request::default() };
    let Found { plan, memory, .. } = find(&counting, &request, listener, terminator);
    let (solution, proof) = plan?;
    let whole = |changes: i64| u32::try_from(changes).unwrap_or(0);
    let changes = -score(&counting, &solution).stability;
    let least = -proof.level_bounds.first().copied().flatten().unwrap_or(0);
    Some(Fewest { changements: whole(changes), au_moins: whole(least), memory })
}
