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
