//! The index system of a whole office (部门预算绩效评价指标体系) in the lines of a PDF: 指标分值, 指标解释, 评分方法, 评分说明, 自评得分, each cell
//! torn over many lines.
//!
//! A row is its name, its weight at the end of a line, what is said of it, and its score alone on a line. Whether that was read rightly the
//! form proves itself: its groups print their weights (预算管理（21分）), and where its rows do not make them, it is left alone.

use super::head::Column;
use super::lines::{Page, Word, joined};
use super::reader::Reader;
use super::row::{Row, is_total, points};
use crate::document::{BlockKind, Document};
use crate::facts::Reading;
use crate::source::Source;
use rust_decimal::Decimal;
use std::ops::Range;

/// How many lines such a form takes at most.
const LONGEST: usize = 900;
/// How many lines stand between the title and the first group at most.
const HEAD: usize = 24;
/// How many words a name takes at most, with those of the groups around it.
const LONGEST_NAME: usize = 60;
/// How many characters the name of a group has at most.
const LONGEST_GROUP: usize = 8;
/// The words that the lines of the head are made of, however they are torn.
const HEAD_WORDS: [&str; 16] = [
    "绩效评价指标",
    "评价指标",
    "绩效指标",
    "指标",
    "分值",
    "解释",
    "评分",
    "方法",
    "标准",
    "说明",
    "自评",
    "得分",
    "一级",
    "二级",
    "三级",
    "名称",
];

const COLUMNS: [Column; 6] = [Column::Level, Column::Level, Column::Level, Column::Weight, Column::Rule, Column::Score];

/// A row, each cell as its words.
#[derive(Default)]
struct Line<'t> {
    groups: Vec<Vec<Word<'t>>>,
    name: Vec<Word<'t>>,
    weight: Option<Word<'t>>,
    rule: Vec<Word<'t>>,
    /// What was left of the rule of the row above.
    left: Vec<Word<'t>>,
    score: Option<Word<'t>>,
}

/// Reads every such form of a document.
pub fn read(source: &Source, document: &Document, page: &Page, reading: &mut Reading) {
    let mut line = 0;
    while line < page.len() {
        let end = opens(page, line).and_then(|title| form(source, document, page, reading, line, title));
        line = end.unwrap_or(line + 1);
    }
}

/// The title, where a line is one and the head of such a form stands beneath it.
fn opens(page: &Page, line: usize) -> Option<String> {
    if !page.line(line).last().is_some_and(|word| word.text.ends_with("体系")) {
        return None;
    }
    let title = joined(page.line(line));
    let short = title.ends_with("指标体系") && title.chars().count() <= 30 && !title.contains(['，', '。', '：', '．']);
    if !short {
        return None;
    }
    let head: String = (line + 1..line + HEAD).map(|line| joined(page.line(line))).collect();
    let has = |words: &[&str]| words.iter().all(|word| head.contains(word));
    (has(&["指标分值", "评分", "说明", "得分"]) || has(&["分值", "评分标准", "得分"])).then_some(title)
}

fn is_head(text: &str) -> bool {
    let mut rest = text;
    while let Some(after) = HEAD_WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest.is_empty() && !text.is_empty()
}

/// The lines of a head that begins here: it comes again on each page.
fn head(page: &Page, line: usize) -> usize {
    if !page.line(line).first().is_some_and(|word| HEAD_WORDS.iter().any(|head| word.text.starts_with(head))) {
        return 0;
    }
    let length = (line..line + HEAD).take_while(|&line| is_head(&joined(page.line(line)))).count();
    if length >= 4 { length } else { 0 }
}

/// Reads the form under a title; gives the line behind it.
fn form(
    source: &Source,
    document: &Document,
    page: &Page,
    reading: &mut Reading,
    title: usize,
    name: String,
) -> Option<usize> {
    let (rows, total, end) = rows(page, title + 1);
    if rows.len() < 4 || !proves(&rows) {
        return None;
    }
    let start = page.line(title).first()?.span().start;
    let is_table = |block: &usize| matches!(document.blocks[*block].kind, BlockKind::Table { .. });
    let block = document.block_at(start).filter(|block| !is_table(block))?;
    let mut reader = Reader::new(source, document, block, reading);
    let pieces = |words: &[Word]| words.iter().map(|word| word.span()).collect::<Vec<_>>();
    for (index, (row, levels)) in rows.iter().zip(levels(&rows)).enumerate() {
        let mut cells = vec![Vec::new(), Vec::new(), pieces(&row.name)];
        for (group, level) in row.groups.iter().zip(levels) {
            cells[level] = pieces(group);
        }
        cells.push(row.weight.iter().filter(|word| points(word.text).is_some()).map(|word| word.span()).collect());
        cells.push(pieces(&row.rule));
        cells.push(row.score.iter().map(|word| word.span()).collect());
        let places: Vec<Option<usize>> = (0..cells.len()).map(|i| (!cells[i].is_empty()).then_some(i)).collect();
        reader.indicator(&Row::new(source.text(), index, cells), &COLUMNS, &places);
    }
    if let Some(total) = total {
        let mut cells = vec![Vec::new(); COLUMNS.len()];
        cells[COLUMNS.len() - 1] = vec![total.span()];
        reader.total(&Row::new(source.text(), rows.len(), cells), &COLUMNS, true);
    }
    for form in reader.finish().0 {
        form.title.clone_from(&name);
    }
    Some(end)
}

/// The rows from a line on, the score of the last one, and the line behind.
fn rows<'t>(page: &Page<'t>, from: usize) -> (Vec<Line<'t>>, Option<Word<'t>>, usize) {
    let mut rows = Vec::new();
    let mut row = Line::default();
    let mut line = from;
    let last = page.last_line(from, LONGEST);
    while line < last {
        let head = head(page, line);
        if head > 0 {
            line += head;
            continue;
        }
        let words = page.line(line);
        line += 1;
        let (Some(first), Some(end)) = (words.first(), words.last()) else { continue };
        // What was left of the rule above, behind a page's end.
        let left = std::mem::take(&mut row.left);
        if let Some(above) = rows.last_mut() {
            let above: &mut Line = above;
            above.rule.extend(left);
        }
        if is_total(first.text) {
            let score = words.get(1..).and_then(|rest| rest.iter().rfind(|word| points(word.text).is_some()));
            rows.push(row);
            rows.retain(|row| row.weight.is_some() || row.score.is_some());
            return (rows, score.copied(), line);
        }
        if first.text.starts_with("附表") || first.text.starts_with("附件") || first.text.ends_with("自评表") {
            break;
        }
        if row.rule.is_empty() && row.weight.is_none() {
            // Still the name, until a weight ends a line.
            let named = words.len() > 1 || !row.name.is_empty();
            // A sentence that goes on behind a page's end is no name.
            let sentence =
                || joined(&row.name).contains(['，', '；', '。']) || joined(words).contains(['，', '；', '。']);
            if named && !sentence() && (points(end.text).is_some() || is_none(end.text)) {
                words[..words.len() - 1].iter().for_each(|word| row.push(*word));
                if row.name.is_empty() {
                    continue;
                }
                row.weight = Some(*end);
            } else {
                words.iter().for_each(|word| row.push(*word));
            }
        } else if words.len() == 1 && points(first.text.trim_start_matches('-')).is_some() {
            row.score = Some(*first);
            rows.push(std::mem::take(&mut row));
        } else {
            row.rule.extend_from_slice(words);
        }
    }
    rows.push(row);
    rows.retain(|row| row.score.is_some());
    (rows, None, line)
}

impl<'t> Line<'t> {
    /// A word of the names: of a group, which ends with its weight, or of the row.
    fn push(&mut self, word: Word<'t>) {
        // No name is longer; what is, is something else.
        if self.name.len() == LONGEST_NAME {
            self.name.clear();
        }
        self.name.push(word);
        let text = joined(&self.name);
        if text.ends_with(['。', '；']) {
            self.left = std::mem::take(&mut self.name);
        } else if let Some(open) = text.rfind(['（', '('])
            && let Some(figure) = text[open..]
                .trim_start_matches(['（', '('])
                .strip_suffix("分）")
                .or(text[open..].trim_start_matches(['（', '(']).strip_suffix("分)"))
            && points(figure).is_some()
        {
            // Above a group may stand what was left of a name that takes more lines than its weight and score.
            let long = text[..open].chars().count() > LONGEST_GROUP;
            let length = |words: &[Word]| joined(words).chars().count();
            let behind = text[open..].chars().count();
            let start =
                if long { (0..self.name.len()).rev().find(|&i| length(&self.name[i..]) >= behind + 4) } else { None };
            self.groups.push(self.name.split_off(start.unwrap_or(0)));
            self.name.clear();
        }
    }

    fn weight(&self) -> Option<Decimal> {
        points(self.weight?.text)
    }
}

/// A dash for a weight that does not count.
fn is_none(text: &str) -> bool {
    matches!(text, "-" | "—" | "/" | "－")
}

/// The weight that a group's name prints.
fn printed(group: &[Word]) -> Option<Decimal> {
    let text = joined(group);
    let open = text.rfind(['（', '('])?;
    points(text[open..].trim_matches(|c: char| !(c.is_ascii_digit() || c == '.')))
}

/// The level of each row's groups. Of two the first is the outer; one alone is an inner one until the inner ones make up the outer.
fn levels(rows: &[Line]) -> Vec<Vec<usize>> {
    let (mut outer, mut inner) = (None, Decimal::ZERO);
    let mut last = String::new();
    let mut found = Vec::new();
    for row in rows {
        let mut levels = Vec::new();
        for (index, group) in row.groups.iter().enumerate() {
            let weight = printed(group).unwrap_or_default();
            let opens = row.groups.len() > 1 && index == 0
                || row.groups.len() == 1 && (outer.is_none_or(|outer| inner >= outer) || row.weight().is_none());
            levels.push(usize::from(!opens));
            let name = joined(group);
            if opens && outer != Some(weight) {
                (outer, inner) = (Some(weight), Decimal::ZERO);
            } else if !opens && name != last {
                inner += weight;
                last = name;
            }
        }
        found.push(levels);
    }
    found
}

/// Whether the rows make up the printed weights of their groups.
fn proves(rows: &[Line]) -> bool {
    let mut sums: Vec<(Decimal, Range<usize>)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        match row.groups.last().and_then(|group| printed(group).map(|weight| (joined(group), weight))) {
            Some((name, weight))
                if sums.last().is_none_or(|(_, range)| {
                    joined(rows[range.start].groups.last().map_or(&[], Vec::as_slice)) != name
                }) =>
            {
                sums.push((weight, index..index + 1));
            }
            _ => {
                if let Some((_, range)) = sums.last_mut() {
                    range.end = index + 1;
                }
            }
        }
    }
    let sums: Vec<(Decimal, Decimal)> = sums
        .into_iter()
        .filter_map(|(weight, range)| Some((weight, rows[range].iter().map(Line::weight).sum::<Option<Decimal>>()?)))
        .collect();
    sums.len() >= 3 && sums.iter().all(|(printed, sum)| printed == sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "示例局绩效评价指标体系\n绩效评价指标\n指标分值\n指标解释\n评分\n方法\n评分说明\n自评\n得分一级\n指标\n分值\n总体\n绩效\n（70\n分）\n预算\n管理\n（40\n分）\n编制质量 25\n编制\n情况\n比率\n分值\n法\n按偏离度计算，不\n超过 25 分。\n23.5\n执行\n进度\n15\n分季执行\n得 15\n 分的，\n14\n财务\n管理\n（30\n分）\n岗位设置 30\n是否设岗\n30\n项目\n绩效\n（30\n分）\n目标\n实现\n（30分）\n目标完成 30\n按完成数\n28.5\n扣分\n项（5\n分）\n存在问题 -\n每处扣 1分\n1\n合计 95";

    #[test]
    fn a_row_is_name_weight_rule_and_score() {
        let page = Page::read(TEXT);
        assert!(opens(&page, 0).is_some());
        let (rows, total, _) = rows(&page, 1);
        assert_eq!(total.unwrap().text, "95");
        let read: Vec<(String, &str, &str)> =
            rows.iter().map(|row| (joined(&row.name), row.weight.unwrap().text, row.score.unwrap().text)).collect();
        assert_eq!(read[0], ("编制质量".to_owned(), "25", "23.5"));
        assert_eq!(read[1], ("执行进度".to_owned(), "15", "14"));
        assert_eq!(read[4], ("存在问题".to_owned(), "-", "1"));
        assert!(proves(&rows));
        assert_eq!(levels(&rows), [vec![0, 1], vec![], vec![1], vec![0, 1], vec![0]]);
    }
}
