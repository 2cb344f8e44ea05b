//! Ways out worth trying, in the order of what they cost.

use std::collections::BTreeSet;

use toml::Value;

use crate::domain::{
    DecisionKind, Dossier, EstablishmentKind, HALF_DAY_MINUTES, Modality, Post, TICK_MINUTES,
};
use crate::model::{Conflict, Demand, demands, lacking_time};
use crate::policy::modality_options::{guarded_by, is_mandated};
use crate::policy::{PostId, Problem, UnitId};
use crate::scenario::edit::{self, Edit};

use super::settings::{list, minimum_load, reserve, set, setting};
use super::words;

/// A limit that the service sets itself, moved.
pub const LIMIT: u8 = 0;
/// A decision lifted.
const DECISION: u8 = 1;
/// A rule of the bareme or of a post lifted.
const RULE: u8 = 2;
/// More working time.
pub const MEANS: u8 = 3;
/// An establishment left to occasional advice.
const LEFT_OUT: u8 = 4;

/// Hundredths of a full-time post in one step of means.
const MEANS_STEP: u32 = 5;
/// Steps of means tried: ten full-time posts.
const MEANS_STEPS: u32 = 200;
/// Longest one-way trip tried, minutes.
const LONGEST_TRIP: u32 = 240;
/// Places of reference, establishments or half-reserves tried beyond a limit.
pub const BEYOND: u32 = 30;
/// Posts, or decisions, of which each is tried.
const EACH: usize = 12;
/// Ways out of which the fewest that work together are sought.
const MOST_TOGETHER: usize = 60;

/// A way out, by its step.
pub struct Candidate<'a> {
    /// What it costs, before its steps are counted.
    pub class: u8,
    /// Steps that may be tried; 1 where it is whole or nothing.
    pub steps: u32,
    /// The step that should be enough.
    pub guess: Option<u32>,
    /// The decision that it lifts, by its index.
    pub decision: Option<usize>,
    /// The edits of a step.
    pub edits: Box<dyn Fn(u32) -> Vec<Edit> + Send + Sync + 'a>,
    /// What to do, without a full stop.
    pub text: Box<dyn Fn(u32) -> String + Send + Sync + 'a>,
    /// The amount of a step, in words; nothing for a whole.
    pub amount: Option<Box<dyn Fn(u32) -> String + Send + Sync + 'a>>,
}

impl<'a> Candidate<'a> {
    fn whole(class: u8, edits: Vec<Edit>, text: String) -> Self {
        Self {
            class,
            steps: 1,
            guess: None,
            decision: None,
            edits: Box::new(move |_| edits.clone()),
            text: Box::new(move |_| text.clone()),
            amount: None,
        }
    }

    fn of_decision(dossier: &Dossier, index: usize) -> Self {
        let text = words::lift(dossier, index);
        let edits = lifting(dossier, &[index]);
        Self { decision: Some(index), ..Self::whole(DECISION, edits, text) }
    }
}

/// The edits of several ways out at their steps.
pub fn together(dossier: &Dossier, ways: &[(&Candidate<'_>, u32)]) -> Vec<Edit> {
    let decisions: Vec<usize> = ways.iter().filter_map(|(way, _)| way.decision).collect();
    let others = ways.iter().filter(|(way, _)| way.decision.is_none());
    let others = others.flat_map(|(way, step)| (way.edits)(*step));
    lifting(dossier, &decisions).into_iter().chain(others).collect()
}

/// The edits that lift these decisions, the last first, as each changes the ranks after it.
fn lifting(dossier: &Dossier, decisions: &[usize]) -> Vec<Edit> {
    let mut last_first = decisions.to_vec();
    last_first.sort_unstable_by(|a, b| b.cmp(a));
    last_first
        .into_iter()
        .map(|index| {
            let uai = dossier.decisions[index].uai.clone();
            let before = dossier.decisions[..index].iter().filter(|other| other.uai == uai);
            Edit::LeverDecision { rang: before.count() + 1, uai }
        })
        .collect()
}

/// What may make a plan possible.
#[must_use]
pub fn candidates<'a>(problem: &'a Problem, conflict: Option<&Conflict>) -> Vec<Candidate<'a>> {
    let all = Sources { problem };
    let mut found = Vec::new();
    let demands: Vec<Demand> = conflict.map_or_else(
        || (0..problem.dossier.decisions.len()).take(EACH).map(Demand::Decision).collect(),
        |conflict| conflict.demands.clone(),
    );
    let units: BTreeSet<UnitId> = demands
        .iter()
        .filter_map(|demand| match demand {
            Demand::Service(item) => Some(problem.items[*item].iter().copied()),
            _ => None,
        })
        .flatten()
        .collect();
    let is_large = conflict.is_none_or(|conflict| !conflict.is_minimal);
    if is_large {
        found.extend(all.decisions_alike());
        found.extend(all.means(&demands));
    }
    for demand in &demands {
        let ways = conflict.map_or(&[][..], |conflict| &conflict.relaxations);
        let needed = ways.iter().find(|way| way.demand == *demand).and_then(|way| way.needed);
        found.extend(all.of_demand(*demand, needed));
    }
    found.extend(all.of_units(&units));
    if !is_large {
        found.extend(all.means(&demands));
    }
    found.extend(conflict.and_then(|conflict| all.left_out(conflict)));
    drop_repeated(&mut found);
    if is_large {
        // Little tells what is at stake: what eases the most is tried first.
        found.sort_by_key(|candidate| (candidate.decision.is_some(), candidate.class == RULE));
    }
    found
}

/// Demands of many posts may be eased by one value of the bareme.
fn drop_repeated(candidates: &mut Vec<Candidate<'_>>) {
    let mut known: Vec<Vec<Edit>> = Vec::new();
    candidates.retain(|candidate| {
        let edits = (candidate.edits)(candidate.steps);
        let is_new = candidate.decision.is_some() || !known.contains(&edits);
        known.push(edits);
        is_new
    });
}

/// Everything that may be eased in a dossier, where no one way out is enough; the dearest first.
/// Empty where that is too much to try.
#[must_use]
pub fn everything<'a>(problem: &'a Problem) -> Vec<Candidate<'a>> {
    let all = Sources { problem };
    let demands = demands(problem);
    let mut found: Vec<Candidate<'_>> =
        demands.iter().filter_map(|demand| all.of_demand(*demand, None)).collect();
    found.extend(all.of_units(&problem.units.keys().collect()));
    found.extend(all.means(&demands));
    drop_repeated(&mut found);
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.class));
    if found.len() > MOST_TOGETHER { Vec::new() } else { found }
}

struct Sources<'a> {
    problem: &'a Problem,
}

impl<'a> Sources<'a> {
    fn row(&self, post: PostId) -> &'a Post {
        &self.problem.dossier.posts[usize::from(post)]
    }

    fn of_demand(&self, demand: Demand, needed: Option<i64>) -> Option<Candidate<'a>> {
        let problem = self.problem;
        let limits = &problem.bareme.limites;
        match demand {
            Demand::Decision(index) => Some(Candidate::of_decision(&problem.dossier, index)),
            Demand::References(index) => self.references(index, needed),
            Demand::LongestTrip(post) => Some(self.longest_trip(post)),
            Demand::Establishments(post) => Some(self.establishments(post, needed)),
            Demand::RepPlus(_) => Some(setting(
                "limites.rep_plus_etablissements_max",
                limits.rep_plus_etablissements_max.into(),
                None,
                words::REP_PLUS,
            )),
            Demand::Changes => {
                let most = i64::from(limits.changements_max?);
                let guess = needed.map(|needed| needed - most);
                Some(Candidate {
                    steps: problem.units.len() as u32,
                    ..setting("limites.changements_max", most, guess, words::CHANGES)
                })
            }
            Demand::Kilometres => {
                let most = limits.km_max_semaine?.floor() as i64;
                let guess = needed.map(|metres| (metres as f64 / 4_000.0).ceil() as i64 - most);
                Some(Candidate {
                    steps: 20_000,
                    ..setting("limites.km_max_semaine", most, guess, words::KILOMETRES)
                })
            }
            Demand::TeamTime(_) => Some(reserve(problem.bareme.pole.reserve_max_minutes)),
            Demand::MinimumLoad(_) => Some(minimum_load(limits.charge_min)),
            Demand::Bassin(post) => Some(Candidate::whole(
                RULE,
                self.alike(post).map(|poste| Edit::Bassin { poste, bassin: None }).collect(),
                words::any_bassin(self.row(post)),
            )),
            Demand::Residence(seat) => {
                let posts = problem.residents.get(&seat)?;
                let moved = posts.iter().map(|post| self.row(*post).id.clone());
                let edits = moved.map(|poste| Edit::Residence { poste, uai: None }).collect();
                Some(Candidate::whole(RULE, edits, words::free_residence(problem, seat)))
            }
            Demand::Together(item) => {
                let members = problem.items[item].iter().map(|unit| &problem.units[*unit]);
                let rows = members.map(|unit| &problem.dossier.establishments[unit.rows[0]]);
                let grouped = rows.filter(|row| row.group.is_some());
                let edits: Vec<Edit> =
                    grouped.map(|row| Edit::Separer { uai: row.uai.clone() }).collect();
                let edits = if edits.is_empty() {
                    vec![set("reseau_avec_college", Value::Boolean(false))]
                } else {
                    edits
                };
                Some(Candidate::whole(RULE, edits, words::apart(problem, item)))
            }
            Demand::Capacity(_) | Demand::Service(_) => None,
        }
    }

    /// Decisions that say the same of many establishments, lifted together.
    fn decisions_alike(&self) -> Vec<Candidate<'a>> {
        let dossier = &self.problem.dossier;
        let mut sorts: Vec<Vec<usize>> = Vec::new();
        for (index, decision) in dossier.decisions.iter().enumerate() {
            let same = |sort: &&mut Vec<usize>| dossier.decisions[sort[0]].says_as(decision);
            match sorts.iter_mut().find(same) {
                Some(sort) => sort.push(index),
                None => sorts.push(vec![index]),
            }
        }
        let many = sorts.into_iter().filter(|sort| sort.len() > 1);
        many.map(|sort| {
            let text = words::lift_alike(dossier, &sort);
            Candidate::whole(DECISION, lifting(dossier, &sort), text)
        })
        .collect()
    }

    fn references(&self, index: usize, needed: Option<i64>) -> Option<Candidate<'a>> {
        let supervision = &self.problem.supervisions[index];
        let mut advisers = self.problem.dossier.advisers.iter();
        let adviser = advisers.find(|adviser| adviser.bassin == supervision.bassin)?;
        let capacity = supervision.capacity as u32;
        Some(Candidate {
            class: LIMIT,
            steps: BEYOND,
            decision: None,
            guess: needed.and_then(|needed| u32::try_from(needed - supervision.capacity).ok()),
            edits: Box::new(move |step| {
                vec![Edit::References {
                    conseiller: Some(adviser.id.clone()),
                    bassin: adviser.bassin.clone(),
                    nombre: adviser.references_max + step as u16,
                }]
            }),
            text: Box::new(move |step| {
                words::references(&adviser.bassin, capacity, capacity + step)
            }),
            amount: Some(Box::new(move |step| (capacity + step).to_string())),
        })
    }

    /// Posts that the same demand stands for: one with its residence, or all those to place that
    /// share its limit.
    fn alike(&self, post: PostId) -> impl Iterator<Item = String> + use<'a> {
        let row = self.row(post);
        let key = |post: &Post| {
            (post.max_trip_minutes, post.max_establishments, post.bassin.clone(), post.field)
        };
        let same = move |other: &&Post| {
            other.id == row.id
                || row.residence.is_none() && other.residence.is_none() && key(other) == key(row)
        };
        self.problem.dossier.posts.iter().filter(same).map(|post| post.id.clone())
    }

    fn longest_trip(&self, post: PostId) -> Candidate<'a> {
        let row = self.row(post);
        let most = self.problem.posts[post].max_trip_minutes;
        let posts: Vec<String> = self.alike(post).collect();
        let own = row.max_trip_minutes.is_some();
        Candidate {
            class: LIMIT,
            steps: LONGEST_TRIP.saturating_sub(most).max(1),
            guess: None,
            decision: None,
            edits: Box::new(move |step| {
                let minutes = most + step;
                if own {
                    let each = posts.iter().cloned();
                    let minutes = Some(minutes);
                    each.map(|poste| Edit::TrajetMax { poste, minutes }).collect()
                } else {
                    vec![set("limites.trajet_max_minutes", Value::Integer(minutes.into()))]
                }
            }),
            text: Box::new(move |step| words::longest_trip(row, own, most, most + step)),
            amount: Some(Box::new(move |step| words::minutes(most + step))),
        }
    }

    fn establishments(&self, post: PostId, needed: Option<i64>) -> Candidate<'a> {
        let row = self.row(post);
        let most = u32::from(self.problem.posts[post].max_establishments);
        let posts: Vec<String> = self.alike(post).collect();
        let own = row.max_establishments.is_some();
        Candidate {
            class: LIMIT,
            steps: BEYOND.min(u32::from(u8::MAX) - most).max(1),
            decision: None,
            guess: needed.and_then(|needed| u32::try_from(needed - i64::from(most)).ok()),
            edits: Box::new(move |step| {
                let many = most + step;
                if own {
                    let each = posts.iter().cloned();
                    let nombre = Some(u8::try_from(many).unwrap_or(u8::MAX));
                    each.map(|poste| Edit::EtablissementsMax { poste, nombre }).collect()
                } else {
                    vec![set("limites.etablissements_max", Value::Integer(many.into()))]
                }
            }),
            text: Box::new(move |step| words::establishments(row, own, most, most + step)),
            amount: Some(Box::new(move |step| (most + step).to_string())),
        }
    }

    /// Rules that the establishments in conflict meet.
    fn of_units(&self, units: &BTreeSet<UnitId>) -> Vec<Candidate<'a>> {
        let (problem, bareme) = (self.problem, &self.problem.bareme);
        let units = || units.iter().map(|unit| &problem.units[*unit]);
        let mut found = Vec::new();
        for word in &bareme.mandats.permanence {
            if units().any(|unit| guarded_by(word, unit)) {
                let kept = bareme.mandats.permanence.iter().filter(|other| *other != word);
                let list = list(kept.map(String::as_str));
                let edits = vec![set("mandats.permanence", list)];
                found.push(Candidate::whole(RULE, edits, words::no_mandate(word)));
            }
        }
        if bareme.mandats.dote && units().any(|unit| unit.on_priority_list) {
            let edits = vec![set("mandats.dote", Value::Boolean(false))];
            found.push(Candidate::whole(RULE, edits, words::NO_MANDATE_OF_LIST.to_owned()));
        }
        let kinds: BTreeSet<EstablishmentKind> = EstablishmentKind::ALL
            .into_iter()
            .filter(|kind| units().any(|unit| unit.kind == *kind && !is_mandated(unit, bareme)))
            .collect();
        let lists = [
            ("conseil.types", &bareme.conseil.types, Modality::Conseil),
            ("pole.types", &bareme.pole.types, Modality::Pole),
        ];
        for (key, types, modality) in lists {
            for kind in kinds.iter().filter(|kind| modality.exists_in(kind.is_first_degree())) {
                if types.iter().all(|known| known != kind.code()) {
                    let with = types.iter().map(String::as_str).chain([kind.code()]);
                    let edits = vec![set(key, list(with))];
                    found.push(Candidate::whole(RULE, edits, words::admit(modality, *kind)));
                }
            }
        }
        found
    }

    /// More working time: a new post, or more of a part-time one.
    fn means(&self, demands: &[Demand]) -> Vec<Candidate<'a>> {
        let problem = self.problem;
        let part_time = demands.iter().filter_map(|demand| match demand {
            Demand::Capacity(post) => Some(self.row(*post)),
            _ => None,
        });
        let part_time = part_time.filter(|row| row.quotite_percent < 100).take(EACH);
        let more = part_time.map(|row| {
            let share = u32::from(row.quotite_percent);
            let percent = move |step: u32| (share + MEANS_STEP * step).min(100);
            Candidate {
                class: MEANS,
                steps: (100 - share).div_ceil(MEANS_STEP),
                guess: None,
                decision: None,
                edits: Box::new(move |step| {
                    let quotite = f64::from(percent(step)) / 100.0;
                    vec![Edit::Quotite { poste: row.id.clone(), quotite }]
                }),
                text: Box::new(move |step| words::more_of(row, percent(step))),
                amount: Some(Box::new(move |step| words::percent(percent(step)))),
            }
        });
        let full_time = |step: u32| f64::from(MEANS_STEP * step) / 100.0;
        let time = &problem.bareme.temps;
        let half_days = (time.demi_journees_par_etp - time.deductions_par_etp).max(1.0);
        let ticks = half_days * (HALF_DAY_MINUTES / TICK_MINUTES) as f64;
        let lacking = lacking_time(problem) as f64 / ticks * 100.0 / f64::from(MEANS_STEP);
        let added = Candidate {
            class: MEANS,
            steps: MEANS_STEPS,
            guess: Some(lacking.ceil()).filter(|steps| *steps > 0.0).map(|steps| steps as u32),
            decision: None,
            edits: Box::new(move |step| {
                vec![Edit::Etp { ecart: full_time(step), postes: Vec::new() }]
            }),
            text: Box::new(move |step| words::new_posts(full_time(step))),
            amount: Some(Box::new(move |step| words::full_time(full_time(step)))),
        };
        let whole_posts = problem.bareme.limites.charge_min == 0.0;
        more.chain(Some(added).filter(|_| whole_posts)).collect()
    }

    /// The fewest establishments that, left to occasional advice, let the others be served.
    fn left_out(&self, conflict: &Conflict) -> Option<Candidate<'a>> {
        let problem = self.problem;
        let units: Vec<UnitId> = conflict
            .unserved
            .iter()
            .flat_map(|item| problem.items[*item].iter().copied())
            .collect();
        if units.is_empty() || units.iter().any(|unit| problem.units[*unit].part.is_some()) {
            return None;
        }
        let decided =
            |code: &String| problem.dossier.decisions.iter().any(|decision| decision.uai == *code);
        let codes: Vec<String> =
            units.iter().map(|unit| problem.units[*unit].code.clone()).collect();
        let lifted = codes.iter().filter(|code| decided(code)).cloned();
        let mut edits: Vec<Edit> = lifted.map(|uai| Edit::Lever { uai }).collect();
        edits.extend(codes.into_iter().map(|uai| {
            Edit::Decision(edit::Demand {
                decision: DecisionKind::Require,
                uai,
                poste: None,
                modalite: Some(Modality::Conseil),
                demi_journees: None,
                motif: String::new(),
            })
        }));
        Some(Candidate::whole(LEFT_OUT, edits, words::leave_out(problem, &units)))
    }
}
