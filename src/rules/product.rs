//! A number of things at a standard each: N人 × S元 = T.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "product",
    name: ["数量×标准", "number times standard"],
    doc: [
        "写明数量、单位标准和总金额的，总金额 = 数量 × 标准（按月标准另乘12）；分笔等额支付的，总额 = 笔数 × 每笔金额。",
        "Where a number, a standard and an amount are stated, the amount is their product, times twelve for a monthly standard; equal instalments make their total.",
    ],
    fails: "为9600名老人发放补贴，标准每人50元，共发放58.00万元。",
    passes: "为9600名老人发放补贴，标准每人50元，共发放48.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, standard) in context.facts() {
        let Some(kind) = standard_of(context, id) else { continue };
        let total = following(context, id, standard);
        let Some(total) = total else { continue };
        let mut readings = Vec::new();
        match kind {
            Standard::Each { monthly } => {
                let before = context.before(id).find(|(_, f)| is_count(f) && f.sentence == standard.sentence);
                // 标准1500元/人，补助320人，共N: the number may stand between the standard and the amount.
                let between = || (id + 1 == total - 1 && is_count(context.fact(id + 1))).then_some(id + 1);
                let Some(count) = before.map(|(count, _)| count).or_else(between) else { continue };
                readings.push(Formula::Product(vec![count, id], 1));
                if monthly {
                    readings.insert(0, Formula::Product(vec![count, id], 12));
                }
            }
            Standard::Instalment(count) => readings.push(Formula::Product(vec![id], count)),
        }
        found.relations.push(Relation { rule: RULE.id, target: total, readings, certainty: Certainty::Likely });
    }
}

/// What a standard is counted by.
enum Standard {
    /// One of the things counted before it.
    Each {
        /// Whether it is for a month.
        monthly: bool,
    },
    /// One of so many instalments.
    Instalment(u32),
}

fn standard_of(context: &Context, id: FactId) -> Option<Standard> {
    let fact = context.fact(id);
    if !matches!(fact.quantity.unit, Unit::Money | Unit::Standard) {
        return None;
    }
    let paragraph = &context.reading.paragraphs[fact.paragraph];
    let before = paragraph.between(fact.at.0.saturating_sub(12), fact.at.0);
    let behind = paragraph.between(fact.at.1, fact.at.1 + 6);
    let phrase = before.rsplit(['，', '。', '；', '、', '（']).next().unwrap_or("");
    if ["每笔", "每期", "每次", "每批"].iter().any(|each| phrase.ends_with(each)) {
        return instalments(&paragraph.words.chars()[fact.at.0.saturating_sub(60)..fact.at.0])
            .map(Standard::Instalment);
    }
    let each = ["每人", "每名", "每亩", "每户", "每平方米"].iter().any(|each| phrase.contains(each))
        && !phrase.contains("平均");
    let monthly = phrase.contains("每月") || behind.contains("月");
    (each || fact.quantity.unit == Unit::Standard).then_some(Standard::Each { monthly })
}

/// 分两笔, 分3期: how many instalments the words before announce.
pub fn instalments(before: &[char]) -> Option<u32> {
    let at = before.windows(3).rposition(|w| w[0] == '分' && matches!(w[2], '笔' | '期' | '次' | '批'))?;
    match before[at + 1] {
        '两' | '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        digit => digit.to_digit(10).filter(|&n| n > 1),
    }
}

fn is_count(fact: &Fact) -> bool {
    matches!(fact.quantity.unit, Unit::Count(_))
        && matches!(fact.role, Role::Value(_))
        && !fact.quantity.figure.is_zero()
}

/// The amount that the standard makes: the next one in the sentence.
fn following(context: &Context, id: FactId, standard: &Fact) -> Option<FactId> {
    let end = context.reading.paragraphs[standard.paragraph].facts.end;
    let total = (id + 1..end).find(|&next| context.fact(next).quantity.unit == Unit::Money)?;
    let fact = context.fact(total);
    (fact.sentence == standard.sentence && matches!(fact.role, Role::Value(_)) && !fact.quantity.loose).then_some(total)
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    #[test]
    fn the_number_may_stand_behind_the_standard() {
        assert!(told("补助标准1500元/人·年，补助320人，补助资金48万元。").is_empty());
        assert_eq!(
            told("补助标准1500元/人·年，补助320人，补助资金58万元。"),
            [("58万元".to_owned(), "48万元".to_owned())]
        );
    }
}
