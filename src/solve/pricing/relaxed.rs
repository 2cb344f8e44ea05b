//! A bound on the sectors of a block without any table: the linear relaxation of its knapsack.
//!
//! # Formulation
//!
//! Of each class only the upper hull of (load, profit) counts; its steps are taken by falling profit
//! for the time, the last one in part. Equity and the largest count only take away and are left out.
//!
//! # Source
//!
//! Sinha and Zoltners (1979), The multiple-choice knapsack problem, Operations Research 27(3).

use super::super::safe_bound::NO_SECTOR;
use super::reduce::{Entry, Reduced};

/// A step up the hull of a class.
#[derive(Debug, Clone, Copy)]
struct Step {
    ticks: i64,
    value: i64,
}

impl Step {
    /// Whether this step brings more for its time than another.
    fn is_steeper(&self, other: &Self) -> bool {
        i128::from(self.value) * i128::from(other.ticks)
            > i128::from(other.value) * i128::from(self.ticks)
    }
}

/// No sector is worth more.
pub fn bound(reduced: &Reduced) -> i64 {
    if reduced.infeasible {
        return NO_SECTOR;
    }
    let mut steps = Vec::with_capacity(reduced.entries.len());
    let (mut value, mut left) = (reduced.base, i64::from(reduced.capacity));
    for group in &reduced.groups {
        let entries = &reduced.entries[group.start..group.end];
        let start = hull(entries, group.required, &mut steps);
        value += start.value;
        left -= start.ticks;
    }
    if left < 0 {
        return NO_SECTOR;
    }
    steps.sort_unstable_by(|a, b| match (a.is_steeper(b), b.is_steeper(a)) {
        (true, _) => std::cmp::Ordering::Less,
        (_, true) => std::cmp::Ordering::Greater,
        _ => a.ticks.cmp(&b.ticks),
    });
    for step in steps {
        if step.ticks > left {
            let part = i128::from(step.value) * i128::from(left);
            return value + (part / i128::from(step.ticks)) as i64 + 1;
        }
        left -= step.ticks;
        value += step.value;
    }
    value
}

/// Adds the steps of a class; returns where they start: nothing, or the lightest choice where one
/// must be taken.
fn hull(entries: &[Entry], required: bool, steps: &mut Vec<Step>) -> Step {
    let mut points: Vec<Step> =
        entries.iter().map(|it| Step { ticks: i64::from(it.ticks), value: it.value }).collect();
    points.sort_unstable_by_key(|it| (it.ticks, -it.value));
    let mut points = points.into_iter();
    let mut start = Step { ticks: 0, value: 0 };
    if required {
        start = points.next().unwrap_or(start);
    }
    let first = steps.len();
    let mut top = start;
    for point in points.filter(|it| it.value > start.value) {
        if point.value <= top.value {
            continue;
        }
        let mut step = Step { ticks: point.ticks - top.ticks, value: point.value - top.value };
        while steps.len() > first && step.is_steeper(&steps[steps.len() - 1]) {
            let last = steps.pop().expect("there is a step");
            step = Step { ticks: step.ticks + last.ticks, value: step.value + last.value };
        }
        steps.push(step);
        top = point;
    }
    start
}
