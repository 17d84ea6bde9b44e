//! The names before a row's cells: those of its groups where it opens them, and its own.

use super::page::Word;
use crate::scoring::row::points;

/// 产出指标, 效益指标 and the like: the level of a group's name.
pub fn group(text: &str) -> Option<usize> {
    const OUTER: [&str; 9] = ["产出", "效益", "满意度", "完成", "项目完成", "效果", "项目产出", "项目效益", "产品"];
    const INNER: [&str; 14] = [
        "数量",
        "质量",
        "时效",
        "成本",
        "经济成本",
        "社会成本",
        "生态环境成本",
        "经济效益",
        "社会效益",
        "生态效益",
        "可持续影响",
        "可持续发展",
        "服务对象满意度",
        "满意度",
    ];
    if matches!(text, "经济效益" | "社会效益" | "生态效益" | "可持续影响" | "服务对象满意度") {
        return Some(1);
    }
    let stem = text.strip_suffix("指标")?;
    if OUTER.contains(&stem) { Some(0) } else { INNER.contains(&stem).then_some(1) }
}

/// （50分） behind the name of a group.
fn is_weight(word: &Word) -> bool {
    let inner = word.text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.and_then(|inner| inner.strip_suffix('分')).is_some_and(|figure| points(figure).is_some())
}

/// The names before a row's cells: the outer and the inner group where it opens them, and its own.
pub fn names<'t>(words: &[Word<'t>], a_cell_a_line: bool) -> [Vec<Word<'t>>; 3] {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut joined = String::new();
        let end = (at + 1..=words.len().min(at + 6)).find(|&end| {
            joined.push_str(words[end - 1].text);
            group(&joined).is_some()
        });
        match end {
            Some(mut end) => {
                // 社会效益 指标: a short form may go on; and a weight may stand behind the name.
                end += usize::from(words.get(end).is_some_and(|word| word.text == "指标" && !joined.ends_with("指标")));
                end += usize::from(words.get(end).is_some_and(is_weight));
                groups.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    let chain: Vec<std::ops::Range<usize>> = match groups.last() {
        Some(last) => {
            match groups.len().checked_sub(2).map(|i| groups[i].clone()).filter(|before| before.end == last.start) {
                Some(before) => vec![before, last.clone()],
                None => vec![last.clone()],
            }
        }
        None => Vec::new(),
    };
    let start = chain.last().map_or(0, |last| last.end);
    // What is left of the reasons beside the row before ends with a full stop.
    let own = &words[start..];
    let own = &own[own.iter().rposition(|word| word.text.ends_with(['。', '；'])).map_or(0, |last| last + 1)..];
    // Groups of other names print their weight: 投入 | 预算执行（25分） | 预算完成率.
    let weighted = |word: &Word| word.text.ends_with("分）") || word.text.ends_with("分)");
    if a_cell_a_line
        && chain.is_empty()
        && let [before @ .., inner, name] = own
        && weighted(inner)
    {
        let outer = before.last().filter(|word| word.text.chars().count() <= 8);
        return [outer.into_iter().copied().collect(), vec![*inner], vec![*name]];
    }
    let own = if a_cell_a_line { &own[own.len().saturating_sub(1)..] } else { own };
    let text = |range: &std::ops::Range<usize>| words[range.clone()].iter().map(|word| word.text).collect::<String>();
    let (outer, inner) = match &chain[..] {
        [outer, inner] => (words[outer.clone()].to_vec(), words[inner.clone()].to_vec()),
        [one] if group(text(one).split(['（', '(']).next().unwrap_or_default()) == Some(0) => {
            (words[one.clone()].to_vec(), Vec::new())
        }
        [one] => (Vec::new(), words[one.clone()].to_vec()),
        _ => (Vec::new(), Vec::new()),
    };
    [outer, inner, own.to_vec()]
}

#[cfg(test)]
mod tests {
    use super::super::page::{Page, joined};
    use super::*;

    #[test]
    fn names_stand_behind_their_groups() {
        let page = Page::read("率\n效益指标\n可持续影\n响指标\n定价机制\n健全性");
        let [outer, inner, name] = names(&page.words, false);
        assert_eq!([joined(&outer), joined(&inner), joined(&name)], ["效益指标", "可持续影响指标", "定价机制健全性"]);
    }
}
