//! Words against numbers: 决算数小于预算数, 持平.

use super::completion::operands;
use super::{Context, Found, Rule};
use crate::facts::{Against, Basis, Claim, Role, Statement};
use crate::relations::{FactId, Truth, WordCheck};
use crate::verdicts::Values;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The rule.
pub const RULE: Rule = Rule {
    id: "words-and-numbers",
    name: ["文字与数字", "words against numbers"],
    doc: [
        "“决算数小于（等于、大于）预算数”“与上年持平”等文字应与同段所列的金额、完成率、增减额一致。",
        "Words that compare accounts with budget, or say that nothing changed, agree with the amounts and rates of their paragraph.",
    ],
    fails: "支出决算为30.00万元，完成预算100.00%，决算数大于预算数。2023年预算数20.00万元，支出决算为30.00万元，决算数小于预算数。",
    passes: "2023年预算数20.00万元，支出决算为30.00万元，决算数大于预算数。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let values = Values::of(context.reading);
    for statement in &context.reading.statements {
        let check = match statement.claim {
            Claim::AgainstBudget(claimed) => against_budget(context, &values, statement, claimed),
            Claim::Unchanged => unchanged(context, statement),
        };
        found.words.extend(check);
    }
}

/// The last fact before the words.
fn last_before(context: &Context, statement: &Statement) -> Option<FactId> {
    let facts = context.reading.paragraphs[statement.paragraph].facts.clone();
    let behind = context.reading.facts[facts.clone()].partition_point(|fact| fact.at.1 <= statement.at.0);
    (behind > 0).then(|| facts.start + behind - 1)
}

fn against_budget(context: &Context, values: &Values, statement: &Statement, claimed: Ordering) -> Option<WordCheck> {
    let last = last_before(context, statement)?;
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    let rate = near.into_iter().find(|(_, fact)| matches!(fact.role, Role::Completion(_))).map(|(id, _)| id);
    let basis = rate.map_or(Basis::Budget, |id| match context.fact(id).role {
        Role::Completion(basis) => basis,
        _ => Basis::Budget,
    });
    let behind = last + 1;
    let amounts = (behind <= context.reading.facts.len()).then(|| amounts(context, last, basis)).flatten();
    let (operands, possible) = match (amounts, rate) {
        (Some((actual, plan)), _) => {
            let (a, p) = (context.fact(actual).quantity, context.fact(plan).quantity);
            // What is printed alike may differ behind the last digit; what is printed differently does differ.
            let order = a.value().cmp(&p.value());
            (vec![actual, plan], if order == Ordering::Equal { None } else { Some(order) })
        }
        (None, Some(rate)) => {
            let interval = values.close(rate);
            let hundred = Decimal::ONE_HUNDRED;
            // 100% beside rates with decimals is said of what was done in full.
            let exact = context.fact(rate).quantity.figure == hundred && values.prints_decimals(rate);
            let order = if interval.hi < hundred {
                Some(Ordering::Less)
            } else if interval.lo > hundred {
                Some(Ordering::Greater)
            } else {
                exact.then_some(Ordering::Equal)
            };
            (vec![rate], order)
        }
        (None, None) => return None,
    };
    let holds = possible.is_none_or(|order| order == claimed);
    let truth = possible.map(Truth::AgainstBudget);
    Some(WordCheck { rule: RULE.id, span: statement.span, operands, holds, truth, judge: false })
}

fn amounts(context: &Context, last: FactId, basis: Basis) -> Option<(FactId, FactId)> {
    // `operands` looks before a fact; the last fact before the words may itself be one of the two.
    let fact = context.fact(last);
    if fact.is_actual() || fact.plan().is_some() {
        let other = context.before(last).find(|(_, f)| {
            f.quantity.unit == fact.quantity.unit && if fact.is_actual() { f.plan().is_some() } else { f.is_actual() }
        });
        let (other, _) = other?;
        return Some(if fact.is_actual() { (last, other) } else { (other, last) });
    }
    operands(context, last, basis).map(|(actual, plans)| (actual, plans[0]))
}

fn unchanged(context: &Context, statement: &Statement) -> Option<WordCheck> {
    let last = last_before(context, statement)?;
    let paragraph = &context.reading.paragraphs[statement.paragraph];
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    // An amount in between is what the words speak of, and so is a part behind 其中.
    let (change, fact) = near
        .into_iter()
        .take_while(|(_, fact)| !matches!(fact.role, Role::Value(_)))
        .find(|(_, fact)| matches!(fact.role, Role::Change(_, Against::Prior)))?;
    let between = paragraph.between(fact.at.1, statement.at.0);
    if between.contains(['；', '。']) || between.contains("其中") {
        return None;
    }
    let holds = context.fact(change).quantity.figure.is_zero();
    Some(WordCheck {
        rule: RULE.id,
        span: statement.span,
        operands: vec![change],
        holds,
        truth: Some(Truth::Changed),
        judge: false,
    })
}
