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
    /// Entries of a class with the same number cover the same items with the same uses.
    pub set: u32,
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
    /// Classes of which a choice must be taken.
    pub required: usize,
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
            required: 0,
            infeasible: false,
        };
        for class in &block.classes {
            let start = reduced.entries.len();
            reduced.read_class(class, duals, drop);
            reduced.close_group(start, class.required);
        }
        reduced
    }

    /// Takes the choices of a class. Where all cover the same items and use no row, the duals take
    /// the same from each: none that the model kept is beaten by another.
    fn read_class(&mut self, class: &PricedClass, duals: &Duals, drop: bool) {
        let start = self.entries.len();
        let drop = drop && self.may_shrink();
        let Some(shared) = &class.shared else {
            for choice in &class.choices {
                let value = duals.reduce(choice.profit, &choice.items, &choice.uses);
                let entry = entry(class, choice, value);
                let useless = drop
                    && (self.is_hopeless(&entry)
                        || self.entries[start..].iter().any(|it| self.dominates(it, &entry)));
                if !useless {
                    self.entries.push(entry);
                }
            }
            return;
        };
        let covered = duals.reduce(0, &shared.items, &[]);
        let most = shared.most * duals.unit + covered + self.slope() * shared.measure;
        if drop && !class.required && most <= 0 {
            return;
        }
        for choice in &class.choices {
            let entry = entry(class, choice, choice.profit * duals.unit + covered);
            if !drop || !self.is_hopeless(&entry) {
                self.entries.push(entry);
            }
        }
    }

    /// Weight at which a unit of measure may change the value of a sector.
    fn slope(&self) -> i64 {
        self.penalty.map_or(0, |penalty| penalty.weight)
    }

    /// Whether taking less than offered never breaks the smallest load.
    fn may_shrink(&self) -> bool {
        self.minimum == 0
    }

    /// Whether a sector without `entry` is worth no less, whatever else it holds.
    fn is_hopeless(&self, entry: &Entry) -> bool {
        !entry.pinned && entry.value + self.slope() * entry.measure <= 0
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
            self.required += usize::from(required);
        } else {
            self.infeasible |= required;
        }
    }

    /// One problem for each limit that occurs, largest first: the choices whose own limit is at
    /// least that, at most so many in count.
    pub fn passes(self) -> Vec<Self> {
        match self.limits()[..] {
            [_] => vec![self],
            ref limits => limits.iter().map(|&limit| self.pass(limit)).collect(),
        }
    }

    fn limits(&self) -> Vec<u8> {
        let mut occurs = [false; 256];
        occurs[usize::from(self.limit)] = true;
        self.entries.iter().for_each(|entry| occurs[usize::from(entry.limit)] = true);
        (0..=u8::MAX).rev().filter(|&limit| occurs[usize::from(limit)]).collect()
    }

    fn pass(&self, limit: u8) -> Self {
        let mut pass = Self {
            limit,
            groups: Vec::with_capacity(self.groups.len()),
            entries: Vec::with_capacity(self.entries.len()),
            required: 0,
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

fn entry(class: &PricedClass, choice: &PricedChoice, value: i64) -> Entry {
    Entry {
        ticks: choice.ticks,
        value,
        measure: i64::from(choice.measure),
        count: u32::from(choice.count),
        limit: choice.limit,
        pinned: class.required,
        set: choice.set,
        place: (class.class, choice.choice),
    }
}
