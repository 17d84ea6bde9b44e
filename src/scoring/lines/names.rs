//! The names before a row's cells: those of its groups where it opens them, and its own.

use super::page::Word;
use crate::scoring::group::{group, is_points, is_weighted};
use crate::scoring::head::Column;
use crate::scoring::row::points;

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
