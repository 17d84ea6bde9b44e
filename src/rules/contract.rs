//! A contract that is paid in full: its price is the sum of the payments, over the years.

use super::product::instalments;
use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Relation, is_amount};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "contract-payments",
    name: ["合同价与支付", "contract price and payments"],
    doc: [
        "写明合同款项已结清的，合同价（中标价）= 历次支付金额之和；分期支付的期数已写明的亦同；写明未支付金额的，合同价 = 已支付 + 未支付。未结清的，已支付金额不得大于合同价。",
        "Where the words say that a contract is settled, or how many instalments there are, its price is the sum of the payments; so it is of what was paid and what they say was not. Otherwise no more is paid than the price.",
    ],
    fails: "项目中标价120.50万元，2022年已支付40.50万元，2023年支付剩余款项88.00万元，截至2023年底，合同款项全部结清。",
    passes: "项目中标价120.50万元，2022年已支付40.50万元，2023年支付剩余款项80.00万元，截至2023年底，合同款项全部结清。",
    find,
};

const PRICES: [&str; 9] =
    ["中标价", "中标金额", "成交价", "成交金额", "合同价", "合同金额", "合同总价", "合同总额", "合同价款"];
const SETTLED: [&str; 6] = ["结清", "付清", "全部支付", "支付完毕", "支付完成", "全额支付"];
/// Words before what was paid.
const PAID: [&str; 8] = ["支付", "付款", "首付款", "预付款", "进度款", "尾款", "余款", "质保金"];
/// Words before what was not paid, or paid as well as another payment.
const NO_PAYMENT: [&str; 14] =
    ["累计", "合计", "共", "截至", "截止", "其中", "计划", "预算", "应", "未", "待", "需", "拟", "将"];
/// Words that say that the price itself was changed.
const CHANGED: [&str; 7] = ["变更", "增加", "补充协议", "追加", "结算价", "审定", "审计"];

fn find(context: &Context, found: &mut Found) {
    for (id, price) in context.facts() {
        if !matches!(price.role, Role::Value(_)) || price.quantity.unit != Unit::Money || !is_price(context, id) {
            continue;
        }
        let paragraph = &context.reading.paragraphs[price.paragraph];
        let text = paragraph.between(price.at.1, price.at.1 + 200);
        let behind = || (id + 1..paragraph.facts.end).take_while(|&next| !is_price(context, next));
        if SETTLED.iter().any(|word| text.contains(word)) {
            let payments: Vec<FactId> = behind()
                .filter(|&next| {
                    let fact = context.fact(next);
                    can_be_paid(fact) && (fact.subject.contains("支付") || fact.subject.contains("付款"))
                })
                .collect();
            if payments.len() >= 2 {
                found.relations.push(settles(id, &payments, Certainty::Sure));
            }
            continue;
        }
        // 58.60万元/年, and the prices of several contracts in a row.
        if text.starts_with('/') || context.place_in_run(id).1 > 1 {
            continue;
        }
        let within = |next: &FactId| context.fact(*next).sentence == price.sentence;
        let payments: Vec<FactId> = behind()
            .take_while(within)
            .filter(|&next| {
                can_be_paid(context.fact(next)) && context.fact(next).depth == price.depth && is_paid(context, next)
            })
            .collect();
        found.relations.extend(unpaid(context, id));
        let clauses: &str = text.split('。').next().unwrap_or("");
        if !CHANGED.iter().any(|word| clauses.contains(word)) {
            found.relations.extend(unsettled(context, id, &payments));
        }
    }
}

/// 合同价100万元，已支付60万元，尚未支付40万元: what was paid and what was not make the price. 已支付 may hold the payments told before it.
fn unpaid(context: &Context, price: FactId) -> Option<Relation> {
    let whole = context.fact(price);
    let end = context.reading.paragraphs[whole.paragraph].facts.end;
    let beside = |fact: &Fact| can_be_paid(fact) && fact.sentence == whole.sentence && fact.depth == whole.depth;
    let (first, rest) = (price + 1, price + 2);
    let target = (rest..end).take_while(|&id| beside(context.fact(id))).find(|&id| is_unpaid(context, id))?;
    let payments: Vec<FactId> = (first..target).collect();
    let paid = |&id: &FactId| {
        let clause = context.reading.clause(id);
        PAID.iter().any(|word| clause.contains(word))
            && !["未", "应", "待", "拟", "需"].iter().any(|not| clause.contains(not))
    };
    if !beside(context.fact(first)) || !payments.iter().all(paid) {
        return None;
    }
    let last = vec![target - 1];
    let readings = Vec::from([payments, last].map(|paid| Formula::Sum(vec![price], paid)));
    Some(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely })
}

/// Whether the words around an amount say that it was not paid: 尚未支付N, 剩余N未支付.
fn is_unpaid(context: &Context, id: FactId) -> bool {
    const NOT_YET: [&str; 7] = ["未支付", "未付", "未拨付", "待支付", "待付", "尚欠", "欠付"];
    let fact = context.fact(id);
    let clause = context.reading.clause(id);
    let behind = context.reading.paragraphs[fact.paragraph].between(fact.at.1, fact.at.1 + 12);
    let said = behind.split(['，', '。', '；', '、']).next().unwrap_or("");
    let left = ["剩余", "剩余款项", "余款", "尾款", "其余"].iter().any(|word| clause.ends_with(word));
    NOT_YET.iter().any(|not| clause.contains(not) || left && said.contains(not))
}

fn is_price(context: &Context, id: FactId) -> bool {
    let clause = context.reading.clause(id);
    PRICES.iter().any(|name| clause.trim_end_matches(['共', '计']).ends_with(name))
}

fn can_be_paid(fact: &Fact) -> bool {
    is_amount(fact) && fact.quantity.unit == Unit::Money
}

/// What is paid last is what the payments before it have left of the price.
fn settles(price: FactId, payments: &[FactId], certainty: Certainty) -> Relation {
    let (&target, before) = payments.split_last().expect("a payment");
    Relation { rule: RULE.id, target, readings: vec![Formula::Sum(vec![price], before.to_vec())], certainty }
}

/// Payments of a contract that no word calls settled: no more than its price, and all of it where their number was announced (分三期支付) or
/// the last one is what remains (尾款).
fn unsettled(context: &Context, price: FactId, payments: &[FactId]) -> Option<Relation> {
    let (&first, &last) = (payments.first()?, payments.last()?);
    // 2022年支付A，已支付B: the latter may hold the former.
    if payments[1..].iter().any(|&id| context.reading.lead(id).contains('已')) {
        return None;
    }
    let value = |id: FactId| context.fact(id).quantity.interval();
    if first == last {
        let readings = vec![Formula::AtMost(price)];
        return Some(Relation { rule: RULE.id, target: first, readings, certainty: Certainty::Likely });
    }
    let paid = payments.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &id| sum.plus(value(id)))?;
    let announced = instalments(&context.reading.lead(first).chars().collect::<Vec<char>>());
    let closes = ["尾款", "余款", "剩余"].iter().any(|word| context.reading.lead(last).contains(word));
    if paid.lo > value(price).hi || announced.is_some_and(|number| number as usize == payments.len()) {
        Some(settles(price, payments, Certainty::Likely))
    } else {
        closes.then(|| settles(price, payments, Certainty::Conjecture))
    }
}

/// Whether the words before an amount, or before the row that it stands in, say that it was paid.
fn is_paid(context: &Context, id: FactId) -> bool {
    let lead = context.reading.lead(context.place_in_run(id).0);
    let clause = lead.trim_start_matches(['，', ',', '；', '、']);
    PAID.iter().any(|word| clause.contains(word)) && !NO_PAYMENT.iter().any(|word| clause.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    #[test]
    fn no_more_is_paid_than_the_price() {
        assert_eq!(told("合同金额58.60万元，已支付68.50万元。"), [("68.50万元".to_owned(), "≤ 58.60万元".to_owned())]);
        assert!(told("合同金额58.60万元，已支付48.50万元。").is_empty());
        assert_eq!(
            told("合同金额100.00万元，2022年支付60.00万元，2023年支付45.00万元。"),
            [("45.00万元".to_owned(), "40.00万元".to_owned())]
        );
        assert!(told("合同金额100.00万元，2022年支付60.00万元，2023年支付35.00万元。").is_empty());
        assert!(told("合同金额100.00万元，变更增加5.00万元，2022年支付60.00万元，2023年支付45.00万元。").is_empty());
        assert!(told("合同金额100.00万元，2022年支付60.00万元，截至2023年底已支付95.00万元。").is_empty());
        assert!(told("合同金额100.00万元，已支付60.00万元，其中2023年支付45.00万元（含质保金5.00万元）。").is_empty());
        assert!(told("合同金额分别为58.60万元、40.00万元，已支付68.50万元。").is_empty());
        assert!(told("合同金额100.00万元，2022年支付60.00万元，2023年支付40.00万元，累计支付100.00万元。").is_empty());
    }

    #[test]
    fn what_is_paid_and_what_is_not_make_the_price() {
        let text = "合同金额100.00万元，已支付60.00万元，尚未支付40.00万元。";
        assert!(told(text).is_empty());
        assert_eq!(told(&text.replace("付40.00", "付50.00")), [("50.00万元".to_owned(), "40.00万元".to_owned())]);
        assert_eq!(told("合同价100.00万元，已支付60.00万元，剩余45.00万元未支付。").len(), 1);
        assert!(told("合同价100.00万元，2022年支付20.00万元，已支付60.00万元，剩余40.00万元未支付。").is_empty());
        assert!(told("合同价100.00万元，2022年支付20.00万元，2023年支付40.00万元，尚未支付40.00万元。").is_empty());
        assert!(told("合同价100.00万元，应支付60.00万元，尚未支付60.00万元。").is_empty());
    }

    #[test]
    fn announced_instalments_make_the_price() {
        let text = "合同价120.00万元，分三期支付，分别为36.00万元、60.00万元、24.00万元。";
        assert!(told(text).is_empty());
        assert_eq!(told(&text.replace("24.00", "14.00")), [("14.00万元".to_owned(), "24.00万元".to_owned())]);
        assert!(told("合同价120.00万元，首付款36.00万元，进度款60.00万元，尾款24.00万元。").is_empty());
        assert!(!told("合同价120.00万元，首付款36.00万元，进度款60.00万元，尾款34.00万元。").is_empty());
    }
}
