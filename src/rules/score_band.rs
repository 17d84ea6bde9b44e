//! The band of a total: 评价等级为“良”.

use super::score_claim::totals;
use super::{Context, Found, Rule};
use crate::relations::{Truth, WordCheck};
use crate::scoring::band::NAMES;

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-band",
    name: ["得分与等级", "totals and their band"],
    doc: [
        "评价等级应与得分相符：90（含）—100分为优，80（含）—90分为良，60（含）—80分为中，60分以下为差（财预〔2020〕10号）；报告自行写明等级标准的，从其标准。",
        "The band agrees with the total: 优 from 90, 良 from 80, 中 from 60, else 差 (财预〔2020〕10号), unless the report prints bands of its own.",
    ],
    fails: "项目自评得分88.50分，评价等级为“优”。",
    passes: "项目自评得分88.50分，评价等级为“良”。",
    find,
};

/// Words between the total and its band.
const LEADS: [&str; 15] = [
    "评价等级为",
    "评价等次为",
    "等级为",
    "等次为",
    "评价结果为",
    "自评等级为",
    "自评结果为",
    "评定为",
    "结果等级为",
    "评级为",
    "绩效评价为",
    "总体评价为",
    "综合评价为",
    "评价结论为",
    "自评为",
];

fn find(context: &Context, found: &mut Found) {
    for claim in totals(context) {
        let total = context.fact(claim.fact);
        let words = &context.reading.paragraphs[total.paragraph].words;
        let chars = words.chars();
        let behind: String = chars[total.at.1..chars.len().min(total.at.1 + 24)].iter().collect();
        let clause = behind.split(['。', '；']).next().unwrap_or("");
        let Some((at, lead)) = LEADS.iter().find_map(|lead| Some((clause.find(lead)?, *lead))) else { continue };
        let name = clause[at + lead.len()..].trim_start_matches(['“', '"', '‘']);
        let Some(band) = NAMES.iter().find(|band| name.starts_with(**band)) else { continue };
        let place = total.at.1
            + clause[..at + lead.len()].chars().count()
            + (clause[at + lead.len()..].chars().count() - name.chars().count());
        let right = context.reading.bands.of(total.quantity.value());
        found.words.push(WordCheck {
            rule: RULE.id,
            span: words.span(place, place + 1),
            operands: vec![claim.fact],
            holds: right == *band,
            truth: Some(Truth::Band(right)),
            judge: false,
        });
    }
}
