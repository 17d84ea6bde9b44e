//! Scores by the target: full marks where it is met, in proportion, by steps or nothing where it is missed.

use super::scored::{Case, Scored};
use crate::facts::Unit;
use crate::relations::FactId;
use crate::rules::target_met::wanted;
use crate::scoring::{Award, Bound, Comparison, Goal, Method};

impl Case<'_> {
    /// The usual method, where the form states none beside the row.
    pub(super) fn usual(&self) -> Option<Scored> {
        // What is said in words is graded by a person, whatever a note says of figures; what another form says needs no score here.
        self.row.actual.as_ref()?.fact?;
        let usual = !self.form.own.proportional;
        Some(Scored { method: self.by_target(true, false)?, own: true, usual })
    }

    /// 达到目标得满分，未达到的按比例得分.
    pub(super) fn target(&self, proportional: bool, else_zero: bool) -> Option<Scored> {
        self.by_target(proportional, else_zero).map(|method| self.reached(method))
    }

    /// ≥95%得满分，未达到的按比例得分: a target that the rule names itself.
    pub(super) fn own_target(&self, own: Bound) -> Option<Scored> {
        let actual = self.actual?;
        if self.fits(own.comparison, own.fact)? {
            let grounds = actual.fact.into_iter().chain([own.fact]).collect();
            return Some(self.reached(self.award(Award::Full, grounds)));
        }
        // Whether the proportion is to the limit or to the whole the words leave open.
        let plain = actual.comparison.is_none() && own.comparison.is_forward();
        let method = Method::Ratio { part: actual.fact.filter(|_| plain)?, whole: own.fact, weight: self.weight };
        Some(Scored { usual: true, ..self.reached(method) })
    }

    /// 达到目标得满分，每少1期扣2分.
    pub(super) fn short(&self, forward: bool, step: Option<FactId>, each: FactId) -> Option<Scored> {
        let (actual, target) = (self.actual?, self.row.target.as_ref()?);
        let (reached, goal) = (actual.fact?, target.fact?);
        let wanted = wanted(self.context, self.row)?;
        let quantity = |id: FactId| self.quantity(id);
        if actual.meets(&Goal { comparison: Some(wanted), ..target.clone() }, &quantity)? {
            return Some(self.reached(self.award(Award::Full, vec![reached, goal])));
        }
        // A step in per cent is one of percentages.
        let of_one_kind = step.is_none_or(|step| match quantity(step).unit {
            Unit::Percent | Unit::Points => quantity(goal).unit == Unit::Percent,
            unit => unit == quantity(goal).unit,
        });
        let plain = actual.comparison.is_none() && wanted.is_forward() == forward && of_one_kind;
        let method = Method::Deduct { actual: reached, limit: Some(goal), step, each, weight: self.weight };
        plain.then(|| self.reached(method))
    }

    /// Full marks where the target is met, in proportion or nothing where it is missed.
    fn by_target(&self, proportional: bool, else_zero: bool) -> Option<Method> {
        let (actual, target) = (self.actual?, self.row.target.as_ref()?);
        let quantity = |id: FactId| self.quantity(id);
        let grounds = || actual.fact.into_iter().chain(target.fact).collect::<Vec<FactId>>();
        let wanted = wanted(self.context, self.row);
        let target = &Goal { comparison: wanted, ..target.clone() };
        if actual.meets(target, &quantity)? {
            return Some(self.award(Award::Full, grounds()));
        }
        if else_zero {
            return Some(self.award(Award::Zero, grounds()));
        }
        let (reached, goal) = (actual.fact?, target.fact?);
        let limits_nothing = quantity(reached).figure.is_zero() && !wanted?.is_forward();
        if !proportional || quantity(goal).figure.is_zero() || limits_nothing {
            return None;
        }
        let falls_short = self.value(reached) < self.value(goal);
        let ratio = |part: FactId, whole: FactId| Some(Method::Ratio { part, whole, weight: self.weight });
        match wanted? {
            Comparison::AtLeast | Comparison::Above => ratio(reached, goal),
            Comparison::Exactly if falls_short => ratio(reached, goal),
            Comparison::Exactly => None,
            Comparison::AtMost | Comparison::Below => ratio(goal, reached),
        }
    }
}
