//! Codes against codes, and codes against names.

use super::{Context, Found, Rule};
use crate::document::Code;
use crate::facts::label;
use crate::relations::{Authority, Place, Tree, Truth, WordCheck};
use crate::taxonomy::official;
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "code-name",
    name: ["科目编码与名称", "codes and names"],
    doc: [
        "科目编码逐级相连：款的编码以所属类的编码开头，项以款开头；同一科目在各表中编码相同，同一编码名称相同；名称只属一个科目的，编码以政府收支分类科目（支出功能分类、部门预算支出经济分类）为准；各款共有的名称（行政运行、事业运行等）末两位相同；历年分类中都没有的类，以及项目固定的款下没有的项，提请核实。依据：政府收支分类科目。",
        "A group's code begins with its class's, an item's with its group's; one account has one code in all tables, and one code one name; where a name is that of one account only, its code is that of the official classification; an account that many groups have (行政运行, 事业运行) has one number in all; a class that no year has, or an item that a group known in full has not, is told. Source: the classification of revenue and expenditure.",
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
        let above = node.parent.and_then(code);
        if let Some(above) = above
            && own.digits.starts_with(&above.digits)
        {
            found.words.push(check(own, true, Truth::BeginsWith(above.span)));
        }
        // A class with groups below it, of a table that is known to list classes.
        let is_class = above.is_none() && !node.children.is_empty() && is_form(context, tree);
        if official::is_none(&own.digits) || is_class && official::is_no_class(&own.digits) {
            found.words.push(WordCheck { judge: !is_class, ..check(own, false, Truth::NoSuchCode) });
        }
        twice(context, tree, index, found);
    }
}

fn is_form(context: &Context, tree: &Tree) -> bool {
    context.reading.sheets[tree.sheets.start].form.is_some()
}

/// Two rows of one group with one code and two names: one of the codes is another's, or one of the names.
fn twice(context: &Context, tree: &Tree, index: usize, found: &mut Found) {
    let row = |node: usize| tree.nodes[node].place.row(context.document, context.reading);
    let (Some(parent), Some(own)) = (tree.nodes[index].parent, &row(index).code) else { return };
    let digits = |node: usize| row(node).code.as_ref().map(|code| code.digits.as_str());
    let before = tree.nodes[parent].children.iter().copied().take_while(|&other| other != index);
    let mut same = before.filter(|&other| {
        digits(other) == Some(&own.digits) && context.codes.mistyped(tree.nodes[other].place).is_none()
    });
    let is_apart = |other: &usize| !row(*other).label.is_empty() && !is_same(&row(*other).label, &row(index).label);
    if let Some(other) = same.find(is_apart).filter(|_| !row(index).label.is_empty() && is_form(context, tree)) {
        found.words.push(check(own, false, Truth::TwoNames(row(other).label_span)));
    }
}

/// Whether two names can be one, written shorter or torn.
fn is_same(a: &str, b: &str) -> bool {
    label::short(a) == label::short(b) || a.starts_with(b) || b.starts_with(a)
}

/// One code has one name. What differs is for a person to judge: tables shorten names.
fn names(context: &Context, places: &[Place], found: &mut Found) {
    let row = |place: &Place| place.row(context.document, context.reading);
    let named: Vec<&Place> = places
        .iter()
        .filter(|place| !row(place).label.is_empty() && context.codes.mistyped(**place).is_none())
        .collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    named.iter().for_each(|place| *counts.entry(row(place).label.as_str()).or_default() += 1);
    let Some(usual) = named.iter().max_by_key(|place| counts[row(place).label.as_str()]) else { return };
    for place in &named {
        if row(place).label_span != row(usual).label_span && !is_same(&row(place).label, &row(usual).label) {
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
