//! How much of a budget was carried out: 完成预算P, 执行率P.

use super::{Context, Found, Rule};
use crate::facts::{Basis, Fact, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "completion-rate",
    name: ["预算完成率", "budget completion"],
    doc: [
        "完成率 = 决算（执行、到位）数 ÷ 所称预算数。写明年初预算、调整预算或全年预算的，按所写的预算计算；只写“预算”的，任一预算相符即可。",
        "A completion rate is the amount carried out divided by the budget that the words name: the initial, the adjusted, or either where they only say budget.",
    ],
    fails: "年初预算为250.00万元，支出决算为200.00万元，完成年初预算的85.00%。",
    passes: "年初预算为250.00万元，支出决算为200.00万元，完成年初预算的80.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, rate) in context.facts() {
        if rate.quantity.loose {
            continue;
        }
        if context.place_in_run(id).1 > 1 {
            continue;
        }
        let operands = match rate.role {
            Role::Completion(basis) => operands(context, id, basis).or_else(|| of_money(context, id)),
            Role::OfThat if id > 0 && context.fact(id - 1).plan().is_some() => of_that(context, id),
            _ => None,
        };
        let Some((actual, plans)) = operands else { continue };
        // 其他项目完成100%: a rate with a name of its own speaks of what has that name.
        let named = rate.subject.chars().count() > 2;
        let is_named = |id: FactId| {
            label::likeness(&context.fact(id).subject, &rate.subject) >= 0.7
                || context.fact(id).subject.contains(&rate.subject)
        };
        if named && !is_named(actual) && !plans.iter().any(|&plan| is_named(plan)) {
            continue;
        }
        let plan = context.fact(plans[0]);
        let said = plan.plan().is_some() && plan.sentence == rate.sentence;
        let certainty = if said { Certainty::Sure } else { Certainty::Likely };
        let readings = spoken_of(context, id, actual)
            .into_iter()
            .flat_map(|part| plans.iter().map(move |&whole| Formula::Share { part, whole }))
            .collect();
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// 完成预算50万元的83%: the budget stands right before the rate.
fn of_that(context: &Context, id: FactId) -> Option<(FactId, Vec<FactId>)> {
    let plan = context.fact(id - 1);
    let is_done = |f: &Fact| {
        f.is_actual() && f.quantity.unit == plan.quantity.unit && f.depth == plan.depth && f.sentence == plan.sentence
    };
    let (actual, _) = context.before(id - 1).find(|(_, f)| is_done(f))?;
    Some((actual, vec![id - 1]))
}

/// 项目资金A，已拨付B，执行率P: the sentence tells of no budget, but of the money there was and of what was paid of it.
fn of_money(context: &Context, id: FactId) -> Option<(FactId, Vec<FactId>)> {
    const THERE: [&str; 6] = ["资金", "到位", "下达", "安排", "投资", "经费"];
    const PAID: [&str; 6] = ["支付", "拨付", "支出", "使用", "执行", "完成"];
    let rate = context.fact(id);
    let mut amounts = context
        .before(id)
        .take_while(|(_, f)| f.sentence == rate.sentence)
        .filter(|(_, f)| f.quantity.unit == Unit::Money);
    let (paid, done) = amounts.next()?;
    let (there, money) = amounts.next()?;
    let plain = |f: &Fact| f.is_actual() && !f.quantity.loose && f.depth == rate.depth;
    let says = |id: FactId, words: &[&str]| {
        let lead = context.reading.lead(id);
        let clause = lead.rsplit(['，', ',', '；', '。']).next().unwrap_or("").to_owned();
        words.iter().any(|word| clause.contains(word)) && !clause.contains('未')
    };
    let told = amounts.next().is_none() && plain(done) && plain(money) && says(paid, &PAID) && says(there, &THERE);
    (told && !says(there, &PAID)).then_some((paid, vec![there]))
}

/// What a figure in a sentence of its own behind a list can speak of: the last part, or the whole.
pub fn spoken_of(context: &Context, id: FactId, actual: FactId) -> Vec<FactId> {
    let (fact, part) = (context.fact(id), context.fact(actual));
    let mut spoken_of = vec![actual];
    if part.sentence != fact.sentence {
        let wholes = context.lists_of(actual).map(|list| list.whole);
        spoken_of.extend(wholes.filter(|&whole| context.fact(whole).paragraph == fact.paragraph));
    }
    spoken_of
}

/// What was carried out, and the budgets that can be meant, the nearest first.
pub fn operands(context: &Context, id: FactId, basis: Basis) -> Option<(FactId, Vec<FactId>)> {
    let rate = context.fact(id);
    let usable = |f: &Fact| f.quantity.unit == Unit::Money && !f.quantity.loose && f.depth == rate.depth;
    let (actual, done) = context.before(id).find(|(_, f)| usable(f) && f.is_actual())?;
    // A budget with another amount between it and this one is that other amount's, as is one that a rate stands right behind.
    let other = context.before(actual).find(|(_, f)| usable(f) && f.is_actual()).map_or(0, |(id, _)| id);
    let consumed = |plan: FactId| plan < other || context.fact(plan + 1).role == Role::OfThat;
    let plans: Vec<(FactId, Basis)> = context
        .before(id)
        .filter(|(id, f)| usable(f) && !consumed(*id))
        .filter_map(|(id, f)| f.plan().map(|plan| (id, plan)))
        .collect();
    let named = |plan: Basis| basis == Basis::Budget || plan == basis || plan == Basis::Budget;
    let mut fitting: Vec<FactId> = plans.iter().filter(|(_, plan)| named(*plan)).map(|(id, _)| *id).collect();
    // The budget of the same thought comes first; one from an earlier sentence is only meant where this one names none.
    let near: Vec<FactId> = fitting.iter().copied().filter(|&p| context.fact(p).sentence == done.sentence).collect();
    if !near.is_empty() {
        fitting = near;
    } else {
        fitting.truncate(1);
    }
    (!fitting.is_empty()).then_some((actual, fitting))
}
