//! How the score of a row follows from its rule, its target and what was reached.

use super::stated;
use crate::facts::Unit;
use crate::numbers::Interval;
use crate::relations::FactId;
use crate::rules::Context;
use crate::scoring::{
    Award, Bound, Comparison, Form, Goal, Indicator, Kept, Method, Norm, NormTier, Part, Rest, Tier, Wording, order,
};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// How a row's score follows.
pub struct Scored {
    /// The computation.
    pub method: Method,
    /// Whether all that it uses stands in the row or in the form.
    pub own: bool,
    /// Whether the method is only the usual one, which nothing here states.
    pub usual: bool,
}

/// How the score of a row follows; none where its rule is not understood or asks for judgement.
pub fn scored(context: &Context, form: &Form, row: &Indicator) -> Option<Scored> {
    let weight = row.weight?;
    if let Some(rate) = row.coefficient {
        return Some(Scored { method: Method::Rate { rate, weight }, own: false, usual: false });
    }
    let Some(wording) = &row.wording else {
        // A rule that was not understood is not replaced by another.
        if row.rule.is_some() {
            return None;
        }
        let actual = row.actual.as_ref()?;
        // What is said in words is graded by a person, whatever a note says of figures.
        actual.fact?;
        let method = by_target(context, row, actual, weight, true, false)?;
        return Some(Scored { method, own: true, usual: !form.proportional });
    };
    let sibling = row.actual.is_none().then(|| sibling(context, row)).flatten();
    let actual = row.actual.as_ref().or(sibling);
    let from = |method: Option<Method>| method.map(|method| Scored { method, own: sibling.is_none(), usual: false });
    let award = |award: Award, grounds: Vec<FactId>| {
        let points = match award {
            Award::Full => Some(weight),
            Award::Points(points) => Some(points),
            Award::Zero => None,
        };
        Method::Award { points, grounds }
    };
    if !gives_weight(context, wording, weight) {
        return None;
    }
    match wording {
        Wording::Split(_) | Wording::Grants(_) | Wording::Whether(_) | Wording::Judged => None,
        Wording::Progress { goals, points } => {
            let reached = stated::progress(context, form, goals.len())?;
            let value = |id: FactId| context.fact(id).quantity.value();
            let each = |((part, &whole), &weight): ((FactId, &FactId), &FactId)| match value(part) >= value(whole) {
                true => Method::Award { points: Some(weight), grounds: vec![part, whole] },
                false => Method::Ratio { part, whole, weight },
            };
            let method = Method::Several(reached.into_iter().zip(goals).zip(points).map(each).collect());
            Some(Scored { method, own: false, usual: false })
        }
        Wording::Parts(parts) => {
            let awards = parts.iter().zip(&row.parts).map(|(part, goal)| possible(context, part, goal));
            let awards: Vec<Vec<Option<FactId>>> = awards.collect::<Option<_>>()?;
            let grounds = row.parts.iter().filter_map(|goal| goal.fact).collect();
            let all = awards.len() == parts.len();
            all.then_some(Scored { method: Method::Parts { awards, grounds }, own: true, usual: false })
        }
        Wording::Target { own: Some(own), .. } => {
            let actual = actual?;
            if fits(context, actual, own.comparison, own.fact)? {
                return from(Some(award(Award::Full, actual.fact.into_iter().chain([own.fact]).collect())));
            }
            // Whether the proportion is to the limit or to the whole the words leave open.
            let plain = actual.comparison.is_none() && own.comparison.is_forward();
            let method = Method::Ratio { part: actual.fact.filter(|_| plain)?, whole: own.fact, weight };
            Some(Scored { method, own: sibling.is_none(), usual: true })
        }
        Wording::Target { proportional, else_zero, .. } => {
            from(by_target(context, row, actual?, weight, *proportional, *else_zero))
        }
        Wording::Short { forward, step, each, .. } => {
            let (actual, target) = (actual?, row.target.as_ref()?);
            let (reached, goal) = (actual.fact?, target.fact?);
            let wanted = crate::rules::target_met::wanted(row)?;
            let full = || Method::Award { points: Some(weight), grounds: vec![reached, goal] };
            let quantity = |id: FactId| context.fact(id).quantity;
            if actual.meets(&Goal { comparison: Some(wanted), ..target.clone() }, &quantity)? {
                return from(Some(full()));
            }
            // A step in per cent is one of percentages.
            let of_one_kind = step.is_none_or(|step| match quantity(step).unit {
                Unit::Percent | Unit::Points => quantity(goal).unit == Unit::Percent,
                unit => unit == quantity(goal).unit,
            });
            let plain = actual.comparison.is_none() && wanted.is_forward() == *forward && of_one_kind;
            let (step, each) = (*step, *each);
            from(plain.then_some(Method::Deduct { actual: reached, limit: Some(goal), step, each, weight }))
        }
        Wording::Absent { none, points, .. } if stated::is_none(context, form, none) => {
            let method = Method::Award { points: Some(*points), grounds: Vec::new() };
            Some(Scored { method, own: false, usual: false })
        }
        Wording::Absent { .. } => None,
        Wording::Words { words, award: given, else_zero } => {
            let text = &actual?.text;
            let same =
                text.chars().count() >= 2 && (words.starts_with(text.as_str()) || text.starts_with(words.as_str()));
            let short = text.chars().count() <= 4 && *else_zero && text.starts_with(['不', '未', '无']);
            if same {
                from(Some(award(*given, Vec::new())))
            } else if short {
                from(Some(award(Award::Zero, Vec::new())))
            } else {
                None
            }
        }
        Wording::Tiers { tiers, else_zero } => {
            let actual = actual?;
            let ground = actual.fact?;
            let mut given: Option<&Tier> = None;
            for tier in tiers {
                let fits: Option<Vec<bool>> =
                    tier.bounds.iter().map(|bound| fits(context, actual, bound.comparison, bound.fact)).collect();
                if !fits?.into_iter().all(|fits| fits) {
                    continue;
                }
                // A figure that stands at the border of two tiers is given to neither.
                let at_border = |bound: &Bound| {
                    order(&context.fact(ground).quantity, &context.fact(bound.fact).quantity)
                        .is_some_and(Ordering::is_eq)
                };
                match given {
                    None => given = Some(tier),
                    Some(_) if tier.bounds.iter().any(at_border) => return None,
                    Some(_) => {}
                }
            }
            if let Some(tier) = given {
                let grounds = [ground].into_iter().chain(tier.bounds.iter().map(|bound| bound.fact)).collect();
                return from(Some(award(tier.award, grounds)));
            }
            let bounds = tiers.iter().flat_map(|tier| &tier.bounds).map(|bound| bound.fact);
            from(else_zero.then(|| award(Award::Zero, [ground].into_iter().chain(bounds).collect())))
        }
        Wording::Rate { rate: name, cap, .. } => {
            let stated =
                actual.and_then(|goal| goal.fact).filter(|&id| context.fact(id).quantity.unit == Unit::Percent);
            let in_prose = || match name.ends_with("执行率") {
                true => stated::execution(context, form),
                false => stated::only(context, &stated::rates(context, form, name)),
            };
            let rate = stated.or_else(in_prose)?;
            let reached = cap.filter(|&cap| context.fact(rate).quantity.value() >= context.fact(cap).quantity.value());
            let method = match reached {
                Some(cap) => award(Award::Full, vec![rate, cap]),
                None => Method::Rate { rate, weight },
            };
            Some(Scored { method, own: stated.is_some() && sibling.is_none(), usual: false })
        }
        Wording::Rest(parts) => rest(context, form, row, parts),
        Wording::Quotient { part, whole, less, .. } => {
            let (part, whole) = (stated::named(context, form, part)?, stated::named(context, form, whole)?);
            let (of, one) = (context.fact(part).quantity, context.fact(whole).quantity);
            let method = match less {
                true => Method::Without { part, whole, weight },
                false => Method::Ratio { part, whole, weight },
            };
            (of.unit == one.unit).then_some(Scored { method, own: false, usual: false })
        }
        Wording::Kept(parts) => {
            let known: Vec<_> = parts.iter().map(|part| stated::kept(context, form, part)).collect();
            let method = |(part, known): (&Kept, &Option<(FactId, FactId)>)| match known {
                Some((beyond, whole)) => Method::Without { part: *beyond, whole: *whole, weight: part.points },
                None => Method::Open { points: part.points },
            };
            let any = known.iter().any(Option::is_some);
            let method = Method::Several(parts.iter().zip(&known).map(method).collect());
            any.then_some(Scored { method, own: false, usual: false })
        }
        Wording::Norms(norms) => {
            let known: Vec<Option<(Interval, Vec<FactId>)>> =
                norms.iter().map(|norm| norm_rate(context, form, norm, norms)).collect();
            if known.iter().all(Option::is_none) {
                return None;
            }
            let mut grounds = Vec::new();
            let mut awards = Vec::new();
            for (norm, known) in norms.iter().zip(known) {
                let whole = context.fact(norm.norm).quantity.value();
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
            whole.then_some(Scored { method: Method::Parts { awards, grounds }, own: false, usual: false })
        }
        Wording::Deduct { limit, step, each, .. } => {
            let actual = actual?;
            let id = actual.fact?;
            let Some(limit) = limit else {
                let counted = matches!(context.fact(id).quantity.unit, Unit::Count(_)) && actual.comparison.is_none();
                return from(counted.then_some(Method::Deduct {
                    actual: id,
                    limit: None,
                    step: None,
                    each: *each,
                    weight,
                }));
            };
            if fits(context, actual, limit.comparison, limit.fact)? {
                return from(Some(award(Award::Full, vec![id, limit.fact])));
            }
            let plain = actual.comparison.is_none();
            from(plain.then_some(Method::Deduct {
                actual: id,
                limit: Some(limit.fact),
                step: *step,
                each: *each,
                weight,
            }))
        }
        Wording::Marks { full, pass, zero, lines } => {
            let actual = actual?;
            let figure = actual.fact?;
            if fits(context, actual, full.comparison, full.fact)? {
                return from(Some(award(Award::Full, vec![figure, full.fact])));
            }
            // Lines that miss the marks are no rule for what lies between them.
            let value = |id: FactId| context.fact(id).quantity.value();
            let rise = Decimal::from(40);
            let ends = [(full.fact, *pass, rise), (*pass, *zero, Decimal::ONE_HUNDRED - rise)];
            let usual = lines.iter().zip(ends).all(|(line, (upper, lower, rise))| {
                line.is_some_and(|line| {
                    value(line.divisor) == value(upper) - value(lower)
                        && value(line.rise) == rise
                        && value(line.start) == Decimal::ONE_HUNDRED - Decimal::from(40)
                        && value(line.mark) == value(*pass)
                })
            });
            let plain = actual.comparison.is_none() && usual;
            from(plain.then_some(Method::Marks { actual: figure, full: full.fact, pass: *pass, zero: *zero, weight }))
        }
    }
}

/// What rates leave of the points. Of those that nothing states the score is open; what a deviation leaves is told for a person, who knows
/// which amounts are meant.
fn rest(context: &Context, form: &Form, row: &Indicator, parts: &[Rest]) -> Option<Scored> {
    let percent = |id: &FactId| context.fact(*id).quantity.unit == Unit::Percent;
    let own = row.actual.as_ref().and_then(|goal| goal.fact).filter(percent);
    let method = |part: &Rest| {
        let end: String = part.rate.chars().skip(part.rate.chars().count().saturating_sub(3)).collect();
        let end = if parts.len() == 1 { &end } else { &part.rate };
        let stated = own.filter(|_| parts.len() == 1);
        if let Some(rate) = stated.or_else(|| stated::only(context, &stated::rates(context, form, end))) {
            return Method::Rest { rate, weight: part.points };
        }
        match stated::deviation(context, form, &part.rate) {
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

/// Whether the most that a rule gives is the weight. Where it is not, the one or the other is misread, or is for something else.
fn gives_weight(context: &Context, wording: &Wording, weight: FactId) -> bool {
    let value = |id: FactId| context.fact(id).quantity.value();
    wording.full(&value).iter().all(|full| full.iter().map(|&id| value(id)).sum::<Decimal>() == value(weight))
}

/// Full marks where the target is met, in proportion or nothing where it is missed.
fn by_target(
    context: &Context,
    row: &Indicator,
    actual: &Goal,
    weight: FactId,
    proportional: bool,
    else_zero: bool,
) -> Option<Method> {
    let target = row.target.as_ref()?;
    let quantity = |id: FactId| context.fact(id).quantity;
    let grounds = || actual.fact.into_iter().chain(target.fact).collect::<Vec<FactId>>();
    let wanted = crate::rules::target_met::wanted(row);
    let target = &Goal { comparison: wanted, ..target.clone() };
    if actual.meets(target, &quantity)? {
        return Some(Method::Award { points: Some(weight), grounds: grounds() });
    }
    if else_zero {
        return Some(Method::Award { points: None, grounds: grounds() });
    }
    let (reached, goal) = (actual.fact?, target.fact?);
    if !proportional || quantity(goal).figure.is_zero() || quantity(reached).figure.is_zero() && !wanted?.is_forward() {
        return None;
    }
    let falls_short = quantity(reached).value() < quantity(goal).value();
    match wanted? {
        Comparison::AtLeast | Comparison::Above => Some(Method::Ratio { part: reached, whole: goal, weight }),
        Comparison::Exactly if falls_short => Some(Method::Ratio { part: reached, whole: goal, weight }),
        Comparison::Exactly => None,
        Comparison::AtMost | Comparison::Below => Some(Method::Ratio { part: goal, whole: reached, weight }),
    }
}

/// Whether a figure lies within a bound. One that is itself a limit does where its limit is no further.
pub fn fits(context: &Context, actual: &Goal, comparison: Comparison, bound: FactId) -> Option<bool> {
    let order = order(&context.fact(actual.fact?).quantity, &context.fact(bound).quantity)?;
    match actual.comparison {
        None | Some(Comparison::Exactly) => Some(comparison.holds(order)),
        Some(own) if comparison == Comparison::Exactly || own.is_forward() != comparison.is_forward() => None,
        Some(_) => (order.is_eq() || comparison.holds(order)).then_some(true),
    }
}

/// What was reached by the same indicator in another form of the same targets.
pub fn sibling<'c>(context: &'c Context, row: &Indicator) -> Option<&'c Goal> {
    let target = row.target.as_ref()?;
    let mut found = context.rows_named(&row.name).filter(|other| !other.unread).filter_map(|other| {
        let theirs = other.target.as_ref()?;
        let value = |goal: &Goal| goal.fact.map(|id| context.fact(id).quantity.value());
        (value(theirs) == value(target) && (value(target).is_some() || theirs.text == target.text))
            .then_some(other.actual.as_ref()?)
    });
    let first = found.next()?;
    found.all(|other| other.text == first.text).then_some(first)
}
