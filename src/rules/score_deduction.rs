//! What was taken off a weight: 该指标分值4分，扣0.2分，得3.8分.

use super::score_claim::totals;
use super::score_item::{Item, items};
use super::{Context, Found, Rule};
use crate::facts::Unit;
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-deduction",
    name: ["扣分与得分", "points taken off"],
    doc: [
        "得分 = 分值 − 扣分，得分不超过分值；写明“合计扣N分”的，N为各项扣分之和，总得分为100 − N。",
        "The score is the weight less what was taken off, and never more than the weight; where the words add up what was taken off, the total is a hundred less that.",
    ],
    fails: "该指标分值6分，因进度滞后，扣0.9分，得5.8分。",
    passes: "该指标分值6分，因进度滞后，扣0.2分，得5.8分。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for item in items(context) {
        if let (Some(weight), Some(score)) = (item.weight, item.score) {
            let certainty = match (item.called, item.taken.is_empty()) {
                (true, _) => Certainty::Sure,
                (false, false) => Certainty::Likely,
                (false, true) => Certainty::Conjecture,
            };
            let readings = left(weight, item);
            found.relations.push(Relation { rule: RULE.id, target: score, readings, certainty });
        }
    }
    let claims = totals(context);
    for (total, parts) in sums(context) {
        let readings = vec![Formula::Sum(parts, Vec::new())];
        found.relations.push(Relation { rule: RULE.id, target: total, readings, certainty: Certainty::Likely });
        if let Some(target) = score_of(context, claims, total) {
            let readings = vec![Formula::RestOfHundred(vec![total])];
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely });
        }
    }
}

/// What is left of a weight. Of several deductions the first may be the sum of the others: 扣3分，其中进度扣1分、质量扣2分.
fn left(weight: FactId, item: &Item) -> Vec<Formula> {
    if item.taken.is_empty() {
        return vec![Formula::AtMost(weight)];
    }
    let all = Formula::Sum(vec![weight], item.taken.clone());
    let first = Formula::Sum(vec![weight], item.taken[..1].to_vec());
    if item.taken.len() == 1 { vec![all] } else { vec![all, first] }
}

/// The deductions that a sentence adds up: 执行率扣0.6分，满意度扣2分，合计扣2.6分.
fn sums(context: &Context) -> Vec<(FactId, Vec<FactId>)> {
    const SUMS: [&str; 6] = ["合计扣", "共计扣", "总计扣", "共扣", "总共扣", "累计扣"];
    let words = |id: FactId| context.reading.clause(id).trim_end_matches(['分', '除', '减']).to_owned();
    let is_points = |id: FactId| {
        let quantity = context.fact(id).quantity;
        quantity.unit == Unit::Score && !quantity.loose
    };
    let totals = context.facts().map(|(id, _)| id).filter(|&id| is_points(id));
    let totals = totals.filter(|&id| SUMS.iter().any(|word| words(id).ends_with(word)));
    let with_parts = totals.filter_map(|total| {
        let sentence = context.fact(total).sentence;
        let mut parts: Vec<FactId> = context
            .before(total)
            .take_while(|(id, fact)| fact.sentence == sentence && is_points(*id) && words(*id).ends_with('扣'))
            .map(|(id, _)| id)
            .collect();
        parts.reverse();
        (parts.len() >= 2).then_some((total, parts))
    });
    with_parts.collect()
}

/// The only total score that the paragraph states.
fn score_of(context: &Context, claims: &[FactId], total: FactId) -> Option<FactId> {
    let facts = &context.reading.paragraphs[context.fact(total).paragraph].facts;
    let mut scores =
        claims[claims.partition_point(|&claim| claim < facts.start)..].iter().take_while(|&&claim| claim < facts.end);
    let (Some(&score), None) = (scores.next(), scores.next()) else { return None };
    Some(score)
}

#[cfg(test)]
mod tests {
    use crate::report::Status;
    use crate::{Options, check};

    fn failing(text: &str) -> Vec<String> {
        let checks = check(text, &Options::default()).checks;
        let fails = checks.into_iter().filter(|c| c.rule == "score-deduction" && c.status == Status::Fail);
        fails.map(|check| check.stated).collect()
    }

    #[test]
    fn holds_points_against_what_was_taken_off() {
        assert!(failing("该指标满分20分，自评得分19.4分，扣0.6分。").is_empty());
        assert_eq!(failing("该指标满分20分，自评得分19.4分，扣0.8分。").len(), 1);
        assert!(failing("该指标权重10分，扣3分，其中进度扣1分，质量扣2分，得7分。").is_empty());
        assert_eq!(failing("该项分值5分，自评得分6分。").len(), 1);
    }

    #[test]
    fn what_a_rule_says_is_no_deduction() {
        assert!(failing("该指标分值5分，达标得5分，未达标扣5分。").is_empty());
        assert!(failing("该指标分值5分，每发现一处不规范扣1分，扣完为止。").is_empty());
        assert!(failing("该指标分值5分，完成率达90%以上得5分，每低1个百分点扣0.5分，该项得4分。").is_empty());
    }

    #[test]
    fn adds_up_what_was_taken_off() {
        let text = |sum: &str, score: &str| {
            format!(
                "本项目自评综合得分{score}分，评价等级为优。扣分情况：预算执行率扣0.6分，宣传培训扣1.8分，满意度扣2分，合计扣{sum}分。"
            )
        };
        assert!(failing(&text("4.4", "95.6")).is_empty());
        assert!(!failing(&text("4.6", "95.4")).is_empty());
        assert!(!failing(&text("4.4", "96.6")).is_empty());
    }
}
