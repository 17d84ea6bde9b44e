//! What stands above a table: its title, its number (公开01表) and its unit (金额单位：万元); and where a table without tabs begins and ends.

use super::plain;
use crate::document::line::{LONGEST_CAPTION, Line, LineKind, opens_block, parts_cells};
use crate::document::marker::{is_numeral, marker};
use crate::numbers::Scale;
use crate::source::ByteSpan;
use std::ops::Range;

/// A table's caption.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// The title without spaces (收入支出决算总表).
    pub title: String,
    /// The number (公开01表).
    pub number: Option<String>,
    /// What its amounts are multiplied by: 10000 where they are in 万元.
    pub scale: Option<Scale>,
    /// Whether it says that the table goes on from the page before (续表, 支出决算表（续）).
    pub continued: bool,
}

impl Caption {
    /// Takes what one line says. Lines are given from the table upwards, so the nearest title counts.
    pub fn take(&mut self, line: &str) {
        if self.scale.is_none() {
            self.scale = scale(line);
        }
        if self.number.is_none() {
            self.number = number(line);
        }
        self.continued |= says_continued(line);
        if self.title.is_empty() && is_title(line) {
            // 部门决算收支总表 公开01表 on one line.
            let end = number_start(line).unwrap_or(line.len());
            self.title = without_continued(&line[..end]).to_owned();
        }
    }

    /// Whether it stands again above the same table on its next page.
    pub fn comes_again(&self, before: &Caption) -> bool {
        let same = !self.title.is_empty() && self.title == before.title;
        let other = self.number.is_some() && before.number.is_some() && self.number != before.number;
        !other && (same || self.continued && self.title.is_empty())
    }
}

/// What a title has behind it on the pages after the first.
const CONTINUED: [&str; 5] = ["（续）", "（续表）", "（续1）", "（续2）", "续"];

fn without_continued(title: &str) -> &str {
    let title = title.trim_end();
    CONTINUED.iter().find_map(|word| title.strip_suffix(word)).unwrap_or(title)
}

fn says_continued(line: &str) -> bool {
    let line = line.trim_matches(['（', '）', ' ', '：']);
    matches!(line, "续表" | "续上表" | "接上表") || is_title(line) && without_continued(line).len() < line.len()
}

/// How many lines above a table can belong to its caption.
const REACH: usize = 8;

/// The caption of the table that begins at `start`, not looking above `from`.
pub fn above(text: &str, from: usize, start: usize) -> Caption {
    let mut caption = Caption::default();
    let mut end = start;
    let mut seen = 0;
    while end > from && seen < REACH {
        let begin = text[from..end].trim_end_matches('\n').rfind('\n').map_or(from, |at| from + at + 1);
        let line = plain(text, ByteSpan { start: begin, end });
        // A page's caption may stand between the bars of the table's cells.
        let line = line.trim_matches(|c: char| c.is_whitespace() || parts_cells(c));
        end = begin;
        if line.is_empty() {
            continue;
        }
        seen += 1;
        if is_prose(line) || line.starts_with('注') || line.starts_with("备注") {
            break;
        }
        if !caption.title.is_empty() {
            // A long title breaks behind the name of its budget.
            if is_first_half(line, &caption.title) {
                caption.title.insert_str(0, line);
            }
            break;
        }
        caption.take(line);
    }
    caption
}

/// 政府性基金预算财政拨款收入 above 支出决算表.
fn is_first_half(line: &str, title: &str) -> bool {
    const BUDGETS: [&str; 4] = ["一般公共预算", "政府性基金", "国有资本经营", "财政拨款"];
    BUDGETS.iter().any(|budget| line.starts_with(budget))
        && !BUDGETS.iter().any(|budget| title.contains(budget))
        && !line.contains(['表', '：', '，'])
        && line.chars().count() <= 30
}

/// Whether a line belongs to a table's caption and says nothing else.
pub fn is_caption(line: &str) -> bool {
    if line.len() >= LONGEST_CAPTION {
        return false;
    }
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    // 附表1 is more than a caption: it opens an annex.
    let is_number = number_start(&line) == Some(0) && !line.starts_with("附表");
    !is_prose(&line) && (is_number || (scale(&line).is_some() && line.contains("单位")))
}

/// A sentence, whole or in part; the words of a wide head and the figures of a wide row stand without marks between them.
fn is_prose(line: &str) -> bool {
    let figure = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ' ');
    let is_long = || line.chars().filter(|c| !figure(c)).count() > 60;
    line.contains(['。', '；']) || (line.contains(['，', '、']) && is_long())
}

/// `单位：万元`, `（单位：元）`, `项目资金（万元）`.
pub fn scale(line: &str) -> Option<Scale> {
    if !line.contains('元') {
        return None;
    }
    let found = |word: &str| {
        ["单位", "（", "("].iter().any(|lead| {
            line.match_indices(lead).any(|(at, _)| {
                let rest = line[at + lead.len()..].trim_start_matches(['：', ':', ' ']);
                rest.trim_start_matches("人民币").trim_start_matches("为").starts_with(word)
            })
        })
    };
    const UNITS: [(&str, Scale); 4] = [
        ("万元", Scale::TEN_THOUSAND),
        ("千元", Scale::THOUSAND),
        ("亿元", Scale::HUNDRED_MILLION),
        ("元", Scale::ONE),
    ];
    UNITS.iter().find(|(word, _)| found(word)).map(|(_, scale)| *scale)
}

/// Where `公开01表` or `财决公开01表` begins; `Z01表`, `附表1` and `表一` are numbers where they stand alone.
fn number_start(line: &str) -> Option<usize> {
    if is_number(line) {
        return Some(0);
    }
    let at = line.find("公开").filter(|at| digits_then_table(&line[at + "公开".len()..]))?;
    let before = &line[..at];
    Some(before.strip_suffix("财决").map_or(at, str::len))
}

/// A table's number and nothing else, in other words than 公开.
fn is_number(line: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || is_numeral(c) || c == '-';
    let (number, rest) = match line.strip_prefix("附表").or_else(|| line.strip_prefix('表')) {
        Some(behind) => (behind.trim_start(), behind.trim_start_matches(' ').trim_start_matches(numeral)),
        None => {
            let Some(before) = line.strip_suffix('表') else { return false };
            let number = before.trim_start_matches(|c: char| c.is_ascii_uppercase() || "附财决算批复".contains(c));
            (number, number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'))
        }
    };
    number.starts_with(numeral) && matches!(rest.trim(), "" | "：" | ":")
}

fn digits_then_table(rest: &str) -> bool {
    let bare = rest.trim_start_matches(' ');
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    digits.len() < bare.len() && digits.trim_start().starts_with('表')
}

fn number(line: &str) -> Option<String> {
    let start = number_start(line)?;
    let end = if is_number(line) { line.len() } else { start + line[start..].find('表')? + '表'.len_utf8() };
    Some(line[start..end].chars().filter(|c| !c.is_whitespace()).collect())
}

/// A line that names a table: 支出决算表, 一般公共预算财政拨款支出决算表（按功能分类科目）.
pub fn is_title(line: &str) -> bool {
    let end = number_start(line).unwrap_or(line.len());
    let line = line[..end].trim_end();
    let bare = match line.find('（') {
        Some(at) if line.ends_with('）') && line[..at].ends_with('表') => &line[..at],
        _ => line,
    };
    let first: Vec<char> = bare.chars().take(6).collect();
    bare.ends_with('表')
        && !bare.contains(['，', '。', '：', '；'])
        && (marker(&first).is_none() || bare.ends_with("决算表") || bare.ends_with("总表"))
        && bare.chars().count() >= 3
        && bare.chars().count() <= 45
}

/// The lines of the next table at or behind line `at`, by its caption: from the line below the caption to the note or heading below.
pub fn region(text: &str, lines: &[Line], at: usize) -> Option<Range<usize>> {
    let mut index = at;
    while index < lines.len() {
        let last = caption_end(text, lines, index);
        if let Some(start) = last {
            let end = end_of(text, lines, start);
            // A caption with nothing below it, as in a list of tables, is none.
            if lines[start..end].iter().filter(|l| l.kind != LineKind::Blank).count() >= 2
                && !lines[start..end].iter().any(|l| l.kind == LineKind::Row)
            {
                return Some(start..end);
            }
            index = start;
        } else {
            index += 1;
        }
    }
    None
}

/// Where the line at `index` is a table's number or title with its unit close below: the line behind the caption.
fn caption_end(text: &str, lines: &[Line], index: usize) -> Option<usize> {
    let read = |line: &Line| plain(text, line.span);
    if lines[index].kind != LineKind::Text || lines[index].width > 120 || !lines[index].may_be_caption {
        return None;
    }
    let first = read(&lines[index]);
    if number_start(&first).is_none() && !is_title(&first) && scale(&first).is_none_or(|_| !first.contains("单位")) {
        return None;
    }
    // The last of the lines that belong to the caption.
    let mut last = None;
    let mut seen = 0;
    for (i, line) in lines.iter().enumerate().skip(index).take(14) {
        if line.kind == LineKind::Blank {
            continue;
        }
        let words = read(line);
        seen += 1;
        if scale(&words).is_some() && words.contains("单位") {
            last = Some(i + 1);
            break;
        }
        let belongs =
            is_title(&words) || number_start(&words).is_some() || words.starts_with('（') || words.contains('：');
        if !belongs || seen > 5 {
            break;
        }
    }
    last
}

/// The line of the note, the heading or the next caption that ends a table begun at `start`.
fn end_of(text: &str, lines: &[Line], start: usize) -> usize {
    for (index, line) in lines.iter().enumerate().skip(start) {
        if line.kind != LineKind::Text {
            continue;
        }
        let words = plain(text, line.span);
        let note = words.starts_with("注：")
            || words.starts_with("注:")
            || words.starts_with("备注：")
            || words.starts_with("注1")
            || words.starts_with("说明：");
        let part = words.starts_with('第') && opens_block(&words);
        let titled = || is_title(&words) && (words.contains("决算") || caption_end(text, lines, index).is_some());
        let next = index > start && (number_start(&words).is_some() || titled());
        if note || part || next || is_prose(&words) {
            return index;
        }
    }
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lines_above() {
        let text = "注：前表。\n收入支出决算总表\n\n财决公开 01 表\n编制部门：甲局\n金额单位：万元\n项目\t金额";
        let caption = above(text, 0, text.find("项目").unwrap());
        assert_eq!(caption.title, "收入支出决算总表");
        assert_eq!(caption.number.as_deref(), Some("财决公开01表"));
        assert_eq!(caption.scale, Some(Scale::TEN_THOUSAND));
        assert_eq!(scale("部门：甲局 单位:元"), Some(Scale::ONE));
        assert_eq!(scale("编制单位：甲局"), None);
    }

    #[test]
    fn numbers_go_by_many_names() {
        for line in ["公开01表", "财决公开03表", "附表1", "表一", "表 12", "Z01表", "附05表", "财决01-1表"]
        {
            assert_eq!(number_start(line), Some(0), "{line}");
        }
        for line in ["收入支出决算总表", "表述一致", "一般公共预算财政拨款支出决算表", "附表情况说明"]
        {
            assert_eq!(number_start(line), None, "{line}");
        }
    }

    #[test]
    fn a_title_may_break_behind_its_budget() {
        let text = "政府性基金预算财政拨款收入\n支出决算表\n公开08表\n单位：万元\n项目\t金额";
        assert_eq!(above(text, 0, text.find("项目").unwrap()).title, "政府性基金预算财政拨款收入支出决算表");
        let text = "示例市示例局\n支出决算表\n公开03表\n单位：万元\n项目\t金额";
        assert_eq!(above(text, 0, text.find("项目").unwrap()).title, "支出决算表");
    }

    #[test]
    fn titles_are_short_and_name_a_table() {
        assert!(is_title("一般公共预算财政拨款支出决算表（按功能分类科目）"));
        assert!(!is_title("本表反映部门收入，详见附表"));
    }
}
