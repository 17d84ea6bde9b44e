//! The distance from the budget: 决算数较预算数减少N.

use super::completion::{operands, spoken_of};
use super::{Context, Found, Rule};
use crate::facts::{Against, Basis, Direction, Fact, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "budget-difference",
    name: ["与预算的差额", "difference from the budget"],
    doc: [
        "决算数比预算数增加（减少）的金额 = 两数之差。“差额（差值）为N”的，N = 前面预算数与决算数之差，不论正负。",
        "The distance between accounts and budget is the difference of the two; where it is only called the difference, either may be the larger.",
    ],
    fails: "运行经费预算为49.50万元，支出决算为29.30万元，决算数较预算数减少21.20万元。",
    passes: "运行经费预算为49.50万元，支出决算为29.30万元，决算数较预算数减少20.20万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, difference) in context.facts() {
        found.relations.extend(either_way(context, id));
        let Role::Change(direction, against @ (Against::Budget | Against::Unsaid)) = difference.role else { continue };
        if difference.quantity.loose {
            continue;
        }
        let Some((current, plans)) = operands(context, id, Basis::Budget) else { continue };
        let currents = spoken_of(context, id, current);
        let certainty = match against {
            // 预算数A，决算数B，增加N: nothing says what it is held against.
            Against::Unsaid => Certainty::Conjecture,
            _ if plans.len() == 1 && currents.len() == 1 => Certainty::Sure,
            _ => Certainty::Likely,
        };
        let readings = currents
            .into_iter()
            .flat_map(|current| plans.iter().map(move |&prior| Formula::Change { current, prior, direction }))
            .collect();
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// 支出决算A，年初预算为B，差值为N: how far the two amounts right before are apart, whichever is the larger.
fn either_way(context: &Context, id: FactId) -> Option<Relation> {
    const NAMES: [&str; 4] = ["差值", "差额", "差异", "差异额"];
    let difference = context.fact(id);
    if difference.quantity.unit != Unit::Money || difference.quantity.loose {
        return None;
    }
    let alike = |f: &&Fact| {
        f.quantity.unit == difference.quantity.unit && !f.quantity.loose && f.sentence == difference.sentence
    };
    let beside = |at: usize| context.before(id).nth(at).filter(|(_, f)| alike(f));
    let (near, far) = (beside(0)?, beside(1)?);
    let one_planned = near.1.planned()? != far.1.planned()?;
    let change = |direction| Formula::Change { current: near.0, prior: far.0, direction };
    (one_planned && NAMES.contains(&context.reading.clause(id).as_str())).then(|| Relation {
        rule: RULE.id,
        target: id,
        readings: vec![change(Direction::Up), change(Direction::Down)],
        certainty: Certainty::Likely,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn a_difference_may_go_either_way() {
        let told = |difference: &str| {
            let text = format!("公务接待费支出1.50万元，年初预算为2.20万元，差值为{difference}。");
            check(&text, &Options::default()).findings.into_iter().map(|f| f.text).collect::<Vec<String>>()
        };
        assert!(told("0.70万元").is_empty());
        assert_eq!(told("0.90万元"), ["0.90万元"]);
    }
}
