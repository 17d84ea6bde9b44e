//! The names before a row's cells: those of its groups where it opens them, and its own.

use super::page::Word;
use crate::scoring::head::Column;
use crate::scoring::row::points;

/// How many characters the name of a group has at most, with its weight.
const LONGEST: usize = 20;

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
    if !text.contains("指标") {
        return None;
    }
    // 效益指标（30分）
    let text = text.split(['（', '(']).next().filter(|name| is_points(&text[name.len()..])).unwrap_or(text);
    let stem = text.strip_suffix("指标")?;
    if OUTER.contains(&stem) { Some(0) } else { INNER.contains(&stem).then_some(1) }
}

/// （50分） behind the name of a group.
fn is_points(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.and_then(|inner| inner.strip_suffix('分')).is_some_and(|figure| points(figure).is_some())
}

/// 预算执行（25分）: a name that prints its weight.
fn is_weighted(text: &str) -> bool {
    text.find(['（', '(']).is_some_and(|open| open > 0 && is_points(&text[open..])) && text.chars().count() <= LONGEST
}

/// The names before a row's cells where each level has its weight behind it, in the order of the head: those of the groups that it opens, each
/// with its weight, and its own.
pub fn weighted_names<'t>(words: &[Word<'t>], levels: &[Column], a_cell_a_line: bool) -> Vec<Vec<Word<'t>>> {
    let mut cells = vec![Vec::new(); levels.len()];
    let mut end = words.len();
    for (cell, column) in cells.iter_mut().zip(levels).rev() {
        let is_weight = |word: &&Word| points(word.text).is_some();
        let fits = |word: &&Word| is_weight(word) == (*column == Column::GroupWeight);
        let Some(last) = words[..end].last().filter(fits) else { break };
        let length = if is_weight(&last) || a_cell_a_line {
            1
        } else {
            words[..end].iter().rev().take_while(|word| !is_weight(word)).count()
        };
        *cell = words[end - length..end].to_vec();
        end -= length;
    }
    cells
}

/// The names before a row's cells: the outer and the inner group where it opens them, and its own.
pub fn names<'t>(words: &[Word<'t>], a_cell_a_line: bool) -> [Vec<Word<'t>>; 3] {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut joined = String::new();
        let end = (at + 1..=words.len().min(at + 6)).find(|&end| {
            joined.push_str(words[end - 1].text);
            group(&joined).is_some() || end == at + 1 && is_weighted(&joined)
        });
        match end {
            Some(mut end) => {
                // 社会效益 指标: a short form may go on; and a weight may stand behind the name.
                end += usize::from(words.get(end).is_some_and(|word| word.text == "指标" && !joined.ends_with("指标")));
                end += usize::from(words.get(end).is_some_and(|word| is_points(word.text)));
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
    let text = |range: &std::ops::Range<usize>| words[range.clone()].iter().map(|word| word.text).collect::<String>();
    let level = |range: &std::ops::Range<usize>| group(&text(range));
    let cut = |own: &[Word<'t>]| if a_cell_a_line { own[own.len().saturating_sub(1)..].to_vec() } else { own.to_vec() };
    let (outer, inner) = match &chain[..] {
        [outer, inner] => (words[outer.clone()].to_vec(), words[inner.clone()].to_vec()),
        [one] if level(one) == Some(0) => (words[one.clone()].to_vec(), Vec::new()),
        // Groups of other names are known by their weight: 预算执行率（10分） | 执行情况 | 预算执行率 begins with the outer one,
        // 投入 | 预算执行（25分） | 预算完成率 has the inner one before the name.
        [one] if level(one).is_none() => match own {
            [inner, name @ ..] if !name.is_empty() => {
                return [words[one.clone()].to_vec(), vec![*inner], cut(name)];
            }
            _ => {
                let before = words[..one.start].last().filter(|word| a_cell_a_line && word.text.chars().count() <= 8);
                (before.into_iter().copied().collect(), words[one.clone()].to_vec())
            }
        },
        [one] => (Vec::new(), words[one.clone()].to_vec()),
        _ => (Vec::new(), Vec::new()),
    };
    [outer, inner, cut(own)]
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
