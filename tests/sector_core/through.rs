//! Bounds through each choice of a block, against pricing the block anew with that choice alone.

use maillage::solve::pricing::{Depth, PricedBlock};
use maillage::solve::safe_bound::{Duals, NO_SECTOR};
use maillage::solve::sector_model::SectorModel;

use super::random_models::{draws, small_model};

/// The block with one class narrowed to what `keeps` admits, or left out.
fn narrowed(block: &PricedBlock, class: usize, choice: Option<u32>) -> PricedBlock {
    let mut narrowed = block.clone();
    let class = &mut narrowed.classes[class];
    class.shared = None;
    class.choices.retain(|it| Some(it.choice) == choice);
    class.required |= choice.is_some();
    narrowed
}

/// Compares every bound of a model; returns their number and how many are attained.
fn compare(model: &SectorModel, duals: &Duals, seed: u64) -> (usize, usize) {
    let (mut bounds, mut attained) = (0, 0);
    for index in 0..model.blocks.len() as u32 {
        let block = PricedBlock::new(model, index);
        let told = block.through(duals);
        for (class, through) in told.iter().enumerate() {
            let choices = (0..).zip(&through.choices).map(|(choice, bound)| (Some(choice), *bound));
            for (choice, bound) in choices.chain([(None, through.past)]) {
                let known = block.classes[class].choices.iter().any(|it| Some(it.choice) == choice);
                if choice.is_some() && !known {
                    assert_eq!(bound, NO_SECTOR, "seed {seed}");
                    continue;
                }
                let priced = narrowed(&block, class, choice).price(duals, Depth::Exact);
                let best = priced.columns.first().map_or(NO_SECTOR, |column| column.0);
                assert!(
                    best <= bound,
                    "seed {seed}, block {index}, class {class}, {choice:?}: {best} > {bound}"
                );
                bounds += 1;
                attained += usize::from(best == bound);
            }
        }
    }
    (bounds, attained)
}

#[test]
fn no_sector_through_a_choice_exceeds_its_bound() {
    let (mut bounds, mut attained) = (0, 0);
    for seed in 0..400 {
        let model = small_model(seed);
        let mut draw = draws(seed);
        let duals = Duals {
            unit: 8,
            items: (0..model.items).map(|_| draw(-40, 200)).collect(),
            rows: model.rows.iter().map(|_| draw(0, 12)).collect(),
        };
        let (more, met) = compare(&model, &duals, seed);
        bounds += more;
        attained += met;
    }
    assert!(bounds > 3_000 && 3 * attained > 2 * bounds, "{attained} of {bounds} attained");
}
