//! A score against the rule that is printed beside it.

use super::{Context, Found, Rule};
use crate::facts::Unit;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{
    Award, Bound, Comparison, Form, Goal, Indicator, Kept, Line, Method, Norm, NormTier, Part, Tier, Wording, order,
};
use crate::verdicts::Interval;
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-method",
    name: ["按评分标准计算得分", "scores by their own rules"],
    doc: [
        "评分标准写明算法的，得分应与按该算法计算的结果一致：达到目标得满分，未达到的按完成值与目标值的比例得分（反向指标相反），分级评分，每超一定幅度扣分，是否评分，得分系数乘权重，表头写明“得分（20分*执行率）”的按其计算；公式所需的结余率、利用率、项目数由正文写明的，按正文计算。财预〔2020〕10号：定量指标达到指标值的记满分，未达到的按完成值与指标值的比例记分。定性指标按达成、部分达成、未达成三档给分（100%—80%、80%—60%、60%—0%），表下另有规定的从其规定。需要人工判断的指标不作认定。",
        "Where the rule beside a score says how it follows, the score is computed: full marks when the target is reached, in proportion otherwise (the other way round for limits), by tiers, with points off for each step, all or nothing, a coefficient of the weight, or the formula that the head prints (得分（20分*执行率）); what a formula asks for may stand in the prose. What is told in words scores by its grade (100—80, 80—60, 60—0 %), unless a note below the form prints grades of its own. What asks for judgement is never called wrong (财预〔2020〕10号).",
    ],
    fails: "项目支出绩效自评表\n一级指标\t三级指标\t指标值\t完成值\t评分标准\t分值\t得分\n产出指标\t新增图书\t≥700册\t555册\t达到目标得满分，未达到的按完成比例得分\t9\t8.14\n满意度\t读者满意度\t≥90%\t96%\t达到目标得满分，未达到的按完成比例得分\t10\t10",
    passes: "项目支出绩效自评表\n一级指标\t三级指标\t指标值\t完成值\t评分标准\t分值\t得分\n产出指标\t新增图书\t≥700册\t555册\t达到目标得满分，未达到的按完成比例得分\t9\t7.14\n满意度\t读者满意度\t≥90%\t96%\t达到目标得满分，未达到的按完成比例得分\t10\t10",
    find,
};

/// How a row's score follows.
pub struct Scored {
    /// The computation.
    pub method: Method,
    /// Whether all that it uses stands in the row or in the form.
    pub own: bool,
    /// Whether the method is only the usual one, which nothing here states.
    pub usual: bool,
}

fn find(context: &Context, found: &mut Found) {
    for form in &context.reading.forms {
        limits(context, form, found);
        for fund in &form.funds {
            // 预算执行率 scores its rate of the weight by habit; offices that give full marks from 90 % on say so elsewhere.
            if let (Some(rate), Some(weight), Some(score)) = (fund.rate, fund.weight, fund.score) {
                let method = Method::Rate { rate, weight };
                if fund.by_rate {
                    found.relations.push(Relation {
                        rule: RULE.id,
                        target: score,
                        readings: vec![Formula::Scored(Box::new(method))],
                        certainty: Certainty::Likely,
                    });
                } else {
                    usual(context, score, method, found);
                }
            }
        }
        for row in form.indicators.iter().filter(|row| !row.unread) {
            marks(context, row, found);
            joints(context, row, found);
            graded(context, form, row, found);
            missed(context, row, found);
            let Some(scored) = scored(context, form, row) else { continue };
            match row.score {
                Some(score) if between(context, score, &scored.method, found) => {}
                Some(score) if scored.usual => usual(context, score, scored.method, found),
                Some(score) => found.relations.push(Relation {
                    rule: RULE.id,
                    target: score,
                    certainty: match scored.own {
                        _ if is_rounded(context, score, &scored.method) => Certainty::Conjecture,
                        true if row.straight || row.rule.is_some() => Certainty::Sure,
                        _ => Certainty::Likely,
                    },
                    readings: vec![Formula::Scored(Box::new(scored.method))],
                }),
                None if row.unscored && !scored.usual => missing(context, form, row, &scored.method, found),
                None => {}
            }
        }
    }
}

/// Whether whole points can be rounded ones: 7 where 7.14 follows.
fn is_rounded(context: &Context, score: FactId, method: &Method) -> bool {
    let stated = context.fact(score).quantity;
    let nearest = |value: Decimal| value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    stated.decimals == 0
        && computed(context, method).is_some_and(|value| value != stated.value() && nearest(value) == stated.value())
}

/// What a method gives by the printed numbers.
pub fn computed(context: &Context, method: &Method) -> Option<Decimal> {
    method.evaluate(&|id| Interval::point(context.fact(id).quantity.value())).map(Interval::middle)
}

/// What the usual method gives is told for a person to judge where it differs.
fn usual(context: &Context, score: FactId, method: Method, found: &mut Found) {
    let Some(value) = computed(context, &method) else { return };
    let stated = context.fact(score).quantity;
    if stated.print(value).parse::<Decimal>().ok() == Some(stated.figure) {
        let readings = vec![Formula::Scored(Box::new(method))];
        found.relations.push(Relation { rule: RULE.id, target: score, readings, certainty: Certainty::Conjecture });
        return;
    }
    found.words.push(WordCheck {
        rule: RULE.id,
        span: context.fact(score).span,
        operands: method.operands(),
        holds: false,
        truth: Some(Truth::UsualScore(
            value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize(),
        )),
        judge: true,
    });
}

/// A score that is missing though its rule gives it. Where the cells of the row were moved, the total must bear it out.
fn missing(context: &Context, form: &Form, row: &Indicator, method: &Method, found: &mut Found) {
    let (Some(value), Some(weight)) = (computed(context, method), row.weight) else { return };
    let value = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let others: Option<Vec<FactId>> =
        form.indicators.iter().filter(|other| other.span != row.span).map(|other| other.score).collect();
    let rest = others.map(|ids| ids.iter().fold(Decimal::ZERO, |sum, &id| sum + context.fact(id).quantity.value()));
    let total = form.total().and_then(|total| total.score).map(|id| context.fact(id).quantity.value());
    let borne_out = rest.zip(total).is_some_and(|(rest, total)| rest + value == total);
    // A form without any score is a rubric that nobody has scored: its scores are computed, not missed.
    if row.straight || borne_out {
        found.words.push(WordCheck {
            rule: RULE.id,
            span: context.fact(weight).span,
            operands: method.operands().into_iter().filter(|&id| id != weight).collect(),
            holds: !form.is_scored(),
            truth: Some(Truth::MissingScore(value.normalize())),
            judge: false,
        });
    }
}

/// A score of which the figures leave open what it is exactly: told only where it lies outside of what it can be.
fn between(context: &Context, score: FactId, method: &Method, found: &mut Found) -> bool {
    let Method::Parts { grounds, .. } = method else { return false };
    let value = |id: FactId| Interval::point(context.fact(id).quantity.value());
    let Some(range) = method.evaluate(&value).filter(|range| range.lo != range.hi) else { return false };
    let stated = value(score).middle();
    found.words.push(WordCheck {
        rule: RULE.id,
        span: context.fact(score).span,
        operands: grounds.clone(),
        holds: range.lo <= stated && stated <= range.hi,
        truth: Some(Truth::ScoreBetween(range.lo.normalize(), range.hi.normalize())),
        judge: false,
    });
    true
}

/// Full marks for a figure that misses the only limit which the rule gives them for.
fn missed(context: &Context, row: &Indicator, found: &mut Found) {
    let (Some(score), Some(weight), Some(Wording::Tiers { tiers, .. })) = (row.score, row.weight, &row.wording) else {
        return;
    };
    let [Tier { bounds, .. }] = &tiers[..] else { return };
    let value = |id: FactId| context.fact(id).quantity.value();
    let Some(actual) = row.actual.as_ref().or_else(|| sibling(context, row)) else { return };
    let fit: Option<Vec<bool>> =
        bounds.iter().map(|bound| fits(context, actual, bound.comparison, bound.fact)).collect();
    if value(score) == value(weight) && fit.is_some_and(|fit| !fit.contains(&true)) {
        found.words.push(WordCheck {
            rule: RULE.id,
            span: context.fact(score).span,
            operands: actual.fact.into_iter().chain(bounds.iter().map(|bound| bound.fact)).collect(),
            holds: false,
            truth: Some(Truth::FullMarks),
            judge: false,
        });
    }
}

/// Where full marks begin by the rules beside the targets: where most rows of a form repeat the target in the rule, the others do.
fn limits(context: &Context, form: &Form, found: &mut Found) {
    let pairs: Vec<(FactId, FactId)> = form
        .indicators
        .iter()
        .filter(|row| !row.unread)
        .filter_map(|row| {
            let (Bound { fact, .. }, target) = (row.wording.as_ref()?.full_from()?, row.target.as_ref()?.fact?);
            (context.fact(fact).quantity.unit == context.fact(target).quantity.unit).then_some((fact, target))
        })
        .collect();
    let value = |id: FactId| context.fact(id).quantity.value();
    let agreeing = pairs.iter().filter(|(limit, target)| value(*limit) == value(*target)).count();
    let certainty =
        if agreeing >= 3 && agreeing * 4 >= pairs.len() * 3 { Certainty::Likely } else { Certainty::Conjecture };
    for (target, limit) in pairs {
        let readings = vec![Formula::Equal(limit)];
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
}

/// The lines of 满分, 合格 and 零分 meet at the pass mark, end at a hundred and at nothing, and divide by the distance between their marks.
fn marks(context: &Context, row: &Indicator, found: &mut Found) {
    let Some(Wording::Marks { full, pass, zero, lines }) = &row.wording else { return };
    let value = |id: FactId| context.fact(id).quantity.value();
    let mut holds = |target, formula| {
        found.relations.push(Relation { rule: RULE.id, target, readings: vec![formula], certainty: Certainty::Likely });
    };
    holds(*zero, Formula::AtMost(*pass));
    holds(*pass, Formula::AtMost(full.fact));
    for line in lines.iter().flatten() {
        holds(line.mark, Formula::Equal(*pass));
    }
    if let [Some(upper), Some(lower)] = lines {
        // Both begin at what the pass mark gives; the one rises to a hundred, the other falls to nothing.
        holds(lower.start, Formula::Equal(upper.start));
        holds(lower.rise, Formula::Equal(lower.start));
        holds(upper.rise, Formula::RestOfHundred(vec![upper.start]));
    }
    for (line, (upper, lower)) in lines.iter().zip([(full.fact, *pass), (*pass, *zero)]) {
        let Some(Line { divisor, .. }) = *line else { continue };
        let distance = value(upper) - value(lower);
        found.words.push(WordCheck {
            rule: RULE.id,
            span: context.fact(divisor).span,
            operands: vec![upper, lower],
            holds: value(divisor) == distance,
            truth: Some(Truth::Distance(distance.normalize())),
            judge: true,
        });
    }
}

/// What was reached in part scores no more than its grade: by the form's own grades this is told, by the nation's it is for a person.
fn graded(context: &Context, form: &Form, row: &Indicator, found: &mut Found) {
    let (Some(actual), Some(weight), Some(score), None) = (&row.actual, row.weight, row.score, row.rule) else {
        return;
    };
    let Some((from, to)) = form.grades.of(&actual.text) else { return };
    let value = |id: FactId| context.fact(id).quantity.value();
    let points = |part: Decimal| part * value(weight) / Decimal::ONE_HUNDRED;
    let (lo, hi) = (points(from), points(to));
    found.words.push(WordCheck {
        rule: RULE.id,
        span: context.fact(score).span,
        operands: vec![weight],
        holds: lo <= value(score) && value(score) <= hi,
        truth: Some(Truth::ScoreBetween(lo.normalize(), hi.normalize())),
        judge: !form.grades.own,
    });
}

/// Where a tier ends the next one begins: ≥95%, 90%（含）—95%, <90%. Tiers that all begin below (≥95%, ≥90%) lie within each other.
fn joints(context: &Context, row: &Indicator, found: &mut Found) {
    let Some(wording) = &row.wording else { return };
    if let Wording::Deduct { limit: Some(limit), beyond: Some(target), .. } = wording {
        let readings = vec![Formula::Equal(limit.fact)];
        found.relations.push(Relation { rule: RULE.id, target: *target, readings, certainty: Certainty::Likely });
    }
    let value = |id: FactId| context.fact(id).quantity.value();
    let meeting = |tiers: &[Tier]| -> Vec<(FactId, FactId)> {
        let end = |tier: &Tier, forward: bool| {
            tier.bounds.iter().find(|bound| bound.comparison.is_forward() == forward).map(|bound| bound.fact)
        };
        // From the best figures down, or from the least up.
        let falls = end(&tiers[0], true).is_some();
        tiers.windows(2).filter_map(|pair| Some((end(&pair[1], !falls)?, end(&pair[0], falls)?))).collect()
    };
    let meeting: Vec<(FactId, FactId)> = wording.tiers().into_iter().flat_map(meeting).collect();
    let agreeing = meeting.iter().filter(|(next, last)| value(*next) == value(*last)).count();
    let most = agreeing >= 2 && agreeing + 1 >= meeting.len();
    let certainty = if most { Certainty::Likely } else { Certainty::Conjecture };
    for (target, last) in meeting {
        // 80%—89%, 90% and more: whole figures need not meet.
        if value(target) == value(last) || (value(target) - value(last)).abs() > Decimal::ONE {
            found.relations.push(Relation { rule: RULE.id, target, readings: vec![Formula::Equal(last)], certainty });
        }
    }
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
        Wording::Split(_) => None,
        Wording::Progress { goals, points } => {
            let reached = progress(context, form, goals.len())?;
            let ratio = |((part, &whole), &weight): ((FactId, &FactId), &FactId)| Method::Ratio { part, whole, weight };
            let method = Method::Several(reached.into_iter().zip(goals).zip(points).map(ratio).collect());
            Some(Scored { method, own: false, usual: false })
        }
        Wording::Parts(parts) => {
            let awards = parts.iter().zip(&row.parts).map(|(part, goal)| possible(context, part, goal));
            let awards: Vec<Vec<Option<FactId>>> = awards.collect::<Option<_>>()?;
            let grounds = row.parts.iter().filter_map(|goal| goal.fact).collect();
            let all = awards.len() == parts.len();
            all.then_some(Scored { method: Method::Parts { awards, grounds }, own: true, usual: false })
        }
        Wording::Target { proportional, else_zero } => {
            from(by_target(context, row, actual?, weight, *proportional, *else_zero))
        }
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
        Wording::Execution { cap, .. } => {
            let stated =
                actual.and_then(|goal| goal.fact).filter(|&id| context.fact(id).quantity.unit == Unit::Percent);
            let rate = stated.or_else(|| execution(context, form))?;
            let reached = cap.filter(|&cap| context.fact(rate).quantity.value() >= context.fact(cap).quantity.value());
            let method = match reached {
                Some(cap) => award(Award::Full, vec![rate, cap]),
                None => Method::Rate { rate, weight },
            };
            Some(Scored { method, own: stated.is_some() && sibling.is_none(), usual: false })
        }
        Wording::Rest { rate: name, .. } => {
            let stated = row.actual.as_ref().and_then(|goal| goal.fact);
            let stated = stated.filter(|&id| context.fact(id).quantity.unit == Unit::Percent);
            let end: String = name.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
            let rate = stated.or_else(|| only(context, &rates(context, form, &end)))?;
            Some(Scored { method: Method::Rest { rate, weight }, own: stated.is_some(), usual: false })
        }
        Wording::Kept(parts) => {
            let without = |part: &Kept| {
                let (beyond, whole) = kept(context, form, part)?;
                Some(Method::Without { part: beyond, whole, weight: part.points })
            };
            let method = Method::Several(parts.iter().map(without).collect::<Option<_>>()?);
            Some(Scored { method, own: false, usual: false })
        }
        Wording::Norms(norms) => {
            let mut grounds = Vec::new();
            let mut awards = Vec::new();
            for norm in norms {
                let rate = norm_rate(context, form, norm, norms)?;
                let (rate_value, whole) =
                    (context.fact(rate).quantity.value(), context.fact(norm.norm).quantity.value());
                let within = |tier: &&NormTier| {
                    tier.above.is_none_or(|part| rate_value > part * whole)
                        && tier.to.is_none_or(|part| rate_value <= part * whole)
                };
                awards.push(vec![Some(norm.tiers.iter().find(within)?.points)]);
                grounds.extend([rate, norm.norm]);
            }
            Some(Scored { method: Method::Parts { awards, grounds }, own: false, usual: false })
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
    let wanted = super::target_met::wanted(row);
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
fn fits(context: &Context, actual: &Goal, comparison: Comparison, bound: FactId) -> Option<bool> {
    let order = order(&context.fact(actual.fact?).quantity, &context.fact(bound).quantity)?;
    match actual.comparison {
        None | Some(Comparison::Exactly) => Some(comparison.holds(order)),
        Some(own) if comparison == Comparison::Exactly || own.is_forward() != comparison.is_forward() => None,
        Some(_) => (order.is_eq() || comparison.holds(order)).then_some(true),
    }
}

/// What was reached by the same indicator in another form of the same targets.
fn sibling<'c>(context: &'c Context, row: &Indicator) -> Option<&'c Goal> {
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

/// The rates of execution that the prose in front of a form states in a row (6月、9月、11月执行进度分别达到…), where it does so once.
fn progress(context: &Context, form: &Form, count: usize) -> Option<Vec<FactId>> {
    let opens = |id: FactId| {
        let fact = context.fact(id);
        let words = context.reading.paragraphs[fact.paragraph].between(fact.at.0.saturating_sub(20), fact.at.0);
        words.contains("进度") && words.contains("分别")
    };
    let is_rate = |id: FactId| context.fact(id).quantity.unit == Unit::Percent && !context.fact(id).quantity.loose;
    let mut found = context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| {
        let run = id..id + count;
        is_rate(id) && context.place_in_run(id) == (id, count) && opens(id) && run.clone().all(is_rate)
    });
    let first = found.next()?;
    found.next().is_none().then(|| (first..first + count).collect())
}

/// How many projects of a kind go beyond a rate, and how many there are, as the prose in front of a form states them:
/// 常年项目绩效分析。该类项目总数10个，…其中：预算结余率大于10%的项目共计2个.
fn kept(context: &Context, form: &Form, part: &Kept) -> Option<(FactId, FactId)> {
    let counted = |id: FactId, end: &str| {
        let fact = context.fact(id);
        matches!(fact.quantity.unit, Unit::Count(_)) && !fact.quantity.loose && lead(context, id).ends_with(end)
    };
    let of_kind = |id: FactId| {
        let fact = context.fact(id);
        let before = context.reading.paragraphs[fact.paragraph].between(fact.at.0.saturating_sub(30), fact.at.0);
        before
            .rsplit_once("项目绩效分析")
            .is_some_and(|(name, _)| name.rsplit('。').next().is_some_and(|name| name.contains(part.kind.as_str())))
    };
    let facts = context.facts_in(context.passage(form)).map(|(id, _)| id);
    let mut wholes = facts.filter(|&id| counted(id, "项目总数") && of_kind(id));
    let (whole, None) = (wholes.next()?, wholes.next()) else { return None };
    let rate = context.fact(part.rate).quantity.value();
    let last = context.reading.paragraphs[context.fact(whole).paragraph].facts.end;
    let beyond = (whole + 1..last.min(whole + 8)).find(|&id| counted(id, "项目共计") || counted(id, "项目总数"))?;
    let limit = context.fact(beyond - 1).quantity;
    let named = limit.unit == Unit::Percent && limit.value() == rate && lead(context, beyond - 1).ends_with("大于");
    (named && counted(beyond, "项目共计")).then_some((beyond, whole))
}

/// The rates whose name ends like this that the prose in front of a form states.
fn rates(context: &Context, form: &Form, end: &str) -> Vec<FactId> {
    let is_rate = |id: FactId| {
        let fact = context.fact(id);
        fact.quantity.unit == Unit::Percent && !fact.quantity.loose && lead(context, id).ends_with(end)
    };
    context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| is_rate(id)).collect()
}

/// The words before a rate, up to its name.
fn lead(context: &Context, id: FactId) -> String {
    let fact = context.fact(id);
    let before = context.reading.paragraphs[fact.paragraph].between(fact.at.0.saturating_sub(24), fact.at.0);
    let clause = before.rsplit(['，', '。', '；', '：']).next().unwrap_or_default();
    clause.trim_end_matches(['为', '达', '是', '到']).to_owned()
}

/// One of them, where all are of one value.
fn only(context: &Context, ids: &[FactId]) -> Option<FactId> {
    let value = |id: FactId| context.fact(id).quantity.value();
    let first = *ids.first()?;
    ids.iter().all(|&id| value(id) == value(first)).then_some(first)
}

/// The rate that one of several norms is for: its name ends like the norm's, and holds what sets that norm's name apart from the others'.
fn norm_rate(context: &Context, form: &Form, norm: &Norm, norms: &[Norm]) -> Option<FactId> {
    let end: String = norm.name.chars().skip(norm.name.chars().count().saturating_sub(3)).collect();
    let others: String =
        norms.iter().filter(|other| other.name != norm.name).map(|other| other.name.as_str()).collect();
    let own: Vec<char> = norm.name.chars().filter(|c| !others.contains(*c)).collect();
    let stated = rates(context, form, &end);
    let of_norm: Vec<FactId> = stated
        .into_iter()
        .filter(|&id| {
            let lead = lead(context, id);
            norms.len() == 1 || own.iter().all(|c| lead.contains(*c))
        })
        .collect();
    (norms.len() == 1 || own.len() >= 2).then(|| only(context, &of_norm)).flatten()
}

/// The rate of execution that the prose in front of a form states: the last one, where its report states no other.
fn execution(context: &Context, form: &Form) -> Option<FactId> {
    let is_rate = |id: FactId| {
        let fact = context.fact(id);
        fact.quantity.unit == Unit::Percent
            && !fact.quantity.loose
            && context.reading.paragraphs[fact.paragraph]
                .between(fact.at.0.saturating_sub(6), fact.at.0)
                .contains("执行率")
    };
    let rates: Vec<FactId> =
        context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| is_rate(id)).collect();
    let last = *rates.last()?;
    let value = |id: FactId| context.fact(id).quantity.value();
    rates.iter().all(|&id| context.scope(id) != context.scope(last) || value(id) == value(last)).then_some(last)
}
