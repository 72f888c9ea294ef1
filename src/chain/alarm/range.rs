//! Numbers of which only bounds are known: what a period may come to, whatever else is published in it.

/// All numbers from `low` to `high`; either may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub low: f64,
    pub high: f64,
}

/// What a period may come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Abstract {
    /// The numbers that it may have, if it may have one.
    pub present: Option<Range>,
    /// Whether it may have none.
    pub missing: bool,
}

impl Range {
    /// Any number.
    pub(crate) const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// All numbers if a bound is not a number.
    pub(crate) fn new(low: f64, high: f64) -> Self {
        if low.is_nan() || high.is_nan() { Self::ANY } else { Self { low, high } }
    }

    pub(crate) fn exactly(number: f64) -> Self {
        Self::new(number, number)
    }

    /// All numbers of both, and those between them.
    #[must_use]
    pub(crate) fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// All numbers that both have; any if there is none.
    #[must_use]
    pub(crate) fn meet(self, other: Self) -> Self {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high { Self { low, high } } else { Self::ANY }
    }

    /// The range that has what `apply` makes of the corners. It has to be monotone in both, in whatever direction.
    fn corners(self, other: Self, apply: impl Fn(f64, f64) -> f64) -> Self {
        let all = [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        let all = all.map(|(one, other)| apply(one, other));
        if all.iter().any(|number| number.is_nan()) {
            return Self::ANY;
        }
        Self {
            low: all.into_iter().fold(f64::INFINITY, f64::min),
            high: all.into_iter().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::new(self.low + other.low, self.high + other.high)
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self::new(self.low - other.high, self.high - other.low)
    }

    pub(crate) fn times(self, other: Self) -> Self {
        // Nothing of infinitely many is nothing: infinite bounds stand for numbers as great as one likes.
        self.corners(other, |one, other| if one == 0.0 || other == 0.0 { 0.0 } else { one * other })
    }

    /// None if it divides by zero alone.
    pub(crate) fn over(self, other: Self) -> Option<Self> {
        if other.low == 0.0 && other.high == 0.0 {
            return None;
        }
        if other.has(0.0) {
            return Some(Self::ANY);
        }
        Some(self.corners(other, |one, other| if one == 0.0 || other.is_infinite() { 0.0 } else { one / other }))
    }

    /// The lower bound, or the upper one where the lower is infinite.
    pub(crate) fn nearest(self) -> f64 {
        if self.low.is_finite() { self.low } else { self.high }
    }

    pub(crate) fn has(self, number: f64) -> bool {
        self.low <= number && number <= self.high
    }

    /// What a function that never falls makes of the numbers.
    pub(crate) fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Self::new(rising(self.low), rising(self.high))
    }

    /// The numbers without their sign.
    pub(crate) fn absolute(self) -> Self {
        let (low, high) = (self.low.abs(), self.high.abs());
        Self::new(if self.has(0.0) { 0.0 } else { low.min(high) }, low.max(high))
    }

    /// 1 if it surely holds, 0 if it surely does not.
    pub(crate) fn truth(holds: Option<bool>) -> Self {
        match holds {
            Some(holds) => Self::exactly(f64::from(u8::from(holds))),
            None => Self::new(0.0, 1.0),
        }
    }

    /// Whether the numbers are other than 0, which is how metric math reads a condition.
    pub(crate) fn holds(self) -> Option<bool> {
        match () {
            () if !self.has(0.0) => Some(true),
            () if self.low == 0.0 && self.high == 0.0 => Some(false),
            () => None,
        }
    }
}

impl Abstract {
    pub(crate) fn missing() -> Self {
        Self { present: None, missing: true }
    }

    pub(crate) fn exactly(number: f64) -> Self {
        Self { present: Some(Range::exactly(number)), missing: false }
    }

    /// Each way to be: with a number, and without one.
    pub(crate) fn cases(self) -> impl Iterator<Item = Option<Range>> {
        let missing = self.missing.then_some(None);
        self.present.map(Some).into_iter().chain(missing)
    }

    /// What is either this or that.
    #[must_use]
    pub(crate) fn join(self, other: Self) -> Self {
        let present = match (self.present, other.present) {
            (Some(one), Some(other)) => Some(one.join(other)),
            (one, other) => one.or(other),
        };
        Self { present, missing: self.missing || other.missing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: f64, high: f64) -> Range {
        Range::new(low, high)
    }

    #[test]
    fn ranges_hold_what_operations_make_of_their_numbers() {
        let inf = f64::INFINITY;
        assert_eq!(range(1.0, 2.0).plus(range(0.0, inf)), range(1.0, inf));
        assert_eq!(range(1.0, inf).minus(range(0.0, inf)), Range::ANY);
        assert_eq!(range(-1.0, 2.0).times(range(-3.0, 4.0)), range(-6.0, 8.0));
        assert_eq!(range(0.0, 1.0).times(range(0.0, inf)), range(0.0, inf));
        assert_eq!(range(1.0, 2.0).over(range(2.0, 4.0)), Some(range(0.25, 1.0)));
        assert_eq!(range(1.0, 2.0).over(range(0.0, 0.0)), None);
        assert_eq!(range(1.0, 2.0).over(range(0.0, 1.0)), Some(Range::ANY));
        assert_eq!(range(-3.0, 2.0).absolute(), range(0.0, 3.0));
        assert_eq!(range(-3.0, -2.0).absolute(), range(2.0, 3.0));
    }
}
