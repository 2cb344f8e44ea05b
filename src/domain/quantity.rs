//! Units of measure that decide, all integers (`docs/model.md`, units of measure).

use std::fmt;

/// Minutes in a half-day of work.
pub const HALF_DAY_MINUTES: i64 = 210;
/// Minutes in a tick, the time grid of loads, capacities and travel.
pub const TICK_MINUTES: i64 = 5;
/// Weeks in the cycle over which presences and visits are counted.
pub const WEEKS_PER_CYCLE: i64 = 4;

/// Whole ticks that hold `minutes`, rounded up.
///
/// ```
/// assert_eq!(maillage::domain::ticks_from_minutes(211), 43);
/// ```
#[must_use]
pub fn ticks_from_minutes(minutes: i64) -> i64 {
    (minutes + TICK_MINUTES - 1).div_euclid(TICK_MINUTES)
}

/// Half-days of permanence per four weeks: 1 is monthly, 2 fortnightly, 4k is k a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Presence(pub u16);

impl Presence {
    /// One half-day every four weeks.
    pub const MONTHLY: Self = Self(1);
    /// One half-day a fortnight.
    pub const FORTNIGHTLY: Self = Self(2);
    /// One half-day a week.
    pub const WEEKLY: Self = Self(4);

    /// `count` half-days a week.
    #[must_use]
    pub const fn weekly(count: u16) -> Self {
        Self(4 * count)
    }

    /// The presence of `half_days` a week, when it is a multiple of a quarter below 64.
    #[must_use]
    pub fn from_half_days(half_days: f64) -> Option<Self> {
        let quarters = half_days * 4.0;
        ((0.0..256.0).contains(&quarters) && quarters.fract() == 0.0)
            .then_some(Self(quarters as u16))
    }

    /// Half-days a week.
    #[must_use]
    pub fn half_days(self) -> f64 {
        f64::from(self.0) / 4.0
    }

    /// Minutes of presence a week, exact in quarters of a half-day rounded up to the minute.
    #[must_use]
    pub fn minutes(self) -> i64 {
        (i64::from(self.0) * HALF_DAY_MINUTES + WEEKS_PER_CYCLE - 1) / WEEKS_PER_CYCLE
    }

    /// Visits per four weeks when nothing else is served at the place: one trip per two
    /// half-days, one per visit below one half-day a week.
    #[must_use]
    pub fn visits(self) -> i64 {
        if self >= Self::WEEKLY { 4 * i64::from(self.0.div_ceil(8)) } else { i64::from(self.0) }
    }
}

impl fmt::Display for Presence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.half_days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_trip_serves_two_half_days() {
        assert_eq!(Presence::MONTHLY.visits(), 1);
        assert_eq!(Presence::FORTNIGHTLY.visits(), 2);
        assert_eq!(Presence::weekly(1).visits(), 4);
        assert_eq!(Presence::weekly(2).visits(), 4);
        assert_eq!(Presence::weekly(3).visits(), 8);
    }

    #[test]
    fn a_presence_is_a_multiple_of_a_quarter() {
        assert_eq!(Presence::from_half_days(0.5), Some(Presence::FORTNIGHTLY));
        assert_eq!(Presence::from_half_days(0.3), None);
        assert_eq!(Presence::from_half_days(-1.0), None);
        assert_eq!(Presence::MONTHLY.minutes(), 53);
    }
}
