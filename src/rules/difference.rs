//! The distance from the budget: 决算数较预算数减少N.

use super::completion::{operands, spoken_of};
use super::{Context, Found, Rule};
use crate::facts::{Against, Basis, Role};
use crate::relations::{Certainty, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "budget-difference",
    name: ["与预算的差额", "difference from the budget"],
    doc: [
        "决算数比预算数增加（减少）的金额 = 两数之差。",
        "The distance between accounts and budget is the difference of the two.",
    ],
    fails: "运行经费预算为49.50万元，支出决算为29.30万元，决算数较预算数减少21.20万元。",
    passes: "运行经费预算为49.50万元，支出决算为29.30万元，决算数较预算数减少20.20万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, difference) in context.facts() {
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
