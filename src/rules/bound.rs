//! A part is no more than its whole.

use super::{Context, Found, Rule};
use crate::facts::{ListKind, Role, Unit};
use crate::relations::{Certainty, Formula, Relation, Truth, WordCheck};
use crate::taxonomy::BOUNDS;
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "part-bound",
    name: ["部分不大于总体", "a part is no more than its whole"],
    doc: [
        "“其中”所列的任一部分不得大于总体，占比不得超过100%。",
        "No part named behind 其中 can exceed its whole, and no share 100 %.",
    ],
    fails: "政府采购支出总额100.00万元。授予中小企业合同金额80.00万元，其中：授予小微企业合同金额90.00万元。",
    passes: "政府采购支出总额100.00万元。授予中小企业合同金额80.00万元，其中：授予小微企业合同金额60.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for list in &context.lists {
        if list.of_paragraphs
            || list.mixed
            || list.kind == ListKind::Divides
            || (list.parts.len() > 1 && list.makes_whole(context.reading))
        {
            continue;
        }
        for &part in &list.parts {
            found.relations.push(at_most(part, list.whole, Certainty::Sure));
        }
    }
    for (id, fact) in context.facts() {
        let share = matches!(fact.role, Role::Share(_)) && fact.quantity.unit == Unit::Percent && !fact.quantity.loose;
        if share && fact.quantity.figure > Decimal::ONE_HUNDRED {
            found.words.push(WordCheck {
                rule: RULE.id,
                span: fact.span,
                operands: Vec::new(),
                holds: false,
                truth: Some(Truth::AboveWhole),
                judge: false,
            });
        }
        for (whole, _) in BOUNDS.iter().filter(|(_, part)| fact.concept == Some(*part)) {
            let of = context.before(id).find(|(_, f)| f.concept == Some(*whole) && f.is_actual() && fact.is_actual());
            let listed = |whole| context.lists_of(id).any(|list| list.whole == whole);
            if let Some((whole, _)) = of.filter(|(whole, _)| !listed(*whole)) {
                found.relations.push(at_most(id, whole, Certainty::Likely));
            }
        }
    }
}

fn at_most(part: usize, whole: usize, certainty: Certainty) -> Relation {
    Relation { rule: RULE.id, target: part, readings: vec![Formula::AtMost(whole)], certainty }
}
