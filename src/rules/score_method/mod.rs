//! A score against the rule that is printed beside it.

mod by_deduction;
mod by_formula;
mod by_target;
mod by_tiers;
mod coherent;
mod scored;
mod stated;

pub use scored::{Scored, scored};

use super::{Context, Found, Rule};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Form, Indicator, Method, Tier, Wording};
use rust_decimal::{Decimal, RoundingStrategy};

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-method",
    name: ["按评分标准计算得分", "scores by their own rules"],
    doc: [
        "评分标准写明算法的，得分应与按该算法计算的结果一致：达到目标得满分，未达到的按完成值与目标值的比例得分（反向指标相反），分级评分，每超一定幅度扣分，是否评分，得分系数乘权重，表头写明“得分（20分*执行率）”的按其计算；公式所需的结余率、利用率、变化率、项目数由正文写明的，按正文计算；只写明一部分的，按其余部分从零到满分算出得分的范围。财预〔2020〕10号：定量指标达到指标值的记满分，未达到的按完成值与指标值的比例记分。定性指标按达成、部分达成、未达成三档给分（100%—80%、80%—60%、60%—0%），表下另有规定的从其规定。需要人工判断的指标不作认定；评分标准的写法未能识别的，在评分卡中注明。",
        "Where the rule beside a score says how it follows, the score is computed: full marks when the target is reached, in proportion otherwise (the other way round for limits), by tiers, with points off for each step, all or nothing, a coefficient of the weight, or the formula that the head prints (得分（20分*执行率）); what a formula asks for may stand in the prose; of what stands there in part, the score lies within what the rest can give. What is told in words scores by its grade (100—80, 80—60, 60—0 %), unless a note below the form prints grades of its own. What asks for judgement is never called wrong, and a rule whose wording is not understood is said to be so in the scorecard (财预〔2020〕10号).",
    ],
    fails: "项目支出绩效自评表\n一级指标\t三级指标\t指标值\t完成值\t评分标准\t分值\t得分\n产出指标\t新增图书\t≥700册\t555册\t达到目标得满分，未达到的按完成比例得分\t9\t8.14\n满意度\t读者满意度\t≥90%\t96%\t达到目标得满分，未达到的按完成比例得分\t10\t10",
    passes: "项目支出绩效自评表\n一级指标\t三级指标\t指标值\t完成值\t评分标准\t分值\t得分\n产出指标\t新增图书\t≥700册\t555册\t达到目标得满分，未达到的按完成比例得分\t9\t7.14\n满意度\t读者满意度\t≥90%\t96%\t达到目标得满分，未达到的按完成比例得分\t10\t10",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for form in &context.reading.forms {
        coherent::limits(context, form, found);
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
            coherent::marks(context, row, found);
            coherent::joints(context, row, found);
            graded(context, form, row, found);
            missed(context, row, found);
            let Some(scored) = scored(context, form, row) else { continue };
            match row.score {
                Some(score) if between(context, score, &scored, found) => {}
                Some(score) if scored.usual => usual(context, score, scored.method, found),
                Some(score) => found.relations.push(Relation {
                    rule: RULE.id,
                    target: score,
                    certainty: match scored.own {
                        _ if is_rounded(context, score, &scored.method) => Certainty::Conjecture,
                        true if row.straight || row.rule.is_some() => Certainty::Sure,
                        _ => Certainty::Likely,
                    },
                    readings: readings(context, score, scored.method),
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

/// What a score may follow from: whole points also from what a method gives to whole points, which bears them out.
fn readings(context: &Context, score: FactId, method: Method) -> Vec<Formula> {
    match is_rounded(context, score, &method) {
        true => {
            [method.clone(), Method::Whole(Box::new(method))].map(|method| Formula::Scored(Box::new(method))).into()
        }
        false => vec![Formula::Scored(Box::new(method))],
    }
}

/// What a method gives by the printed numbers; none where they leave it open.
pub fn computed(context: &Context, method: &Method) -> Option<Decimal> {
    let value = |id: FactId| Interval::point(context.fact(id).quantity.value());
    if method.is_open() { None } else { method.evaluate(&value).map(Interval::middle) }
}

/// What the usual method gives is told for a person to judge where it differs.
fn usual(context: &Context, score: FactId, method: Method, found: &mut Found) {
    let Some(value) = computed(context, &method) else { return };
    let stated = context.fact(score).quantity;
    if stated.print(value).parse::<Decimal>().ok() == Some(stated.figure) {
        let readings = readings(context, score, method);
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
fn between(context: &Context, score: FactId, scored: &Scored, found: &mut Found) -> bool {
    let Scored { method, usual, .. } = scored;
    if !method.is_open() {
        return false;
    }
    let stated = context.fact(score).quantity;
    // Points that are awarded are exact; what is computed was rounded.
    let (operands, stated) = match method {
        Method::Parts { grounds, .. } => (grounds.clone(), Interval::point(stated.value())),
        _ => (method.operands(), stated.interval()),
    };
    let range = method.evaluate(&|id| context.fact(id).quantity.interval());
    let Some(range) = range.filter(|range| range.lo != range.hi) else { return false };
    let printed = |value: Decimal| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize();
    found.words.push(WordCheck {
        rule: RULE.id,
        span: context.fact(score).span,
        operands,
        holds: range.meet(stated).is_some(),
        truth: Some(Truth::ScoreBetween(printed(range.lo), printed(range.hi))),
        judge: *usual,
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
    let Some(actual) = row.actual.as_ref().or_else(|| scored::sibling(context, row)) else { return };
    let fit: Option<Vec<bool>> =
        bounds.iter().map(|bound| scored::fits(context, actual, bound.comparison, bound.fact)).collect();
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

/// What was reached in part scores no more than its grade: by the form's own grades this is told, by the nation's it is for a person.
fn graded(context: &Context, form: &Form, row: &Indicator, found: &mut Found) {
    let (Some(actual), Some(weight), Some(score), None) = (&row.actual, row.weight, row.score, row.rule) else {
        return;
    };
    let Some((from, to)) = form.own.grades.of(&actual.text) else { return };
    let value = |id: FactId| context.fact(id).quantity.value();
    let points = |part: Decimal| part * value(weight) / Decimal::ONE_HUNDRED;
    let (lo, hi) = (points(from), points(to));
    found.words.push(WordCheck {
        rule: RULE.id,
        span: context.fact(score).span,
        operands: vec![weight],
        holds: lo <= value(score) && value(score) <= hi,
        truth: Some(Truth::ScoreBetween(lo.normalize(), hi.normalize())),
        judge: !form.own.grades.own,
    });
}
