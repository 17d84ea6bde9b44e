//! A percent sign without its figure: 完成预算%.

use super::{Context, Found, Rule};
use crate::relations::{Truth, WordCheck};

/// The rule.
pub const RULE: Rule = Rule {
    id: "blank-figure",
    name: ["数字缺失", "missing figure"],
    doc: ["“完成预算%”“占%”等处缺少数字。", "A rate is announced and its figure is missing."],
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
