//! The adjusted budget: 年初预算A，追加N，调减M，调整后预算B.

use super::score_item::clause;
use super::{Context, Found, Rule};
use crate::facts::{Basis, Direction, Fact, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "adjusted-budget",
    name: ["调整预算", "the adjusted budget"],
    doc: [
        "调整后预算 = 年初预算 + 追加（调增）− 调减，三者写在同一句时核对；预算调整率 = 两个预算之差 ÷ 年初预算。",
        "The adjusted budget is the initial one with what was added and less what was taken away, where one sentence states them; the rate of adjustment is their difference divided by the initial one.",
    ],
    fails: "项目年初预算1200.00万元，年中调减20.00万元，调整后预算1108.00万元。",
    passes: "项目年初预算1200.00万元，年中调减20.00万元，调整后预算1180.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, initial) in context.facts() {
        found.relations.extend(adjustment_rate(context, id));
        let is_initial = initial.role == Role::Value(Basis::Initial)
            && initial.quantity.unit == Unit::Money
            && !initial.quantity.loose;
        if !is_initial {
            continue;
        }
        if let Some((added, taken, adjusted)) = adjustment(context, id) {
            let plus = std::iter::once(id).chain(added).collect();
            let readings = vec![Formula::Sum(plus, taken)];
            found.relations.push(Relation { rule: RULE.id, target: adjusted, readings, certainty: Certainty::Likely });
        }
    }
}

/// 年初预算800万元，调整预算数824万元，预算调整率3%.
fn adjustment_rate(context: &Context, id: FactId) -> Option<Relation> {
    let rate = context.fact(id);
    let is_rate = rate.quantity.unit == Unit::Percent && !rate.quantity.loose;
    if !is_rate || !clause(&context.reading.lead(id)).ends_with("调整率") {
        return None;
    }
    let mut before = context.before(id).take_while(|(_, fact)| fact.sentence == rate.sentence);
    let (current, adjusted) = before.next()?;
    let (prior, initial) = before.next()?;
    let are_budgets = (&initial.role, &adjusted.role) == (&Role::Value(Basis::Initial), &Role::Value(Basis::Adjusted));
    let money = |fact: &Fact| fact.quantity.unit == Unit::Money && !fact.quantity.loose;
    let rises = adjusted.quantity.value() >= initial.quantity.value();
    let direction = if rises { Direction::Up } else { Direction::Down };
    let readings = vec![Formula::RateFrom { current, prior, direction }];
    (are_budgets && money(initial) && money(adjusted)).then_some(Relation {
        rule: RULE.id,
        target: id,
        readings,
        certainty: Certainty::Likely,
    })
}

/// What was added, what was taken away, and the adjusted budget, right behind the initial one.
fn adjustment(context: &Context, initial: FactId) -> Option<(Vec<FactId>, Vec<FactId>, FactId)> {
    let first = context.fact(initial);
    let end = context.reading.paragraphs[first.paragraph].facts.end;
    let (mut added, mut taken) = (Vec::new(), Vec::new());
    for id in initial + 1..end {
        let fact = context.fact(id);
        if fact.sentence != first.sentence
            || fact.quantity.unit != Unit::Money
            || fact.quantity.loose
            || fact.depth != first.depth
        {
            return None;
        }
        match fact.role {
            Role::Change(Direction::Up, _) => added.push(id),
            Role::Change(Direction::Down, _) => taken.push(id),
            Role::Value(Basis::Adjusted) if !(added.is_empty() && taken.is_empty()) => return Some((added, taken, id)),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::report::Status;
    use crate::{Options, check};

    #[test]
    fn a_rate_of_adjustment_follows_from_the_two_budgets() {
        for (text, holds) in [
            ("年初预算800万元，调整预算数824万元，预算调整率3%。", true),
            ("年初预算800万元，调整预算数776万元，预算调整率3%。", true),
            ("年初预算800万元，调整预算数824万元，预算调整率2%。", false),
        ] {
            let checks = check(text, &Options::default()).checks;
            let rate = checks.iter().find(|check| check.rule == "adjusted-budget").expect(text);
            assert_eq!(rate.status == Status::Pass, holds, "{text}");
        }
    }
}
