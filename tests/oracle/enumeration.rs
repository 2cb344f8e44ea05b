//! Every plan of a small problem, tried one after the other: slow and obviously right.

use std::collections::BTreeSet;

use maillage::domain::Modality;
use maillage::policy::eligibility::{
    may_be_held_by_team, may_go_without_post, may_serve, pair_terms, residence_to_serve,
};
use maillage::policy::scorecard::{
    RESERVE_STEP_TICKS, post_score, score, team_changes, team_travel,
};
use maillage::policy::{
    ItemId, ObjectiveLevel, PostId, Problem, Server, Service, Solution, UnitId,
};

/// Levels of a score, in the order of `ObjectiveLevel::ALL`.
pub type Levels = [i64; 4];

/// The scores of all feasible plans; `None` where there are more than `most` to try.
pub fn feasible_scores(problem: &Problem, most: usize) -> Option<BTreeSet<Levels>> {
    let mut search = Enumeration { problem, scores: BTreeSet::new(), tried: 0, most };
    let mut seats = Vec::new();
    search.place(&mut seats);
    (search.tried <= most).then_some(search.scores)
}

/// The best value of each level, each one kept within the tolerance before the next.
pub fn lexicographic(problem: &Problem, mut scores: BTreeSet<Levels>) -> Vec<i64> {
    let mut best = Vec::new();
    for level in &problem.bareme.niveaux {
        let index = ObjectiveLevel::ALL.iter().position(|other| other == level).expect("a level");
        let top = scores.iter().map(|score| score[index]).max().expect("a feasible plan");
        let given_up = (top.abs() as f64 * problem.bareme.tolerance_niveaux).floor() as i64;
        scores.retain(|score| score[index] >= top - given_up);
        best.push(top);
    }
    best
}

/// How the units of one item are served together.
type Way = Vec<(UnitId, Service)>;

struct Enumeration<'a> {
    problem: &'a Problem,
    scores: BTreeSet<Levels>,
    tried: usize,
    most: usize,
}

impl Enumeration<'_> {
    /// Every seat of every post; a post to place may be nowhere.
    fn place(&mut self, seats: &mut Vec<Option<UnitId>>) {
        let Some(who) = self.problem.posts.get(PostId(seats.len())) else {
            return self.serve_from(seats);
        };
        let mut choices = who.seats.iter().copied().map(Some).collect::<Vec<_>>();
        if !who.in_service {
            choices = vec![None];
        } else if !who.has_fixed_seat || choices.is_empty() {
            choices.push(None);
        }
        for seat in choices {
            seats.push(seat);
            self.place(seats);
            seats.pop();
        }
    }

    fn serve_from(&mut self, seats: &[Option<UnitId>]) {
        let ways: Vec<Vec<Way>> =
            self.problem.items.iter().map(|members| self.ways(members, seats)).collect();
        let draft = vec![None; self.problem.units.len()];
        let load = vec![0; self.problem.posts.len()];
        self.serve(&ways, seats, &mut draft.clone(), &mut load.clone());
    }

    /// Every way to serve an item: by one post, or by none.
    fn ways(&self, members: &[UnitId], seats: &[Option<UnitId>]) -> Vec<Way> {
        let seated = seats.iter().enumerate();
        let mut ways: Vec<Way> = seated
            .filter_map(|(post, seat)| seat.map(|seat| (PostId(post), seat)))
            .flat_map(|(post, seat)| product(members, |unit| self.by_post(post, seat, unit)))
            .collect();
        ways.extend(product(members, |unit| self.by_no_post(unit)));
        ways
    }

    fn by_post(&self, post: PostId, seat: UnitId, unit: UnitId) -> Vec<Service> {
        let options = self.problem.units[unit].options.iter().enumerate();
        options
            .filter(|(_, option)| option.modality.needs_post())
            .filter(|(_, option)| may_serve(self.problem, post, seat, unit, option).is_ok())
            .map(|(option, _)| Service { server: Server::Post(post), option })
            .collect()
    }

    fn by_no_post(&self, unit: UnitId) -> Vec<Service> {
        let mut services = Vec::new();
        for (option, how) in self.problem.units[unit].options.iter().enumerate() {
            if may_go_without_post(self.problem, unit, how) {
                services.push(Service { server: Server::Nobody, option });
            }
            if may_be_held_by_team(self.problem, unit, how) {
                let teams = self.problem.teams.keys();
                services.extend(teams.map(|team| Service { server: Server::Team(team), option }));
            }
        }
        services
    }

    /// Every combination of ways, without those that overload a post before any travel.
    fn serve(
        &mut self,
        ways: &[Vec<Way>],
        seats: &[Option<UnitId>],
        draft: &mut Vec<Option<Service>>,
        load: &mut Vec<i64>,
    ) {
        let Some((first, rest)) = ways.split_first() else {
            return self.reserve(draft, seats);
        };
        for way in first {
            let before = load.clone();
            for &(unit, service) in way {
                draft[usize::from(unit)] = Some(service);
                if let Server::Post(post) = service.server {
                    load[usize::from(post)] +=
                        self.problem.units[unit].options[service.option].ticks;
                }
            }
            let fits =
                self.problem.posts.iter().zip(&*load).all(|(who, load)| *load <= who.capacity);
            if fits && self.tried <= self.most {
                self.serve(rest, seats, draft, load);
            }
            *load = before;
        }
    }

    /// Every reserve of every member of a team.
    fn reserve(&mut self, draft: &[Option<Service>], seats: &[Option<UnitId>]) {
        let most = self.problem.bareme.pole.reserve_max_minutes / 5 / RESERVE_STEP_TICKS;
        let mut reserves: Vec<Vec<i64>> = vec![Vec::new()];
        for (post, seat) in self.problem.posts.iter().zip(seats) {
            let steps = if post.team.is_some() && seat.is_some() { 0..=most } else { 0..=0 };
            reserves = reserves
                .iter()
                .flat_map(|head| {
                    steps.clone().map(|step| [&head[..], &[step * RESERVE_STEP_TICKS]].concat())
                })
                .collect();
        }
        for reserved in reserves {
            self.tried += 1;
            let solution = Solution {
                services: draft.iter().map(|service| service.expect("all items served")).collect(),
                seats: seats.iter().copied().collect(),
                reserved: reserved.into_iter().collect(),
            };
            if is_feasible(self.problem, &solution) {
                let score = score(self.problem, &solution);
                self.scores.insert(ObjectiveLevel::ALL.map(|level| score.level(level)));
            }
        }
    }
}

fn product(members: &[UnitId], services: impl Fn(UnitId) -> Vec<Service>) -> Vec<Way> {
    members.iter().fold(vec![Way::new()], |ways, unit| {
        let services = services(*unit);
        let with = |way: &Way, service| [&way[..], &[(*unit, service)]].concat();
        ways.iter().flat_map(|way| services.iter().map(|service| with(way, *service))).collect()
    })
}

/// The rules that no single pair decides, line by line as in `docs/model.md`.
fn is_feasible(problem: &Problem, solution: &Solution) -> bool {
    problem.posts.keys().all(|post| post_keeps_rules(problem, solution, post))
        && problem.items.keys().all(|item| one_team(problem, solution, item))
        && references_fit(problem, solution)
        && totals_fit(problem, solution)
        && teams_fit(problem, solution)
}

fn post_keeps_rules(problem: &Problem, solution: &Solution, post: PostId) -> bool {
    let who = &problem.posts[post];
    let week = post_score(problem, solution, post);
    let sector: Vec<UnitId> = solution.sector(post).collect();
    let rep_plus = sector.iter().any(|unit| problem.units[*unit].is_rep_plus());
    let most_rep_plus = u32::from(problem.bareme.limites.rep_plus_etablissements_max);
    let present = |unit: &UnitId| {
        sector.contains(unit) && solution.option(problem, *unit).modality != Modality::Pole
    };
    let to_serve =
        solution.seats[post].map_or(Vec::new(), |seat| residence_to_serve(problem, post, seat));
    week.load <= who.capacity
        && (!who.in_service || week.load >= who.minimum)
        && week.count <= u32::from(who.max_establishments)
        && (!rep_plus || week.count <= most_rep_plus)
        && (to_serve.is_empty() || to_serve.iter().any(present))
}

fn one_team(problem: &Problem, solution: &Solution, item: ItemId) -> bool {
    let servers = problem.items[item].iter().map(|unit| solution.services[*unit].server);
    let teams: BTreeSet<Server> =
        servers.filter(|server| matches!(server, Server::Team(_))).collect();
    teams.len() <= 1
}

fn references_fit(problem: &Problem, solution: &Solution) -> bool {
    problem.units.iter().all(|unit| {
        let references = problem.units.iter_enumerated().filter(|(id, other)| {
            other.bassin == unit.bassin
                && solution.option(problem, *id).modality == Modality::Reference
        });
        let places = problem.dossier.advisers.iter().filter(|who| who.bassin == unit.bassin);
        let places: usize = places.map(|who| usize::from(who.references_max)).sum();
        references.count() <= places
    })
}

fn totals_fit(problem: &Problem, solution: &Solution) -> bool {
    let (mut metres, mut changes) = (0, 0);
    for post in problem.posts.keys() {
        metres += post_score(problem, solution, post).metres_per_cycle;
    }
    for (unit, service) in solution.services.iter_enumerated() {
        let changed = match service.server {
            Server::Team(team) => {
                metres += team_travel(problem, team, unit).1;
                team_changes(problem, team, unit)
            }
            Server::Post(post) => {
                let seat = solution.seats[post].expect("a serving post has a seat");
                pair_terms(problem, Some((post, seat)), unit).1
            }
            Server::Nobody => pair_terms(problem, None, unit).1,
        };
        changes += u32::from(changed);
    }
    let limits = &problem.bareme.limites;
    limits.km_max_semaine.is_none_or(|most| metres as f64 <= most * 4_000.0)
        && limits.changements_max.is_none_or(|most| changes <= most)
}

fn teams_fit(problem: &Problem, solution: &Solution) -> bool {
    problem.teams.keys().all(|team| {
        let held = solution.services.iter_enumerated();
        let held = held.filter(|(_, service)| service.server == Server::Team(team));
        let load: i64 = held
            .map(|(unit, _)| {
                solution.option(problem, unit).ticks + team_travel(problem, team, unit).0
            })
            .sum();
        let members = problem.posts.keys().filter(|post| problem.posts[*post].team == Some(team));
        load <= members.map(|post| solution.reserved[post]).sum()
    })
}
