//! Columns to an assignment.

use typed_index_collections::TiVec;

use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId};

use super::{Meaning, Sectors};
use crate::solve::sector_model::Column;

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
