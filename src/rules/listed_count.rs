//! What is counted and named in one breath: 所属单位3个，分别为甲、乙、丙; “甲”、“乙”2个项目.

use super::{Context, Found, Rule};
use crate::facts::{Paragraph, Unit, in_words};
use crate::relations::{Truth, WordCheck};
use crate::source::ByteSpan;
use rust_decimal::prelude::ToPrimitive;

/// The rule.
pub const RULE: Rule = Rule {
    id: "listed-count",
    name: ["数目与所列", "a count and what it names"],
    doc: [
        "同一句中既写个数又逐一列名的，个数应等于所列名称数；名称后有“等”的，所列不多于个数。名称本身可能含顿号或“和”的，只作提示。",
        "Where a sentence counts things and names them one by one, the count is the number of names; behind 等 no more are named than counted. Where a name may itself hold a 、 or 和, a person judges.",
    ],
    fails: "一、机构设置\n本部门下属二级单位4个，分别为示例市水务站、示例市灌溉中心、示例市堤防所。",
    passes: "一、机构设置\n本部门下属二级单位3个，分别为示例市水务站、示例市灌溉中心、示例市堤防所。",
    find,
};

/// The most that a sentence names one by one.
const MOST: usize = 40;

/// So near behind a count its names begin.
const NEAR: usize = 20;

fn find(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts() {
        let counts =
            matches!(fact.quantity.unit, Unit::Count(_)) && !fact.quantity.loose && fact.quantity.decimals == 0;
        let Some(count) = fact.quantity.value().to_usize().filter(|_| counts) else { continue };
        let paragraph = &context.reading.paragraphs[fact.paragraph];
        let names = behind(paragraph, fact.at.1).or_else(|| before(&context.reading.lead(id)));
        found.words.extend(names.and_then(|names| names.check(count, fact.span)));
    }
    for paragraph in &context.reading.paragraphs {
        for (count, start, end) in worded(paragraph.words.chars()) {
            // 三个方面 leads to thoughts as often as to names.
            let names = behind(paragraph, end).filter(|names| names.plain);
            found.words.extend(names.and_then(|names| names.check(count, paragraph.words.span(start, end))));
        }
    }
}

/// The counts that are written in words (两个, 十二家), each with its place in characters.
fn worded(chars: &[char]) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
    // 第三个 counts nothing, and of more than a hundred nobody names each.
    let is_numeral = |c: &char| "一二三四五六七八九两十百千万几第".contains(*c);
    let places = (0..chars.len()).filter(|&at| matches!(chars[at], '个' | '家' | '所'));
    places.filter_map(move |at| {
        let start = at - chars[..at].iter().rev().take_while(|c| is_numeral(c)).count();
        Some((in_words(&chars[start..at])? as usize, start, at + 1))
    })
}

/// How many names stand in a list.
struct Names {
    least: usize,
    /// With every 和 in a name taken for one that parts two.
    most: usize,
    /// Whether 等 says that there may be more.
    open: bool,
    /// Whether each is plainly one name.
    plain: bool,
}

impl Names {
    /// Whether the names are as many as the words count, where these are not too many to be named.
    fn check(&self, count: usize, span: ByteSpan) -> Option<WordCheck> {
        let holds = self.least <= count && (count <= self.most || self.open);
        (2..=MOST).contains(&count).then_some(WordCheck {
            rule: RULE.id,
            span,
            operands: Vec::new(),
            holds,
            truth: Some(Truth::Listed(self.least)),
            judge: !self.plain,
        })
    }

    fn of(list: &str) -> Option<Names> {
        let list = list.trim_matches([' ', '：', '。']);
        let (list, open) = match list.strip_suffix('等') {
            Some(list) => (list, true),
            None => (list, false),
        };
        let names: Vec<&str> = list.split('、').map(str::trim).collect();
        let joined = names.iter().filter(|name| ["和", "及", "与"].iter().any(|word| name.contains(word))).count();
        let is_clause = |name: &&str| name.chars().count() > 30 || name.contains(['，', ',', '；', '：']);
        if names.len() < 2 || names.iter().any(is_clause) || list.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let plain = names.iter().all(|name| name.ends_with(OFFICES));
        Some(Names { least: names.len(), most: names.len() + joined, open, plain })
    }
}

/// The last characters of offices' names.
const OFFICES: [char; 22] = [
    '局', '所', '站', '队', '心', '院', '校', '馆', '室', '科', '处', '办', '会', '园', '司', '委', '部', '厂', '场',
    '股', '）', '团',
];

/// The names behind a count: 3个二级预算单位：甲、乙、丙。
fn behind(paragraph: &Paragraph, count: usize) -> Option<Names> {
    let near = paragraph.between(count, count + NEAR);
    let leads =
        |mark: &&str| near.split_once(*mark).is_some_and(|(what, _)| is_noun(what.trim_end_matches(['，', ',', ' '])));
    let mark = ["分别为", "分别是", "："].into_iter().find(leads)?;
    let words = paragraph.between(count, count + 30 * MOST);
    let sentence = words.split(['。', '；']).next()?;
    Names::of(sentence.split_once(mark)?.1)
}

/// What is counted, in a few words.
fn is_noun(words: &str) -> bool {
    words.chars().all(|c| c.is_alphabetic() || c == ' ')
}

/// The names in quotes right before a count: “甲”、“乙”2个项目.
fn before(lead: &str) -> Option<Names> {
    let lead = lead.trim_end();
    let (lead, open) = match lead.strip_suffix('等') {
        Some(lead) => (lead, true),
        None => (lead, false),
    };
    let mut names = 0;
    let mut rest = lead;
    while let Some((before, _)) = rest.strip_suffix('”').and_then(|rest| rest.rsplit_once('“')) {
        names += 1;
        rest = before.trim_end_matches(['、', '和', '及', '与', '，']);
    }
    (names >= 2).then_some(Names { least: names, most: names, open, plain: true })
}

#[cfg(test)]
mod tests {
    use crate::report::Severity;
    use crate::{Options, check};

    fn told(text: &str) -> Vec<(Severity, String)> {
        let report = check(text, &Options::default());
        report.findings.iter().filter(|f| f.rule == super::RULE.id).map(|f| (f.severity, f.expected.clone())).collect()
    }

    #[test]
    fn names_in_quotes_are_counted() {
        assert!(told("对“示例运维费”、“示例托管费”2个项目开展了自评。").is_empty());
        assert_eq!(told("对“示例运维费”、“示例托管费”3个项目开展了自评。"), [(Severity::Warning, "2".to_owned())]);
        assert!(told("对“示例运维费”、“示例托管费”等5个项目开展了自评。").is_empty());
        assert_eq!(told("对“甲”、“乙”和“丙”等2个项目开展了自评。"), [(Severity::Warning, "3".to_owned())]);
    }

    #[test]
    fn a_count_may_be_written_in_words() {
        assert!(told("下属二级单位两个，分别为示例市水务站、示例市灌溉中心。").is_empty());
        assert_eq!(
            told("下属二级单位三个，分别为示例市水务站、示例市灌溉中心。"),
            [(Severity::Warning, "2".to_owned())]
        );
        assert!(told("内设十二个科室：办公室、财务科等。坚持三个原则：公开公正、实事求是。").is_empty());
        assert!(told("第三个：示例市水务站、示例市灌溉中心。").is_empty());
    }

    #[test]
    fn a_name_may_hold_the_marks_of_a_list() {
        assert_eq!(told("内设3个科室：政策法规、宣传科、办公室、财务科。"), [(Severity::Info, "4".to_owned())]);
        assert!(told("内设3个科室：办公室、政策和法规科。").is_empty());
        assert!(told("下属单位共3个，包括局本级及所属2个二级预算单位：示例站、示例所。").is_empty());
        assert!(told("围绕3个方面：加强学习，提高站位；完善制度、加强管理。").is_empty());
    }
}
