//! What is known of numbers before anything is known of accounts: intervals of decimals, and the slips of a hand that types them.

mod interval;
mod slip;

pub use interval::Interval;
pub use slip::{Slip, slip};
