//! What words claim about numbers: 决算数小于预算数, 持平, 达到预期目标.

use super::lexicon::Direction;
use super::phrase;
use crate::document::{Flow, ends, starts};
use crate::source::ByteSpan;
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
    /// It moved this way (增加的主要原因是), which the words give a reason for.
    Moved(Direction),
    /// The funds arrived in full.
    InFull,
    /// There was none of what the words name, which stands from here to the end of the claim, in characters.
    Nothing(usize),
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

/// What funds do that arrive in full.
const IN_FULL: [&str; 5] = ["全部到位", "足额到位", "全额到位", "全部到账", "足额拨付到位"];
/// What stands before that which there was none of.
const NOTHING: [&str; 3] = ["未发生", "没有发生", "无"];
/// What a move is given as, behind the word for it.
const REASONS: [&str; 4] = ["的主要原因", "主要原因", "的原因", "原因"];

/// Finds the claims of a paragraph.
pub fn read(flow: &Flow, paragraph: usize, found: &mut Vec<Statement>) {
    let chars = flow.chars();
    let mut i = 0;
    while i < chars.len() {
        let read = match chars[i] {
            '支' | '决' | '实' | '执' | '完' => against_budget(chars, i),
            '与' | '较' | '比' | '同' | '和' => unchanged(chars, i),
            '全' | '足' => in_full(chars, i),
            '未' | '没' | '无' => nothing(chars, i),
            '增' | '上' | '减' | '下' | '降' => moved(chars, i),
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

/// 资金全部到位, but not 尚未全部到位.
fn in_full(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    let length = longest(&chars[start..], &IN_FULL)?;
    let denied = chars[..start].iter().rev().take(3).any(|c| matches!(c, '未' | '没' | '不' | '非' | '应' | '需'));
    (!denied).then_some((Claim::InFull, start + length))
}

/// 未发生公务接待费支出: a clause that opens so, or with the year of the accounts by its own words (本年未发生).
fn nothing(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    let is_mark = |c: &char| matches!(c, '，' | ',' | '。' | '；' | '、' | '：');
    let from = chars[..start].iter().rposition(is_mark).map_or(0, |mark| mark + 1);
    let lead = String::from_iter(&chars[from..start]);
    if !matches!(lead.as_str(), "" | "本年" | "本年度" | "今年" | "当年" | "全年" | "本单位" | "本部门")
    {
        return None;
    }
    let named = start + longest(&chars[start..], &NOTHING)?;
    let length = chars[named..].iter().position(is_mark).unwrap_or(chars.len() - named);
    (2..=20).contains(&length).then_some((Claim::Nothing(named), named + length))
}

/// 增加的主要原因是: the clause names nothing of its own that moved.
fn moved(chars: &[char], start: usize) -> Option<(Claim, usize)> {
    const WAYS: [&str; 6] = ["增加", "增长", "上升", "减少", "下降", "降低"];
    let behind = start + longest(&chars[start..], &WAYS)?;
    let end = behind + longest(&chars[behind..], &REASONS)?;
    let direction = phrase::direction(&String::from_iter(&chars[start..behind]))?;
    let opens = start == 0 || matches!(chars[start - 1], '，' | '。' | '；' | ',') || ends(&chars[..start], "同比");
    opens.then_some((Claim::Moved(direction), end))
}

fn longest(chars: &[char], words: &[&str]) -> Option<usize> {
    words.iter().find(|word| starts(chars, word)).map(|word| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Vec<Claim> {
        let flow = Flow::read(text, &[ByteSpan { start: 0, end: text.len() }]);
        let mut found = Vec::new();
        read(&flow, 0, &mut found);
        found.into_iter().map(|s| s.claim).collect()
    }

    #[test]
    fn reads_claims() {
        assert_eq!(claims("完成预算90%，决算数小于预算数的主要原因是"), [Claim::AgainstBudget(Ordering::Less)]);
        assert_eq!(claims("支出决算大于年初预算"), [Claim::AgainstBudget(Ordering::Greater)]);
        assert_eq!(claims("决算数与预算数持平。决算数与预算数相比持平"), [Claim::AgainstBudget(Ordering::Equal); 2]);
        assert_eq!(claims("2023年较2022年收支相持平"), [Claim::Unchanged]);
        assert_eq!(claims("与上年相比增加"), []);
        assert_eq!(claims("项目资金全部到位，到位率100%"), [Claim::InFull]);
        assert_eq!(claims("人员尚未全部到位"), []);
        assert_eq!(claims("取消出国计划，未发生因公出国（境）经费支出。"), [Claim::Nothing(10)]);
        assert_eq!(claims("上年未发生公务接待费支出"), []);
        assert_eq!(claims("下降5%，增加的主要原因是"), [Claim::Moved(Direction::Up)]);
        assert_eq!(claims("人员经费增加的主要原因是"), []);
    }
}
