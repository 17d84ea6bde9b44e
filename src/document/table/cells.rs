//! Tables that arrive as one cell a line, as Word exports them.

use super::figure::{Look, look, ordinal};
use super::{Found, merged, plain};
use crate::document::line::{Line, LineKind, parts_cells};
use crate::source::ByteSpan;
use std::borrow::Cow;
use std::ops::Range;

/// The widest table that is looked for.
const WIDEST: usize = 16;

/// Cells led by a tab, rows parted by a blank line.
pub fn led_by_tabs(lines: &[Line]) -> Vec<Found> {
    let is_cell = |line: &Line| line.kind != LineKind::Row && line.led_by_tab;
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !is_cell(&lines[at]) {
            at += 1;
            continue;
        }
        let mut rows: Vec<Vec<ByteSpan>> = vec![Vec::new()];
        let mut end = at;
        for (index, line) in lines.iter().enumerate().skip(at) {
            if is_cell(line) {
                rows.last_mut().expect("there is a row").push(line.span);
                end = index + 1;
            } else if line.kind == LineKind::Blank {
                if rows.last().is_some_and(|row| !row.is_empty()) {
                    rows.push(Vec::new());
                }
            } else {
                break;
            }
        }
        rows.retain(|row| !row.is_empty());
        // An indented paragraph is a row of one cell.
        if rows.iter().filter(|row| row.len() >= 2).count() >= 2 {
            found.push(Found { lines: at..end, rows, loose: None });
        }
        at = end.max(at + 1);
    }
    found
}

/// The fewest cells of a table that comes one cell a line.
const FEWEST: usize = 8;

/// Cells that each end with a bar, as exports of web pages print them, the bar on a line of its own or not; nothing before a bar is a blank
/// cell, and a blank line is nothing. The first line that no bar follows ends the table.
pub fn barred(text: &str, lines: &[Line], region: Range<usize>) -> Option<Found> {
    let slice = |at: usize| &text[lines[at].span.start..lines[at].span.end];
    let is_bar = |c: char| c != '\t' && parts_cells(c);
    let mut cells: Vec<ByteSpan> = Vec::new();
    let mut last = region.start;
    // The words of a cell whose bar has not come.
    let mut open: Option<ByteSpan> = None;
    let mut wraps = 0;
    for at in region.clone().filter(|&at| lines[at].kind != LineKind::Blank) {
        let bare = slice(at).trim_end_matches(is_bar).trim_end();
        let own = ByteSpan { start: lines[at].span.start, end: lines[at].span.start + bare.len() };
        let cell = open.take().map_or(own, |before| if bare.is_empty() { before } else { before.to(own) });
        if slice(at).ends_with(is_bar) {
            cells.push(cell);
            (last, wraps) = (at, 0);
        } else if wraps < WRAPS {
            (open, wraps) = (Some(cell), wraps + 1);
        } else {
            break;
        }
    }
    if cells.len() < FEWEST {
        return None;
    }
    // Rows of the caption and of a head whose cells span others have fewer cells: the rows may begin at a later one that heads the names.
    let heads_names = |cell: &ByteSpan| matches!(plain(text, *cell).as_ref(), "项目" | "科目编码" | "科目名称");
    let from_the_start = rows(text, &cells).filter(|rows| {
        let head = rows.iter().find(|row| row.iter().any(heads_names));
        head.and_then(|row| row.iter().find(|cell| cell.start < cell.end)).is_none_or(heads_names)
    });
    let later = cells.iter().position(heads_names);
    let rows = from_the_start.or_else(|| rows(text, &cells[later?..])).unwrap_or_default();
    Some(Found { lines: region.start..last + 1, rows, loose: None })
}

/// How many lines the words of a cell may take before its bar comes.
const WRAPS: usize = 3;

/// Cells without any mark, a blank line for a blank cell.
pub fn one_a_line(text: &str, lines: &[Line], region: Range<usize>) -> Option<Vec<Vec<ByteSpan>>> {
    let last = region.clone().rev().find(|&i| lines[i].kind != LineKind::Blank)?;
    rows(text, &lines[region.start..=last].iter().map(|line| line.span).collect::<Vec<ByteSpan>>())
}

/// The rows of cells that follow each other: the width is the one at which every column holds things of one look.
fn rows(text: &str, cells: &[ByteSpan]) -> Option<Vec<Vec<ByteSpan>>> {
    let texts: Vec<Cow<str>> = cells.iter().map(|&cell| plain(text, cell)).collect();
    let filled: Vec<&Cow<str>> = texts.iter().filter(|cell| !cell.is_empty()).collect();
    // Lines that hold a name and figures are rows, not cells.
    let mixed = filled.iter().filter(|cell| is_row(cell)).count();
    if filled.len() < FEWEST || mixed * 10 > filled.len() {
        return None;
    }
    let looks: Vec<Look> = texts.iter().map(|cell| look(cell)).collect();
    if let Some(width) = (2..=WIDEST)
        .find(|&width| is_width(&looks, &texts, width))
        .or_else(|| (2..=WIDEST).find(|&width| is_single_row(&looks, &texts, width)))
    {
        return Some(cells.chunks(width).map(<[ByteSpan]>::to_vec).collect());
    }
    (1..MOST_MERGED).find_map(|blanks| with_merged_totals(cells, &texts, blanks))
}

/// The most cells that the name of a total takes: 类, 款, 项 and the name.
const MOST_MERGED: usize = 4;

/// The rows where the name of each total is merged over cells before it that are gone: with so many blanks before it there is a width.
fn with_merged_totals(cells: &[ByteSpan], texts: &[Cow<str>], blanks: usize) -> Option<Vec<Vec<ByteSpan>>> {
    let is_total = |at: usize| {
        texts[at].ends_with('计')
            && texts.get(at + 1).is_some_and(|next| matches!(look(next), Look::Figure | Look::Code))
    };
    let totals: Vec<(usize, usize)> = (0..texts.len()).filter(|&at| is_total(at)).map(|at| (at, blanks)).collect();
    if totals.is_empty() {
        return None;
    }
    let texts = merged::lay(texts, &totals, |_| Cow::Borrowed(""));
    let looks: Vec<Look> = texts.iter().map(|cell| look(cell)).collect();
    let width = (2..=WIDEST).find(|&width| is_width(&looks, &texts, width))?;
    // What is merged into the name of a total holds codes or ordinals in the other rows, and no amounts.
    let has_amounts = |column: usize| {
        (column..texts.len()).step_by(width).any(|at| looks[at] == Look::Figure && ordinal(&texts[at]).is_none())
    };
    let names = totals.iter().enumerate().map(|(before, (at, _))| (at + blanks * (before + 1)) % width);
    if names.into_iter().any(|name| name < blanks || (name - blanks..name).any(has_amounts)) {
        return None;
    }
    let cells = merged::lay(cells, &totals, |cell| ByteSpan { start: cell.start, end: cell.start });
    Some(cells.chunks(width).map(<[ByteSpan]>::to_vec).collect())
}

/// 208 社会保障和就业支出 12.34: words and a figure behind them.
fn is_row(cell: &str) -> bool {
    let mut words = cell.split(' ').peekable();
    let last = cell.rsplit(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))).next().unwrap_or("");
    words.next().is_some() && words.peek().is_some()
        || (last.contains('.') && look(last) == Look::Figure && last.len() < cell.len())
}

/// Whether rows of this width have, below some head, columns that hold only figures or only words.
fn is_width(looks: &[Look], texts: &[Cow<str>], width: usize) -> bool {
    let rows = looks.len().div_ceil(width);
    let Some(first) = looks.iter().position(|look| *look == Look::Figure) else { return false };
    let head = first / width;
    if rows < head + 2 || head == 0 {
        return false;
    }
    let head_row = |row: usize| &texts[row * width..(row + 1) * width];
    // Half the width of 项目 | 决算数 | 项目 | 决算数 gives the same row twice, but for the names of the lists.
    if (1..head).any(|row| head_row(row)[1..] == head_row(row - 1)[1..]) {
        return false;
    }
    // Below a head cut in two its rest comes where rows should be; a whole head comes again on the next page.
    let rest_of_head = |row: &[Cow<str>]| {
        let stands = |column: usize| {
            look(&row[column]) == Look::Words && (0..head).any(|above| head_row(above)[column] == row[column])
        };
        !(0..head).any(|above| head_row(above) == row) && (1..row.len()).any(stands)
    };
    if texts[head * width..].chunks(width).any(rest_of_head) {
        return false;
    }
    let has_head = |column: usize| (0..head).any(|row| !head_row(row)[column].is_empty());
    let mut figures = 0;
    for column in 0..width {
        // 合计 may stand in the column of the codes, and no other name.
        let (mut numbers, mut words, mut names) = (0, 0, 0);
        for row in head..rows {
            let at = row * width + column;
            match looks.get(at) {
                Some(Look::Figure) => numbers += 1,
                Some(Look::Words) => {
                    words += 1;
                    names += usize::from(!texts[at].ends_with(['计', '码']));
                }
                Some(Look::Code) if texts[at].len() > 3 => words += 1,
                _ => {}
            }
        }
        let headed = |end: &str| (0..head).any(|row| head_row(row)[column].ends_with(end));
        if numbers > 0 && (words > 0 || !has_head(column) || headed("名称")) || headed("码") && names > 1 {
            return false;
        }
        figures += usize::from(numbers > 0);
    }
    // Every row has a name, so a width that only cuts rows in half is none.
    let named = (head..rows)
        .all(|row| (0..width).any(|column| matches!(looks.get(row * width + column), Some(Look::Words | Look::Code))));
    figures > 0 && named
}

/// Whether all figures stand in one row of this width, each column under a head of its own: the table of the 三公.
fn is_single_row(looks: &[Look], texts: &[Cow<str>], width: usize) -> bool {
    let Some(first) = looks.iter().position(|look| *look == Look::Figure) else { return false };
    let head = first / width;
    // A bar that opens each row makes a first column of blanks.
    let is_blank =
        |column: usize| (0..=head).all(|row| texts.get(row * width + column).is_none_or(|cell| cell.is_empty()));
    let under_heads = |column: usize| is_blank(column) || (0..head).any(|row| !texts[row * width + column].is_empty());
    let numbers = |look: &Look| matches!(look, Look::Figure | Look::Blank | Look::Code);
    head >= 2
        && looks.len().div_ceil(width) == head + 1
        && looks[head * width..].iter().all(numbers)
        && looks[..head * width].iter().all(|look| !matches!(look, Look::Figure))
        && (0..width).all(under_heads)
        && looks[head * width..].iter().filter(|look| **look == Look::Figure).count() * 2 > width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::line::lines;

    fn spans(text: &str, rows: &[Vec<ByteSpan>]) -> Vec<String> {
        rows.iter()
            .map(|row| row.iter().map(|cell| &text[cell.start..cell.end]).collect::<Vec<_>>().join("|"))
            .collect()
    }

    #[test]
    fn finds_the_width_at_which_columns_hold_one_thing() {
        let text = "收入\n\n支出\n\n项目\n决算数\n项目\n决算数\n一、财政拨款\n12.00\n一、教育支出\n7.50\n二、其他收入\n\n二、住房保障支出\n4.50\n合计\n12.00\n合计\n12.00";
        let lines = lines(text);
        let rows = one_a_line(text, &lines, 0..lines.len()).unwrap();
        assert_eq!(
            spans(text, &rows),
            [
                "收入||支出|",
                "项目|决算数|项目|决算数",
                "一、财政拨款|12.00|一、教育支出|7.50",
                "二、其他收入||二、住房保障支出|4.50",
                "合计|12.00|合计|12.00"
            ]
        );
    }

    #[test]
    fn a_bar_ends_each_cell() {
        let text = "|\n项 目 |\n预算数 |\n决算数 |\n|\n合计 |\n12 |\n9.5 |\n\n|\n示例费 |\n|\n9.5 |\n二、情况说明";
        let found = barred(text, &lines(text), 0..14).unwrap();
        assert_eq!(spans(text, &found.rows), ["|项 目|预算数|决算数", "|合计|12|9.5", "|示例费||9.5"]);
        // The cells of the first rows span others.
        let text = "|\n单位：万元\n|\n收入\n|\n项目\n|\n决算数\n|\n一、拨款\n|\n12.00\n|\n二、其他\n|\n7.50\n|\n合计\n|\n19.50\n|";
        let found = barred(text, &lines(text), 0..lines(text).len()).unwrap();
        assert_eq!(spans(text, &found.rows)[..2], ["项目|决算数", "一、拨款|12.00"]);
        let text = "项目|行次|决算数|项目（按功能）|行次|决算数|按性质|行次|决算数|栏次||1|栏次||2|栏次||3|一、拨款|1|12.00|一、支出|9|12.00|一、基本|17|5.00|合计|2|12.00|合计|10|12.00|合计|18|5.00|".replace('|', "\n|\n");
        let found = barred(&text, &lines(&text), 0..lines(&text).len()).unwrap();
        assert_eq!(spans(&text, &found.rows)[2], "一、拨款|1|12.00|一、支出|9|12.00|一、基本|17|5.00");
        // The bar stands on a line of its own, below the words of its cell.
        let text = "项 目\n|\n预算\n数\n|\n合 计\n|\n12\n|\n示例费\n|\n|\n其他费\n|\n9\n|\n另一费\n|\n3\n|\n二、情况说明。\n下文。";
        let found = barred(text, &lines(text), 0..lines(text).len()).unwrap();
        assert_eq!(spans(text, &found.rows), ["项 目|预算\n数", "合 计|12", "示例费|", "其他费|9", "另一费|3"]);
        // With blank cells gone nothing tells the rows, and the lines are no rows of a page either.
        let text = "项目 |\n预算数 |\n决算数 |\n合计 |\n12 |\n9.5 |\n示例费 |\n其他费 |\n12 |\n9.5 |";
        assert!(barred(text, &lines(text), 0..10).unwrap().rows.is_empty());
    }

    #[test]
    fn one_row_of_figures_has_a_head_above_each() {
        let text = "预算数\n\n\n决算数\n\n\n合计\n公务用车\n公务接待费\n合计\n公务用车\n公务接待费\n5.00\n3.00\n2.00\n4.00\n2.50\n1.50";
        let lines = lines(text);
        let rows = one_a_line(text, &lines, 0..lines.len()).unwrap();
        assert_eq!(spans(text, &rows)[2], "5.00|3.00|2.00|4.00|2.50|1.50");
    }

    #[test]
    fn a_tab_leads_each_cell_of_a_row() {
        let text = "项目情况：\n\t预算数\n\t12.00\n\n\t其他\n\t\n\n下文。";
        let found = led_by_tabs(&lines(text));
        assert_eq!(spans(text, &found[0].rows), ["预算数|12.00", "其他|"]);
    }
}
