//! Scores by a formula whose terms stand in the row or in the prose: a rate of the points, what a rate leaves of them, one number over another.

use super::scored::{Case, Scored};
use super::stated;
use crate::facts::Unit;
use crate::relations::FactId;
use crate::scoring::{Award, Kept, Method, Rest};

impl Case<'_> {
    /// 得分=资产利用率×分值; full points from a limit on.
    pub(super) fn rate(&self, name: &str, cap: Option<FactId>) -> Option<Scored> {
        let percent = |id: &FactId| self.quantity(*id).unit == Unit::Percent;
        let in_row = self.actual.and_then(|goal| goal.fact).filter(percent);
        let in_prose = || match name.ends_with("执行率") {
            true => stated::execution(self.context, self.form),
            false => stated::only(self.context, &stated::rates(self.context, self.form, name)),
        };
        let rate = in_row.or_else(in_prose)?;
        let method = match cap.filter(|&cap| self.value(rate) >= self.value(cap)) {
            Some(cap) => self.award(Award::Full, vec![rate, cap]),
            None => Method::Rate { rate, weight: self.weight },
        };
        Some(if in_row.is_some() { self.reached(method) } else { self.told(method) })
    }

    /// 6、9、11月分别达到40%、67.5%、82.5%的分别得2、2、2分，未达到的按比重计算.
    pub(super) fn progress(&self, goals: &[FactId], points: &[FactId]) -> Option<Scored> {
        let reached = stated::progress(self.context, self.form, goals.len())?;
        let each = |((part, &whole), &weight): ((FactId, &FactId), &FactId)| match self.value(part) >= self.value(whole)
        {
            true => Method::Award { points: Some(weight), grounds: vec![part, whole] },
            false => Method::Ratio { part, whole, weight },
        };
        let methods = reached.into_iter().zip(goals).zip(points).map(each).collect();
        Some(self.told(Method::Several(methods)))
    }

    /// 得分=完成数量÷总数×100%×4.
    pub(super) fn quotient(&self, part: &str, whole: &str, less: bool) -> Option<Scored> {
        if let Some(limit) = stated::none_beyond(self.context, self.form, part).filter(|_| !less) {
            return Some(self.told(self.award(Award::Full, vec![limit])));
        }
        let named = |term: &str| stated::named(self.context, self.form, term);
        let (part, whole, weight) = (named(part)?, named(whole)?, self.weight);
        let method = match less {
            true => Method::Without { part, whole, weight },
            false => Method::Ratio { part, whole, weight },
        };
        (self.quantity(part).unit == self.quantity(whole).unit).then(|| self.told(method))
    }

    /// Of each kind of projects the part that keeps within a rate; of a kind of which nothing is stated the score is open.
    pub(super) fn kept(&self, parts: &[Kept]) -> Option<Scored> {
        let known: Vec<_> = parts.iter().map(|part| stated::kept(self.context, self.form, part)).collect();
        let method = |(part, known): (&Kept, &Option<(FactId, FactId)>)| match known {
            Some((beyond, whole)) => Method::Without { part: *beyond, whole: *whole, weight: part.points },
            None => Method::Open { points: part.points },
        };
        let methods = parts.iter().zip(&known).map(method).collect();
        known.iter().any(Option::is_some).then(|| self.told(Method::Several(methods)))
    }

    /// What rates leave of the points. Of those that nothing states the score is open; what a deviation leaves is told for a person, who
    /// knows which amounts are meant.
    pub(super) fn rest(&self, parts: &[Rest]) -> Option<Scored> {
        let percent = |id: &FactId| self.quantity(*id).unit == Unit::Percent;
        let own = self.row.actual.as_ref().and_then(|goal| goal.fact).filter(percent);
        let method = |part: &Rest| {
            let end: String = part.rate.chars().skip(part.rate.chars().count().saturating_sub(3)).collect();
            let end = if parts.len() == 1 { &end } else { &part.rate };
            let in_row = own.filter(|_| parts.len() == 1);
            let in_prose = || stated::only(self.context, &stated::rates(self.context, self.form, end));
            if let Some(rate) = in_row.or_else(in_prose) {
                return Method::Rest { rate, weight: part.points };
            }
            match stated::deviation(self.context, self.form, &part.rate) {
                Some((executed, budget)) => Method::Deviation { executed, budget, weight: part.points },
                None => Method::Open { points: part.points },
            }
        };
        let mut methods: Vec<Method> = parts.iter().map(method).collect();
        if methods.iter().all(|method| matches!(method, Method::Open { .. })) {
            return None;
        }
        let usual = methods.iter().any(|method| matches!(method, Method::Deviation { .. }));
        let method = if methods.len() == 1 { methods.remove(0) } else { Method::Several(methods) };
        Some(Scored { method, own: own.is_some(), usual })
    }
}
