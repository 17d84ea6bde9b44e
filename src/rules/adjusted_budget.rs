//! The adjusted budget: 年初预算A，追加N，调减M，调整后预算B.

use super::{Context, Found, Rule};
use crate::facts::{Basis, Direction, Fact, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "adjusted-budget",
    name: ["调整预算", "the adjusted budget"],
    doc: [
        "调整后预算 = 年初预算 + 追加（调增）− 调减，三者写在同一句时核对；预算调整率 = 两个预算之差 ÷ 年初预算。“收入A，其中：年初预算B，增加C”的，A = B + C；支出可以小于此数，仅在一处笔误即可解释时提示。",
        "The adjusted budget is the initial one with what was added and less what was taken away, where one sentence states them; the rate of adjustment is their difference divided by the initial one. So is the income that is told as both; an expenditure may be less, and is told only where one keystroke explains it.",
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
        found.relations.extend(of_both(context, id));
        if let Some((added, taken, adjusted)) = adjustment(context, id) {
            let plus = std::iter::once(id).chain(added).collect();
            let readings = vec![Formula::Sum(plus, taken)];
            found.relations.push(Relation { rule: RULE.id, target: adjusted, readings, certainty: Certainty::Likely });
        }
    }
}

/// 收入A，其中：年初预算B，增加C: the whole is the initial budget with the changes right behind it.
fn of_both(context: &Context, initial: FactId) -> Option<Relation> {
    let first = context.fact(initial);
    let whole = initial.checked_sub(1).filter(|_| first.opens.is_some())?;
    let all = context.fact(whole);
    let end = context.reading.paragraphs[first.paragraph].facts.end;
    let same = |f: &Fact| f.quantity.unit == Unit::Money && f.depth == first.depth && !f.quantity.loose;
    let changed = |&id: &FactId| {
        let fact = context.fact(id);
        matches!(fact.role, Role::Change(..)) && same(fact) && fact.sentence == first.sentence
    };
    if all.paragraph != first.paragraph || !all.is_actual() || !same(all) {
        return None;
    }
    let up = |id: &FactId| matches!(context.fact(*id).role, Role::Change(Direction::Up, _));
    let (mut added, taken): (Vec<FactId>, Vec<FactId>) = (initial + 1..end).take_while(changed).partition(up);
    if added.is_empty() && taken.is_empty() {
        return None;
    }
    added.insert(0, initial);
    let certainty = if all.subject.contains("收入") { Certainty::Likely } else { Certainty::Conjecture };
    Some(Relation { rule: RULE.id, target: whole, readings: vec![Formula::Sum(added, taken)], certainty })
}

/// 年初预算800万元，调整预算数824万元，预算调整率3%.
fn adjustment_rate(context: &Context, id: FactId) -> Option<Relation> {
    let rate = context.fact(id);
    let is_rate = rate.quantity.unit == Unit::Percent && !rate.quantity.loose;
    if !is_rate || !context.reading.clause(id).ends_with("调整率") {
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
    use super::RULE;
    use crate::report::Status;
    use crate::{Options, check};

    #[test]
    fn an_income_is_what_was_planned_with_what_was_added() {
        let told = |text: &str| {
            let report = check(text, &Options::default());
            report.findings.iter().filter(|f| f.rule == RULE.id).count()
        };
        assert_eq!(told("2023年收入合计708.81万元，其中：年初预算数为400.00万元，年中增加其他收入308.00万元。"), 1);
        assert_eq!(told("2023年收入合计708.81万元，其中：年初预算数为400.00万元，年中增加其他收入308.81万元。"), 0);
        assert_eq!(told("2023年支出合计650.25万元，其中：年初预算数为400.00万元，年中增加项目支出308.81万元。"), 0);
    }

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
