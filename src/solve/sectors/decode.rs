//! Columns to an assignment, and an assignment to columns.

use typed_index_collections::TiVec;

use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId};

use super::{Meaning, Sectors};
use crate::solve::sector_model::{Column, SectorModel};

/// Posts of one kind take its columns in order of seat.
pub(super) fn decode(
    sectors: &Sectors,
    problem: &Problem,
    columns: &[Column],
    direct: &[u32],
) -> Solution {
    let mut services: TiVec<UnitId, Option<Service>> = problem.units.iter().map(|_| None).collect();
    let mut seats: TiVec<PostId, Option<UnitId>> = problem.posts.iter().map(|_| None).collect();
    let mut reserved: TiVec<PostId, i64> = problem.posts.iter().map(|_| 0).collect();
    let mut columns: Vec<&Column> = columns.iter().collect();
    columns.sort_unstable();
    let mut taken = vec![0; sectors.kinds.len()];
    for column in columns {
        let block = &sectors.model.blocks[column.block as usize];
        let kind = block.kind as usize;
        let post = sectors.kinds[kind][taken[kind]];
        taken[kind] += 1;
        seats[post] = sectors.seats[column.block as usize];
        for &(class, choice) in &column.choices {
            let tag = block.classes[class as usize].choices[choice as usize].tag;
            match &sectors.meanings[tag as usize] {
                Meaning::Serve(profile) => {
                    for &(unit, option) in &profile.services {
                        services[unit] = Some(Service { server: Server::Post(post), option });
                    }
                }
                Meaning::Reserve(ticks) => reserved[post] += ticks,
                Meaning::Direct(_) => unreachable!("a class holds no direct column"),
            }
        }
    }
    for &index in direct {
        let tag = sectors.model.direct[index as usize].tag;
        let Meaning::Direct(ways) = &sectors.meanings[tag as usize] else {
            unreachable!("a direct column has a direct meaning")
        };
        for &(unit, option, team) in ways {
            let server = team.map_or(Server::Nobody, Server::Team);
            services[unit] = Some(Service { server, option });
        }
    }
    let services =
        services.into_iter().map(|service| service.expect("row (1) covers every item")).collect();
    Solution { services, seats, reserved }
}

/// For each post the column of its units, at the best options that fit where the very ones are
/// gone; for each unit without a post its direct column. What no longer exists is left out.
pub(super) fn encode(sectors: &Sectors, solution: &Solution) -> (Vec<Column>, Vec<u32>) {
    let mut columns = Vec::new();
    for posts in &sectors.kinds {
        for &post in posts {
            let block = (0..sectors.model.blocks.len()).find(|&block| {
                let model = &sectors.model.blocks[block];
                sectors.kinds[model.kind as usize] == *posts
                    && sectors.seats[block] == solution.seats[post]
            });
            columns.extend(block.map(|block| encode_post(sectors, solution, post, block)));
        }
    }
    let direct = (0..sectors.model.direct.len() as u32)
        .filter(|&index| is_used(sectors, &sectors.model, solution, index))
        .collect();
    (columns, direct)
}

fn encode_post(sectors: &Sectors, solution: &Solution, post: PostId, block: usize) -> Column {
    let mut choices = Vec::new();
    for (class, content) in sectors.model.blocks[block].classes.iter().enumerate() {
        let best = content
            .choices
            .iter()
            .enumerate()
            .filter_map(|(index, choice)| {
                likeness(sectors, solution, post, choice.tag)
                    .map(|likeness| ((likeness, choice.profit), index))
            })
            .max_by_key(|(rank, index)| (*rank, std::cmp::Reverse(*index)));
        choices.extend(best.map(|(_, index)| (class as u32, index as u32)));
    }
    Column { block: block as u32, choices }
}

/// How many units a choice serves as the assignment does, when it serves the very units of the
/// post in its cluster.
fn likeness(sectors: &Sectors, solution: &Solution, post: PostId, tag: u32) -> Option<usize> {
    match &sectors.meanings[tag as usize] {
        Meaning::Serve(profile) => {
            let served = |unit: UnitId| solution.services[unit];
            let all =
                profile.services.iter().all(|(unit, _)| served(*unit).server == Server::Post(post));
            let same =
                profile.services.iter().filter(|(unit, option)| served(*unit).option == *option);
            all.then(|| profile.services.len() * 1_000 + same.count())
        }
        Meaning::Reserve(ticks) => (*ticks == solution.reserved[post]).then_some(0),
        Meaning::Direct(_) => None,
    }
}

fn is_used(sectors: &Sectors, model: &SectorModel, solution: &Solution, index: u32) -> bool {
    let tag = model.direct[index as usize].tag;
    let Meaning::Direct(ways) = &sectors.meanings[tag as usize] else { return false };
    ways.iter().all(|(unit, option, team)| {
        let server = team.map_or(Server::Nobody, Server::Team);
        solution.services[*unit] == Service { server, option: *option }
    })
}
