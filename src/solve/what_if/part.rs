//! A part of a model: some columns of a plan are taken back and chosen anew, the others stay.
//!
//! With every column taken back, the part is the whole model less what is forbidden. Gnaegi and
//! Baumann (2021, Section 4) re-optimise neighbouring sectors in the same way.

use smallvec::SmallVec;

use crate::solve::outcome::{KnownDuals, Sketch, WarmStart};
use crate::solve::safe_bound::Duals;
use crate::solve::sector_model::{Block, Class, Column, Direct, Item, Kind, SectorModel};

/// What a part may use.
pub trait Filter: Sync {
    /// Whether this choice may be taken.
    fn admits(&self, block: u32, class: u32, choice: u32) -> bool;
    /// Whether this direct column may be taken.
    fn admits_direct(&self, direct: u32) -> bool;
}

/// A plan of the whole model, and which of its columns are taken back.
#[derive(Debug, Clone)]
pub struct Release<'a> {
    /// Columns of the plan, with whether each is taken back.
    pub columns: Vec<(&'a Column, bool)>,
    /// The same of direct columns.
    pub direct: Vec<(u32, bool)>,
    /// Blocks that may be used, increasing.
    pub blocks: Vec<u32>,
}

/// Choices of a class that the part holds, by their places in the whole.
#[derive(Debug, Clone)]
struct ClassPlaces {
    class: u32,
    choices: Vec<u32>,
}

/// A smaller model, and the way back.
#[derive(Debug, Clone)]
pub struct Part {
    /// What is to be solved.
    pub model: SectorModel,
    blocks: Vec<u32>,
    classes: Vec<Vec<ClassPlaces>>,
    direct: Vec<u32>,
    items: Vec<Option<Item>>,
    kept: (Vec<Column>, Vec<u32>),
}

impl Part {
    /// Cuts the part out of `whole`.
    #[must_use]
    pub fn new(whole: &SectorModel, release: &Release<'_>, filter: &dyn Filter) -> Self {
        let mut part = Self {
            model: SectorModel { rows: whole.rows.clone(), ..SectorModel::default() },
            blocks: Vec::new(),
            classes: Vec::new(),
            direct: Vec::new(),
            items: items(whole, release),
            kept: kept(release),
        };
        part.model.items = part.items.iter().flatten().count() as u32;
        let kinds = part.take_kinds(whole, release);
        for &block in &release.blocks {
            part.take_block(
                whole,
                block,
                kinds[whole.blocks[block as usize].kind as usize],
                filter,
            );
        }
        part.take_direct(whole, filter);
        for column in &part.kept.0 {
            for &(row, used) in &whole.value(column.clone()).uses {
                part.model.rows[row as usize].capacity -= used;
            }
        }
        for &direct in &part.kept.1 {
            for &(row, used) in &whole.direct[direct as usize].uses {
                part.model.rows[row as usize].capacity -= used;
            }
        }
        part
    }

    /// Kinds with a block in the part, less their columns that stay.
    fn take_kinds(&mut self, whole: &SectorModel, release: &Release<'_>) -> Vec<Option<u32>> {
        let mut places = vec![None; whole.kinds.len()];
        for &block in &release.blocks {
            let kind = whole.blocks[block as usize].kind;
            if places[kind as usize].is_none() {
                let stay = self.kept.0.iter();
                let stay = stay.filter(|column| whole.blocks[column.block as usize].kind == kind);
                let (stay, limits) = (stay.count() as u32, whole.kinds[kind as usize]);
                places[kind as usize] = Some(self.model.kinds.len() as u32);
                self.model.kinds.push(Kind {
                    lower: limits.lower.saturating_sub(stay),
                    upper: limits.upper.saturating_sub(stay),
                });
            }
        }
        places
    }

    fn take_block(
        &mut self,
        whole: &SectorModel,
        block: u32,
        kind: Option<u32>,
        filter: &dyn Filter,
    ) {
        let content = &whole.blocks[block as usize];
        let mut classes = Vec::new();
        let mut places = Vec::new();
        for (class, it) in (0..).zip(&content.classes) {
            let (choices, at) = self.choices_of(it, |choice| filter.admits(block, class, choice));
            if it.required && !choices.iter().any(|choice| choice.required) {
                return;
            }
            if !choices.is_empty() {
                classes.push(Class { choices, required: it.required });
                places.push(ClassPlaces { class, choices: at });
            }
        }
        self.model.blocks.push(Block {
            kind: kind.expect("the kind of a block that may be used was taken"),
            uses: content.uses.clone(),
            classes,
            ..*content
        });
        self.blocks.push(block);
        self.classes.push(places);
    }

    fn choices_of(
        &self,
        class: &Class,
        admits: impl Fn(u32) -> bool,
    ) -> (Vec<crate::solve::sector_model::Choice>, Vec<u32>) {
        let all = (0..).zip(&class.choices).filter(|(index, _)| admits(*index));
        all.filter_map(|(index, choice)| {
            let items = self.items_of(&choice.items)?;
            let uses = choice.uses.clone();
            Some((crate::solve::sector_model::Choice { items, uses, ..*choice }, index))
        })
        .unzip()
    }

    fn items_of(&self, items: &[Item]) -> Option<SmallVec<[Item; 4]>> {
        items.iter().map(|&item| self.items[item as usize]).collect()
    }

    fn take_direct(&mut self, whole: &SectorModel, filter: &dyn Filter) {
        for (index, direct) in (0..).zip(&whole.direct) {
            if let Some(items) =
                self.items_of(&direct.items).filter(|_| filter.admits_direct(index))
            {
                let uses = direct.uses.clone();
                self.model.direct.push(Direct { items, uses, ..*direct });
                self.direct.push(index);
            }
        }
    }

    /// A plan of the part with what stays, as a plan of the whole.
    #[must_use]
    pub fn complete(&self, columns: &[Column], direct: &[u32]) -> (Vec<Column>, Vec<u32>) {
        let mut all = self.kept.0.clone();
        all.extend(columns.iter().map(|column| self.up(column)));
        all.sort_unstable();
        let mut direct: Vec<u32> = direct.iter().map(|&it| self.direct[it as usize]).collect();
        direct.extend(&self.kept.1);
        direct.sort_unstable();
        (all, direct)
    }

    /// What is known of the whole, as far as the part holds it; of the plan, nothing unless all of
    /// it does.
    #[must_use]
    pub fn start<'a>(
        &self,
        columns: impl Iterator<Item = &'a Column>,
        duals: &Duals,
        plan: Option<&(Vec<Column>, Vec<u32>)>,
    ) -> WarmStart {
        let unit = duals.unit.max(1) as f64;
        let float = |dual: i64| Some(dual as f64 / unit);
        let known = (0..).zip(&self.items);
        let items = known
            .filter(|(_, place)| place.is_some())
            .map(|(item, _): (usize, _)| float(duals.items[item]));
        let rows = duals.rows.iter().map(|&dual| float(dual));
        WarmStart {
            sectors: columns.filter_map(|column| self.down(column)).map(Sketch::Column).collect(),
            plan: plan.and_then(|(columns, direct)| self.down_plan(columns, direct)),
            duals: Some(KnownDuals { items: items.collect(), rows: rows.collect() }),
            is_part: true,
        }
    }

    fn up(&self, column: &Column) -> Column {
        let classes = &self.classes[column.block as usize];
        let choices = column.choices.iter().map(|&(class, choice)| {
            let places = &classes[class as usize];
            (places.class, places.choices[choice as usize])
        });
        Column { block: self.blocks[column.block as usize], choices: choices.collect() }
    }

    fn down_plan(&self, columns: &[Column], direct: &[u32]) -> Option<(Vec<Sketch>, Vec<u32>)> {
        let columns = columns.iter().map(|column| self.down(column).map(Sketch::Column));
        let direct = direct.iter().map(|it| self.direct.binary_search(it).ok().map(|at| at as u32));
        Some((columns.collect::<Option<_>>()?, direct.collect::<Option<_>>()?))
    }

    fn down(&self, column: &Column) -> Option<Column> {
        let block = self.blocks.binary_search(&column.block).ok()?;
        let classes = &self.classes[block];
        let choices = column.choices.iter().map(|(class, choice)| {
            let at = classes.binary_search_by_key(class, |places| places.class).ok()?;
            let choice = classes[at].choices.binary_search(choice).ok()?;
            Some((at as u32, choice as u32))
        });
        Some(Column { block: block as u32, choices: choices.collect::<Option<_>>()? })
    }
}

/// Places in the part of the items that are covered anew.
fn items(whole: &SectorModel, release: &Release<'_>) -> Vec<Option<Item>> {
    let mut open = vec![false; whole.items as usize];
    for (column, _) in release.columns.iter().filter(|(_, taken)| *taken) {
        let block = &whole.blocks[column.block as usize];
        for &item in block.chosen(column).flat_map(|choice| &choice.items) {
            open[item as usize] = true;
        }
    }
    for (direct, _) in release.direct.iter().filter(|(_, taken)| *taken) {
        for &item in &whole.direct[*direct as usize].items {
            open[item as usize] = true;
        }
    }
    let mut next = 0;
    open.into_iter()
        .map(|open| {
            open.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn kept(release: &Release<'_>) -> (Vec<Column>, Vec<u32>) {
    let columns = release.columns.iter().filter(|(_, taken)| !taken);
    let direct = release.direct.iter().filter(|(_, taken)| !taken);
    (columns.map(|(column, _)| (*column).clone()).collect(), direct.map(|(it, _)| *it).collect())
}
