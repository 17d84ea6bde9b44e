//! 元 written for 万元.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit, label};
use crate::numbers::Scale;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unit-slip",
    name: ["单位误写", "元 for 万元"],
    doc: [
        "同一数字一处写“元”、一处写“万元”，相差一万倍，其一必为单位误写。公开表的金额与文字一致而表头单位不同的，表头单位有误。",
        "The same digits printed once in 元 and once in 万元 differ ten-thousandfold: one of the two is a slip. A table whose figures are those of the prose in the other unit names the wrong unit in its head.",
    ],
    fails: "2023年度总收入为1147.09元。2023年度总收入1147.09万元，其中财政补助收入1147.09万元。",
    passes: "2023年度总收入为1147.09万元。2023年度总收入1147.09万元，其中财政补助收入1147.09万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    found.words.extend(context.reading.heading_units.iter().map(|heading| WordCheck {
        rule: RULE.id,
        span: heading.span,
        operands: heading.same.to_vec(),
        holds: false,
        truth: Some(Truth::SameAs(heading.right)),
        judge: false,
    }));
    let mut in_ten_thousands: FxHashMap<Decimal, Vec<FactId>> = FxHashMap::default();
    for (id, fact) in context.facts() {
        if is_telling_amount(fact) && fact.quantity.scale == Scale::TEN_THOUSAND {
            in_ten_thousands.entry(fact.quantity.figure.normalize()).or_default().push(id);
        }
    }
    for (id, fact) in context.facts() {
        if is_telling_amount(fact)
            && fact.quantity.scale == Scale::ONE
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

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    /// A table headed 元 with figures in 万元 is one slip, at its head, and not one in each cell.
    #[test]
    fn the_unit_of_a_table_is_told_once() {
        let text = "支出决算表\n公开03表\n金额单位：元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.25\t60.15\t30.10\n205\t教育支出\t90.25\t60.15\t30.10\n注：本表反映支出情况。\n一、支出决算情况说明\n2023年度支出合计90.25万元，其中：基本支出60.15万元，项目支出30.10万元。";
        let findings = check(text, &Options::default()).findings;
        assert_eq!(findings.len(), 1, "{findings:#?}");
        assert_eq!((findings[0].text.as_str(), findings[0].expected.as_str()), ("元", "万元"));
        assert!(check(&text.replace("金额单位：元", "金额单位：万元"), &Options::default()).findings.is_empty());
    }
}
