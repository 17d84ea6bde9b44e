//! How a form's cells stand in its lines: which columns its head names, and where it ends.

use super::page::{Page, Word};
use super::row::{is_figure, is_sign};
use crate::scoring::group::group;
use crate::scoring::head::{self, Column};
use crate::scoring::row::{is_total, points};

/// How many lines a form takes at most.
pub const LONGEST: usize = 200;
/// How many words a head takes at most.
const HEAD: usize = 48;

/// How a form's cells stand in its lines.
pub struct Layout {
    /// The first word of the head, and the first behind it.
    pub head: std::ops::Range<usize>,
    /// The columns of the names: three levels, or those that the head names where each has a weight of its own.
    pub levels: Vec<Column>,
    /// The columns behind the innermost name.
    pub columns: Vec<Column>,
    /// Whether a line is a cell.
    pub a_cell_a_line: bool,
}

impl Layout {
    /// The head that begins with a line.
    pub fn read(page: &Page, line: usize) -> Option<Layout> {
        let names_level = |word: &Word| word.text.ends_with("级指标") || word.text == "指标名称";
        let start = page.start(line);
        let words = &page.words[start..page.words.len().min(start + HEAD)];
        if !page.heads(line) || !page.line(line).iter().any(names_level) {
            return None;
        }
        let innermost = words.iter().take(8).rposition(names_level)?;
        let inner = |word: &Word| ["三级指标", "二级指标", "指标名称"].iter().any(|name| word.text.ends_with(name));
        if !words[..=innermost].iter().any(inner) {
            return None;
        }
        let levels = levels(&words[..=innermost]);
        // Names of groups, signs and figures belong to the rows.
        let is_body = |word: &Word| group(word.text).is_some() || is_sign(word.text) || is_figure(word.text);
        let behind = &words[innermost + 1..];
        let stop = behind.iter().position(is_body).unwrap_or(behind.len());
        let (columns, used) = order(&behind[..stop]);
        let has = |column| columns.contains(&column);
        let signed = has(Column::Nature);
        let measured = has(Column::Target) && has(Column::Actual);
        // Signs tell the rows of a head that names no levels.
        let named = signed || words[..=innermost].iter().any(|word| word.text.ends_with("级指标"));
        let columns = if named && has(Column::Weight) && has(Column::Score)
            || named && measured && (signed || !has(Column::Weight))
        {
            columns
        } else if behind.get(stop..).is_some_and(|rest| rest.iter().take(24).any(|word| is_sign(word.text))) {
            // The lines of the head were torn across the columns; the form of the sign has an order of its own.
            use Column::*;
            vec![Nature, Target, Unit, Actual, Weight, Score, Other]
        } else {
            return None;
        };
        let end = start + innermost + 1 + used;
        let a_cell_a_line = !columns.contains(&Column::Nature)
            && words[..innermost + 1 + used].windows(2).all(|pair| pair[0].line != pair[1].line);
        Some(Layout { head: start..end, levels, columns, a_cell_a_line })
    }

    /// The words of the rows. Where no sign parts target and unit, a figure and the unit behind it are one: 144 个.
    pub fn body<'t>(&self, text: &'t str, words: &[Word<'t>]) -> Vec<Word<'t>> {
        if self.is_signed() || self.a_cell_a_line || self.weighs_levels() {
            return words.to_vec();
        }
        let mut body: Vec<Word> = Vec::new();
        for (index, &word) in words.iter().enumerate() {
            let unit = word.text.chars().count() <= 3
                && !word.text.contains(|c: char| c.is_ascii_digit() || "≥≤=＝<>/-—".contains(c));
            let next = match words.get(index + 1).filter(|next| next.line == word.line) {
                Some(next) => is_figure(next.text),
                // Only scores end with a bare number.
                None => !self.is_scored(),
            };
            match body.last_mut() {
                Some(last)
                    if unit
                        && next
                        && last.line == word.line
                        && last.text.ends_with(|c: char| c.is_ascii_digit())
                        && is_figure(last.text) =>
                {
                    last.text = &text[last.span().start..word.span().end];
                }
                _ => body.push(word),
            }
        }
        body
    }

    /// Whether the head stands at a line once more.
    fn comes_again(&self, page: &Page, line: usize) -> bool {
        Layout::read(page, line).is_some_and(|other| other.columns == self.columns)
    }

    pub fn is_scored(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Weight | Column::Score))
    }

    pub fn is_signed(&self) -> bool {
        self.columns.contains(&Column::Nature)
    }

    /// Whether each level has its weight behind it: 一级指标 分值 二级指标 分值 三级指标 分值.
    pub fn weighs_levels(&self) -> bool {
        self.levels.contains(&Column::GroupWeight)
    }

    /// Whether the unit stands before the sign.
    pub fn leads_with_unit(&self) -> bool {
        self.columns.iter().find(|column| matches!(column, Column::Unit | Column::Nature)) == Some(&Column::Unit)
    }

    /// How many of the words behind a total's name are its numbers.
    pub fn numbers(&self, behind: &[Word]) -> usize {
        let most = 2 + self.levels.iter().filter(|column| **column == Column::GroupWeight).count();
        behind.iter().take(most).take_while(|word| points(word.text).is_some()).count()
    }

    /// The word behind the form: behind its totals, where it has some.
    pub fn end(&self, page: &Page) -> usize {
        let first = page.line_of(self.head.end - 1) + 1;
        let last = page.last_line(first, LONGEST);
        let mut end = None;
        for line in first..last {
            let words = page.line(line);
            // The same head again is the next page's.
            let opens = |word: &Word| {
                word.text.ends_with("级指标") && self.head.end <= page.start(line) && !self.comes_again(page, line)
            };
            if words.first().is_some_and(|word| {
                is_total(word.text) || is_total(word.text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
            }) {
                let behind = page.start(line) + 1;
                end = Some(behind + self.numbers(&page.words[behind..]));
            } else if end.is_some_and(|end| page.start(line) >= end)
                || words.iter().any(|word| opens(word) || closes(word.text))
            {
                return end.unwrap_or(page.start(line));
            }
        }
        end.unwrap_or_else(|| page.start(last))
    }
}

/// Whether a word stands behind a form and in none.
pub fn closes(word: &str) -> bool {
    const BEHIND: [&str; 11] = [
        "注：",
        "备注",
        "说明",
        "评价结论",
        "存在问题",
        "项目名称",
        "填表人",
        "项目负责人",
        "附表",
        "附件",
        "第五部分",
    ];
    BEHIND.iter().any(|lead| word.starts_with(lead)) || word.ends_with("自评表") || word.ends_with("自评报告")
}

/// The columns of the names in a head that ends with the innermost of them.
fn levels(words: &[Word]) -> Vec<Column> {
    let column = |word: &Word| match word.text {
        text if text.ends_with("级指标") => Some(Column::Level),
        "分值" | "权重" | "标准分" => Some(Column::GroupWeight),
        _ => None,
    };
    let columns: Vec<Column> = words.iter().filter_map(column).collect();
    if columns.contains(&Column::GroupWeight) { columns } else { vec![Column::Level; 3] }
}

/// The columns that a head's words name in this order, though each may be torn over lines, and how many of the words they take.
fn order(words: &[Word]) -> (Vec<Column>, usize) {
    let text: String = words.iter().map(|word| word.text).collect();
    let (columns, end) = head::order(&text);
    let mut length = 0;
    let used = words
        .iter()
        .take_while(|word| {
            length += word.text.len();
            length <= end
        })
        .count();
    let torn = words[..used].iter().map(|word| word.text.len()).sum::<usize>() < end;
    let used = used + usize::from(torn);
    // 预算完成率 ends like a head and is the name of the first row.
    let named = used.checked_sub(1).map(|last| words[last].text).is_some_and(head::ends_like_one);
    if named && columns.last() == Some(&Column::Other) { order(&words[..used - 1]) } else { (columns, used) }
}
