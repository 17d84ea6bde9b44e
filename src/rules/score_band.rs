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
    for &claim in totals(context) {
        let total = context.fact(claim);
        let words = &context.reading.paragraphs[total.paragraph].words;
        let chars = words.chars();
        let behind: String = chars[total.at.1..chars.len().min(total.at.1 + 24)].iter().collect();
        let clause = behind.split(['。', '；']).next().unwrap_or("");
        let (value, scope) = (total.quantity.value(), context.scope(claim));
        let right = context.reading.bands(scope).of(value);
        // Bands that another report of the document prints may be meant where this one prints none.
        let printed = &context.reading.bands;
        let fits = |band: &str| {
            right == band || !printed.contains_key(&scope) && printed.values().any(|bands| bands.of(value) == band)
        };
        let Some((at, lead)) = LEADS.iter().find_map(|lead| Some((clause.find(lead)?, *lead))) else {
            if let Some((band, place)) = named_before(&words.text(total.at.0.saturating_sub(24), total.at.0)) {
                let end = total.at.0 - place;
                found.words.push(WordCheck {
                    rule: RULE.id,
                    span: words.span(end - 2, end),
                    operands: vec![claim],
                    holds: fits(band),
                    truth: Some(Truth::Band(right)),
                    // 结果良好 may be said of more than the band.
                    judge: true,
                });
            }
            continue;
        };
        let name = clause[at + lead.len()..].trim_start_matches(['“', '"', '‘']);
        let Some(band) = NAMES.iter().find(|band| name.starts_with(**band)) else { continue };
        let place = total.at.1
            + clause[..at + lead.len()].chars().count()
            + (clause[at + lead.len()..].chars().count() - name.chars().count());
        found.words.push(WordCheck {
            rule: RULE.id,
            span: words.span(place, place + 1),
            operands: vec![claim],
            holds: fits(band),
            truth: Some(Truth::Band(right)),
            judge: false,
        });
    }
}

/// 评价结果良好，总分85分: the band that words before a total name, and how many characters before the total they end.
fn named_before(words: &str) -> Option<(&'static str, usize)> {
    const WORDS: [(&str, &str); 4] = [("优秀", "优"), ("良好", "良"), ("中等", "中"), ("较差", "差")];
    let sentence = words.rsplit(['。', '；']).next()?;
    WORDS.iter().find_map(|(word, band)| {
        let (before, behind) = sentence.split_once(word)?;
        let named = before.trim_end_matches(['为', '“']).ends_with("结果");
        named.then(|| (*band, behind.chars().count()))
    })
}

#[cfg(test)]
mod tests {
    use crate::report::{Severity, Status};
    use crate::{Options, check};

    #[test]
    fn bands_that_a_report_prints_are_its_own() {
        let failing = |text: &str| {
            check(text, &Options::default()).checks.iter().filter(|check| check.status == Status::Fail).count()
        };
        let own = "评价等级：85分以上为优，75分以上为良，60分以上为中，60分以下为差。";
        assert_eq!(failing("项目自评得分86分，评价等级为优。"), 1);
        assert_eq!(failing(&format!("{own}\n项目自评得分86分，评价等级为优。")), 0);
        assert_eq!(failing(&format!("{own}\n项目自评得分86分，评价等级为良。")), 1);
        // Where another report prints them, it is open whether they are meant.
        let other = |band: &str| format!("{own}\n附件1\n项目支出绩效自评报告\n自评得分86分，评价等级为{band}。");
        assert_eq!(failing(&other("优")) + failing(&other("良")), 0);
        assert_eq!(failing(&other("中")), 1);
    }

    #[test]
    fn a_band_before_the_total_is_a_note() {
        let told = |text: &str| {
            let report = check(text, &Options::default());
            let severity = report.findings.first().map(|finding| finding.severity);
            (report.checks.iter().map(|c| c.status).collect::<Vec<_>>(), severity)
        };
        assert_eq!(told("整体评价结果良好，总分83.20分。"), (vec![Status::Pass], None));
        assert_eq!(told("整体评价结果优秀，总分83.20分。"), (vec![Status::Fail], Some(Severity::Info)));
        assert_eq!(told("完成情况良好，总分93.20分。"), (vec![], None));
    }
}
