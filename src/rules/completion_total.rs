//! The completion of a whole from that of its parts: 支出A，完成预算P，其中：B，完成预算Q；C，完成预算R.

use super::completion::operands;
use super::{Context, Found, Rule};
use crate::facts::{Basis, Role};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, List, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "completion-total",
    name: ["总完成率与分项完成率", "completion of a whole and of its parts"],
    doc: [
        "未写明预算数时，各分项的预算数由“决算数÷完成率”推出；总完成率 = 总决算数 ÷ 各分项预算数之和。有预算而未支出的分项不列示，总完成率可以低于此数，不能高于此数。",
        "Where budgets are not printed, those of the parts follow from what was spent and the rate; the rate of the whole is its amount divided by their sum. Parts with a budget of which nothing was spent are not listed, so the whole's rate may be lower, but never higher.",
    ],
    fails: "支出决算数为300.00万元，完成预算95.00%。其中：教育支出200.00万元，完成预算80.00%；住房保障支出100.00万元，完成预算100.00%。",
    passes: "支出决算数为300.00万元，完成预算85.71%。其中：教育支出200.00万元，完成预算80.00%；住房保障支出100.00万元，完成预算100.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for list in context.lists.iter().filter(|list| list.parts.len() >= 2 && list.makes_whole(context.reading)) {
        let Some((target, formula)) = weighted(context, list) else { continue };
        let value = |id: FactId| context.fact(id).quantity.interval();
        let Some(computed) = formula.evaluate(&value) else { continue };
        let certainty = if is_above(value(target), computed) { Certainty::Likely } else { Certainty::Conjecture };
        found.relations.push(Relation { rule: RULE.id, target, readings: vec![formula], certainty });
    }
}

fn is_above(stated: Interval, computed: Interval) -> bool {
    stated.lo > computed.hi
}

/// The rate of a list's whole by the rates of its parts, where each has one of the same budget. A part of zero says nothing of its budget.
fn weighted(context: &Context, list: &List) -> Option<(FactId, Formula)> {
    // A rate beside its budget is computed from that; its parts may be given as shares of it.
    let (target, basis) =
        rate_of(context, list.whole).filter(|&(rate, basis)| operands(context, rate, basis).is_none())?;
    let parts = list.parts.iter().filter(|&&part| !context.fact(part).quantity.figure.is_zero());
    let rated = parts.map(|&part| rate_of(context, part).filter(|(_, of)| *of == basis).map(|(rate, _)| (part, rate)));
    let parts: Vec<(FactId, FactId)> = rated.collect::<Option<_>>()?;
    (parts.len() >= 2).then_some((target, Formula::Weighted { whole: list.whole, parts }))
}

/// The completion right behind an amount, with the budget that it is of.
fn rate_of(context: &Context, amount: FactId) -> Option<(FactId, Basis)> {
    let fact = context.fact(amount);
    let rate =
        context.reading.facts.get(amount + 1).filter(|f| f.paragraph == fact.paragraph && f.depth == fact.depth)?;
    match rate.role {
        Role::Completion(basis) if !rate.quantity.loose && !rate.quantity.figure.is_zero() => Some((amount + 1, basis)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Options, check};

    #[test]
    fn a_lower_rate_may_be_that_of_what_is_not_listed() {
        let report = check(&RULE.passes.replace("85.71%", "61.30%"), &Options::default());
        assert!(report.findings.is_empty(), "{:#?}", report.findings);
    }
}
