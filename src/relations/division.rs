//! A row of figures whose heads are lost: a total, then its parts, each with its own parts behind it (合计 小计 基本工资 奖金 小计 办公费).
//!
//! Such a row divides itself: each figure behind the total is the sum of those that follow it, or one of them, and the sums make the total.

use super::FactId;
use crate::facts::Reading;
use crate::numbers::{Interval, slip};
use rust_decimal::Decimal;

/// More steps than this for one row decide nothing.
const MOST_STEPS: usize = 20_000;

/// The sums of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Each whole with its parts, the row's total first.
    pub sums: Vec<(FactId, Vec<FactId>)>,
}

impl Division {
    /// Whether figures could hardly divide so by chance: some sum has parts that are not the sum itself.
    pub fn is_telling(&self) -> bool {
        self.sums.iter().any(|(_, parts)| parts.len() > 1)
    }
}

/// The one way in which a row divides.
pub fn divide(reading: &Reading, figures: &[FactId]) -> Option<Division> {
    Search::of(reading, figures, false)?.one()
}

/// The one way in which a row would divide but for one keystroke in one of its figures.
pub fn nearly(reading: &Reading, figures: &[FactId]) -> Option<Division> {
    Search::of(reading, figures, true)?.one()
}

/// All ways to divide a row.
struct Search<'r> {
    reading: &'r Reading,
    figures: &'r [FactId],
    amounts: Vec<Interval>,
    /// Whether one figure is to be mistyped.
    slips: bool,
    /// The first figure of each sum and the end of its parts, for each way.
    ways: Vec<Vec<(usize, usize)>>,
    steps: usize,
}

impl<'r> Search<'r> {
    fn of(reading: &'r Reading, figures: &'r [FactId], slips: bool) -> Option<Self> {
        let amounts: Vec<Interval> = figures.iter().map(|&id| reading.facts[id].quantity.interval()).collect();
        if figures.len() < 3 || amounts.iter().any(|amount| amount.hi < Decimal::ZERO) {
            return None;
        }
        let mut search = Search { reading, figures, amounts, slips, ways: Vec::new(), steps: 0 };
        search.go(1, Interval::point(Decimal::ZERO), false, &mut Vec::new());
        (search.steps < MOST_STEPS).then_some(search)
    }

    /// The division, where there is one only.
    fn one(mut self) -> Option<Division> {
        self.ways.dedup();
        let [way] = &self.ways[..] else { return None };
        let of = |&(first, end): &(usize, usize)| (self.figures[first], self.figures[first + 1..end].to_vec());
        let total = (self.figures[0], way.iter().map(|(first, _)| self.figures[*first]).collect());
        Some(Division { sums: std::iter::once(total).chain(way.iter().map(of)).collect() })
    }

    /// Divides the figures from `from` on, behind sums that make `sum`.
    fn go(&mut self, from: usize, sum: Interval, slipped: bool, way: &mut Vec<(usize, usize)>) {
        self.steps += 1;
        if self.steps >= MOST_STEPS {
            return;
        }
        if from == self.figures.len() {
            let makes = sum.meet(self.amounts[0]).is_some();
            if makes && slipped == self.slips || !makes && self.slips && !slipped && self.is_slip(0, sum) {
                self.ways.push(way.clone());
            }
            return;
        }
        let whole = self.amounts[from];
        let mut parts = Interval::point(Decimal::ZERO);
        for end in from + 2..=self.figures.len() {
            let Some(more) = parts.plus(self.amounts[end - 1]) else { return };
            parts = more;
            let holds = parts.meet(whole).is_some();
            if !holds && (!self.slips || slipped) {
                // Amounts only add up.
                if parts.lo > whole.hi {
                    return;
                }
                continue;
            }
            way.push((from, end));
            if holds {
                self.next(end, sum, whole, slipped, way);
            } else {
                let gap = whole.minus(parts);
                let is_part = |at: usize| {
                    let right = gap.and_then(|gap| self.amounts[at].plus(gap));
                    right.is_some_and(|right| self.is_slip(at, right))
                };
                let of_part = (from + 1..end).any(is_part);
                if self.is_slip(from, parts) {
                    self.next(end, sum, parts, true, way);
                }
                if of_part {
                    self.next(end, sum, whole, true, way);
                }
            }
            way.pop();
        }
    }

    fn next(&mut self, end: usize, sum: Interval, whole: Interval, slipped: bool, way: &mut Vec<(usize, usize)>) {
        if let Some(sum) = sum.plus(whole) {
            self.go(end, sum, slipped, way);
        }
    }

    /// Whether one keystroke makes a figure of the right one.
    fn is_slip(&self, at: usize, right: Interval) -> bool {
        let quantity = &self.reading.facts[self.figures[at]].quantity;
        let right = (right.middle() / quantity.scale).normalize();
        right > Decimal::ZERO && slip(quantity.figure, right, quantity.decimals).is_some()
    }
}
