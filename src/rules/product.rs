//! A number of things at a standard each: N人 × S元 = T.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit, in_words};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::scoring::Form;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "product",
    name: ["数量×标准", "number times standard"],
    doc: [
        "写明数量、单位标准和总金额的，总金额 = 数量 × 标准（按月标准另乘12），有几种标准的相加；只写数量和标准的，与项目资金核对，仅在一处笔误即可解释时提示；分笔等额支付的，总额 = 笔数 × 每笔金额。",
        "Where a number, a standard and an amount are stated, the amount is their product, times twelve for a monthly standard, added up over several standards; without an amount they are held against the money of the project, and told only where one keystroke explains the gap; equal instalments make their total.",
    ],
    fails: "为9600名老人发放补贴，标准每人50元，共发放58.00万元。",
    passes: "为9600名老人发放补贴，标准每人50元，共发放48.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    // Several standards before one amount make it together.
    let mut closed: BTreeMap<FactId, Vec<(FactId, FactId)>> = BTreeMap::new();
    // Those that no amount closes, each with its number.
    let mut unclosed: Vec<(FactId, FactId)> = Vec::new();
    let mut single: Vec<Relation> = Vec::new();
    for (id, standard) in context.facts() {
        let Some(kind) = standard_of(context, id) else { continue };
        let readings = match (kind, following(context, id, standard)) {
            (Standard::Instalment(count), Some(total)) => Some((total, vec![Formula::Product(vec![id], count)])),
            (Standard::Each { monthly }, Some(total)) => number_of(context, id, total).map(|count| {
                closed.entry(total).or_default().push((count, id));
                let months: &[u32] = if monthly { &[12, 1] } else { &[1] };
                (total, months.iter().map(|&months| Formula::Product(vec![count, id], months)).collect())
            }),
            (Standard::Each { monthly: false }, None) => {
                unclosed.extend(number_before(context, id).map(|count| (count, id)));
                None
            }
            _ => None,
        };
        single.extend(readings.map(|(target, readings)| Relation {
            rule: RULE.id,
            target,
            readings,
            certainty: Certainty::Likely,
        }));
    }
    let sentence = |&(_, id): &(FactId, FactId)| (context.fact(id).paragraph, context.fact(id).sentence);
    let sentences = unclosed.chunk_by(|a, b| sentence(a) == sentence(b));
    found.relations.extend(sentences.filter_map(|pairs| of_project(context, pairs)));
    closed.retain(|_, pairs| pairs.len() > 1);
    single.retain(|relation| !closed.contains_key(&relation.target));
    found.relations.extend(single);
    found.relations.extend(closed.into_iter().map(|(target, pairs)| Relation {
        rule: RULE.id,
        target,
        readings: vec![Formula::Products(pairs)],
        certainty: Certainty::Conjecture,
    }));
}

/// How many get a standard that an amount closes: the count before it, or the one between the two: 标准1500元/人，补助320人，共N.
fn number_of(context: &Context, id: FactId, total: FactId) -> Option<FactId> {
    let sentence = context.fact(id).sentence;
    let before = context.before(id).find(|(_, f)| is_count(f) && f.sentence == sentence).map(|(count, _)| count);
    before.or_else(|| (id + 1 == total - 1 && is_count(context.fact(id + 1))).then_some(id + 1))
}

/// How many get a standard that no amount closes: the count before it in its sentence, behind the standard before.
fn number_before(context: &Context, id: FactId) -> Option<FactId> {
    let sentence = context.fact(id).sentence;
    let before = context.before(id).take_while(|(_, f)| f.sentence == sentence).map(|(id, _)| id);
    before.take_while(|&id| standard_of(context, id).is_none()).find(|&id| counts(context, id))
}

/// How many numbers away from its standards the money of a project may stand.
const NEAR: usize = 40;

/// 为320名老人发放补贴，标准每人50元: where the sentence names no amount, the money of the project is what they make, and told where a slip
/// explains why not.
fn of_project(context: &Context, pairs: &[(FactId, FactId)]) -> Option<Relation> {
    let &(first, _) = pairs.first()?;
    let value = |id: FactId| context.fact(id).quantity.value();
    let made = pairs.iter().try_fold(Decimal::ZERO, |sum, &(number, standard)| {
        sum.checked_add(value(number).checked_mul(value(standard))?)
    })?;
    let apart = |id: &FactId| (value(*id) - made).abs();
    // A slip behind the first digit leaves an amount of that size; another is the money of something else.
    let target = money(context, first).into_iter().min_by_key(apart).filter(|id| apart(id) * Decimal::TEN < made)?;
    let readings = vec![Formula::Products(pairs.to_vec())];
    Some(Relation { rule: RULE.id, target, readings, certainty: Certainty::Conjecture })
}

/// The money of the form that a number stands in, or the amounts around it.
fn money(context: &Context, id: FactId) -> Vec<FactId> {
    let span = context.fact(id).span;
    let around = |form: &&Form| {
        let block = context.document.blocks[form.block].span;
        block.start <= span.start && span.end <= block.end
    };
    if let Some(form) = context.reading.forms.iter().find(around) {
        return form.funds.iter().flat_map(|fund| [fund.executed, fund.budget]).flatten().collect();
    }
    let scope = context.scope(id);
    let all = id.saturating_sub(NEAR)..context.reading.facts.len().min(id + NEAR);
    all.filter(|&other| {
        let fact = context.fact(other);
        fact.cell.is_none()
            && fact.quantity.unit == Unit::Money
            && fact.planned().is_some()
            && context.scope(other) == scope
    })
    .collect()
}

/// Whether a number counts those who get a standard each: 新增67人, 参保人数：53615.
fn counts(context: &Context, id: FactId) -> bool {
    const NUMBERS: [&str; 4] = ["人数", "户数", "数量", "名额"];
    let fact = context.fact(id);
    let bare = || {
        let lead = context.reading.lead(id);
        NUMBERS.iter().any(|name| lead.trim_end_matches(['：', ':', '为', '共', '计']).ends_with(name))
    };
    let counted = matches!(fact.quantity.unit, Unit::Count(_)) || fact.quantity.unit == Unit::Bare && bare();
    counted && !fact.quantity.figure.is_zero() && !fact.quantity.loose
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
    let number = before[at + 1].to_digit(10).or_else(|| in_words(&before[at + 1..at + 2]));
    number.filter(|&number| number > 1)
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

    #[test]
    fn several_standards_make_one_amount_together() {
        let text = "资助A类对象320人，标准1500元/人·年，B类对象100人，标准1000元/人·年，补助资金58万元。";
        assert!(told(text).is_empty());
    }

    #[test]
    fn numbers_at_standards_make_the_money_of_the_project() {
        let text = "附件2\n示例市示例局项目支出绩效自评报告\n一、项目资金情况\n助学项目计划资金59.84万元，到位资金59.84万元，到位率100%。\n\
            二、项目组织实施情况\n资助在校学生1250人，标准450.00元/人年，春季新增76人，标准470.00元/人年。";
        assert!(told(&text.replace("76人", "75人").replace("59.84", "59.78")).is_empty());
        assert_eq!(told(&text.replace("59.84", "59.40")), [("76人".to_owned(), "67人".to_owned())]);
    }
}
