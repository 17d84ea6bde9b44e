//! What the text of a rule says against itself and against its target: where full marks begin, where its tiers meet, where its lines end.

use super::RULE;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::rules::{Context, Found};
use crate::scoring::{Bound, Form, Indicator, Line, Tier, Wording};
use rust_decimal::Decimal;

/// Where full marks begin by the rules beside the targets: where most rows of a form repeat the target in the rule, the others do.
pub fn limits(context: &Context, form: &Form, found: &mut Found) {
    let pairs: Vec<(FactId, FactId)> = form
        .indicators
        .iter()
        .filter(|row| !row.unread)
        .filter_map(|row| {
            let (Bound { fact, .. }, target) = (row.wording.as_ref()?.full_from()?, row.target.as_ref()?.fact?);
            (context.fact(fact).quantity.unit == context.fact(target).quantity.unit).then_some((fact, target))
        })
        .collect();
    let value = |id: FactId| context.fact(id).quantity.value();
    let agreeing = pairs.iter().filter(|(limit, target)| value(*limit) == value(*target)).count();
    let certainty =
        if agreeing >= 3 && agreeing * 4 >= pairs.len() * 3 { Certainty::Likely } else { Certainty::Conjecture };
    for (target, limit) in pairs {
        let readings = vec![Formula::Equal(limit)];
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
}

/// The lines of 满分, 合格 and 零分 meet at the pass mark, end at a hundred and at nothing, and divide by the distance between their marks.
pub fn marks(context: &Context, row: &Indicator, found: &mut Found) {
    let Some(Wording::Marks { full, pass, zero, lines }) = &row.wording else { return };
    let value = |id: FactId| context.fact(id).quantity.value();
    let mut holds = |target, formula| {
        found.relations.push(Relation { rule: RULE.id, target, readings: vec![formula], certainty: Certainty::Likely });
    };
    holds(*zero, Formula::AtMost(*pass));
    holds(*pass, Formula::AtMost(full.fact));
    for line in lines.iter().flatten() {
        holds(line.mark, Formula::Equal(*pass));
    }
    if let [Some(upper), Some(lower)] = lines {
        // Both begin at what the pass mark gives; the one rises to a hundred, the other falls to nothing.
        holds(lower.start, Formula::Equal(upper.start));
        holds(lower.rise, Formula::Equal(lower.start));
        holds(upper.rise, Formula::RestOfHundred(vec![upper.start]));
    }
    for (line, (upper, lower)) in lines.iter().zip([(full.fact, *pass), (*pass, *zero)]) {
        let Some(Line { divisor, .. }) = *line else { continue };
        let distance = value(upper) - value(lower);
        found.words.push(WordCheck {
            rule: RULE.id,
            span: context.fact(divisor).span,
            operands: vec![upper, lower],
            holds: value(divisor) == distance,
            truth: Some(Truth::Distance(distance.normalize())),
            judge: true,
        });
    }
}

/// Where a tier ends the next one begins: ≥95%, 90%（含）—95%, <90%. Tiers that all begin below (≥95%, ≥90%) lie within each other.
pub fn joints(context: &Context, row: &Indicator, found: &mut Found) {
    let Some(wording) = &row.wording else { return };
    if let Wording::Deduct { limit: Some(limit), beyond: Some(target), .. } = wording {
        let readings = vec![Formula::Equal(limit.fact)];
        found.relations.push(Relation { rule: RULE.id, target: *target, readings, certainty: Certainty::Likely });
    }
    let value = |id: FactId| context.fact(id).quantity.value();
    let meeting = |tiers: &[Tier]| -> Vec<(FactId, FactId)> {
        let end = |tier: &Tier, forward: bool| {
            tier.bounds.iter().find(|bound| bound.comparison.is_forward() == forward).map(|bound| bound.fact)
        };
        // From the best figures down, or from the least up.
        let falls = end(&tiers[0], true).is_some();
        tiers.windows(2).filter_map(|pair| Some((end(&pair[1], !falls)?, end(&pair[0], falls)?))).collect()
    };
    let meeting: Vec<(FactId, FactId)> = wording.tiers().into_iter().flat_map(meeting).collect();
    let agreeing = meeting.iter().filter(|(next, last)| value(*next) == value(*last)).count();
    let most = agreeing >= 2 && agreeing + 1 >= meeting.len();
    let certainty = if most { Certainty::Likely } else { Certainty::Conjecture };
    for (target, last) in meeting {
        // 80%—89%, 90% and more: whole figures need not meet.
        if value(target) == value(last) || (value(target) - value(last)).abs() > Decimal::ONE {
            found.relations.push(Relation { rule: RULE.id, target, readings: vec![Formula::Equal(last)], certainty });
        }
    }
}
