//! What a column is worth, uses and covers, and whether a whole plan is feasible:
//! the plain reading of the formulation in [`super::sector_model`], shared by every stage.

use smallvec::SmallVec;

use super::sector_model::{Block, Choice, Class, Column, Equity, Item, RowIndex, SectorModel};

/// A column with everything the master reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuedColumn {
    /// The column itself.
    pub column: Column,
    /// Items covered, sorted.
    pub items: SmallVec<[Item; 8]>,
    /// Profit in objective units, equity deducted.
    pub profit: i64,
    /// Uses of linking rows, sorted by row, no zero.
    pub uses: SmallVec<[(RowIndex, i64); 4]>,
}

impl Equity {
    /// Distance of `measure` to the band that costs nothing.
    pub fn excess(&self, measure: u64) -> i64 {
        let distance = measure.abs_diff(u64::from(self.target));
        distance.saturating_sub(u64::from(self.tolerance)) as i64
    }
}

/// Totals of a sector over its choices.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    ticks: u64,
    measure: u64,
    count: u64,
}

impl Block {
    /// The choices of `column`, in class order.
    ///
    /// # Panics
    /// When an index is out of range.
    pub fn chosen<'a>(&'a self, column: &'a Column) -> impl Iterator<Item = &'a Choice> {
        column
            .choices
            .iter()
            .map(|&(class, choice)| &self.classes[class as usize].choices[choice as usize])
    }

    fn totals(&self, column: &Column) -> Totals {
        self.chosen(column).fold(Totals::default(), |sum, choice| Totals {
            ticks: sum.ticks + u64::from(choice.ticks),
            measure: sum.measure + u64::from(choice.measure),
            count: sum.count + u64::from(choice.count),
        })
    }

    /// Rows (4) to (6) of the formulation, and indexes in range.
    pub fn admits(&self, column: &Column) -> bool {
        let sorted = column.choices.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let in_range = column.choices.iter().all(|&(class, choice)| {
            self.classes.get(class as usize).is_some_and(|it| (choice as usize) < it.choices.len())
        });
        sorted && in_range && self.within_limits(column) && self.serves_required(column)
    }

    fn within_limits(&self, column: &Column) -> bool {
        let totals = self.totals(column);
        let ticks = u64::from(self.minimum)..=u64::from(self.capacity);
        let limit = self.chosen(column).map(|choice| choice.count_limit).min();
        let limit = limit.unwrap_or(u8::MAX).min(self.count_limit);
        ticks.contains(&totals.ticks) && (limit == u8::MAX || totals.count <= u64::from(limit))
    }

    fn serves_required(&self, column: &Column) -> bool {
        (0..).zip(&self.classes).filter(|(_, class)| class.required).all(|(index, class)| {
            let taken = column.choices.iter().find(|taken| taken.0 == index);
            taken.is_some_and(|&(_, choice)| class.choices[choice as usize].required)
        })
    }
}

impl SectorModel {
    /// What no plan exceeds, at a glance: every item at the best share that any choice or direct
    /// column gives it, every post with the best that it may add beside items.
    pub fn naive_bound(&self) -> i64 {
        let mut best: Vec<Option<i64>> = vec![None; self.items as usize];
        let mut offer = |items: &[Item], profit: i64| {
            let count = items.len() as i64;
            for &item in items {
                // Rounded up, so that the shares of a choice sum to its profit at least.
                let share = -(-profit).div_euclid(count);
                let known = &mut best[item as usize];
                *known = Some(known.map_or(share, |known| known.max(share)));
            }
        };
        for choice in self.blocks.iter().flat_map(|it| &it.classes).flat_map(|it| &it.choices) {
            offer(&choice.items, choice.profit);
        }
        for direct in &self.direct {
            offer(&direct.items, direct.profit);
        }
        let beside: i64 = self
            .direct
            .iter()
            .filter(|direct| direct.items.is_empty())
            .map(|direct| direct.profit.max(0))
            .sum();
        let mut posts = vec![0; self.kinds.len()];
        for block in &self.blocks {
            let idle = |class: &Class| {
                let choices = class.choices.iter().filter(|choice| choice.items.is_empty());
                choices.map(|choice| choice.profit).max().unwrap_or(0).max(0)
            };
            let alone = block.profit + block.classes.iter().map(idle).sum::<i64>();
            let most: &mut i64 = &mut posts[block.kind as usize];
            *most = (*most).max(alone);
        }
        let posts: i64 =
            self.kinds.iter().zip(posts).map(|(kind, most)| i64::from(kind.upper) * most).sum();
        best.into_iter().flatten().sum::<i64>() + beside + posts
    }

    /// The largest magnitude of a profit, at least 1.
    pub fn largest_profit(&self) -> f64 {
        let choices = self.blocks.iter().flat_map(|it| &it.classes).flat_map(|it| &it.choices);
        let direct = self.direct.iter().map(|direct| direct.profit);
        let profits = choices.map(|choice| choice.profit).chain(direct);
        profits.map(i64::unsigned_abs).max().unwrap_or(0).max(1) as f64
    }

    /// Profit, cover and uses of a column.
    pub fn value(&self, column: Column) -> ValuedColumn {
        let block = &self.blocks[column.block as usize];
        debug_assert!(block.admits(&column), "infeasible sector {column:?}");
        let mut items: SmallVec<[Item; 8]> = SmallVec::new();
        let mut profit = block.profit;
        let mut uses: SmallVec<[(RowIndex, i64); 4]> = SmallVec::from_slice(&block.uses);
        for choice in block.chosen(&column) {
            items.extend_from_slice(&choice.items);
            profit += choice.profit;
            uses.extend_from_slice(&choice.uses);
        }
        if let Some(equity) = block.equity {
            let excess = equity.excess(block.totals(&column).measure);
            profit -= equity.weight * excess;
            uses.extend(equity.row.map(|row| (row, excess)));
        }
        items.sort_unstable();
        merge_uses(&mut uses);
        ValuedColumn { column, items, profit, uses }
    }

    /// The objective of a plan, or `None` where it breaks a row of the formulation.
    pub fn evaluate(&self, columns: &[Column], direct: &[u32]) -> Option<i64> {
        let mut cover = vec![0u32; self.items as usize];
        let mut kinds = vec![0u32; self.kinds.len()];
        let mut used = vec![0i64; self.rows.len()];
        let mut objective = 0;
        for column in columns {
            let block =
                self.blocks.get(column.block as usize).filter(|block| block.admits(column))?;
            let valued = self.value(column.clone());
            kinds[block.kind as usize] += 1;
            add(&mut cover, &mut used, &valued.items, &valued.uses);
            objective += valued.profit;
        }
        for &index in direct {
            let direct = self.direct.get(index as usize)?;
            add(&mut cover, &mut used, &direct.items, &direct.uses);
            objective += direct.profit;
        }
        let distinct = direct.iter().enumerate().all(|(at, it)| !direct[..at].contains(it));
        let feasible = distinct
            && cover.iter().all(|&times| times == 1)
            && self.kinds.iter().zip(&kinds).all(|(kind, n)| (kind.lower..=kind.upper).contains(n))
            && self.rows.iter().zip(&used).all(|(row, &sum)| sum <= row.capacity);
        feasible.then_some(objective)
    }
}

fn add(cover: &mut [u32], used: &mut [i64], items: &[Item], uses: &[(RowIndex, i64)]) {
    for &item in items {
        cover[item as usize] += 1;
    }
    for &(row, use_) in uses {
        used[row as usize] += use_;
    }
}

/// Sorts by row and sums repeated rows.
fn merge_uses(uses: &mut SmallVec<[(RowIndex, i64); 4]>) {
    uses.sort_unstable();
    uses.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    uses.retain(|use_| use_.1 != 0);
}
