//! Rules that take points off: for each fault, or for each step beyond a limit.

use super::read::{Figure, Reader, Register};
use super::{Bound, Wording};
use crate::facts::Unit;
use crate::scoring::goal::Comparison;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// 每…N扣M分, with the limit that stands before it.
    pub(super) fn deduct(&self, register: &mut Register) -> Option<Wording> {
        let is_points = |f: &&Figure| f.quantity.unit == Unit::Score;
        let taken: Vec<&Figure> =
            self.figures.iter().filter(is_points).filter(|f| f.start > 0 && self.chars[f.start - 1] == '扣').collect();
        let [each] = taken[..] else { return None };
        let lead: String = self.chars[..each.start].iter().collect();
        let fault = [
            "发现一处",
            "每发现一处",
            "发现1处",
            "每有一处",
            "每出现一次",
            "每有1项",
            "每有一项",
            "发现一例",
            "每发现一例",
            "每发现1处",
        ]
        .iter()
        .any(|word| lead.contains(word));
        if fault && self.figures.iter().all(|f| f.start == each.start || f.quantity.value() == Decimal::ONE) {
            return Some(Wording::Deduct {
                limit: None,
                step: None,
                each: register(each.quantity, each.start, each.end),
                beyond: None,
                full: None,
            });
        }
        let beyond = ["每增加", "每超过", "每超出", "每超", "每高于", "每上升", "每提高", "每高"];
        let short = ["每降低", "每减少", "每低于", "每下降", "每少", "每低"];
        let at = |words: &[&str]| words.iter().find_map(|word| self.find(word));
        let (from, forward) = at(&beyond).map(|at| (at, false)).or_else(|| at(&short).map(|at| (at, true)))?;
        let step = self.figures.iter().find(|f| {
            f.start > from && f.end < each.start && matches!(f.quantity.unit, Unit::Points | Unit::Percent)
        })?;
        let limit = self.figures.iter().find(|f| f.end <= from && f.quantity.unit == Unit::Percent)?;
        let comparison = self.comparison(limit)?;
        // One limit, and once more as that of what lies beyond it: a rule of several tiers is none of these.
        let others: Vec<&Figure> = self
            .figures
            .iter()
            .filter(|f| f.end <= from && f.start > limit.start && f.quantity.unit == Unit::Percent)
            .collect();
        let again = match others[..] {
            [] => None,
            [again] if turned(self.comparison(again)?) == Some(comparison) => Some(again),
            _ => return None,
        };
        let full = self
            .figures
            .iter()
            .find(|f| f.start > limit.end && f.end <= from && f.quantity.unit == Unit::Score)
            .filter(|f| self.chars[f.start - 1] == '得');
        (comparison.is_forward() == forward).then(|| {
            let mut fact = |f: &Figure| register(f.quantity, f.start, f.end);
            Wording::Deduct {
                limit: Some(Bound { comparison, fact: fact(limit) }),
                beyond: again.map(&mut fact),
                full: full.map(&mut fact),
                step: Some(fact(step)),
                each: fact(each),
            }
        })
    }
}

/// What lies beyond a limit: > behind ≤.
fn turned(comparison: Comparison) -> Option<Comparison> {
    match comparison {
        Comparison::AtLeast => Some(Comparison::Below),
        Comparison::Above => Some(Comparison::AtMost),
        Comparison::AtMost => Some(Comparison::Above),
        Comparison::Below => Some(Comparison::AtLeast),
        Comparison::Exactly => None,
    }
}
