//! A 类 of the functional classification is the sum of its 项.

use super::{Context, Found, Rule};
use crate::facts::{ListKind, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation, heads};
use crate::taxonomy;
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "class-items",
    name: ["类与项", "classes and their items"],
    doc: [
        "支出决算结构中每一“类”的金额，等于具体情况中该类各“项”金额之和。依据：政府收支分类科目（类、款、项逐级汇总）。",
        "The amount of a class in the structure of expenditure is the sum of its items in the detailed section. Source: the functional classification (类, 款, 项).",
    ],
    fails: "五、一般公共预算财政拨款支出决算情况说明\n一般公共预算财政拨款支出90.00万元，主要用于以下方面：教育支出（类）30.00万元；住房保障支出（类）60.00万元。\n1.教育支出（类）进修及培训（款）培训支出（项）：支出决算为30.00万元。\n2.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为40.00万元。\n3.住房保障支出（类）住房改革支出（款）购房补贴（项）：支出决算为25.00万元。\n六、其他情况说明\n本部门无其他情况。",
    passes: "五、一般公共预算财政拨款支出决算情况说明\n一般公共预算财政拨款支出90.00万元，主要用于以下方面：教育支出（类）30.00万元；住房保障支出（类）60.00万元。\n1.教育支出（类）进修及培训（款）培训支出（项）：支出决算为30.00万元。\n2.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为40.00万元。\n3.住房保障支出（类）住房改革支出（款）购房补贴（项）：支出决算为20.00万元。\n六、其他情况说明\n本部门无其他情况。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let items = items(context);
    if items.is_empty() {
        return;
    }
    for list in context.lists.iter().filter(|list| !list.of_paragraphs) {
        for &part in &list.parts {
            let fact = context.fact(part);
            if fact.quantity.unit != Unit::Money || !fact.is_actual() {
                continue;
            }
            let class = class_name(&fact.subject);
            let chapter = context.chapter(part);
            let Some(of_class) = items.get(&(chapter, class)) else { continue };
            let amounts: Vec<FactId> = of_class.iter().flatten().copied().filter(|&id| id != part).collect();
            if !amounts.is_empty() {
                // An item whose amount was not read leaves open what the others make.
                // So does a division of all the money (按支出功能分), of which the items may be those of one budget.
                // So does the end of the text, behind which there may be more.
                let complete = of_class.iter().all(Option::is_some)
                    && list.kind != ListKind::Divides
                    && !amounts.iter().any(|&id| context.may_break_off(context.fact(id).span));
                let certainty = if complete { Certainty::Sure } else { Certainty::Conjecture };
                let readings = vec![Formula::Sum(amounts, Vec::new())];
                found.relations.push(Relation { rule: RULE.id, target: part, readings, certainty });
            }
        }
    }
}

/// The 决算 of each 项 that has a paragraph of its own, where that states one; by chapter and 类.
fn items(context: &Context) -> FxHashMap<(usize, String), Vec<Option<FactId>>> {
    let mut items: FxHashMap<_, Vec<Option<FactId>>> = FxHashMap::default();
    for (index, paragraph) in context.reading.paragraphs.iter().enumerate() {
        let Some(item) = paragraph.item.as_ref().filter(|item| !item.item.is_empty()) else { continue };
        let head = heads(context.reading, index).into_iter().find(|&id| {
            let fact = context.fact(id);
            fact.is_actual() && fact.quantity.unit == Unit::Money
        });
        items.entry((context.chapter_of(paragraph.section), class_name(&item.class))).or_default().push(head);
    }
    items
}

/// 教育支出（类）, 教育（类）支出 and 教育支出 are one class, as are its old name and its new one.
fn class_name(subject: &str) -> String {
    let plain = subject.replace("（类）", "");
    taxonomy::present_class(label::short(&plain)).to_owned()
}
