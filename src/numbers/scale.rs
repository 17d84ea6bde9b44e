//! What a printed figure is multiplied by.

use rust_decimal::Decimal;
use std::ops::{Div, Mul};

/// A power of ten that figures are printed in: 10000 of 万元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(u8);

impl Scale {
    /// 元, and whatever is counted one by one.
    pub const ONE: Scale = Scale(0);
    /// 1 of per cents.
    pub const HUNDRED: Scale = Scale(2);
    /// 千元.
    pub const THOUSAND: Scale = Scale(3);
    /// 万元.
    pub const TEN_THOUSAND: Scale = Scale(4);
    /// 亿元.
    pub const HUNDRED_MILLION: Scale = Scale(8);

    /// Ten to a power, of at most 18.
    pub const fn ten_to(exponent: u8) -> Scale {
        Scale(exponent)
    }

    /// Both, one upon the other.
    pub const fn times(self, other: Scale) -> Scale {
        Scale(self.0 + other.0)
    }

    /// The number itself, as a whole.
    pub fn whole(self) -> i64 {
        10_i64.pow(self.0.into())
    }
}

impl From<Scale> for Decimal {
    fn from(scale: Scale) -> Decimal {
        Decimal::from(scale.whole())
    }
}

impl Mul<Scale> for Decimal {
    type Output = Decimal;

    fn mul(self, scale: Scale) -> Decimal {
        self * Decimal::from(scale)
    }
}

impl Div<Scale> for Decimal {
    type Output = Decimal;

    fn div(self, scale: Scale) -> Decimal {
        self / Decimal::from(scale)
    }
}
