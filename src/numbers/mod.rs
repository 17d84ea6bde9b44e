//! What is known of numbers before anything is known of accounts: intervals of decimals, the scales that figures are printed in, and the slips of a hand that types them.

mod interval;
mod scale;
mod slip;

pub use interval::Interval;
pub use scale::Scale;
pub use slip::{Slip, slip};
