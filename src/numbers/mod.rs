//! What is known of numbers before anything is known of accounts: intervals of decimals, the scales that figures are printed in, and the slips of a hand that types them.

mod interval;
mod scale;
mod slip;

pub use interval::Interval;
pub use scale::Scale;
pub use slip::{Slip, slip};

use rust_decimal::Decimal;

/// How many digits of a figure say something: the zeros behind the last of them only make it round.
pub fn telling_digits(figure: Decimal) -> usize {
    figure.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len()
}
