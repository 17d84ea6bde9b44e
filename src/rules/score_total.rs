//! Scores and weights add up: rows to subtotals and totals, groups to their printed weight, the parts of a rule to the weight of its row.

use super::score_claim::{claims, groups as claimed_groups, totals};
use super::{Context, Found, Rule};
use crate::facts::Unit;
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::scoring::{Form, Indicator, Wording};
use rust_decimal::Decimal;
use std::ops::Range;

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-total",
    name: ["得分与分值合计", "scores and weights add up"],
    doc: [
        "各项得分之和等于小计和合计，各项分值之和等于合计分值（通常为100分）和一级、二级指标名称中所写的分值；评分标准中①②③各部分的分值之和等于该项分值；正文和评价结论中的自评得分等于评分表的合计。分值与得分互相印证：其中一方相符，才认定另一方有误。",
        "Scores add up to subtotals and totals, weights to theirs (usually 100) and to those printed in the names of groups; the parts of a rule add up to the weight of its row; the score in the prose and in the form's conclusion is its total. Weights and scores vouch for each other: one is only called wrong where the other holds.",
    ],
    fails: "项目支出绩效自评表\n一级指标\t三级指标\t分值\t得分\n产出指标\t修缮渠道\t60\t58\n效益指标\t受益人口\t30\t30\n满意度\t群众满意度\t10\t9\n合计\t\t100\t98",
    passes: "项目支出绩效自评表\n一级指标\t三级指标\t分值\t得分\n产出指标\t修缮渠道\t60\t58\n效益指标\t受益人口\t30\t30\n满意度\t群众满意度\t10\t9\n合计\t\t100\t97",
    find,
};

fn find(context: &Context, found: &mut Found) {
    noted_whole(context, found);
    of_office(context, found);
    for (index, form) in context.reading.forms.iter().enumerate() {
        for total in &form.totals {
            sums(context, form, &total.rows, total.weight, total.score, total.grand, found);
        }
        groups(context, form, found);
        group_scores(context, index, found);
        full_marks(context, form, found);
        for row in form.indicators.iter().filter(|row| !row.unread) {
            named_weight(row, found);
        }
    }
    let concluded = |(index, form): (usize, &Form)| form.conclusion.map(|fact| (fact, index));
    let conclusions = context.reading.forms.iter().enumerate().filter_map(concluded);
    for (fact, form) in claims(context).into_iter().chain(conclusions) {
        let form = &context.reading.forms[form];
        let relation = |readings, certainty| Relation { rule: RULE.id, target: fact, readings, certainty };
        match form.total().and_then(|total| total.score) {
            Some(total) => found.relations.push(relation(vec![Formula::Equal(total)], Certainty::Sure)),
            None => sums(context, form, &(0..form.indicators.len()), None, Some(fact), true, found),
        }
    }
}

/// The score of the whole office that the main report tells is the one that its annex arrives at. Subordinate offices have annexes of their
/// own: then any of theirs may be meant.
fn of_office(context: &Context, found: &mut Found) {
    let of_whole = |id: &FactId| {
        let paragraph = &context.reading.paragraphs[context.fact(*id).paragraph];
        let before = paragraph.between(0, context.fact(*id).at.0);
        let sentence = before.rsplit('。').next().unwrap_or_default();
        sentence.contains("整体") || context.document.path(paragraph.section).iter().any(|title| title.contains("整体"))
    };
    let claims = totals(context).iter().copied().filter(of_whole);
    let (told, arrived): (Vec<FactId>, Vec<FactId>) = claims.partition(|&id| context.scope(id) == 0);
    let certainty = if arrived.len() == 1 { Certainty::Likely } else { Certainty::Conjecture };
    for target in told.into_iter().filter(|_| !arrived.is_empty()) {
        let readings = arrived.iter().copied().map(Formula::Equal).collect();
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
}

/// A note right below a form that says what its weights make: 按百分制统计，满分为100分.
fn noted_whole(context: &Context, found: &mut Found) {
    let end = |form: &Form| context.document.blocks[form.block].span.end;
    for (id, fact) in
        context.facts().filter(|(_, fact)| matches!(fact.quantity.unit, Unit::Score) && !fact.quantity.loose)
    {
        if !context.reading.clause(id).ends_with("满分") {
            continue;
        }
        let forms = &context.reading.forms;
        let above = forms[..forms.partition_point(|form| end(form) <= fact.span.start)].last();
        let near = above.filter(|form| fact.span.start - end(form) < NOTE);
        if let Some(whole) = near.and_then(|form| form.total()).and_then(|total| total.weight) {
            let readings = vec![Formula::Equal(whole)];
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely });
        }
    }
}

/// A note on a form stands so near below it, in bytes.
const NOTE: usize = 240;

/// What a list of numbers makes, where all of them are there.
fn sum(context: &Context, ids: &[FactId]) -> Decimal {
    ids.iter().fold(Decimal::ZERO, |sum, &id| sum + context.fact(id).quantity.value())
}

/// The weights and the scores of some rows against what they should make.
fn sums(
    context: &Context,
    form: &Form,
    range: &Range<usize>,
    weight: Option<FactId>,
    score: Option<FactId>,
    grand: bool,
    found: &mut Found,
) {
    let rows = &form.indicators[range.clone()];
    if rows.len() < 2 || rows.iter().any(|row| row.unread) {
        return;
    }
    let weights: Option<Vec<FactId>> = rows.iter().filter(|row| !row.extra).map(|row| row.weight).collect();
    let taken: Vec<FactId> = rows.iter().filter(|row| row.takes).filter_map(|row| row.score).collect();
    let scores: Option<Vec<FactId>> = rows.iter().filter(|row| !row.takes).map(|row| row.score).collect();
    // The row of money (预算执行率，10分) stands outside of the indicators.
    let fund = form.funds.iter().find(|fund| fund.weight.is_some() && fund.score.is_some()).filter(|_| grand);
    let with = |ids: &[FactId], extra: Option<FactId>| extra.map(|extra| [ids, &[extra]].concat());
    let value = |id: FactId| context.fact(id).quantity.value();
    let whole = weight.map_or(Decimal::ONE_HUNDRED, value);
    let weight_sums: Vec<Vec<FactId>> =
        weights.iter().flat_map(|ids| [Some(ids.clone()), with(ids, fund.and_then(|f| f.weight))]).flatten().collect();
    let score_sums: Vec<Vec<FactId>> =
        scores.iter().flat_map(|ids| [Some(ids.clone()), with(ids, fund.and_then(|f| f.score))]).flatten().collect();
    // Which of the two the weights bear out is the one that the scores follow.
    let by_weight = weight_sums.iter().position(|ids| sum(context, ids) == whole);
    let by_score = score
        .and_then(|score| score_sums.iter().position(|ids| sum(context, ids) - sum(context, &taken) == value(score)));
    // Where only the groups have weights, they bear out which groups are there, yet not that no row is missing in one.
    let by_groups = weights.is_none().then(|| outer_weights(form)).flatten().and_then(|ids| {
        let sums = [Some(ids.clone()), with(&ids, fund.and_then(|f| f.weight))];
        sums.iter().position(|ids| ids.as_ref().is_some_and(|ids| sum(context, ids) == whole))
    });
    let certainty = |vouched: bool| if vouched { Certainty::Sure } else { Certainty::Conjecture };
    let readings = |sums: &[Vec<FactId>], sure: Option<usize>, less: &[FactId]| -> Vec<Formula> {
        let chosen = sure.and_then(|index| sums.get(index)).map_or(sums, std::slice::from_ref);
        chosen.iter().map(|ids| Formula::Sum(ids.clone(), less.to_vec())).collect()
    };
    let mut push = |target: Option<FactId>, readings: Vec<Formula>, vouched: bool| {
        if let Some(target) = target.filter(|_| !readings.is_empty()) {
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty: certainty(vouched) });
        }
    };
    let derived = score.filter(|_| scores.is_none()).and_then(|score| Some((score, derived(context, form, rows)?)));
    let derived_holds = derived.as_ref().is_some_and(|(score, formula)| {
        let sum = formula.evaluate(&|id| context.fact(id).quantity.interval());
        sum.is_some_and(|sum| sum.meet(context.fact(*score).quantity.interval()).is_some())
    });
    // Weights without a total make a hundred; scores that make the total vouch for the rows.
    if let (None, true, Some(index)) = (weight, grand && taken.is_empty(), by_score)
        && let Some((&first, others)) = weight_sums.get(index).and_then(|ids| ids.split_first())
        && rows.iter().all(|row| row.straight)
    {
        push(Some(first), vec![Formula::RestOfHundred(others.to_vec())], by_weight.is_some());
    }
    push(weight, readings(&weight_sums, by_score, &[]), by_score.is_some() || derived_holds);
    match by_groups.filter(|_| grand && rows.len() == form.indicators.len()) {
        Some(_) => found.relations.extend(score.filter(|_| !score_sums.is_empty()).map(|target| Relation {
            rule: RULE.id,
            target,
            readings: readings(&score_sums, by_groups, &taken),
            certainty: Certainty::Likely,
        })),
        None => {
            push(score, readings(&score_sums, by_weight, &taken), by_weight.is_some() && (weight.is_some() || grand))
        }
    }
    // Rows may be missing, yet no total is less than what the rows there are make.
    let short = by_weight.is_none() && taken.is_empty() && weight_sums.iter().all(|ids| sum(context, ids) < whole);
    if let (true, true, Some(score), Some(least)) = (short, grand, score, score_sums.first())
        && sum(context, least) > value(score)
    {
        let readings = readings(&score_sums[score_sums.len() - 1..], None, &[]);
        found.relations.push(Relation { rule: RULE.id, target: score, readings, certainty: Certainty::Likely });
    }
    if let Some((target, formula)) = derived.filter(|_| by_weight == Some(0)) {
        found.relations.push(Relation { rule: RULE.id, target, readings: vec![formula], certainty: Certainty::Sure });
    }
}

/// The total of rows that lack one score, which a rule gives.
fn derived(context: &Context, form: &Form, rows: &[Indicator]) -> Option<Formula> {
    let mut missing = rows.iter().filter(|row| row.score.is_none());
    let (Some(row), None) = (missing.next(), missing.next()) else { return None };
    let scored = super::score_method::scored(context, form, row)?;
    Some(Formula::Total(rows.iter().filter_map(|row| row.score).collect(), Box::new(scored.method)))
}

/// The weights of the outermost groups, where these hold all rows that count.
fn outer_weights(form: &Form) -> Option<Vec<FactId>> {
    let outer = form.groups.iter().map(|group| group.path.len()).min()?;
    // 加分项 and 扣分项 stand beside the hundred.
    let is_counted = |group: &&crate::scoring::Group| {
        group.path.len() == outer && !form.indicators[group.rows.clone()].iter().all(|row| row.extra)
    };
    let mut weights: Vec<FactId> = form.groups.iter().filter(is_counted).map(|group| group.weight).collect();
    weights.sort_unstable();
    let covered: usize = form.groups.iter().filter(is_counted).map(|group| group.rows.len()).sum();
    let counted = form.indicators.iter().filter(|row| !row.extra).count();
    (covered == counted).then_some(weights)
}

/// Groups against their rows, and against a hundred. Where more than one group fails, the rows were torn from their groups on the way.
fn groups(context: &Context, form: &Form, found: &mut Found) {
    let weights = |range: &Range<usize>| -> Option<Vec<FactId>> {
        form.indicators[range.clone()].iter().map(|row| row.weight.filter(|_| !row.unread)).collect()
    };
    let summed: Vec<(FactId, Vec<FactId>)> = form
        .groups
        .iter()
        .filter_map(|group| Some((group.weight, weights(&group.rows)?)))
        .filter(|(_, ids)| !ids.is_empty())
        .collect();
    let failing =
        summed.iter().filter(|(weight, ids)| sum(context, ids) != context.fact(*weight).quantity.value()).count();
    // Where a row is of another group than it was read to be, the outermost ones make no hundred.
    let proved = || outer_weights(form).is_some_and(|ids| sum(context, &ids) == Decimal::ONE_HUNDRED);
    let sure = failing <= 1 && summed.len() >= 2 && (!form.torn || proved());
    // A form without its total may have been cut off within the last group.
    let cut = |target: FactId, ids: &[FactId]| {
        form.total().is_none()
            && ids.last() == form.indicators.last().and_then(|row| row.weight.as_ref())
            && sum(context, ids) < context.fact(target).quantity.value()
    };
    for (target, ids) in summed {
        let certainty = if sure && !cut(target, &ids) { Certainty::Sure } else { Certainty::Conjecture };
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(ids, Vec::new())],
            certainty,
        });
    }
    for group in &form.groups {
        for &target in &group.again {
            let readings = vec![Formula::Equal(group.weight)];
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely });
        }
    }
    let Some(of_level) = outer_weights(form) else { return };
    let [target, ref others @ ..] = of_level[..] else { return };
    if others.is_empty() {
        return;
    }
    let others = others.to_vec();
    let rows: Option<Vec<FactId>> =
        form.indicators.iter().filter(|row| !row.extra).map(|row| row.weight.filter(|_| !row.unread)).collect();
    let certainty = if rows.is_some_and(|ids| sum(context, &ids) == Decimal::ONE_HUNDRED) {
        Certainty::Sure
    } else {
        Certainty::Conjecture
    };
    // 100 − the other groups: a number of points as well as of per cent.
    found.relations.push(Relation { rule: RULE.id, target, readings: vec![Formula::RestOfHundred(others)], certainty });
}

/// What the prose states of a group is the sum of its rows. Where most of the groups agree, the others must.
fn group_scores(context: &Context, index: usize, found: &mut Found) {
    let form = &context.reading.forms[index];
    if form.groups.len() < 2 || !form.is_scored() {
        return;
    }
    let scores = |group: usize| -> Option<Vec<FactId>> {
        form.indicators[form.groups[group].rows.clone()]
            .iter()
            .map(|row| row.score.filter(|_| !row.unread && !row.extra))
            .collect()
    };
    let stated: Vec<(FactId, Vec<FactId>)> = claimed_groups(context, index)
        .into_iter()
        .filter_map(|(fact, group)| Some((fact, scores(group).filter(|ids| !ids.is_empty())?)))
        .collect();
    let agreeing =
        stated.iter().filter(|(fact, ids)| context.fact(*fact).quantity.value() == sum(context, ids)).count();
    let certainty =
        if agreeing >= 2 && agreeing * 2 > stated.len() { Certainty::Likely } else { Certainty::Conjecture };
    for (target, ids) in stated {
        let readings = vec![Formula::Sum(ids, Vec::new())];
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
}

/// 预算完成率（10分） beside a weight of 10.
fn named_weight(row: &Indicator, found: &mut Found) {
    if let (Some(target), Some(named)) = (row.weight, row.named_weight)
        && target != named
    {
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Equal(named)],
            certainty: Certainty::Sure,
        });
    }
}

/// What the rules give at most beside the weights: ①…（4分）②…（4分） beside 8, 得5分 beside 5. Parts of which the largest is the weight are
/// alternatives. Rules that were taken over from another form may count otherwise: most of them must agree.
fn full_marks(context: &Context, form: &Form, found: &mut Found) {
    let value = |id: FactId| context.fact(id).quantity.value();
    let rules: Vec<(FactId, Vec<FactId>, bool)> = form
        .indicators
        .iter()
        .filter(|row| !row.unread)
        .filter_map(|row| Some((row.wording.as_ref()?, row.weight?)))
        .flat_map(|(wording, weight)| {
            let split = matches!(wording, Wording::Split(_));
            let alternatives = move |full: &[FactId]| split && full.iter().any(|&id| value(id) >= value(weight));
            let stated =
                wording.full(&value).into_iter().filter(move |full| !alternatives(full) && !full.contains(&weight));
            stated.map(move |full| (weight, full, split))
        })
        .collect();
    let agreeing = rules.iter().filter(|(weight, full, _)| value(*weight) == sum(context, full)).count();
    let most = agreeing >= 2 && agreeing * 4 >= rules.len() * 3;
    for (target, full, split) in rules {
        let certainty = if split || most { Certainty::Likely } else { Certainty::Conjecture };
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(full, Vec::new())],
            certainty,
        });
    }
}
