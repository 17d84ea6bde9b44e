//! How much of a budget was carried out: 完成预算P, 执行率P.

use super::{Context, Found, Rule};
use crate::facts::{Basis, Fact, Role, Unit};
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
        let Role::Completion(basis) = rate.role else { continue };
        if rate.quantity.loose {
            continue;
        }
        let Some((actual, plans)) = operands(context, id, basis) else { continue };
        let certainty = if context.fact(plans[0]).sentence == rate.sentence { Certainty::Sure } else { Certainty::Likely };
        let readings = plans.into_iter().map(|whole| Formula::Share { part: actual, whole }).collect();
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// What was carried out, and the budgets that can be meant, the nearest first.
pub fn operands(context: &Context, id: FactId, basis: Basis) -> Option<(FactId, Vec<FactId>)> {
    let rate = context.fact(id);
    let usable = |f: &Fact| f.quantity.unit == Unit::Money && !f.quantity.loose && f.depth == rate.depth;
    let (actual, done) = context.before(id).find(|(_, f)| usable(f) && f.is_actual())?;
    let plans: Vec<(FactId, Basis)> =
        context.before(id).filter(|(_, f)| usable(f)).filter_map(|(id, f)| f.plan().map(|plan| (id, plan))).collect();
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
