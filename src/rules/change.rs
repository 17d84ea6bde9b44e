//! The amount of a change where both years are stated: 本年A，上年B，增加N.

use super::movement::{currents, prior, reference, right_before, started_from};
use super::{Context, Found, Rule};
use crate::facts::{Against, Direction, Role};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "change",
    name: ["增减额", "amount of change"],
    doc: ["增减额 = 本年数 − 上年数。", "A change is this year's amount less the prior year's, where both are stated."],
    fails: "2023年支出550.00万元，2022年支出500.00万元，比上年增加60.00万元。",
    passes: "2023年支出550.00万元，2022年支出500.00万元，比上年增加50.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, change) in context.facts() {
        let Role::Change(direction, Against::Prior | Against::Unsaid) = change.role else { continue };
        if change.quantity.loose {
            continue;
        }
        let currents = currents(context, id, change);
        let readings: Vec<Formula> = currents
            .ids
            .iter()
            .filter_map(|&current| {
                let prior = reference(context, id)
                    .or_else(|| prior(context, id, current))
                    .or_else(|| started_from(context, current))?;
                Some(Formula::Change { current, prior, direction })
            })
            .collect();
        // Where the likeliest amount stands without its year before, that of another one only may be meant.
        let meant = |reading: &Formula| currents.ids.first().is_some_and(|first| reading.operands().contains(first));
        let certainty = if readings.first().is_some_and(meant) { currents.certainty } else { Certainty::Conjecture };
        if readings.is_empty() {
            found.relations.extend(elsewhere(context, id, direction, &currents.ids));
        } else {
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
        }
    }
}

/// The change from an amount of the year before that another chapter states under the same name, which may be of another scope.
fn elsewhere(context: &Context, target: FactId, direction: Direction, currents: &[FactId]) -> Option<Relation> {
    let &current = currents.first()?;
    let unit = context.fact(current).quantity.unit;
    let value = |id: FactId| context.fact(id).quantity.interval();
    // 支出A，上年支出B: it is the year before of A, and of this amount only where both are one.
    let is_its =
        |prior: FactId| right_before(context, prior).is_none_or(|own| value(own).meet(value(current)).is_some());
    let fits = |prior: &FactId| {
        context.fact(*prior).quantity.unit == unit && !context.fact(*prior).quantity.loose && is_its(*prior)
    };
    let priors = context.priors(current).iter().copied().filter(fits);
    let readings: Vec<Formula> = priors.map(|prior| Formula::Change { current, prior, direction }).collect();
    let certainty = Certainty::Conjecture;
    (!context.fact(current).subject.is_empty() && !readings.is_empty()).then_some(Relation {
        rule: RULE.id,
        target,
        readings,
        certainty,
    })
}
