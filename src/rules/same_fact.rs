//! One fact stated twice agrees with itself.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::{self, Concept};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-fact",
    name: ["前后一致", "one fact stated twice"],
    doc: [
        "同一报告中同一口径、同一年度、同一项目的数字，在各处应当一致（允许因单位换算产生的四舍五入）。",
        "The same concept of the same year and basis is the same number wherever a report states it, but for rounding.",
    ],
    fails: "一、三公经费\n2023年机关运行经费支出182.87万元。\n二、其他\n2023年示例市水务局机关运行经费支出128.87万元，比2022年减少5.00万元。",
    passes: "一、三公经费\n2023年机关运行经费支出182.87万元。\n二、其他\n2023年示例市水务局机关运行经费支出182.87万元，比2022年减少5.00万元。",
    find,
};

/// Concepts that mean one thing in a report; the others (基本支出, 培训费) may stand for a unit or a source of money.
const UNIQUE: [Concept; 14] = [
    taxonomy::TOTAL,
    taxonomy::INCOME_TOTAL,
    taxonomy::EXPENDITURE_TOTAL,
    taxonomy::INCOME,
    taxonomy::EXPENDITURE,
    taxonomy::FISCAL_TOTAL,
    taxonomy::FISCAL_INCOME_TOTAL,
    taxonomy::FISCAL_EXPENDITURE_TOTAL,
    taxonomy::GENERAL,
    taxonomy::GENERAL_BASIC,
    taxonomy::SANGONG,
    taxonomy::AGENCY,
    taxonomy::PROCUREMENT,
    taxonomy::RECEPTION,
];

/// The parts of the 三公, which one report may state for two sources of money.
const SANGONG_PARTS: [Concept; 4] =
    [taxonomy::ABROAD, taxonomy::VEHICLES, taxonomy::VEHICLE_PURCHASE, taxonomy::VEHICLE_RUNNING];

/// A name this long says by itself what it is about.
const TELLING_NAME: usize = 7;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'r> {
    /// The scope, what its chapter is about if not the accounts, the concept, and whether it is planned.
    Concept(usize, &'r str, Concept, bool),
    /// The name, and whether it is planned.
    Name(&'r str, bool),
}

fn find(context: &Context, found: &mut Found) {
    let mut groups: BTreeMap<Key, BTreeMap<&str, Vec<FactId>>> = BTreeMap::new();
    for (id, fact) in context.facts() {
        if let Some(key) = key(context, id, fact) {
            let office = taxonomy::concept_of_office(&fact.subject).map_or("", |(_, office)| office);
            groups.entry(key).or_default().entry(office).or_default().push(id);
        }
    }
    for paragraph in 0..context.reading.paragraphs.len() {
        found.relations.extend(of_item(context, paragraph));
    }
    across_annexes(context, &groups, found);
    for (id, fact) in context.facts().filter(|(_, fact)| fact.quantity.unit == Unit::Money) {
        found.relations.extend(of_visits(context, id, fact));
        found.relations.extend(of_offices_running(context, id, fact));
    }
    for (key, ids) in
        groups.into_iter().flat_map(|(key, offices)| by_office(offices).into_iter().map(move |ids| (key, ids)))
    {
        let reference = most_stated(context, &ids);
        let certainty = match key {
            Key::Concept(_, _, concept, _) if UNIQUE.contains(&concept) => Certainty::Sure,
            Key::Concept(_, _, concept, _) if SANGONG_PARTS.contains(&concept) => Certainty::Likely,
            _ => Certainty::Conjecture,
        };
        for id in ids.into_iter().filter(|&id| id != reference) {
            let certainty = if lie_far_apart(context, id, reference) { Certainty::Conjecture } else { certainty };
            found.relations.push(Relation {
                rule: RULE.id,
                target: id,
                readings: vec![Formula::Equal(reference)],
                certainty,
            });
        }
    }
}

/// …离退休（项）N，主要用于…。年初预算为A，支出决算为B: an item that opens with its amount states it again as what was spent.
fn of_item(context: &Context, paragraph: usize) -> Option<Relation> {
    let paragraph = &context.reading.paragraphs[paragraph];
    paragraph.item.as_ref()?;
    let is_amount = |id: &FactId| {
        let fact = context.fact(*id);
        fact.is_actual() && fact.quantity.unit == Unit::Money && !fact.quantity.loose && fact.depth == 0
    };
    let mut amounts = paragraph.facts.clone().filter(is_amount);
    let lead = |id: FactId| context.reading.lead(id);
    let opening = amounts.next().filter(|&id| lead(id).trim_end_matches(['”', '"', '支', '出']).ends_with("（项）"))?;
    let again = |id: &FactId| lead(*id).trim_end_matches(['为', '数', '是']).ends_with("支出决算");
    let mut settled = amounts.filter(again);
    let target = settled.next().filter(|_| settled.next().is_none())?;
    let readings = vec![Formula::Equal(opening)];
    Some(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely })
}

/// 国内公务接待支出N，用于…。国内公务接待4批次，20人次，共计支出N: behind the visits and the visitors the cost is told again.
fn of_visits(context: &Context, target: FactId, fact: &Fact) -> Option<Relation> {
    const OF_VISITS: [Concept; 3] = [taxonomy::RECEPTION, taxonomy::RECEPTION_DOMESTIC, taxonomy::RECEPTION_FOREIGN];
    let lead = context.reading.lead(target);
    let clause = lead.rsplit(['，', ',', '。', '；', '、']).next().unwrap_or("").trim_end_matches(['为', '了', '：']);
    let again = ["共计支出", "合计支出", "共支出", "总支出", "共计开支", "总计支出"].contains(&clause);
    if !again || !matches!(fact.role, Role::Value(_)) || fact.quantity.loose {
        return None;
    }
    let counts = context.before(target).take_while(|(_, f)| matches!(f.quantity.unit, Unit::Count(_)));
    let (first, _) = counts.last()?;
    let (cost, stated) = context.before(first).next()?;
    // 外事接待费支出N，国内公务接待4批次，20人次，共计支出M: of other visits than the amount before them, and with it all of them.
    let is_foreign = stated.concept == Some(taxonomy::RECEPTION_FOREIGN);
    let formula = if is_foreign && context.reading.clause(first).contains("国内") {
        let all = context.amounts_before(taxonomy::RECEPTION, false, cost).next()?;
        Formula::Sum(vec![all], vec![cost])
    } else {
        Formula::Equal(cost)
    };
    let of_visits = stated.is_actual() && stated.concept.is_some_and(|concept| OF_VISITS.contains(&concept));
    of_visits.then(|| Relation { rule: RULE.id, target, readings: vec![formula], certainty: Certainty::Likely })
}

/// What running an office cost is its 公用经费, unless the report counts other offices among the latter.
fn of_offices_running(context: &Context, target: FactId, fact: &Fact) -> Option<Relation> {
    let running = fact.concept == Some(taxonomy::AGENCY) && fact.is_actual() && !fact.quantity.loose;
    let public = context.amounts(taxonomy::PUBLIC, false, target).next().filter(|_| running)?;
    let readings = vec![Formula::Equal(public)];
    Some(Relation { rule: RULE.id, target, readings, certainty: Certainty::Conjecture })
}

/// An annex may speak of the office that the report is of, or of a unit under it: what it states of a concept agrees with the report, or
/// a slip explains why not.
fn across_annexes(context: &Context, groups: &BTreeMap<Key, BTreeMap<&str, Vec<FactId>>>, found: &mut Found) {
    let in_annex = |(id, fact): &(FactId, &Fact)| context.scope(*id) > 0 && fact.quantity.unit == Unit::Money;
    for (target, fact) in context.facts().filter(in_annex) {
        let Some((concept, planned)) = stated(context, target, fact).and_then(|planned| Some((fact.concept?, planned)))
        else {
            continue;
        };
        let Some(offices) = groups.get(&Key::Concept(0, topic(context, target), concept, planned)) else { continue };
        let of_report: Vec<FactId> = offices.values().flatten().copied().collect();
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Equal(most_stated(context, &of_report))],
            certainty: Certainty::Conjecture,
        });
    }
}

/// Whether two amounts differ several times over: then they are of two offices rather than one of them a slip, but for a keystroke.
fn lie_far_apart(context: &Context, a: FactId, b: FactId) -> bool {
    const TIMES: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
    let (a, b) = (context.fact(a).quantity.value().abs(), context.fact(b).quantity.value().abs());
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    !less.is_zero() && more / less > TIMES
}

/// A report that names one office speaks of it throughout; one that names several (全国, 本级) speaks of each for itself.
fn by_office(offices: BTreeMap<&str, Vec<FactId>>) -> Vec<Vec<FactId>> {
    if offices.keys().filter(|office| !office.is_empty()).count() > 1 {
        return offices.into_values().collect();
    }
    let mut all: Vec<FactId> = offices.into_values().flatten().collect();
    all.sort_unstable();
    vec![all]
}

/// The first of the facts whose value is stated most often.
fn most_stated(context: &Context, ids: &[FactId]) -> FactId {
    let mut counts: BTreeMap<Decimal, usize> = BTreeMap::new();
    for &id in ids {
        *counts.entry(context.fact(id).quantity.value()).or_default() += 1;
    }
    let often = |id: &FactId| (counts[&context.fact(*id).quantity.value()], std::cmp::Reverse(*id));
    ids.iter().copied().max_by_key(often).unwrap_or(ids[0])
}

/// What a fact's chapter is about where that is not the accounts: 本年收入 under 二、工伤保险 is that fund's.
fn topic<'r>(context: &'r Context, id: FactId) -> &'r str {
    const OF_ACCOUNTS: [&str; 16] = [
        "收入", "支出", "收支", "决算", "预算", "情况", "说明", "概况", "三公", "经费", "采购", "资产", "绩效", "部门",
        "单位", "其他",
    ];
    let title = context.document.sections[context.chapter(id)].title.as_str();
    if OF_ACCOUNTS.iter().any(|word| title.contains(word)) { "" } else { title }
}

fn key<'r>(context: &'r Context, id: FactId, fact: &'r Fact) -> Option<Key<'r>> {
    // What stands in brackets is told of the amount before them.
    let planned = stated(context, id, fact).filter(|_| fact.depth == 0)?;
    if let Some(concept) = fact.concept
        && fact.quantity.unit == Unit::Money
    {
        return Some(Key::Concept(context.scope(id), topic(context, id), concept, planned));
    }
    let telling = fact.subject.chars().count() >= TELLING_NAME && !fact.subject.contains("（类）");
    telling.then_some(Key::Name(&fact.subject, planned))
}

/// Whether an amount is planned or done, where it is one of this year that can be stated again.
fn stated(context: &Context, id: FactId, fact: &Fact) -> Option<bool> {
    let planned = fact.planned()?;
    let counts = !fact.quantity.loose && matches!(fact.quantity.unit, Unit::Money | Unit::Count(_));
    // A part of a budget may well be planned where its own words do not say so.
    (counts && !context.lists_of(id).any(|list| list.mixed)).then_some(planned)
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections;

    #[test]
    fn what_visits_cost_is_told_again_behind_their_number() {
        let text = "示例市示例局2023年度部门决算\n一、三公经费\n国内公务接待支出0.24万元，用于住宿费、用餐费等。国内公务接待4批次，20人次（不包括陪同人员），共计支出0.24万元，主要是业务检查。";
        assert_eq!(corrections(text), []);
        assert_eq!(corrections(&text.replace("共计支出0.24", "共计支出0.27")).len(), 1);
        let of_others = text.replace("国内公务接待支出0.24", "公务接待费0.26万元，其中：外事接待费支出0.02");
        assert_eq!(corrections(&of_others), []);
        assert_eq!(corrections(&of_others.replace("共计支出0.24", "共计支出0.26")).len(), 1);
    }

    #[test]
    fn an_annex_agrees_with_the_report_or_a_slip_explains_why_not() {
        let text = "示例市示例局2023年度部门决算\n一、收入\n2023年本年收入合计812.35万元，其中：一般公共预算财政拨款收入812.35万元。\n\
            第四部分 附件\n附件1\n示例市示例局2023年部门整体支出绩效评价报告\n一、部门财政资金收支情况\n2023年本年收入合计812.35万元。";
        assert_eq!(corrections(text), []);
        let last = text.rfind("812.35").unwrap();
        let slip = format!("{}812.85{}", &text[..last], &text[last + "812.35".len()..]);
        assert_eq!(corrections(&slip), [("812.85万元".to_owned(), "812.35万元".to_owned())]);
        let other_unit = format!("{}96.40{}", &text[..last], &text[last + "812.35".len()..]);
        assert_eq!(corrections(&other_unit), []);
    }
}
