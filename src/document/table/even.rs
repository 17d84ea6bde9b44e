//! Tables of any title that a page prints a row a line, with no cell blank and no name wrapped: the head is one line of as many words as the
//! table has columns, and every line below it a name and a figure for each.

use super::Found;
use super::figure::Look;
use super::wrapped::{self, Word};
use crate::document::line::{Line, LineKind};
use crate::source::ByteSpan;
use std::ops::Range;

/// So many rows make a table.
const FEWEST: usize = 2;

/// Reads the lines of a table, where they are such; a line that is not, between others that are, may be a row that has lost a cell.
pub fn read(text: &str, lines: &[Line], region: Range<usize>) -> Option<Found> {
    let printed: Vec<(usize, Vec<Word>)> = region
        .clone()
        .filter(|&at| lines[at].kind == LineKind::Text)
        .map(|at| (at, wrapped::words(text, lines[at].span)))
        .collect();
    let head = printed.iter().position(|(_, words)| wrapped::is_name(words) && words.len() > 2)?;
    let heads = &printed[head].1;
    let coded = ["编码", "代码"].iter().any(|word| heads[0].text.contains(word));
    let rows: Vec<Vec<ByteSpan>> =
        printed[head + 1..].iter().map_while(|(_, words)| row(words, heads.len(), coded)).collect();
    let (body, rest) = printed[head + 1..].split_at(rows.len());
    let has_figures = |words: &[Word]| words.iter().any(|word| word.look == Look::Figure);
    if rows.len() < FEWEST || head > 0 || rest.iter().any(|(_, words)| has_figures(words)) {
        return None;
    }
    let head = heads.iter().map(|word| word.span).collect();
    Some(Found {
        lines: region.start..body.last()?.0 + 1,
        rows: std::iter::once(head).chain(rows).collect(),
        loose: None,
    })
}

/// The cells of a row: its code where the table has them, its name, and its figures.
fn row(words: &[Word], columns: usize, coded: bool) -> Option<Vec<ByteSpan>> {
    let figures = words.iter().rev().take_while(|word| word.look != Look::Words).count();
    let (names, figures) = words.split_at(words.len() - figures);
    let (code, names) = match names {
        [code, names @ ..] if coded && code.look == Look::Code => (Some(code.span), names),
        _ => (None, names),
    };
    let name = names.first()?.span.to(names.last()?.span);
    let is_name = names.iter().all(|word| word.look == Look::Words);
    let mut cells: Vec<ByteSpan> = code.into_iter().chain([name]).chain(figures.iter().map(|word| word.span)).collect();
    if coded && code.is_none() {
        // 合计 over codes has none.
        cells.insert(0, ByteSpan { start: name.start, end: name.start });
    }
    (is_name && figures.len() > 1 && cells.len() == columns).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::line::lines;

    fn cells(text: &str) -> Option<Vec<String>> {
        let lines = lines(text);
        let found = read(text, &lines, 0..lines.len())?;
        let row = |row: &Vec<ByteSpan>| row.iter().map(|c| &text[c.start..c.end]).collect::<Vec<_>>().join("|");
        Some(found.rows.iter().map(row).collect())
    }

    #[test]
    fn every_line_has_its_cells() {
        let text = "项目 2023年决算数 2022年决算数 增减额 增减率\n合计 9.00 8.00 1.00 12.50%\n公务 接待费 3.00 4.00 -1.00 -25.00%\n其中：示例 - 0.50 -0.50 -\n二、情况说明";
        assert_eq!(
            cells(text).unwrap(),
            [
                "项目|2023年决算数|2022年决算数|增减额|增减率",
                "合计|9.00|8.00|1.00|12.50%",
                "公务 接待费|3.00|4.00|-1.00|-25.00%",
                "其中：示例|-|0.50|-0.50|-"
            ]
        );
        let coded = "编码 名称 本年数 上年数\n合计 9.00 8.00\n205 示例支出 9.00 8.00";
        assert_eq!(cells(coded).unwrap()[1..], ["|合计|9.00|8.00", "205|示例支出|9.00|8.00"]);
    }

    #[test]
    fn a_row_that_lost_a_cell_leaves_all_unread() {
        assert_eq!(
            cells("项目 本年 上年 增减额\n甲 9.00 8.00 1.00\n乙 3.00 4.00 -1.00\n丙 2.00 2.00\n丁 1.00 1.00 0.00"),
            None
        );
        assert_eq!(cells("项目 本年 上年 比 去年\n甲 9.00 8.00 1.00\n乙 3.00 4.00 -1.00"), None);
    }
}
