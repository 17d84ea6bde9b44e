//! A contract that is paid in full: its price is the sum of the payments, over the years.

use super::{Context, Found, Rule};
use crate::facts::{Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "contract-payments",
    name: ["合同价与支付", "contract price and payments"],
    doc: [
        "写明合同款项已结清的，合同价（中标价）= 历次支付金额之和。",
        "Where the words say that a contract is settled, its price is the sum of the payments.",
    ],
    fails: "项目中标价120.50万元，2022年已支付40.50万元，2023年支付剩余款项88.00万元，截至2023年底，合同款项全部结清。",
    passes: "项目中标价120.50万元，2022年已支付40.50万元，2023年支付剩余款项80.00万元，截至2023年底，合同款项全部结清。",
    find,
};

const PRICES: [&str; 9] =
    ["中标价", "中标金额", "成交价", "成交金额", "合同价", "合同金额", "合同总价", "合同总额", "合同价款"];
const SETTLED: [&str; 6] = ["结清", "付清", "全部支付", "支付完毕", "支付完成", "全额支付"];

fn find(context: &Context, found: &mut Found) {
    for (id, price) in context.facts() {
        let is_price = PRICES.iter().any(|name| price.subject.ends_with(name)) && matches!(price.role, Role::Value(_));
        let paragraph = &context.reading.paragraphs[price.paragraph];
        if !is_price || price.quantity.unit != Unit::Money {
            continue;
        }
        let text = paragraph.between(price.at.1, price.at.1 + 200);
        if !SETTLED.iter().any(|word| text.contains(word)) {
            continue;
        }
        let payments: Vec<FactId> = (id + 1..paragraph.facts.end)
            .take_while(|&next| !PRICES.iter().any(|name| context.fact(next).subject.ends_with(name)))
            .filter(|&next| {
                let fact = context.fact(next);
                let paid = fact.subject.contains("支付") || fact.subject.contains("付款");
                paid && fact.quantity.unit == Unit::Money && matches!(fact.role, Role::Value(_)) && !fact.quantity.loose
            })
            .collect();
        if payments.len() >= 2 {
            // What is paid last settles the price.
            let target = payments[payments.len() - 1];
            let readings = vec![Formula::Sum(vec![id], payments[..payments.len() - 1].to_vec())];
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty: Certainty::Sure });
        }
    }
}
