//! Scores by points taken off beyond a limit, and on the lines between marks.

use super::scored::{Case, Scored};
use crate::facts::Unit;
use crate::relations::FactId;
use crate::scoring::{Award, Bound, Line, Method};
use rust_decimal::Decimal;

impl Case<'_> {
    /// ≤5%，得5分；每增加0.1个百分点扣0.1分; 发现一处扣1分 without a limit.
    pub(super) fn deduct(&self, limit: Option<Bound>, step: Option<FactId>, each: FactId) -> Option<Scored> {
        let actual = self.actual?;
        let (figure, plain) = (actual.fact?, actual.comparison.is_none());
        let method =
            |limit: Option<FactId>, step| Method::Deduct { actual: figure, limit, step, each, weight: self.weight };
        let Some(limit) = limit else {
            let counted = matches!(self.quantity(figure).unit, Unit::Count(_)) && plain;
            return counted.then(|| self.reached(method(None, None)));
        };
        if self.fits(limit.comparison, limit.fact)? {
            return Some(self.reached(self.award(Award::Full, vec![figure, limit.fact])));
        }
        plain.then(|| self.reached(method(Some(limit.fact), step)))
    }

    /// 满分:≥90% 合格:60% 零分:≤50%.
    pub(super) fn marks(&self, full: Bound, pass: FactId, zero: FactId, lines: &[Option<Line>; 2]) -> Option<Scored> {
        let actual = self.actual?;
        let figure = actual.fact?;
        if self.fits(full.comparison, full.fact)? {
            return Some(self.reached(self.award(Award::Full, vec![figure, full.fact])));
        }
        // Lines that miss the marks are no rule for what lies between them.
        let rise = Decimal::from(40);
        let ends = [(full.fact, pass, rise), (pass, zero, Decimal::ONE_HUNDRED - rise)];
        let usual = lines.iter().zip(ends).all(|(line, (upper, lower, rise))| {
            line.is_some_and(|line| {
                self.value(line.divisor) == self.value(upper) - self.value(lower)
                    && self.value(line.rise) == rise
                    && self.value(line.start) == Decimal::ONE_HUNDRED - Decimal::from(40)
                    && self.value(line.mark) == self.value(pass)
            })
        });
        let method = Method::Marks { actual: figure, full: full.fact, pass, zero, weight: self.weight };
        (actual.comparison.is_none() && usual).then(|| self.reached(method))
    }
}
