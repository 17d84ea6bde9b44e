//! An indicator that is told as reached in full, and a report that tells of its fault: 资金拨付及时率100%, 存在资金拨付不及时的问题.

use super::target_met::met;
use super::{Context, Found, Rule};
use crate::document::starts;
use crate::facts::{Paragraph, Unit};
use crate::relations::{FactId, Truth, WordCheck};
use crate::scoring::Indicator;
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "own-words",
    name: ["自评与自述", "a form against its own report"],
    doc: [
        "自评表中“××及时率”“××规范率”等质量、时效指标填报完成100%，而正文在存在的问题中说同一事项不及时、不规范的，前后不一致；所说只是相近的，作为提示，请人工判断。依据：项目支出绩效评价管理办法（财预〔2020〕10号），自评结果应当真实、客观。",
        "Where a form tells an indicator of promptness or regularity as reached in full, and the report names among its problems that the same thing was late or irregular, the two disagree; where the words are only alike, a person judges. Source: 财预〔2020〕10号, by which a self-evaluation is true to the facts.",
    ],
    fails: "项目支出绩效自评表\n项目名称\t农业技术推广补助\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t补助农户\t≥300户\t320户\n时效指标\t补助资金发放及时率\t100%\t100%\n一、存在的问题\n部分镇街补助资金发放不及时。",
    passes: "项目支出绩效自评表\n项目名称\t农业技术推广补助\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t补助农户\t≥300户\t320户\n时效指标\t补助资金发放及时率\t100%\t100%\n一、存在的问题\n部分镇街项目验收不及时。",
    find,
};

/// What an indicator can be told to be in full, and a report to be not.
const QUALITIES: [&str; 5] = ["及时", "规范", "准确", "完整", "合规"];
/// The words that deny it, right before it: how each begins and how it may go on.
const DENIALS: [(char, &[&str]); 3] = [('不', &["", "够", "太"]), ('未', &["", "能"]), ('欠', &[""])];
/// Words of a clause that tells of no fault: what is to be kept from, and what is done about others.
const NO_FAULTS: [&str; 10] = ["避免", "防止", "杜绝", "如有", "如果", "若有", "可能", "不存在", "未发现", "没有"];
/// So far before a denial the words are looked at that say what it is of, within its sentence.
const REACH: usize = 60;

/// More rows than these are not told with one denial.
const MOST: usize = 3;
/// How many characters a thing has at least whose name stands there for no other.
const SHORTEST: usize = 4;

/// An indicator told as reached in full.
struct Claim<'c> {
    row: &'c Indicator,
    quality: &'static str,
    /// What it is told of, as the name has it before the quality, and in pairs of characters.
    thing: &'c str,
    about: Vec<[char; 2]>,
}

fn find(context: &Context, found: &mut Found) {
    let rows = context.reading.forms.iter().flat_map(|form| &form.indicators).filter(|row| !row.unread);
    let claims: Vec<Claim> = rows.filter_map(|row| claim(context, row)).collect();
    if claims.is_empty() {
        return;
    }
    for paragraph in &context.reading.paragraphs {
        let chars = paragraph.words.chars();
        let denied = (0..chars.len()).filter_map(|at| denial(&chars[at..]).map(|(quality, len)| (at, quality, len)));
        for (at, quality, len) in denied {
            let Some(words) = fault(context, paragraph, at, len) else { continue };
            let pairs: Vec<[char; 2]> = pairs(&words);
            let meant = |claim: &&Claim| {
                let shared = claim.about.iter().filter(|pair| pairs.contains(pair)).count();
                claim.quality == quality && shared >= 2 && shared * 2 >= claim.about.len()
            };
            let meant: Vec<&Claim> = claims.iter().filter(meant).take(MOST).collect();
            let operands: Vec<FactId> = meant.iter().filter_map(|claim| claim.row.actual.as_ref()?.fact).collect();
            let same =
                meant.iter().any(|claim| words.ends_with(claim.thing) && claim.thing.chars().count() >= SHORTEST);
            if !operands.is_empty() {
                found.words.push(WordCheck {
                    rule: RULE.id,
                    span: paragraph.words.span(at, at + len),
                    operands,
                    holds: false,
                    truth: Some(Truth::OwnFault),
                    judge: !same,
                });
            }
        }
    }
}

/// The quality that a row tells of as reached in full.
fn claim<'c>(context: &Context, row: &'c Indicator) -> Option<Claim<'c>> {
    let quality = QUALITIES.into_iter().find(|quality| row.name.contains(quality))?;
    let actual = context.fact(row.actual.as_ref()?.fact?).quantity;
    let full = actual.unit == Unit::Percent && actual.figure == Decimal::ONE_HUNDRED && !actual.loose;
    let name = row.name.rsplit(['：', ':']).next().unwrap_or(&row.name);
    let about = name.split(quality).flat_map(|part| pairs(part.trim_end_matches(['率', '度', '性']))).collect();
    let thing = name.split(quality).next().unwrap_or_default();
    (full && met(context, row) == Some(true)).then_some(Claim { row, quality, thing, about })
}

/// Every two characters that stand beside each other.
fn pairs(words: &str) -> Vec<[char; 2]> {
    let chars: Vec<char> = words.chars().filter(|c| c.is_alphabetic()).collect();
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// The quality that words deny as they begin, and how many characters say so.
fn denial(words: &[char]) -> Option<(&'static str, usize)> {
    let (first, rest) = words.split_first()?;
    let (_, ways) = DENIALS.iter().find(|(denies, _)| denies == first)?;
    ways.iter().filter(|way| starts(rest, way)).find_map(|way| {
        let len = way.chars().count();
        let quality = QUALITIES.into_iter().find(|quality| starts(&rest[len..], quality))?;
        Some((quality, 1 + len + quality.chars().count()))
    })
}

/// The words of a sentence before a denial, where the report tells of it as a problem of its own.
fn fault(context: &Context, paragraph: &Paragraph, at: usize, len: usize) -> Option<String> {
    let before = paragraph.between(at.saturating_sub(REACH), at);
    let sentence = before.rsplit(['。', '；', '！']).next()?;
    let clause = sentence.rsplit(['，', ',']).next()?;
    let is_problem = |words: &str| words.contains("问题") || words.contains("不足");
    let told = is_problem(&paragraph.between(0, at))
        || context.document.path(paragraph.section).iter().any(|title| is_problem(title));
    // 拨付不及时的，予以通报 is a rule.
    let is_rule = paragraph.between(at + len, at + len + 2).starts_with("的，");
    (told && !is_rule && !NO_FAULTS.iter().any(|word| clause.contains(word))).then(|| sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::report::Severity;
    use crate::{Options, check};

    fn told(words: &str) -> Vec<(Severity, String)> {
        let form = RULE.fails.split_once("\n一、").expect("a form and its report").0;
        let report = check(&format!("{form}\n一、绩效情况\n{words}"), &Options::default());
        report.findings.iter().filter(|f| f.rule == RULE.id).map(|f| (f.severity, f.text.clone())).collect()
    }

    #[test]
    fn a_problem_of_the_same_name_is_told_and_one_like_it_is_a_note() {
        assert_eq!(told("发现的问题：一是补助资金发放不够及时。"), [(Severity::Warning, "不够及时".to_owned())]);
        assert_eq!(told("发现的问题：补助资金的发放尚不及时。"), [(Severity::Info, "不及时".to_owned())]);
    }

    #[test]
    fn what_is_kept_from_or_is_of_another_thing_is_no_fault() {
        assert!(told("针对存在的问题，补助资金发放不及时的，予以通报。").is_empty());
        assert!(told("针对存在的问题，加强督促，避免补助资金发放不及时。").is_empty());
        assert!(told("存在的问题：信息报送不及时。补助资金发放未发现问题。").is_empty());
    }
}
