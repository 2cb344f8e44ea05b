//! A few sectors of a draft set free, with items nearby: a small model of its own.
//!
//! # Formulation
//!
//! The model of [`super::super::sector_model`] on the items set free, with the limits of kinds and
//! rows that the rest of the draft leaves. An item may also stay with nobody, a post be absent, at
//! a price that no plan reaches: the small model is then feasible whatever the draft lacks, and
//! its solution lacks as little as can be.
//!
//! # Source
//!
//! Gnaegi and Baumann (2021), A matheuristic for large-scale capacitated clustering, Computers and
//! Operations Research 132 (Section 4: neighbouring clusters re-optimised exactly).

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::super::sector_model::{
    Block, Choice, Class, Column, Direct, Item, Kind, Row, RowIndex, SectorModel,
};
use super::draft::Draft;
use super::nearness::ClassIndex;

/// A small model with its place in the whole.
#[derive(Debug)]
pub struct Neighbourhood {
    /// The small model.
    pub model: SectorModel,
    /// What the draft does there.
    pub incumbent: (Vec<Column>, Vec<u32>),
    /// Items of the whole, by small item.
    pub items: Vec<Item>,
    /// Rows of the whole, by small row.
    pub rows: Vec<RowIndex>,
    /// Sectors of the draft that were set free, increasing.
    pub sectors: Vec<usize>,
    blocks: Vec<BlockPlace>,
    direct: Vec<Option<u32>>,
}

/// Where a small block comes from; `None`: absent posts.
type BlockPlace = Option<Place>;

#[derive(Debug)]
struct Place {
    block: u32,
    /// For each small class its class, and the choices kept.
    classes: Vec<(u32, Vec<u32>)>,
}

/// What a neighbourhood is cut from.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The model.
    pub model: &'a SectorModel,
    /// Its classes by block and item.
    pub index: &'a ClassIndex,
    /// The draft.
    pub draft: &'a Draft,
    /// Price of an item that nobody serves.
    pub prices: &'a [i64],
    /// Price of an absent post.
    pub absence: i64,
    /// Posts that the draft lacks, by kind, and that this part may place.
    pub lacking: &'a [u32],
}

/// Writes a small model.
struct Cutter<'a> {
    whole: Whole<'a>,
    small: Neighbourhood,
    /// Small item of each item of the whole.
    item: BTreeMap<Item, u32>,
    row: BTreeMap<RowIndex, u32>,
    kind: BTreeMap<u32, u32>,
    room: Vec<i64>,
}

impl Whole<'_> {
    /// Sets `sectors` (increasing) free, and `items` that no sector serves.
    pub fn cut(&self, sectors: Vec<usize>, items: &[Item]) -> Neighbourhood {
        let mut freed: Vec<Item> = items.to_vec();
        freed.extend(sectors.iter().flat_map(|&at| &self.draft.sectors[at].items));
        freed.sort_unstable();
        let mut cutter = Cutter {
            whole: *self,
            item: freed.iter().copied().zip(0..).collect(),
            row: BTreeMap::new(),
            kind: BTreeMap::new(),
            room: self.draft.room(self.model),
            small: Neighbourhood {
                model: SectorModel { items: freed.len() as u32, ..SectorModel::default() },
                incumbent: Default::default(),
                items: freed,
                rows: Vec::new(),
                sectors,
                blocks: Vec::new(),
                direct: Vec::new(),
            },
        };
        cutter.free_room();
        cutter.add_kinds();
        cutter.add_direct();
        cutter.add_blocks();
        cutter.place_draft();
        cutter.small
    }
}

impl Cutter<'_> {
    fn is_free(&self, items: &[Item]) -> bool {
        items.iter().all(|item| self.item.contains_key(item))
    }

    /// Direct columns of the draft whose items are set free.
    fn freed_direct(&self) -> Vec<u32> {
        let direct = self.whole.draft.direct.iter().copied();
        direct
            .filter(|&index| {
                let items = &self.whole.model.direct[index as usize].items;
                !items.is_empty() && self.is_free(items)
            })
            .collect()
    }

    /// Gives back what the freed sectors and direct columns used.
    fn free_room(&mut self) {
        let draft = self.whole.draft;
        for &at in &self.small.sectors {
            draft.sectors[at].uses.iter().for_each(|&(row, used)| self.room[row as usize] += used);
        }
        for index in self.freed_direct() {
            let uses = &self.whole.model.direct[index as usize].uses;
            uses.iter().for_each(|&(row, used)| self.room[row as usize] += used);
        }
    }

    /// The kinds of the freed sectors, and those of which posts are to be placed here.
    fn add_kinds(&mut self) {
        let model = self.whole.model;
        let taken = self.whole.draft.taken(model);
        let mut freed = vec![0; model.kinds.len()];
        for &at in &self.small.sectors {
            let block = self.whole.draft.sectors[at].column.block;
            freed[model.blocks[block as usize].kind as usize] += 1;
        }
        for (index, kind) in (0..).zip(&model.kinds) {
            let at = index as usize;
            let kept = taken[at] - freed[at];
            let placed = freed[at] + self.whole.lacking[at];
            if placed > 0 {
                let limits = Kind {
                    lower: kind.lower.saturating_sub(kept).min(placed),
                    upper: kind.upper.saturating_sub(kept),
                };
                let _ = self.kind.insert(index, self.small.model.kinds.len() as u32);
                self.small.model.kinds.push(limits);
                self.add_absence(limits);
            }
        }
    }

    /// The block of posts that stay absent.
    fn add_absence(&mut self, limits: Kind) {
        if limits.lower > 0 {
            self.small.model.blocks.push(Block {
                kind: self.small.model.kinds.len() as u32 - 1,
                capacity: 0,
                minimum: 0,
                count_limit: u8::MAX,
                profit: -self.whole.absence,
                uses: SmallVec::new(),
                equity: None,
                classes: Vec::new(),
                tag: 0,
            });
            self.small.blocks.push(None);
        }
    }

    fn add_direct(&mut self) {
        let model = self.whole.model;
        for (index, direct) in (0..).zip(&model.direct) {
            if self.is_free(&direct.items) && !direct.items.is_empty() {
                let small = Direct {
                    items: self.small_items(&direct.items),
                    uses: self.small_uses(&direct.uses),
                    ..direct.clone()
                };
                self.small.model.direct.push(small);
                self.small.direct.push(Some(index));
            }
        }
        for (small, item) in (0..).zip(self.small.items.clone()) {
            self.small.model.direct.push(Direct {
                items: SmallVec::from_slice(&[small]),
                profit: -self.whole.prices[item as usize],
                uses: SmallVec::new(),
                tag: 0,
            });
            self.small.direct.push(None);
        }
    }

    fn add_blocks(&mut self) {
        for (index, block) in (0..).zip(&self.whole.model.blocks) {
            if let Some(&kind) = self.kind.get(&block.kind) {
                self.add_block(index, block, kind);
            }
        }
    }

    /// A block with what it may still serve; nothing where a required class has nothing left, or
    /// where a row that every column of it uses has no room.
    fn add_block(&mut self, index: u32, block: &Block, kind: u32) {
        let fits = block.uses.iter().all(|&(row, used)| used <= self.room[row as usize].max(0));
        let mut kept = self.classes_with_free_items(index);
        let required = (0..).zip(&block.classes).filter(|(_, class)| class.required);
        let mut required = required.map(|(class, _)| class);
        if !fits || !required.all(|class| kept.binary_search(&class).is_ok()) {
            return;
        }
        let idle = (0..)
            .zip(&block.classes)
            .filter(|(_, class)| class.choices.iter().any(|choice| choice.items.is_empty()));
        kept.extend(idle.map(|(class, _)| class));
        kept.sort_unstable();
        kept.dedup();
        let mut small = Block {
            kind,
            uses: self.small_uses(&block.uses),
            classes: Vec::with_capacity(kept.len()),
            equity: block.equity,
            ..*block
        };
        if let Some(equity) = &mut small.equity {
            equity.row = equity.row.map(|row| self.small_row(row));
        }
        let mut place = Place { block: index, classes: Vec::with_capacity(kept.len()) };
        for class in kept {
            let whole = &block.classes[class as usize];
            let (content, choices) = self.small_class(whole);
            if whole.required && !content.choices.iter().any(|choice| choice.required) {
                return;
            }
            if !content.choices.is_empty() {
                small.classes.push(content);
                place.classes.push((class, choices));
            }
        }
        self.small.model.blocks.push(small);
        self.small.blocks.push(Some(place));
    }

    fn classes_with_free_items(&self, index: u32) -> Vec<u32> {
        let items = self.small.items.iter();
        let mut classes: Vec<u32> =
            items.filter_map(|&item| self.whole.index.class(index, item)).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    fn small_class(&mut self, class: &Class) -> (Class, Vec<u32>) {
        let mut small = Class { choices: Vec::new(), required: class.required };
        let mut places = Vec::new();
        for (place, choice) in (0..).zip(&class.choices) {
            if self.is_free(&choice.items) {
                small.choices.push(Choice {
                    items: self.small_items(&choice.items),
                    uses: self.small_uses(&choice.uses),
                    ..*choice
                });
                places.push(place);
            }
        }
        (small, places)
    }

    fn small_items(&self, items: &[Item]) -> SmallVec<[Item; 4]> {
        items.iter().map(|item| self.item[item]).collect()
    }

    fn small_uses(&mut self, uses: &[(RowIndex, i64)]) -> SmallVec<[(RowIndex, i64); 2]> {
        let mut small: SmallVec<[(RowIndex, i64); 2]> =
            uses.iter().map(|&(row, used)| (self.small_row(row), used)).collect();
        small.sort_unstable();
        small
    }

    fn small_row(&mut self, row: RowIndex) -> RowIndex {
        let (rows, small, room) = (&self.whole.model.rows, &mut self.small, &self.room);
        *self.row.entry(row).or_insert_with(|| {
            let whole = &rows[row as usize];
            small.model.rows.push(Row { name: whole.name.clone(), capacity: room[row as usize] });
            small.rows.push(row);
            small.model.rows.len() as RowIndex - 1
        })
    }

    /// The draft in terms of the small model.
    fn place_draft(&mut self) {
        let draft = self.whole.draft;
        let mut columns: Vec<Column> = Vec::with_capacity(self.small.sectors.len());
        let mut lacking: Vec<u32> = self.small.model.kinds.iter().map(|kind| kind.lower).collect();
        for &at in &self.small.sectors {
            let column = self.small_column(&draft.sectors[at].column);
            let kind = self.small.model.blocks[column.block as usize].kind;
            lacking[kind as usize] = lacking[kind as usize].saturating_sub(1);
            columns.push(column);
        }
        for (block, place) in (0..).zip(&self.small.blocks) {
            if place.is_none() {
                let kind = self.small.model.blocks[block as usize].kind as usize;
                let absent = Column { block, choices: Vec::new() };
                columns.extend(std::iter::repeat_n(absent, lacking[kind] as usize));
            }
        }
        let freed = self.freed_direct();
        let direct = (0..).zip(&self.small.direct).zip(&self.small.model.direct);
        let direct = direct.filter(|((_, place), small)| match place {
            Some(index) => freed.contains(index),
            None => {
                draft.uncovered.binary_search(&self.small.items[small.items[0] as usize]).is_ok()
            }
        });
        let direct = direct.map(|((index, _), _)| index).collect();
        self.small.incumbent = (columns, direct);
    }

    fn small_column(&self, column: &Column) -> Column {
        let mut places = (0..).zip(&self.small.blocks);
        let (block, place) = places
            .find_map(|(small, place)| {
                place.as_ref().filter(|it| it.block == column.block).map(|it| (small, it))
            })
            .expect("the block of a freed sector is in the small model");
        let choices = column.choices.iter().map(|&(class, choice)| {
            let small = place.classes.partition_point(|it| it.0 < class);
            let kept = place.classes[small].1.partition_point(|&it| it < choice);
            (small as u32, kept as u32)
        });
        Column { block, choices: choices.collect() }
    }
}

impl Neighbourhood {
    /// A column of the small model in the whole; none for an absent post.
    pub fn column(&self, small: &Column) -> Option<Column> {
        let place = self.blocks[small.block as usize].as_ref()?;
        let choices = small.choices.iter().map(|&(class, choice)| {
            let (whole, kept) = &place.classes[class as usize];
            (*whole, kept[choice as usize])
        });
        Some(Column { block: place.block, choices: choices.collect() })
    }

    /// Replaces what `draft` did here by a plan of the small model.
    pub fn apply(&self, whole: &SectorModel, draft: &mut Draft, plan: (&[Column], &[u32])) {
        for &at in self.sectors.iter().rev() {
            let _ = draft.sectors.swap_remove(at);
        }
        let columns = plan.0.iter().filter_map(|column| self.column(column));
        draft.sectors.extend(columns.map(|column| whole.value(column)));
        let kept = |index: &u32| {
            let items = &whole.direct[*index as usize].items;
            items.is_empty() || items.iter().any(|item| self.items.binary_search(item).is_err())
        };
        draft.direct.retain(kept);
        draft.direct.extend(plan.1.iter().filter_map(|&small| self.direct[small as usize]));
        draft.uncovered.retain(|item| self.items.binary_search(item).is_err());
        let nobody = plan.1.iter().filter(|&&small| self.direct[small as usize].is_none());
        draft.uncovered.extend(
            nobody.map(|&small| self.items[self.model.direct[small as usize].items[0] as usize]),
        );
        draft.uncovered.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three posts of ten ticks; item `i` takes `2 + i` ticks and is worth `10 i` at post `i % 3`,
    /// one less elsewhere; every sector uses one unit of the only row for each item.
    fn model() -> SectorModel {
        let choice = |item: u32, post: u32| Choice {
            items: SmallVec::from_slice(&[item]),
            ticks: 2 + item,
            profit: 10 * i64::from(item) - i64::from(item % 3 != post),
            measure: 0,
            count: 1,
            count_limit: u8::MAX,
            required: false,
            uses: SmallVec::from_slice(&[(0, 1)]),
            tag: item,
        };
        let block = |post: u32| Block {
            kind: post,
            capacity: 10,
            minimum: 0,
            count_limit: u8::MAX,
            profit: 0,
            uses: SmallVec::new(),
            equity: None,
            classes: (0..6)
                .map(|item| Class { choices: vec![choice(item, post)], required: false })
                .collect(),
            tag: post,
        };
        SectorModel {
            items: 6,
            kinds: vec![Kind { lower: 1, upper: 1 }; 3],
            blocks: (0..3).map(block).collect(),
            direct: Vec::new(),
            rows: vec![Row { name: "served".into(), capacity: 6 }],
        }
    }

    fn draft(model: &SectorModel) -> Draft {
        let sector = |block: u32, items: &[u32]| {
            let choices = items.iter().map(|&item| (item, 0)).collect();
            model.value(Column { block, choices })
        };
        let sectors = vec![sector(0, &[0, 3]), sector(1, &[1, 4]), sector(2, &[2])];
        Draft { sectors, direct: Vec::new(), uncovered: vec![5] }
    }

    #[test]
    fn a_neighbourhood_says_what_the_draft_does_there() {
        let model = model();
        let (index, draft) = (ClassIndex::of(&model), draft(&model));
        let prices = [1_000; 6];
        let whole = Whole {
            model: &model,
            index: &index,
            draft: &draft,
            prices: &prices,
            absence: 9_000,
            lacking: &[0; 3],
        };
        let near = whole.cut(vec![1, 2], &[5]);
        assert_eq!(near.items, [1, 2, 4, 5]);
        assert_eq!(near.model.rows[0].capacity, 4, "the sector left alone serves two of six");
        let (columns, direct) = &near.incumbent;
        assert_eq!(near.model.evaluate(columns, direct), Some(10 + 40 + 20 - 1_000));
    }

    #[test]
    fn a_better_plan_of_a_neighbourhood_completes_the_draft() {
        let model = model();
        let (index, mut draft) = (ClassIndex::of(&model), draft(&model));
        let prices = [1_000; 6];
        let whole = Whole {
            model: &model,
            index: &index,
            draft: &draft,
            prices: &prices,
            absence: 9_000,
            lacking: &[0; 3],
        };
        let near = whole.cut(vec![1, 2], &[5]);
        // Blocks 0 and 1 stand for absent posts. Post 1 takes items 1 and 5, post 2 items 2 and 4: three and seven, four and six ticks.
        let small = |block: u32, classes: [u32; 2]| Column {
            block,
            choices: classes.map(|class| (class, 0)).to_vec(),
        };
        near.apply(&model, &mut draft, (&[small(2, [0, 3]), small(3, [1, 2])], &[]));
        assert!(draft.is_plan(&model));
        let (columns, direct) = draft.columns();
        assert_eq!(model.evaluate(&columns, &direct), Some(150 - 2));
    }
}
