//! Scores by tiers: of one figure, of each part of a rule, or in parts of a norm; and by words that stand in for a figure.

use super::scored::{Case, Scored};
use super::stated;
use crate::numbers::Interval;
use crate::relations::FactId;
use crate::rules::Context;
use crate::scoring::{Award, Bound, Comparison, Form, Goal, Method, Norm, NormTier, Part, Tier, order};
use rust_decimal::Decimal;
use std::cmp::Ordering;

impl Case<'_> {
    /// The first tier that the figure is in gives the points.
    pub(super) fn tiers(&self, tiers: &[Tier], else_zero: bool) -> Option<Scored> {
        let ground = self.actual?.fact?;
        let mut given: Option<&Tier> = None;
        for tier in tiers {
            let fits: Option<Vec<bool>> =
                tier.bounds.iter().map(|bound| self.fits(bound.comparison, bound.fact)).collect();
            if !fits?.into_iter().all(|fits| fits) {
                continue;
            }
            // A figure that stands at the border of two tiers is given to neither.
            let at_border =
                |bound: &Bound| order(&self.quantity(ground), &self.quantity(bound.fact)).is_some_and(Ordering::is_eq);
            match given {
                None => given = Some(tier),
                Some(_) if tier.bounds.iter().any(at_border) => return None,
                Some(_) => {}
            }
        }
        let grounds = |bounds: &mut dyn Iterator<Item = &Bound>| {
            [ground].into_iter().chain(bounds.map(|bound| bound.fact)).collect::<Vec<_>>()
        };
        if let Some(tier) = given {
            return Some(self.reached(self.award(tier.award, grounds(&mut tier.bounds.iter()))));
        }
        let all = grounds(&mut tiers.iter().flat_map(|tier| &tier.bounds));
        else_zero.then(|| self.reached(self.award(Award::Zero, all)))
    }

    /// 无闲置资产的，得3分: what the prose says there is none of.
    pub(super) fn absent(&self, none: &str, points: FactId) -> Option<Scored> {
        let method = Method::Award { points: Some(points), grounds: Vec::new() };
        stated::is_none(self.context, self.form, none).then(|| self.told(method))
    }

    /// 正常得满分，否则不得分.
    pub(super) fn words(&self, words: &str, given: Award, else_zero: bool) -> Option<Scored> {
        let text = &self.actual?.text;
        let same = text.chars().count() >= 2 && (words.starts_with(text.as_str()) || text.starts_with(words));
        let short = text.chars().count() <= 4 && else_zero && text.starts_with(['不', '未', '无']);
        let award = if same { given } else { Award::Zero };
        (same || short).then(|| self.reached(self.award(award, Vec::new())))
    }

    /// A rule in parts, each with a figure of its own in the row.
    pub(super) fn parts(&self, parts: &[Part]) -> Option<Scored> {
        let awards = parts.iter().zip(&self.row.parts).map(|(part, goal)| possible(self.context, part, goal));
        let awards: Vec<Vec<Option<FactId>>> = awards.collect::<Option<_>>()?;
        let grounds = self.row.parts.iter().filter_map(|goal| goal.fact).collect();
        let all = awards.len() == parts.len();
        all.then_some(Scored { method: Method::Parts { awards, grounds }, own: true, usual: false })
    }

    /// Tiers in parts of a norm, for one rate or several; those that nothing states leave the score open.
    pub(super) fn norms(&self, norms: &[Norm]) -> Option<Scored> {
        let known: Vec<Option<(Interval, Vec<FactId>)>> =
            norms.iter().map(|norm| norm_rate(self.context, self.form, norm, norms)).collect();
        if known.iter().all(Option::is_none) {
            return None;
        }
        let mut grounds = Vec::new();
        let mut awards = Vec::new();
        for (norm, known) in norms.iter().zip(known) {
            let whole = self.value(norm.norm);
            let within = |tier: &&NormTier| {
                known.as_ref().is_none_or(|(rate, _)| {
                    tier.above.is_none_or(|part| rate.hi > part * whole)
                        && tier.to.is_none_or(|part| rate.lo <= part * whole)
                })
            };
            awards.push(norm.tiers.iter().filter(within).map(|tier| Some(tier.points)).collect());
            if let Some((_, rate)) = known {
                grounds.extend(rate.into_iter().chain([norm.norm]));
            }
        }
        let whole = awards.iter().all(|awards: &Vec<_>| !awards.is_empty());
        whole.then(|| self.told(Method::Parts { awards, grounds }))
    }
}

/// The rate that a norm is for, as printed or as the change of an amount, and what it rests on.
fn norm_rate(context: &Context, form: &Form, norm: &Norm, norms: &[Norm]) -> Option<(Interval, Vec<FactId>)> {
    if let Some(rate) = stated::norm_rate(context, form, norm, norms) {
        return Some((Interval::point(context.fact(rate).quantity.value()), vec![rate]));
    }
    let (now, change) = stated::change(context, form, &norm.name)?;
    let (risen, now_is) = (context.fact(change).quantity.interval(), context.fact(now).quantity.interval());
    let rate = risen.over(now_is.minus(risen)?)?.times(Interval::point(Decimal::ONE_HUNDRED))?;
    Some((rate, vec![now, change]))
}

/// What a part of a rule may give for a figure: of each tier that it can lie in, the points.
fn possible(context: &Context, part: &Part, goal: &Goal) -> Option<Vec<Option<FactId>>> {
    let value = |id: FactId| context.fact(id).quantity.value();
    let (lo, hi) = goal.range(value(goal.fact?));
    let lies = |tier: &&Tier| {
        let (mut lower, mut upper, mut open) = (lo, hi, false);
        for bound in &tier.bounds {
            let limit = value(bound.fact);
            let (rises, falls) = match bound.comparison {
                Comparison::AtLeast | Comparison::Above => (true, false),
                Comparison::AtMost | Comparison::Below => (false, true),
                Comparison::Exactly => (true, true),
            };
            let tighter = |known: Option<Decimal>, raise: bool| {
                known.is_none_or(|known| if raise { limit >= known } else { limit <= known })
            };
            if rises && tighter(lower, true) {
                lower = Some(limit);
                open |= bound.comparison == Comparison::Above;
            }
            if falls && tighter(upper, false) {
                upper = Some(limit);
                open |= bound.comparison == Comparison::Below;
            }
        }
        match (lower, upper) {
            (Some(lower), Some(upper)) => lower < upper || lower == upper && !open,
            _ => true,
        }
    };
    let mut awards = Vec::new();
    for tier in part.tiers.iter().filter(lies) {
        match tier.award {
            Award::Points(points) => awards.push(Some(points)),
            Award::Zero => awards.push(None),
            Award::Full => return None,
        }
    }
    // The first tier that a figure is in gives its points.
    if lo.is_some() && lo == hi {
        awards.truncate(1);
    }
    if awards.is_empty() {
        awards.push(None);
    }
    Some(awards)
}
