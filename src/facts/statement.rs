//! What words claim about numbers: 决算数小于预算数, 持平, 达到预期目标.

use super::{Direction, label};
use crate::document::{self, Flow, ends, starts};
use crate::source::ByteSpan;
use crate::taxonomy::{self, Concept};
use std::cmp::Ordering;

/// A claim in words.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What is claimed.
    pub claim: Claim,
    /// The words.
    pub span: ByteSpan,
    /// The paragraph, as an index of [`super::Reading::paragraphs`].
    pub paragraph: usize,
    /// Where it stands within the paragraph, in characters.
    pub at: (usize, usize),
}

/// What words claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The accounts are less than, equal to or greater than the budget.
    AgainstBudget(Ordering),
    /// Nothing has changed since the year before.
    Unchanged,
    /// This year's amount is above or below the year before's.
    Moved(Direction),
    /// Nothing was spent on it.
    Nothing(Concept),
    /// All of the money came or went: the rate of this name is 100 %.
    InFull(&'static str),
}

const ACTUALS: [&str; 9] =
    ["支出决算数", "支出决算", "决算数", "决算", "实际支出数", "实际支出", "执行数", "支出数", "完成数"];
const BUDGETS: [&str; 9] =
    ["年初预算数", "年初预算", "全年预算数", "全年预算", "调整预算数", "调整预算", "当年预算数", "预算数", "预算"];
const ORDERINGS: [(&str, Ordering); 14] = [
    ("小于", Ordering::Less),
    ("低于", Ordering::Less),
    ("少于", Ordering::Less),
    ("大于", Ordering::Greater),
    ("高于", Ordering::Greater),
    ("超过", Ordering::Greater),
    ("多于", Ordering::Greater),
    ("等于", Ordering::Equal),
    ("与", Ordering::Equal),
    ("同", Ordering::Equal),
    ("和", Ordering::Equal),
    ("较", Ordering::Equal),
    ("比", Ordering::Equal),
    ("持平于", Ordering::Equal),
];
/// What follows where the ordering word was only 与: 与预算数持平.
const SAME: [&str; 6] = ["持平", "相持平", "相等", "一致", "相同", "无差异"];

/// Finds the claims of a paragraph in the accounts of a year.
pub fn read(flow: &Flow, paragraph: usize, accounts: Option<u16>, found: &mut Vec<Statement>) {
    let chars = flow.chars();
    let mut i = 0;
    while i < chars.len() {
        let read = match chars[i] {
            '支' | '决' | '实' | '执' | '完' => against_budget(chars, i),
            '与' | '较' | '比' | '同' | '和' => unchanged(chars, i),
            '增' | '上' | '减' | '下' => moved(chars, i),
            '未' | '没' => nothing(chars, i, accounts),
            '全' | '足' => in_full(chars, i),
            _ => None,
        };
        match read {
            Some((claim, end)) => {
                found.push(Statement { claim, span: flow.span(i, end), paragraph, at: (i, end) });
                i = end;
            }
            None => i += 1,
        }
    }
}

/// 决算数小于预算数, 支出决算与年初预算持平.
fn against_budget(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    let mut at = start + longest(&chars[start..], &ACTUALS)?;
    let &(word, ordering) = ORDERINGS.iter().find(|(word, _)| starts(&chars[at..], word))?;
    at += word.chars().count();
    at += longest(&chars[at..], &BUDGETS)?;
    if word.chars().count() == 1 {
        at += longest(&chars[at..], &["相比较", "相比", "数"]).unwrap_or(0);
        at += longest(&chars[at..], &SAME)?;
    }
    Some((Claim::AgainstBudget(ordering), at))
}

/// 较上年持平, 与2022年收支相持平.
fn unchanged(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    // The words in between are few and of one clause.
    let end = (start + 1..chars.len().min(start + 22)).find(|&i| starts(&chars[i..], "持平"))?;
    let between: String = chars[start + 1..end].iter().collect();
    let one_clause = !between.contains(['，', '。', '；', ',']) && !between.contains("预算");
    let prior = between.contains("上年") || between.contains("去年") || between.contains("年");
    (one_clause && prior && !between.contains("基本")).then_some((Claim::Unchanged, end + 2))
}

/// 增加的主要原因是, 本年支出减少原因: words that take a movement for granted.
fn moved(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    const MOVEMENTS: [(&str, Direction); 7] = [
        ("增加", Direction::Up),
        ("增长", Direction::Up),
        ("增幅", Direction::Up),
        ("上升", Direction::Up),
        ("减少", Direction::Down),
        ("下降", Direction::Down),
        ("减幅", Direction::Down),
    ];
    let &(word, direction) = MOVEMENTS.iter().find(|(word, _)| starts(&chars[start..], word))?;
    let at = start + word.chars().count();
    let end = at + longest(&chars[at..], &["的主要原因", "的原因", "主要原因", "原因"])?;
    // What stands before the movement may be this year's amount; 人员增加的原因 is itself a reason.
    let lead = clause(chars, start);
    let own = lead.is_empty() || ["本年", "今年", "当年"].iter().any(|word| starts(lead, word));
    let open = ["增减", "或", "/"].iter().any(|word| ends(lead, word));
    (own && !open).then_some((Claim::Moved(direction), end))
}

/// 未发生公务接待费支出: of the accounts' year, and of all that the paragraph speaks of.
fn nothing(chars: &[char], start: usize, accounts: Option<u16>) -> Option<(Claim, usize)> {
    let at = start + longest(&chars[start..], &["未发生", "没有发生"])?;
    let is_end = |c: &char| matches!(c, '，' | ',' | '。' | '；' | '、' | '（');
    // 因公出国（境）费: a bracket without a clause in it is part of the name.
    let mut end = at;
    while end < chars.len() && end < at + 24 && (!is_end(&chars[end]) || starts(&chars[end..], "（境）")) {
        end += if chars[end] == '（' { 3 } else { 1 };
    }
    let end = end.min(chars.len());
    let name = String::from_iter(&chars[at..end]);
    let concept = taxonomy::concept(&label::clean(&name)).filter(|_| !name.ends_with("预算"))?;
    let lead = String::from_iter(clause(chars, start));
    const OF_OTHERS: [&str; 7] = ["上年", "去年", "上一年", "前年", "其他", "下属", "均"];
    let year = lead.match_indices('年').all(|(at, _)| {
        let digits = lead[..at].len() - lead[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        digits == 0 || accounts.is_some_and(|year| lead[at - digits..at] == year.to_string())
    });
    let own = year && !OF_OTHERS.iter().any(|word| lead.contains(word));
    own.then_some((Claim::Nothing(concept), end))
}

/// 资金全部到位: the rate that says so is 100 %.
fn in_full(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    const IN_FULL: [(&str, &str); 7] = [
        ("全部到位", "到位率"),
        ("全额到位", "到位率"),
        ("足额到位", "到位率"),
        ("全部执行完毕", "执行率"),
        ("全部执行", "执行率"),
        ("全部支付完毕", "支付率"),
        ("全部支付", "支付率"),
    ];
    let &(words, rate) = IN_FULL.iter().find(|(words, _)| starts(&chars[start..], words))?;
    let open = ["未", "没有", "尚未", "未能", "确保", "否"].iter().any(|word| ends(&chars[..start], word));
    (!open).then(|| (Claim::InFull(rate), start + words.chars().count()))
}

/// What stands before a place in its clause.
fn clause(chars: &[char], to: usize) -> &[char] {
    let from = chars[..to].iter().rposition(|c| matches!(c, '，' | ',' | '。' | '；' | '：')).map_or(0, |i| i + 1);
    &chars[from..to]
}

fn longest(chars: &[char], words: &[&str]) -> Option<usize> {
    document::start(chars, words.iter().copied()).map(|word| words[word].chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Vec<Claim> {
        let flow = Flow::read(text, &[ByteSpan { start: 0, end: text.len() }]);
        let mut found = Vec::new();
        read(&flow, 0, Some(2023), &mut found);
        found.into_iter().map(|s| s.claim).collect()
    }

    #[test]
    fn reads_claims() {
        assert_eq!(claims("完成预算90%，决算数小于预算数的主要原因是"), [Claim::AgainstBudget(Ordering::Less)]);
        assert_eq!(claims("支出决算大于年初预算"), [Claim::AgainstBudget(Ordering::Greater)]);
        assert_eq!(claims("决算数与预算数持平。决算数与预算数相比持平"), [Claim::AgainstBudget(Ordering::Equal); 2]);
        assert_eq!(claims("2023年较2022年收支相持平"), [Claim::Unchanged]);
        assert_eq!(claims("与上年相比增加"), []);
        assert_eq!(claims("减少5万元。减少的主要原因是人员变动"), [Claim::Moved(Direction::Down)]);
        assert_eq!(claims("增减的主要原因，增加或减少的原因，比上年增加，主要原因是"), []);
        assert_eq!(claims("2023年未发生公务接待费支出。"), [Claim::Nothing(taxonomy::RECEPTION)]);
        assert_eq!(claims("未发生因公出国（境）费支出"), [Claim::Nothing(taxonomy::ABROAD)]);
        assert_eq!(claims("上年未发生公务接待费支出，2022年未发生公务接待费支出，未发生公务接待费预算"), []);
        assert_eq!(claims("主要原因是人员增加的原因"), []);
        assert_eq!(claims("资金全部到位，到位率100%，尚未全部支付"), [Claim::InFull("到位率")]);
    }
}
