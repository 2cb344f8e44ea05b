//! Posts and advisers to start from: proposals, which the user then replaces by the real ones.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::domain::{Adviser, Establishment, EstablishmentKind, Field, Post};

/// Establishments in reference per adviser, in a proposal.
const REFERENCES_MAX: u16 = 6;

/// Full-time posts to place, and one part-time post for the rest; `centi_etp` in hundredths.
pub(super) fn posts(centi_etp: u32, establishments: &[Establishment]) -> Vec<Post> {
    let first_degree = establishments.iter().any(|unit| unit.kind.is_first_degree());
    let field = if first_degree { Field::Both } else { Field::SecondDegree };
    let rest = (centi_etp % 100) as u8;
    let quotites =
        std::iter::repeat_n(100_u8, (centi_etp / 100) as usize).chain((rest > 0).then_some(rest));
    let width = centi_etp.div_ceil(100).to_string().len().max(2);
    quotites
        .enumerate()
        .map(|(index, quotite_percent)| Post {
            quotite_percent,
            field,
            ..Post::full_time(format!("P{:0width$}", index + 1))
        })
        .collect()
}

/// One adviser for each of the `count` bassins with the most colleges; ties by name.
pub(super) fn advisers(count: usize, establishments: &[Establishment]) -> Vec<Adviser> {
    let mut colleges: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in establishments {
        if unit.kind == EstablishmentKind::College && !unit.bassin.is_empty() {
            *colleges.entry(&unit.bassin).or_default() += 1;
        }
    }
    let mut bassins: Vec<(&str, usize)> = colleges.into_iter().collect();
    bassins.sort_by_key(|(bassin, colleges)| (Reverse(*colleges), *bassin));
    bassins
        .into_iter()
        .take(count)
        .map(|(bassin, _)| Adviser {
            id: format!("CTSS {bassin}"),
            bassin: bassin.to_owned(),
            references_max: REFERENCES_MAX,
        })
        .collect()
}
