//! A figure against the target that it is measured by: 60.9%，高于目标进度40%.

use super::{Context, Found, Rule};
use crate::document;
use crate::facts::Fact;
use crate::relations::{FactId, Truth, WordCheck};
use std::cmp::Ordering;

/// The rule.
pub const RULE: Rule = Rule {
    id: "target-claim",
    name: ["与目标的比较", "comparison with a target"],
    doc: [
        "“高于（低于、达到、未达到）目标N”等文字应与前面的实际数一致。",
        "Words that hold a figure against a target (above, below, reached, missed) agree with the figure before them.",
    ],
    fails: "截至6月预算支出进度为36.90%，高于40%的目标进度。",
    passes: "截至6月预算支出进度为60.90%，高于40%的目标进度。",
    find,
};

/// Words right before the target, and what they claim of the figure: which orderings agree with them.
const CLAIMS: [(&str, &[Ordering]); 15] = [
    ("不低于", &[Ordering::Greater, Ordering::Equal]),
    ("不少于", &[Ordering::Greater, Ordering::Equal]),
    ("不高于", &[Ordering::Less, Ordering::Equal]),
    ("不超过", &[Ordering::Less, Ordering::Equal]),
    ("未达到", &[Ordering::Less]),
    ("未达", &[Ordering::Less]),
    ("未超过", &[Ordering::Less, Ordering::Equal]),
    ("高于", &[Ordering::Greater]),
    ("大于", &[Ordering::Greater]),
    ("超过", &[Ordering::Greater]),
    ("超", &[Ordering::Greater]),
    ("低于", &[Ordering::Less]),
    ("小于", &[Ordering::Less]),
    ("达到了", &[Ordering::Greater, Ordering::Equal]),
    ("达到", &[Ordering::Greater, Ordering::Equal]),
];

/// Words between the claim and the figure of the target.
const TARGETS: [&str; 12] = [
    "目标进度",
    "序时进度",
    "目标值",
    "年度目标",
    "预期目标",
    "绩效目标",
    "计划目标",
    "目标",
    "标准",
    "要求",
    "指标值",
    "计划",
];

/// Words behind what was reached that say whether it is the target.
const OUTCOMES: [(&str, bool); 9] = [
    ("未达到", false),
    ("未完成", false),
    ("未实现", false),
    ("未达标", false),
    ("没有达到", false),
    ("达到", true),
    ("完成", true),
    ("实现", true),
    ("达标", true),
];

fn find(context: &Context, found: &mut Found) {
    for (id, target) in context.facts() {
        found.words.extend(outcome(context, id));
        let Some((agreeing, start)) = claim(context, target) else { continue };
        let Some(actual) = measured(context, id, start) else { continue };
        let (a, t) = (context.fact(actual).quantity.interval(), target.quantity.value());
        let order = if a.lo > t {
            Ordering::Greater
        } else if a.hi < t {
            Ordering::Less
        } else {
            Ordering::Equal
        };
        // A figure that rounds to the target may lie on either side of it.
        let holds = agreeing.contains(&order) || (order == Ordering::Equal && a.lo != a.hi);
        found.words.push(WordCheck {
            rule: RULE.id,
            span: target.span,
            operands: vec![actual],
            holds,
            truth: Some(Truth::AgainstTarget(order)),
            judge: false,
        });
    }
}

/// 目标值为≥90%，实际为92%，达到目标: the target, what was reached, and what the words make of it.
pub fn outcome(context: &Context, id: FactId) -> Option<WordCheck> {
    let actual = context.fact(id);
    let (target, goal) = context.before(id).next()?;
    let beside =
        goal.sentence == actual.sentence && goal.quantity.unit == actual.quantity.unit && !actual.quantity.loose;
    let says_actual = |lead: &str| lead.trim_start_matches(['，', ',', '；', '、']).starts_with("实际");
    if !beside || !says_actual(&context.reading.lead(id)) {
        return None;
    }
    let clause = context.reading.clause(target);
    let at_least = ["≥", "不低于", "不少于", "大于等于"].iter().any(|sign| clause.ends_with(sign));
    let at_most = ["≤", "不高于", "不超过", "小于等于"].iter().any(|sign| clause.ends_with(sign));
    if at_least == at_most || !TARGETS.iter().any(|name| clause.contains(name)) {
        return None;
    }
    let behind = context.reading.paragraphs[actual.paragraph].between(actual.at.1, actual.at.1 + 14);
    let said = behind.strip_prefix(['，', ','])?.trim_start_matches(['已', '均', '也']);
    let said = said.split(['，', ',', '；', '。']).next()?;
    let &(word, reached) = OUTCOMES.iter().find(|(word, _)| said.starts_with(word))?;
    let (a, t) = (actual.quantity.interval(), goal.quantity.value());
    // A figure that rounds to the target may lie on either side of it.
    let order = if a.contains(t) { Ordering::Equal } else { a.lo.cmp(&t) };
    let met = order == Ordering::Equal || (order == Ordering::Greater) == at_least;
    (word.ends_with("达标") || said.contains("目标")).then(|| WordCheck {
        rule: RULE.id,
        span: goal.span,
        operands: vec![id],
        holds: order == Ordering::Equal || met == reached,
        truth: Some(Truth::AgainstTarget(order)),
        judge: false,
    })
}

/// What the words before a target claim, and where they begin.
fn claim(context: &Context, target: &Fact) -> Option<(&'static [Ordering], usize)> {
    let paragraph = &context.reading.paragraphs[target.paragraph];
    // Few numbers stand behind such words.
    let start = target.at.0.saturating_sub(14);
    document::end(paragraph.chars(start, target.at.0), CLAIMS.iter().map(|(word, _)| *word).chain(TARGETS))?;
    let before = paragraph.between(start, target.at.0);
    let clause = before.rsplit(['，', ',', '。', '；', '：', '、', '（']).next().unwrap_or("");
    let mut words = clause;
    let mut names_target = false;
    for name in TARGETS {
        if let Some(rest) = words.strip_suffix(name) {
            (words, names_target) = (rest, true);
            break;
        }
    }
    let (word, agreeing) = CLAIMS.iter().find(|(word, _)| words.ends_with(word))?;
    let lead = words.strip_suffix(word)?;
    // The claim opens its clause: 6月高于40%的目标 and 略低于67.5%, not 满意度达到95%.
    let behind = paragraph.between(target.at.1, target.at.1 + 8);
    let names_target = names_target
        || TARGETS.iter().any(|name| behind.starts_with(name) || behind.trim_start_matches('的').starts_with(name));
    let opens = lead.is_empty() || matches!(lead, "略" | "远" | "均" | "已" | "明显");
    (opens && (names_target || !word.starts_with("达到"))).then(|| (*agreeing, target.at.0 - clause.chars().count()))
}

/// The figure that is held against the target: the last one before it, of the same unit.
fn measured(context: &Context, id: FactId, start: usize) -> Option<FactId> {
    let target = context.fact(id);
    let (actual, fact) = context.before(id).next()?;
    let text = context.reading.paragraphs[target.paragraph].between(fact.at.1, start);
    let beside = matches!(text.as_str(), "，" | "," | "（");
    (beside
        && fact.quantity.unit == target.quantity.unit
        && !fact.quantity.loose
        && context.place_in_run(actual).1 == 1)
        .then_some(actual)
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn what_was_reached_is_held_against_the_target_before_it() {
        let told = |text: &str| {
            let report = check(text, &Options::default());
            (report.summary.checks, report.findings.len())
        };
        assert_eq!(told("满意度目标值为≥90%，实际为83.50%，达到目标。"), (1, 1));
        assert_eq!(told("满意度目标值为≥90%，实际为93.50%，达到目标。"), (1, 0));
        assert_eq!(told("合格率目标值为≥95%，实际完成值为93%，已完成目标。"), (1, 1));
        assert_eq!(told("差错率目标值为≤5%，实际为3%，未达到目标。"), (1, 1));
        assert_eq!(told("合格率目标值为≥95%，实际完成值为93%，未完成目标。"), (1, 0));
    }
}
