//! What it would cost the others to serve a unit otherwise: each modality, and the nearest posts.

use rayon::prelude::*;
use serde::Serialize;

use crate::domain::{Modality, TICK_MINUTES};
use crate::policy::scorecard::all_travel;
use crate::policy::{PostId, Problem, Server, Solution, UnitId};
use crate::solve::terminator::Terminator;
use crate::solve::what_if::{Care, Known, Loss, Ways, Wish};

use super::effects::{Effect, effects};
use super::{exclusions, names};

/// Posts looked at around an establishment.
const NEAREST: usize = 3;

/// What a choice costs, in half-days of need met at 1 point; a negative cost is a gain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Price {
    /// No plan with this choice loses less; nothing where no plan has it.
    pub au_moins: Option<f64>,
    /// What the best plan known with this choice loses.
    pub au_plus: Option<f64>,
    /// Both are equal: the price is proven.
    pub exact: bool,
    /// It is proven that no plan has this choice.
    pub impossible: bool,
    /// What the establishment itself gains in need met, weighted by its points.
    pub gain_propre: f64,
    /// Minutes of road a week more, over all posts.
    pub minutes_trajet: i64,
    /// Who else is served otherwise in that plan.
    pub effets: Vec<Effect>,
}

/// One way to be served that the plan did not choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModalityPrice {
    /// Modality.
    pub modalite: Modality,
    /// Half-days a week of permanence.
    pub demi_journees: f64,
    /// In words.
    pub libelle: String,
    /// The price of imposing it.
    pub prix: Price,
}

/// Another post.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostPrice {
    /// Post.
    pub poste: String,
    /// Where it is based, with its article.
    pub residence: String,
    /// One-way minutes.
    pub minutes_aller: f64,
    /// The rule that forbids it.
    pub refus: Option<String>,
    /// The price of imposing it, where no rule forbids it.
    pub prix: Option<Price>,
}

/// What all prices of one unit share.
pub struct Counter<'a> {
    /// The plan and its duals.
    pub known: &'a Known<'a>,
    /// The unit.
    pub unit: UnitId,
    /// Its ways.
    pub ways: Ways,
    /// How far to search.
    pub care: Care,
    /// When to stop.
    pub terminator: &'a dyn Terminator,
}

impl<'a> Counter<'a> {
    fn problem(&self) -> &'a Problem {
        self.known.problem()
    }

    /// The prices of wishes: each from what is known of all, those that are worth a search of their
    /// own then at once.
    fn prices(&self, wishes: &[Wish]) -> Vec<Price> {
        let (known, terminator) = (self.known, self.terminator);
        let quick = |wish: &Wish| known.loss(wish, &self.ways, Care::Quick, terminator);
        let mut losses: Vec<Loss> = wishes.iter().map(quick).collect();
        if let Care::Thorough(settings) = self.care {
            let deeper = losses.into_par_iter().zip(wishes);
            losses = deeper
                .map(|(loss, wish)| known.deepen(wish, loss, &settings, terminator))
                .collect();
        }
        losses.iter().map(|loss| self.told(loss)).collect()
    }

    fn told(&self, loss: &Loss) -> Price {
        let (problem, plan) = (self.problem(), self.known.solution());
        let half_days = |units: i64| units as f64 / 100.0;
        let own = |other: &Solution| {
            other.option(problem, self.unit).value - plan.option(problem, self.unit).value
        };
        let travel = |solution: &Solution| all_travel(problem, solution) * TICK_MINUTES;
        let road = |other: &Solution| travel(other) - travel(plan);
        let other = loss.plan.as_ref();
        Price {
            au_moins: loss.least.map(half_days),
            au_plus: loss.most.map(half_days),
            exact: loss.is_exact(),
            impossible: loss.least.is_none(),
            gain_propre: other.map_or(0.0, |other| half_days(own(other))),
            minutes_trajet: other.map_or(0, road),
            effets: other.map_or_else(Vec::new, |other| effects(problem, plan, other, self.unit)),
        }
    }

    /// Every option but the chosen one; for a quick answer, of the permanences only the next ones.
    #[must_use]
    pub fn modalities(&self) -> Vec<ModalityPrice> {
        let what = &self.problem().units[self.unit];
        let chosen = self.known.solution().services[self.unit].option;
        let options = (0..what.options.len()).filter(|index| *index != chosen);
        let wanted: Vec<usize> =
            options.filter(|index| self.care != Care::Quick || self.is_next(*index)).collect();
        let wish = |index: &usize| Wish { unit: self.unit, option: Some(*index), post: None };
        let prices = self.prices(&wanted.iter().map(wish).collect::<Vec<_>>());
        let told = wanted.into_iter().zip(prices);
        told.map(|(index, prix)| {
            let option = &what.options[index];
            ModalityPrice {
                modalite: option.modality,
                demi_journees: option.presence.half_days(),
                libelle: names::service(option.modality, option.presence),
                prix,
            }
        })
        .collect()
    }

    /// Whether an option is another modality's first, or the presence next to the chosen one.
    fn is_next(&self, index: usize) -> bool {
        let options = &self.problem().units[self.unit].options;
        let chosen = self.known.solution().services[self.unit].option;
        let same = options[index].modality == options[chosen].modality;
        if same {
            return index.abs_diff(chosen) == 1;
        }
        index == 0 || options[index - 1].modality != options[index].modality
    }

    /// The nearest posts of the unit's degree other than its own.
    #[must_use]
    pub fn posts(&self) -> Vec<PostPrice> {
        let (problem, plan) = (self.problem(), self.known.solution());
        let what = &problem.units[self.unit];
        let own = plan.services[self.unit].server;
        let mut near: Vec<(i64, PostId, UnitId)> = problem
            .posts
            .iter_enumerated()
            .filter(|(id, post)| {
                post.in_service
                    && post.field.serves(what.is_first_degree())
                    && Server::Post(*id) != own
            })
            .filter_map(|(id, _)| plan.seats[id].map(|seat| (id, seat)))
            .map(|(id, seat)| {
                let minutes = problem.one_way_minutes(seat, what.place);
                ((minutes * 10.0).round() as i64, id, seat)
            })
            .collect();
        near.sort_unstable();
        near.truncate(NEAREST);
        let refusals: Vec<Option<String>> = near
            .iter()
            .map(|(_, id, seat)| exclusions::post(problem, *id, *seat, self.unit))
            .collect();
        let allowed = near.iter().zip(&refusals).filter(|(_, refusal)| refusal.is_none());
        let wish = |post: PostId| Wish { unit: self.unit, option: None, post: Some(post) };
        let wishes: Vec<Wish> = allowed.map(|((_, id, _), _)| wish(*id)).collect();
        let mut prices = self.prices(&wishes).into_iter();
        let told = near.into_iter().zip(refusals);
        told.map(|((tenths, id, _), refus)| PostPrice {
            poste: problem.posts[id].id.clone(),
            residence: names::seat(problem, plan, id).unwrap_or_default(),
            minutes_aller: tenths as f64 / 10.0,
            prix: if refus.is_none() { prices.next() } else { None },
            refus,
        })
        .collect()
    }
}
