//! Indicators told in sentences: 激活率，指标值为≥90%，实际完成值为66.78%. What was reached against the target, and both against the form.

use super::{Context, Found, Rule, target};
use crate::facts::{Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Form, Goal, Indicator, comparison, order};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "prose-indicator",
    name: ["文中指标与自评表", "indicators told in sentences"],
    doc: [
        "正文逐项说明“某指标，指标值为N，实际完成值为M”的，N、M应与自评表同名指标的指标值、完成值一致；完成值未达到指标值的仅作提示。",
        "Where sentences tell the target and the actual of one indicator after another, they are those of the row of that name in the form; missing a target is only a note.",
    ],
    fails: "一、指标完成情况\n（1）灌渠完好率，指标值为≥90%，实际完成值为98.43%。\n（2）培训场次，指标值为≥2场，实际完成值为3场。\n二、自评表\n项目绩效目标自评表\n一级指标\t三级指标\t年度指标值\t全年完成值\n数量指标\t灌渠完好率\t≥90%\t98.69%\n数量指标\t培训场次\t≥2场\t3场",
    passes: "一、指标完成情况\n（1）灌渠完好率，指标值为≥90%，实际完成值为98.69%。\n（2）培训场次，指标值为≥2场，实际完成值为3场。\n二、自评表\n项目绩效目标自评表\n一级指标\t三级指标\t年度指标值\t全年完成值\n数量指标\t灌渠完好率\t≥90%\t98.69%\n数量指标\t培训场次\t≥2场\t3场",
    find,
};

/// What stands right before the figure that was reached.
const REACHED: [&str; 9] = [
    "实际完成值",
    "全年完成值",
    "全年实际完成值",
    "实际完成指标值",
    "完成值",
    "实际值",
    "实际完成",
    "实际完成数",
    "实际",
];

/// Words that lead over to the target.
const TARGETS: [&str; 7] = ["年度指标值", "指标值", "年度目标值", "目标值", "预期指标值", "预期值", "年初目标值"];

/// An indicator as a sentence tells it.
struct Told {
    name: String,
    target: FactId,
    actual: FactId,
}

fn find(context: &Context, found: &mut Found) {
    let mut told_of: BTreeMap<usize, Vec<(Told, &Indicator)>> = BTreeMap::new();
    for (id, _) in context.facts() {
        let Some(told) = told(context, id) else { continue };
        // Words behind the figure that say what became of the target are held against it themselves.
        if target::outcome(context, id).is_none() {
            found.words.extend(met(context, &told));
        }
        if let Some((form, row)) = row(context, &told) {
            told_of.entry(form).or_default().push((told, row));
        }
    }
    let value = |id: FactId| context.fact(id).quantity.value();
    for indicators in told_of.into_values() {
        let pairs: Vec<(FactId, FactId)> = indicators
            .iter()
            .flat_map(|(told, row)| [(told.target, figure(&row.target)), (told.actual, figure(&row.actual))])
            .filter_map(|(said, of)| Some((said, of?)))
            .filter(|&(said, of)| order(&context.fact(said).quantity, &context.fact(of).quantity).is_some())
            .collect();
        // A form of another project may have an indicator of the same name.
        let agreeing = pairs.iter().filter(|(said, of)| value(*said) == value(*of)).count();
        let certainty = if agreeing * 2 > pairs.len() { Certainty::Likely } else { Certainty::Conjecture };
        found.relations.extend(pairs.into_iter().map(|(target, of)| Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Equal(of)],
            certainty,
        }));
    }
}

fn figure(goal: &Option<Goal>) -> Option<FactId> {
    goal.as_ref().and_then(|goal| goal.fact)
}

/// The indicator whose actual stands at a figure.
fn told(context: &Context, actual: FactId) -> Option<Told> {
    let reached = context.fact(actual);
    let (target, goal) = context.before(actual).next().filter(|(_, goal)| goal.sentence == reached.sentence)?;
    let said = context.reading.lead(actual);
    let said = said.trim_start_matches(['，', ',', '；', '、']).trim_end_matches(['为', '是', '：', '达', '到']);
    if !REACHED.contains(&said) || reached.quantity.loose {
        return None;
    }
    let words = &context.reading.paragraphs[goal.paragraph];
    let before = words.between(0, goal.at.0);
    let sentence = before.rsplit(['。', '；']).next()?;
    let sentence = sentence.trim_end_matches(['≥', '≤', '>', '<', '=', '为', '是', '：']);
    let (name, lead) = match sentence.rsplit_once(['，', ',', '：']) {
        Some((name, lead)) => (name, lead),
        None => TARGETS.iter().find_map(|word| Some((sentence.strip_suffix(word)?, *word)))?,
    };
    let signed = comparison(words.words.chars(), goal.at.0, goal.at.1).is_some();
    let name = name.rsplit(['：', '）', '.', '．']).find(|part| !part.is_empty())?.trim_end_matches("的");
    let named = name.chars().count() >= 3 && !name.contains(['，', ',']);
    (named && (signed || TARGETS.contains(&lead))).then(|| Told { name: name.to_owned(), target, actual })
}

/// Whether the sentence's own target was reached, where its sign says how it is meant.
fn met(context: &Context, told: &Told) -> Option<WordCheck> {
    let (goal, reached) = (context.fact(told.target), context.fact(told.actual));
    let words = &context.reading.paragraphs[goal.paragraph].words;
    let wanted = comparison(words.chars(), goal.at.0, goal.at.1)?;
    Some(WordCheck {
        rule: RULE.id,
        span: reached.span,
        operands: vec![told.target],
        holds: wanted.holds(order(&reached.quantity, &goal.quantity)?),
        truth: Some(if wanted.is_forward() { Truth::Missed } else { Truth::Exceeded }),
        judge: true,
    })
}

/// The row of that name in the form before the sentence or in the one behind it, where no other is as near to the name.
fn row<'c>(context: &'c Context, told: &Told) -> Option<(usize, &'c Indicator)> {
    const ALIKE: f32 = 0.8;
    let forms = &context.reading.forms;
    let start = |form: &Form| context.document.blocks[form.block].span.start;
    let behind = forms.partition_point(|form| start(form) < context.fact(told.actual).span.start);
    let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten().filter(|&at| at < forms.len());
    let unit = |id: FactId| context.fact(id).quantity.unit;
    let measured = |row: &&Indicator| {
        !row.unread && figure(&row.actual).is_some_and(|of| unit(of) == unit(told.actual) || unit(of) == Unit::Bare)
    };
    let mut best: Vec<(f32, usize, &Indicator)> = near
        .flat_map(|at| forms[at].indicators.iter().filter(measured).map(move |row| (at, row)))
        .map(|(at, row)| (label::likeness(&told.name, &row.name), at, row))
        .filter(|(likeness, ..)| *likeness >= ALIKE)
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    match best[..] {
        [(first, ..), (second, ..), ..] if first <= second => None,
        [(_, at, row), ..] => Some((at, row)),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::told::texts;

    #[test]
    fn a_sentence_has_a_target_of_its_own() {
        let told = |text: &str| texts(super::RULE.id, text);
        assert_eq!(told("（3）激活率达标率，指标值为≥90%，实际完成值为66.78%。"), ["66.78%"]);
        assert_eq!(told("（3）差错率，目标值为≤2%,实际完成值3%。"), ["3%"]);
        assert!(told("（3）激活率，指标值为≥90%，实际完成值为96.78%。").is_empty());
        assert!(told("（3）网采率，指标值为≥90%，实际完成值为公立医院网采率达66.78%。").is_empty());
    }
}
