//! Codes against codes, and codes against names.

use super::{Context, Found, Rule};
use crate::document::Code;
use crate::facts::label;
use crate::relations::{Authority, Place, Tree, Truth, WordCheck};
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "code-name",
    name: ["科目编码与名称", "codes and names"],
    doc: [
        "科目编码逐级相连：款的编码以所属类的编码开头，项以款开头；同一科目在各表中编码相同，同一编码名称相同；名称只属一个科目的，编码以政府收支分类科目（支出功能分类、部门预算支出经济分类）为准。依据：政府收支分类科目。",
        "A group's code begins with its class's, an item's with its group's; one account has one code in all tables, and one code one name; where a name is that of one account only, its code is that of the official classification. Source: the classification of revenue and expenditure.",
    ],
    fails: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n299\t其他支出\t90.00\t60.00\t30.00\n22960\t彩票公益金安排的支出\t90.00\t60.00\t30.00",
    passes: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n229\t其他支出\t90.00\t60.00\t30.00\n22960\t彩票公益金安排的支出\t90.00\t60.00\t30.00",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for tree in &context.trees {
        levels(context, tree, found);
    }
    let codes = &context.codes;
    for places in &codes.named {
        let usual = codes.usual(context.document, context.reading, places);
        for &place in places {
            let Some(code) = place.code(context.document, context.reading) else { continue };
            if let Some(usual) = usual.filter(|usual| usual.span != code.span && codes.mistyped(place).is_none()) {
                found.words.push(check(code, true, Truth::SameAs(usual.span)));
            }
        }
    }
    for places in codes.rows.values().filter(|places| places.len() > 1) {
        names(context, places, found);
    }
}

fn check(code: &Code, holds: bool, truth: Truth) -> WordCheck {
    WordCheck { rule: RULE.id, span: code.span, operands: Vec::new(), holds, truth: Some(truth), judge: false }
}

/// Each code begins with the one above it; those that are mistyped are told.
fn levels(context: &Context, tree: &Tree, found: &mut Found) {
    let code = |node: usize| tree.nodes[node].place.code(context.document, context.reading);
    for (index, node) in tree.nodes.iter().enumerate() {
        let Some(own) = code(index) else { continue };
        if let Some(wrong) = context.codes.mistyped(node.place) {
            let truth = match wrong.by {
                Authority::Same(span) => Truth::SameAs(span),
                Authority::Above(span) => Truth::BeginsWith(span),
                Authority::Official(code) => Truth::OfficialCode(code),
            };
            found.words.push(check(own, false, truth));
            continue;
        }
        if let Some(above) = node.parent.and_then(code)
            && own.digits.starts_with(&above.digits)
        {
            found.words.push(check(own, true, Truth::BeginsWith(above.span)));
        }
    }
}

/// One code has one name. What differs is for a person to judge: tables shorten names.
fn names(context: &Context, places: &[Place], found: &mut Found) {
    let row = |place: &Place| place.row(context.document, context.reading);
    let same = |a: &str, b: &str| label::short(a) == label::short(b) || a.starts_with(b) || b.starts_with(a);
    let named: Vec<&Place> = places
        .iter()
        .filter(|place| !row(place).label.is_empty() && context.codes.mistyped(**place).is_none())
        .collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    named.iter().for_each(|place| *counts.entry(row(place).label.as_str()).or_default() += 1);
    let Some(usual) = named.iter().max_by_key(|place| counts[row(place).label.as_str()]) else { return };
    for place in &named {
        if row(place).label_span != row(usual).label_span && !same(&row(place).label, &row(usual).label) {
            let truth = Some(Truth::SameAs(row(usual).label_span));
            found.words.push(WordCheck {
                rule: RULE.id,
                span: row(place).label_span,
                operands: Vec::new(),
                holds: false,
                truth,
                judge: true,
            });
        }
    }
}
