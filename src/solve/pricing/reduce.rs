//! A block under given duals: reduced profits, without what no best sector can hold.

use super::super::safe_bound::Duals;
use super::{PricedBlock, PricedChoice, PricedClass};

/// A choice with its reduced profit.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Load.
    pub ticks: u32,
    /// Reduced profit, fixed point.
    pub value: i64,
    /// What equity counts.
    pub measure: i64,
    /// What the largest count counts.
    pub count: u32,
    /// Largest count of a sector with this choice.
    pub limit: u8,
    /// Its class must be used.
    pub pinned: bool,
    /// `(class, choice)` in the model.
    pub place: (u32, u32),
}

/// Choices of one class.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// First entry.
    pub start: usize,
    /// One past the last entry.
    pub end: usize,
    /// One of the entries must be taken.
    pub required: bool,
}

/// Equity with its weight in fixed point, the equity row's dual included.
#[derive(Debug, Clone, Copy)]
pub struct Penalty {
    /// Measure that costs nothing.
    pub target: i64,
    /// Half-width of the band that costs nothing.
    pub tolerance: i64,
    /// Fixed point per unit of measure; never negative.
    pub weight: i64,
}

impl Penalty {
    /// Cost of a total measure.
    pub fn cost(&self, measure: i64) -> i64 {
        self.weight * ((measure - self.target).abs() - self.tolerance).max(0)
    }
}

/// The pricing problem of one block, or of one pass over it.
#[derive(Debug, Clone)]
pub struct Reduced {
    /// Reduced profit of the empty sector, equity apart.
    pub base: i64,
    /// Largest load.
    pub capacity: u32,
    /// Smallest load.
    pub minimum: u32,
    /// Largest count of the sector (`u8::MAX`: none).
    pub limit: u8,
    /// Equity, if any.
    pub penalty: Option<Penalty>,
    /// Classes with something to choose.
    pub groups: Vec<Group>,
    /// Choices, class after class.
    pub entries: Vec<Entry>,
    /// A required class has no choice left: no sector exists.
    pub infeasible: bool,
}

impl Reduced {
    /// Reads a block under `duals` and drops the choices that no best sector needs.
    pub fn new(block: &PricedBlock, duals: &Duals) -> Self {
        Self::read(block, duals, true)
    }

    /// Reads a block under `duals` with all its choices, as listing every sector needs.
    pub fn complete(block: &PricedBlock, duals: &Duals) -> Self {
        Self::read(block, duals, false)
    }

    fn read(block: &PricedBlock, duals: &Duals, drop: bool) -> Self {
        let penalty = block.equity.map(|equity| Penalty {
            target: i64::from(equity.target),
            tolerance: i64::from(equity.tolerance),
            weight: equity.weight * duals.unit
                + equity.row.map_or(0, |row| duals.rows[row as usize]),
        });
        let mut reduced = Self {
            base: duals.reduce(block.profit, &[], &block.uses),
            capacity: block.capacity,
            minimum: block.minimum,
            limit: block.count_limit,
            penalty: penalty.filter(|penalty| penalty.weight > 0),
            groups: Vec::with_capacity(block.classes.len()),
            entries: Vec::new(),
            infeasible: false,
        };
        for class in &block.classes {
            let start = reduced.entries.len();
            for choice in &class.choices {
                let entry = entry(class, choice, duals);
                if !drop || !reduced.is_useless(start, &entry, class.required) {
                    reduced.entries.push(entry);
                }
            }
            reduced.close_group(start, class.required);
        }
        reduced
    }

    /// Weight at which a unit of measure may change the value of a sector.
    fn slope(&self) -> i64 {
        self.penalty.map_or(0, |penalty| penalty.weight)
    }

    /// Whether taking less than offered never breaks the smallest load.
    fn may_shrink(&self) -> bool {
        self.minimum == 0
    }

    /// Whether the best sector never needs `entry`, given the group that began at `start`.
    fn is_useless(&self, start: usize, entry: &Entry, required: bool) -> bool {
        let hopeless = !required && entry.value + self.slope() * entry.measure <= 0;
        self.may_shrink()
            && (hopeless || self.entries[start..].iter().any(|known| self.dominates(known, entry)))
    }

    /// Whether `a` can stand for `b` in every sector (equity is Lipschitz in the measure).
    fn dominates(&self, a: &Entry, b: &Entry) -> bool {
        a.ticks <= b.ticks
            && a.count <= b.count
            && a.limit >= b.limit
            && a.value >= b.value + self.slope() * (a.measure - b.measure).abs()
    }

    fn close_group(&mut self, start: usize, required: bool) {
        let end = self.entries.len();
        if start < end {
            self.groups.push(Group { start, end, required });
        } else {
            self.infeasible |= required;
        }
    }

    /// The limits for which a pass is needed, largest first.
    pub fn limits(&self) -> Vec<u8> {
        let mut limits: Vec<u8> = self.entries.iter().map(|entry| entry.limit).collect();
        limits.push(self.limit);
        limits.sort_unstable_by(|a, b| b.cmp(a));
        limits.dedup();
        limits
    }

    /// The problem with the choices whose limit is at least `limit`, at most `limit` in count.
    pub fn pass(&self, limit: u8) -> Self {
        let mut pass = Self {
            limit,
            groups: Vec::with_capacity(self.groups.len()),
            entries: Vec::with_capacity(self.entries.len()),
            ..*self
        };
        for group in &self.groups {
            let start = pass.entries.len();
            let kept = self.entries[group.start..group.end].iter();
            pass.entries.extend(kept.filter(|entry| entry.limit >= limit));
            pass.close_group(start, group.required);
        }
        pass
    }

    /// Whether the largest count can be exceeded at all.
    pub fn count_may_bind(&self) -> bool {
        let largest = |group: &Group| {
            self.entries[group.start..group.end].iter().map(|entry| entry.count).max().unwrap_or(0)
        };
        self.limit < u8::MAX && self.groups.iter().map(largest).sum::<u32>() > u32::from(self.limit)
    }
}

fn entry(class: &PricedClass, choice: &PricedChoice, duals: &Duals) -> Entry {
    Entry {
        ticks: choice.ticks,
        value: duals.reduce(choice.profit, &choice.items, &choice.uses),
        measure: i64::from(choice.measure),
        count: u32::from(choice.count),
        limit: choice.limit,
        pinned: class.required,
        place: (class.class, choice.choice),
    }
}
