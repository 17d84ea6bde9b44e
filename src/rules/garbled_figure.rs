//! What stands where a figure should, and is none: 1OO.00 with letters for zeros, 100..00, a blank in the middle, or more digits than any
//! amount has.

use super::{Context, Found, Rule};
use crate::relations::{FactId, Truth, WordCheck};
use crate::source::ByteSpan;

/// The rule.
pub const RULE: Rule = Rule {
    id: "garbled-figure",
    name: ["数字无法读出", "figures that are none"],
    doc: [
        "金额栏或“万元”“元”“%”之前写的不是规范数字：以字母O、l代替数字，小数点重复，数字中间断开，位数过多。能看出原意的按原意核对：相关合计因此成立的提示更正，否则只请人核实。",
        "What stands in a column of amounts, or before 万元, 元 or %, is no figure: letters for digits, a point printed twice, a blank in the middle, too many digits. Where its sense can be told it is checked by that: if the sums hold then, a correction is proposed; else a person is asked to look.",
    ],
    fails: "2023年度收入总计1000.00万元，其中：财政拨款收入8OO.00万元，其他收入200.00万元。",
    passes: "2023年度收入总计1000.00万元，其中：财政拨款收入800.00万元，其他收入200.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let mut tell = |span: ByteSpan, operands: Vec<FactId>, truth: Truth| {
        let truth = Some(truth);
        found.words.push(WordCheck { rule: RULE.id, span, operands, holds: false, truth, judge: true });
    };
    for (id, fact) in context.reading.facts.iter().enumerate().filter(|(_, fact)| fact.quantity.garbled) {
        tell(fact.span, vec![id], Truth::Garbled(fact.quantity.figure));
    }
    for &span in &context.reading.too_long {
        tell(span, Vec::new(), Truth::TooLong);
    }
}
