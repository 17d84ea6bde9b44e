//! 元 written for 万元.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unit-slip",
    name: ["单位误写", "元 for 万元"],
    doc: [
        "同一数字一处写“元”、一处写“万元”，相差一万倍，其一必为单位误写。",
        "The same digits printed once in 元 and once in 万元 differ ten-thousandfold: one of the two is a slip.",
    ],
    fails: "2023年度总收入为1147.09元。2023年度总收入1147.09万元，其中财政补助收入1147.09万元。",
    passes: "2023年度总收入为1147.09万元。2023年度总收入1147.09万元，其中财政补助收入1147.09万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let mut in_ten_thousands: HashMap<Decimal, Vec<FactId>> = HashMap::new();
    for (id, fact) in context.facts() {
        if is_telling_amount(fact) && fact.quantity.scale == Decimal::from(10_000) {
            in_ten_thousands.entry(fact.quantity.figure.normalize()).or_default().push(id);
        }
    }
    for (id, fact) in context.facts() {
        if is_telling_amount(fact)
            && fact.quantity.scale == Decimal::ONE
            && let Some(others) = in_ten_thousands.get(&fact.quantity.figure.normalize())
            && let Some(other) = nearest(context, id, others)
        {
            let readings = vec![Formula::Equal(other)];
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Sure });
        }
    }
}

/// The place that most likely states the same fact: the one with the likest name, then the nearest.
fn nearest(context: &Context, id: FactId, others: &[FactId]) -> Option<FactId> {
    let likeness = |other: FactId| label::likeness(&context.fact(other).subject, &context.fact(id).subject);
    others
        .iter()
        .copied()
        .max_by(|&a, &b| likeness(a).total_cmp(&likeness(b)).then(b.abs_diff(id).cmp(&a.abs_diff(id))))
}

/// An amount with digits enough that two places do not share them by chance.
fn is_telling_amount(fact: &Fact) -> bool {
    let digits = fact.quantity.figure.normalize().mantissa().unsigned_abs();
    fact.quantity.unit == Unit::Money
        && matches!(fact.role, Role::Value(_))
        && digits >= 1000
        && fact.quantity.decimals > 0
}
