//! Closed intervals of exact decimals.
//!
//! The arithmetic of XBRL Calculations 1.1 (Recommendation 2023): a printed number is the interval of values that round to it, and results
//! are computed end by end. Overflow decides nothing.

use rust_decimal::Decimal;

/// All values from `lo` to `hi`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The least value.
    pub lo: Decimal,
    /// The greatest value.
    pub hi: Decimal,
}

impl Interval {
    /// The sum of the others, where this is a sum that `part` is one of: the ends of a sum are the sums of the ends.
    pub fn without(self, part: Interval) -> Option<Interval> {
        Some(Interval { lo: self.lo.checked_sub(part.lo)?, hi: self.hi.checked_sub(part.hi)? })
    }

    /// The interval between two ends, in either order.
    pub fn new(a: Decimal, b: Decimal) -> Interval {
        Interval { lo: a.min(b), hi: a.max(b) }
    }

    /// A single value.
    pub fn point(value: Decimal) -> Interval {
        Interval { lo: value, hi: value }
    }

    /// The middle.
    pub fn middle(self) -> Decimal {
        self.lo / Decimal::TWO + self.hi / Decimal::TWO
    }

    /// Whether a value lies in it.
    pub fn contains(self, value: Decimal) -> bool {
        self.lo <= value && value <= self.hi
    }

    /// What both hold.
    pub fn meet(self, other: Interval) -> Option<Interval> {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        (lo <= hi).then_some(Interval { lo, hi })
    }

    /// The sum, or nothing where it overflows.
    pub fn plus(self, other: Interval) -> Option<Interval> {
        Some(Interval { lo: self.lo.checked_add(other.lo)?, hi: self.hi.checked_add(other.hi)? })
    }

    /// The difference.
    pub fn minus(self, other: Interval) -> Option<Interval> {
        self.plus(other.negated())
    }

    /// The interval on the other side of zero.
    pub fn negated(self) -> Interval {
        Interval { lo: -self.hi, hi: -self.lo }
    }

    /// The magnitudes of its values.
    pub fn magnitude(self) -> Interval {
        if self.lo >= Decimal::ZERO {
            self
        } else if self.hi <= Decimal::ZERO {
            self.negated()
        } else {
            Interval { lo: Decimal::ZERO, hi: self.hi.max(-self.lo) }
        }
    }

    /// The product.
    pub fn times(self, other: Interval) -> Option<Interval> {
        ends(self, other, Decimal::checked_mul)
    }

    /// The quotient, or nothing where the divisor can be zero.
    pub fn over(self, other: Interval) -> Option<Interval> {
        if other.contains(Decimal::ZERO) {
            return None;
        }
        ends(self, other, Decimal::checked_div)
    }
}

/// The hull of an operation's results at the four pairs of ends, which for products and quotients are the extremes.
fn ends(a: Interval, b: Interval, operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Interval> {
    let mut results = [operation(a.lo, b.lo)?, operation(a.lo, b.hi)?, operation(a.hi, b.lo)?, operation(a.hi, b.hi)?];
    results.sort();
    Some(Interval { lo: results[0], hi: results[3] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval() -> impl Strategy<Value = Interval> {
        (-40_i64..40, 0_i64..12).prop_map(|(lo, width)| Interval::new(Decimal::from(lo), Decimal::from(lo + width)))
    }

    /// The values of an interval with whole ends, in halves: its ends are among them.
    fn values(interval: Interval) -> Vec<Decimal> {
        let mut values = Vec::new();
        let mut value = interval.lo;
        while value <= interval.hi {
            values.push(value);
            value += Decimal::new(5, 1);
        }
        values
    }

    /// The least and greatest result over all pairs of values.
    fn brute(a: Interval, b: Interval, operation: fn(Decimal, Decimal) -> Decimal) -> Interval {
        let mut results: Vec<Decimal> = Vec::new();
        for x in values(a) {
            results.extend(values(b).into_iter().map(|y| operation(x, y)));
        }
        Interval { lo: results.iter().copied().min().unwrap(), hi: results.iter().copied().max().unwrap() }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn results_are_those_of_brute_force(a in interval(), b in interval()) {
            prop_assert_eq!(a.plus(b), Some(brute(a, b, |x, y| x + y)));
            prop_assert_eq!(a.minus(b), Some(brute(a, b, |x, y| x - y)));
            prop_assert_eq!(a.times(b), Some(brute(a, b, |x, y| x * y)));
            if b.contains(Decimal::ZERO) {
                prop_assert_eq!(a.over(b), None);
            } else {
                prop_assert_eq!(a.over(b), Some(brute(a, b, |x, y| x / y)));
            }
            let magnitudes = brute(a, a, |x, _| x.abs());
            prop_assert_eq!(a.magnitude().hi, magnitudes.hi);
            prop_assert!(a.magnitude().lo <= magnitudes.lo);
            let common: Vec<Decimal> = values(a).into_iter().filter(|&x| b.contains(x)).collect();
            prop_assert_eq!(a.meet(b).is_some(), !common.is_empty());
        }
    }

    #[test]
    fn overflow_decides_nothing() {
        let most = Interval::point(Decimal::MAX);
        assert_eq!(most.plus(most), None);
        assert_eq!(most.times(most), None);
    }
}
