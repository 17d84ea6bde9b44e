//! The groups of a report's total in its prose: 综合得分88.5分，其中：决策分值20分，得18分；过程分值25分，得21.5分；….

use super::score_claim::totals;
use super::score_item::{Item, items};
use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-groups",
    name: ["各类指标得分合计", "groups make the total score"],
    doc: [
        "文中逐类写明分值和得分、分值合计为100分的，各类得分之和等于总得分；“总计得分N分，其中…”所列各类得分之和不大于总得分。",
        "Where the prose states weight and score of each group and the weights make a hundred, the scores make the total; those that 其中 lists behind a total make no more than it.",
    ],
    fails: "项目综合得分88.50分，其中：决策指标分值20分，得18.00分；过程指标分值30分，得25.50分；产出指标分值50分，得47.00分。",
    passes: "项目综合得分90.50分，其中：决策指标分值20分，得18.00分；过程指标分值30分，得25.50分；产出指标分值50分，得47.00分。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let items = items(context).iter().filter(|item| item.weight.is_some() && item.score.is_some());
    let paragraph = |item: &Item| item.weight.map_or(0, |id| context.fact(id).paragraph);
    // All items of one paragraph; or those of one chapter, all of them or the one that each paragraph begins with.
    let mut paragraphs: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
    for item in items {
        paragraphs.entry(paragraph(item)).or_default().push(item);
    }
    let mut all: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
    let mut first: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
    for of_paragraph in paragraphs.values_mut() {
        *of_paragraph = outermost(context, of_paragraph);
        let chapter = of_paragraph[0].weight.map_or(0, |id| context.chapter(id));
        all.entry(chapter).or_default().extend_from_slice(of_paragraph);
        first.entry(chapter).or_default().push(of_paragraph[0]);
    }
    let claims = totals(context);
    let mut groups: Vec<Vec<&Item>> =
        paragraphs.into_values().chain(first.into_values()).chain(all.into_values()).collect();
    groups.retain(|group| {
        group.len() >= 2 && group.iter().map(|item| weight(context, item)).sum::<Decimal>() == Decimal::ONE_HUNDRED
    });
    groups.sort_by_key(|group| group[0].weight);
    groups.dedup_by_key(|group| group[0].weight);
    for group in groups {
        let scores: Vec<FactId> = group.iter().filter_map(|item| item.score).collect();
        if let Some(target) = total(context, claims, &scores) {
            let readings = vec![Formula::Sum(scores, Vec::new())];
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely });
        }
    }
    found.relations.extend(claims.iter().filter_map(|&claim| listed(context, claim)));
    let points = context.facts().filter(|(_, fact)| fact.quantity.unit == Unit::Score && !fact.quantity.loose);
    found.relations.extend(points.filter_map(|(id, _)| closed(context, id)));
}

/// 总计得分47.5分，其中履职效能15分、预算管理21.5分、资产管理11分: 其中 may name some of the groups only, but no more than the total.
fn listed(context: &Context, total: FactId) -> Option<Relation> {
    let whole = context.fact(total);
    let end = context.reading.paragraphs[whole.paragraph].facts.end;
    let beside = |&id: &FactId| {
        let part = context.fact(id);
        let lead = context.reading.lead(id);
        let words = lead.trim_start_matches(['，', ',', '：', '（']).trim_start_matches("其中");
        let joined =
            if id == total + 1 { lead.contains("其中") } else { lead.starts_with(['、', '，', ',', '和']) };
        let named =
            words.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !words.contains(['扣', '每', '满', '权']);
        joined && named && part.sentence == whole.sentence && part.quantity.unit == Unit::Score && !part.quantity.loose
    };
    let parts: Vec<FactId> = (total + 1..end).take_while(beside).collect();
    if are_all(context, &parts) {
        let readings = vec![Formula::Sum(parts, Vec::new())];
        return Some(Relation { rule: RULE.id, target: total, readings, certainty: Certainty::Likely });
    }
    let sum = parts.iter().fold(Decimal::ZERO, |sum, &id| sum + context.fact(id).quantity.value());
    let certainty = if sum > whole.quantity.value() { Certainty::Open } else { Certainty::Conjecture };
    (parts.len() >= 2).then(|| Relation {
        rule: RULE.id,
        target: total,
        readings: vec![Formula::Sum(parts, Vec::new())],
        certainty,
    })
}

/// Whether points bear the names of all groups that an evaluation has.
fn are_all(context: &Context, points: &[FactId]) -> bool {
    let names: Vec<String> = points.iter().map(|&id| context.reading.lead(id)).collect();
    taxonomy::is_partition(&names.iter().map(String::as_str).collect::<Vec<&str>>())
}

/// 投入18分，过程28分，产出30分，效益20分，合计96分: the groups stand before what they make.
fn closed(context: &Context, total: FactId) -> Option<Relation> {
    let whole = context.fact(total);
    let lead = context.reading.lead(total);
    let name = lead.trim_start_matches(['，', ',', '；']).trim_end_matches(['为', '：', '得', '分']);
    let closes = matches!(name, "合计" | "总计" | "共计" | "总" | "合计总" | "自评总" | "综合得");
    let points = |(_, fact): &(FactId, &Fact)| {
        fact.quantity.unit == Unit::Score && !fact.quantity.loose && fact.sentence == whole.sentence
    };
    let mut groups: Vec<FactId> = context.before(total).take_while(points).map(|(id, _)| id).collect();
    groups.reverse();
    (closes && are_all(context, &groups)).then(|| Relation {
        rule: RULE.id,
        target: total,
        readings: vec![Formula::Sum(groups, Vec::new())],
        certainty: Certainty::Likely,
    })
}

/// The items without those that 其中 names as the parts of one before them: 产出50分，得48分。其中：数量20分，得19分；质量30分，得29分.
fn outermost<'i>(context: &Context, items: &[&'i Item]) -> Vec<&'i Item> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < items.len() {
        kept.push(items[at]);
        let parts = &items[at + 1..];
        at += 1;
        if parts.first().is_some_and(|part| part.of_which) {
            let whole = weight(context, items[at - 1]);
            let sums = parts.iter().scan(Decimal::ZERO, |sum, part| {
                *sum += weight(context, part);
                Some(*sum)
            });
            at += sums.take_while(|&sum| sum <= whole).position(|sum| sum == whole).map_or(0, |last| last + 1);
        }
    }
    kept
}

fn weight(context: &Context, item: &Item) -> Decimal {
    item.weight.map_or(Decimal::ZERO, |id| context.fact(id).quantity.value())
}

/// The total that the groups make: the last one before them, or the first behind them, in the same chapter.
fn total(context: &Context, claims: &[FactId], scores: &[FactId]) -> Option<FactId> {
    let (first, last) = (*scores.first()?, *scores.last()?);
    let chapter = context.chapter(first);
    let behind = claims.partition_point(|&claim| claim < first);
    let before = claims[..behind].last().copied();
    let after = claims[behind..].iter().copied().find(|&claim| claim > last);
    before.into_iter().chain(after).find(|&claim| context.chapter(claim) == chapter)
}

#[cfg(test)]
mod tests {
    use crate::report::Status;
    use crate::{Options, check};

    fn checks(text: &str) -> Vec<bool> {
        let checks = check(text, &Options::default()).checks;
        checks.iter().filter(|check| check.rule == "score-groups").map(|check| check.status == Status::Pass).collect()
    }

    #[test]
    fn adds_up_groups_in_paragraphs_of_their_own() {
        let text = |total: &str| {
            format!(
                "四、评价结论\n本项目自评综合得分{total}分，评价等级为优。\n（一）决策。该指标满分10分，自评得分10分。\n（二）过程。该指标满分20分，自评得分19.4分。\n（三）产出。该指标满分40分，自评得分38.2分。\n（四）效益。该指标满分30分，自评得分28分。"
            )
        };
        assert_eq!(checks(&text("95.6")), [true]);
        assert_eq!(checks(&text("96.5")), [false]);
    }

    #[test]
    fn parts_of_a_group_are_no_groups() {
        let text = "二、完成情况\n产出指标满分50分，自评得分48.5分。其中：数量指标20分，得19分；质量指标15分，得15分；时效指标15分，得14分。\n效益指标满分40分，自评得分39分。满意度指标满分10分，自评得分9.6分。\n综上，项目自评总得分97.1分。";
        assert_eq!(checks(text), [true]);
    }

    #[test]
    fn groups_listed_behind_a_total_make_it() {
        let text = |total: &str| format!("我局总计得分{total}，其中履职效能15分、预算管理21.5分、资产管理11分。");
        assert_eq!(checks(&text("47.5分")), [true]);
        assert_eq!(checks(&text("47.5")), [true]);
        assert_eq!(checks(&text("46.2分")), [false]);
        assert!(checks(&text("87.5分")).is_empty());
    }

    #[test]
    fn weights_that_make_no_hundred_say_nothing() {
        assert!(checks("项目自评得分96分。立项6分，得6分；目标6分，得5分。").is_empty());
    }
}
