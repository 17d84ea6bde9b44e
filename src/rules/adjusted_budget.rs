//! The adjusted budget: 年初预算A，追加N，调减M，调整后预算B.

use super::{Context, Found, Rule};
use crate::facts::{Basis, Direction, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "adjusted-budget",
    name: ["调整预算", "the adjusted budget"],
    doc: [
        "调整后预算 = 年初预算 + 追加（调增）− 调减，三者写在同一句时核对。",
        "The adjusted budget is the initial one with what was added and less what was taken away, where one sentence states them.",
    ],
    fails: "项目年初预算1200.00万元，年中调减20.00万元，调整后预算1108.00万元。",
    passes: "项目年初预算1200.00万元，年中调减20.00万元，调整后预算1180.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, initial) in context.facts() {
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
