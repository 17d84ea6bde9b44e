//! A percent sign or a unit without its figure: 完成预算%, 比上年减少万元.

use super::{Context, Found, Rule};
use crate::relations::{Truth, WordCheck};

/// The rule.
pub const RULE: Rule = Rule {
    id: "blank-figure",
    name: ["数字缺失", "missing figure"],
    doc: [
        "“完成预算%”“占%”“比上年减少万元”等处缺少数字。",
        "A rate or a change is announced and its figure is missing.",
    ],
    fails: "公务接待费支出0.00万元，完成预算%。",
    passes: "公务接待费支出0.00万元，完成预算0%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for blank in &context.reading.blanks {
        found.words.push(WordCheck {
            rule: RULE.id,
            span: blank.span,
            operands: Vec::new(),
            holds: false,
            truth: Some(Truth::MissingFigure),
            judge: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::told::texts;

    #[test]
    fn a_share_of_a_named_whole_and_a_change_may_lack_their_figures() {
        let told = |text: &str| texts(super::RULE.id, text);
        assert_eq!(told("商品和服务支出7.58万元，占基本支出预算%，同比增加1.20万元。"), ["占基本支出预算%"]);
        assert_eq!(told("公务接待费30.00万元，比上年减少 万元，占8.00%。"), ["减少 万元"]);
        assert!(told("表1 各项支出 占总支出% 单位：万元").is_empty());
        assert!(told("商品和服务支出7.58万元，占基本支出预算12.00%，同比增加1.20万元。").is_empty());
    }
}
