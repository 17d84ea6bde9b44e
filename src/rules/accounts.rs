//! The calculations of the accounts: 本年支出合计 = 基本支出 + 项目支出 and its like.

use super::{Context, Found, REACH, Rule};
use crate::facts::Unit;
use crate::relations::{Certainty, FactId, Formula, List, Relation};
use crate::taxonomy::{self, BALANCES, CALCULATIONS, Calculation, Concept, Side, TOTALS};

/// The rule.
pub const RULE: Rule = Rule {
    id: "accounts-total",
    name: ["决算口径合计", "calculations of the accounts"],
    doc: [
        "部门决算报表规定的合计关系：收入合计=财政拨款+上级补助+事业+经营+附属单位上缴+其他；支出合计=基本+项目（+上缴上级+经营+对附属单位补助）；基本支出=人员经费+公用经费；“三公”经费=因公出国（境）+公务用车+公务接待；公务用车=购置+运行维护；政府采购=货物+工程+服务。依据：公开02、03、06、07表。",
        "The totals that the accounts define: income is the sum of its six sources, expenditure is basic plus project (and transfers), basic is personnel plus public, the three public expenses are travel, vehicles and reception, procurement is goods, works and services. Source: tables 公开02, 03, 06, 07.",
    ],
    fails: "2023年本年支出合计500.00万元，其中：基本支出310.00万元；项目支出200.00万元。",
    passes: "2023年本年支出合计500.00万元，其中：基本支出300.00万元；项目支出200.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts() {
        let Some(concept) = fact.concept else { continue };
        if concept == taxonomy::SANGONG && fact.planned() == Some(true) {
            found.relations.extend(planned_sangong(context, id));
        }
        if !fact.is_actual() || fact.quantity.unit != Unit::Money || fact.quantity.loose {
            continue;
        }
        for parts in calculated(context, id) {
            let readings = vec![Formula::Sum(parts, Vec::new())];
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Sure });
        }
        for balance in BALANCES.iter().filter(|b| b.wholes.contains(&concept)) {
            if let Some((parts, certainty)) = balance_parts(context, id, balance) {
                let readings = vec![Formula::Sum(parts, Vec::new())];
                found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
            }
        }
        found.relations.extend(both_sides(context, id, concept));
    }
}

/// The parts of a whole, by each calculation that makes it of parts that its chapter states.
pub(super) fn calculated(context: &Context, whole: FactId) -> impl Iterator<Item = Vec<FactId>> {
    let concept = context.fact(whole).concept;
    let calculations = CALCULATIONS.iter().filter(move |c| concept.is_some_and(|concept| c.wholes.contains(&concept)));
    calculations.filter_map(move |calculation| parts(context, whole, concept?, calculation))
}

/// 收入总计N，支出总计N: in table 公开01 the two sides are one amount; the prose may still leave a balance out of one of them.
fn both_sides(context: &Context, income: FactId, concept: Concept) -> Option<Relation> {
    let (_, [_, spent]) = TOTALS.iter().find(|(_, [received, _])| *received == concept)?;
    let fact = context.fact(income);
    let beside = |id: &FactId| {
        let other = context.fact(*id);
        let alike = other.cell.is_none() && other.quantity.unit == fact.quantity.unit && !other.quantity.loose;
        alike && other.paragraph == fact.paragraph && other.sentence == fact.sentence
    };
    let target = context.amounts_behind(*spent, false, income).next().filter(beside)?;
    let readings = vec![Formula::Equal(income)];
    fact.cell.is_none().then_some(Relation { rule: RULE.id, target, readings, certainty: Certainty::Conjecture })
}

/// 2026年“三公”经费预算为N. （一）因公出国（境）费a. （二）…: a budget does not say again of each part that it is planned, where the chapter
/// tells of nothing that was spent.
fn planned_sangong(context: &Context, whole: FactId) -> Option<Relation> {
    let fact = context.fact(whole);
    let chapter = context.chapter(whole);
    let in_chapter = |id: &FactId| context.chapter(*id) == chapter && context.fact(*id).cell.is_none();
    let spent = context.amounts(taxonomy::SANGONG, false, whole).any(|id| in_chapter(&id));
    if spent || fact.cell.is_some() || fact.quantity.unit != Unit::Money || fact.quantity.loose {
        return None;
    }
    let part = |concept: Concept| {
        let first = |planned: bool| context.amounts_behind(concept, planned, whole).next().filter(in_chapter);
        let amount = first(true).into_iter().chain(first(false)).min()?;
        let part = context.fact(amount);
        (part.quantity.unit == Unit::Money && !part.quantity.loose && part.depth == fact.depth).then_some(amount)
    };
    let parts = [taxonomy::ABROAD, taxonomy::VEHICLES, taxonomy::RECEPTION].map(part);
    let parts: Vec<FactId> = parts.into_iter().collect::<Option<_>>()?;
    let readings = vec![Formula::Sum(parts, Vec::new())];
    Some(Relation { rule: RULE.id, target: whole, readings, certainty: Certainty::Likely })
}

/// The parts of a balance, the nearest behind the total that its scope states, or before it where none is behind. 收入合计 beside 收入总计 is
/// mostly that of the year, and may hold what was there before.
fn balance_parts(context: &Context, whole: FactId, balance: &Calculation) -> Option<(Vec<FactId>, Certainty)> {
    let in_prose = |id: &FactId| {
        let fact = context.fact(*id);
        fact.cell.is_none() && fact.quantity.unit == Unit::Money && !fact.quantity.loose
    };
    let of = |concept: Concept| {
        let behind = context.amounts_behind(concept, false, whole).find(in_prose);
        let nearest = behind.or_else(|| context.amounts_before(concept, false, whole).find(in_prose));
        nearest.filter(|id| id.abs_diff(whole) <= NEAR)
    };
    let mut certainty = Certainty::Likely;
    let mut parts: Vec<FactId> = Vec::new();
    for &concept in balance.needed {
        let part = of(concept).or_else(|| {
            let side = Side::of(concept).filter(|side| side.of_year == concept)?;
            certainty = Certainty::Conjecture;
            of(side.unsaid).filter(|&id| context.fact(id).subject.ends_with("合计"))
        });
        parts.push(part?);
    }
    parts.extend(balance.others.iter().filter_map(|&concept| of(concept)));
    Some((parts, certainty))
}

/// How many numbers away from its total a part of a balance may stand: the first chapters of a report.
const NEAR: usize = 60;

/// The parts that follow a whole in its chapter, before the chapter speaks of the whole again.
fn parts(context: &Context, whole: FactId, concept: Concept, calculation: &Calculation) -> Option<Vec<FactId>> {
    let (chapter, paragraph) = (context.chapter(whole), context.fact(whole).paragraph);
    let behind = |concept: Concept| {
        let actual = context.amounts_behind(concept, false, whole).take(REACH);
        actual.take_while(|&id| context.chapter(id) == chapter).filter(|&id| context.fact(id).is_actual())
    };
    let again = behind(concept).find(|&id| context.fact(id).paragraph != paragraph).unwrap_or(FactId::MAX);
    // 财政拨款基本支出N，其中：人员经费…: the parts of another whole.
    let of_another = |list: &List| list.whole > whole && context.fact(list.whole).concept != Some(concept);
    let part = |part: Concept| {
        let mut amounts = behind(part).take_while(|&id| id < again);
        amounts.find(|&id| context.fact(id).quantity.unit == Unit::Money && !context.lists_of(id).any(of_another))
    };
    let mut parts: Vec<FactId> = calculation.needed.iter().map(|&needed| part(needed)).collect::<Option<_>>()?;
    parts.extend(calculation.others.iter().filter_map(|&other| part(other)));
    parts.sort_unstable();
    Some(parts)
}
