//! The head of a table: which rows it takes, and the path of texts above each column.

use super::figure::{Look, look, ordinal};
use crate::document::marker::marker;
use std::borrow::Cow;

/// How many of the rows are the head.
pub fn len(rows: &[Vec<Cow<str>>]) -> usize {
    rows.iter().position(|row| is_body(row)).unwrap_or(rows.len())
}

/// A row that numbers the columns (栏次 1 2 3) or names the digits of a code (类 款 项).
pub fn is_number_row<'c>(row: impl IntoIterator<Item = &'c str>) -> bool {
    const NAMES: [&str; 3] = ["栏次", "行次", "列次"];
    const OF_CODES: [&str; 6] = ["类", "款", "项", "类款项", "项目", "栏目"];
    let mut cells = row.into_iter().filter(|cell| !cell.is_empty()).peekable();
    let named = cells.next_if(|cell| NAMES.contains(cell)).is_some();
    let mut last: Option<u32> = None;
    let mut numbers = 0;
    for cell in cells {
        match (ordinal(cell), last) {
            (Some(n), None) if n == 1 || named && n == 0 => (last, numbers) = (Some(n), numbers + 1),
            (Some(n), Some(before)) if n == before + 1 => (last, numbers) = (Some(n), numbers + 1),
            (Some(_), _) => return false,
            // A row that says what it is may have words where no figures stand.
            (None, _) if named || NAMES.contains(&cell) || OF_CODES.contains(&cell) => {}
            (None, _) => return false,
        }
    }
    numbers >= 2 || (numbers == 1 && named)
}

/// The rows of a head that name its columns.
fn without_numbers<'h, 't>(head: &'h [Vec<Cow<'t, str>>]) -> Vec<&'h Vec<Cow<'t, str>>> {
    head.iter().filter(|row| !is_number_row(row.iter().map(AsRef::as_ref))).collect()
}

/// A row of the table itself: it has a figure, a code, an item's number, or is a total or a budget without figures.
fn is_body(row: &[Cow<str>]) -> bool {
    if is_number_row(row.iter().map(AsRef::as_ref)) {
        return false;
    }
    let mut cells = row.iter().filter(|cell| look(cell) != Look::Blank);
    let Some(first) = cells.next() else { return false };
    let alone = cells.clone().next().is_none();
    let named_total = matches!(first.as_ref(), "合计" | "总计") && cells.clone().all(|cell| look(cell) != Look::Words);
    let named_basis = alone && matches!(first.as_ref(), "预算数" | "决算数" | "年初预算数" | "全年预算数");
    row.iter().any(|cell| matches!(look(cell), Look::Figure | Look::Code))
        || is_item(first)
        || (named_total && !alone)
        || named_basis
        || (named_total && row.len() > 2)
}

/// 一、一般公共服务支出 or 1.教育支出.
pub fn is_item(words: &str) -> bool {
    let chars: Vec<char> = words.chars().take(8).collect();
    marker(&chars).is_some_and(|m| matches!(m.level, 2 | 4) && m.len < words.chars().count())
}

/// Whether the rows of a head have lost which columns their cells span: each begins at the left edge again, where the cells of a lower row
/// stand under the first of the upper one, and no cell says where the next one begins.
pub fn is_packed(head: &[Vec<Cow<str>>]) -> bool {
    let rows = without_numbers(head);
    let filled = |row: &[Cow<str>]| row.iter().filter(|cell| !cell.is_empty()).count();
    let packed = |row: &[Cow<str>]| row.iter().take(filled(row)).all(|cell| !cell.is_empty());
    let names = |row: &[Cow<str>]| row.first().is_some_and(|cell| !matches!(cell.as_ref(), "类" | "款" | "项"));
    rows.windows(2).any(|pair| {
        let below = filled(pair[1]);
        below > 1 && below < filled(pair[0]) && packed(pair[0]) && packed(pair[1]) && names(pair[1])
    })
}

/// The texts above each column. A blank beside a text belongs to it where the column has a text of its own further down; a blank below a
/// text belongs to that.
pub fn paths(head: &[Vec<Cow<str>>], width: usize) -> Vec<Vec<String>> {
    let rows = without_numbers(head);
    let cell = |row: usize, column: usize| rows[row].get(column).map_or("", AsRef::as_ref);
    let mut paths = vec![Vec::new(); width];
    for row in 0..rows.len() {
        let mut left = String::new();
        for (column, path) in paths.iter_mut().enumerate() {
            let own = cell(row, column);
            if !own.is_empty() {
                own.clone_into(&mut left);
            }
            let has_more = (row + 1..rows.len()).any(|below| !cell(below, column).is_empty());
            let text = if own.is_empty() && has_more { left.as_str() } else { own };
            if !text.is_empty() && path.last().map(String::as_str) != Some(text) {
                path.push(text.to_owned());
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Cow<'_, str>>> {
        text.lines().map(|line| line.split('|').map(Cow::Borrowed).collect()).collect()
    }

    #[test]
    fn merged_cells_belong_to_the_text_beside_or_above() {
        let rows = rows("编码|名称|合计|基本支出|||项目支出\n|||小计|人员经费|公用经费|\n||1|2|3|4|5\n|合计|9|5|3|2|4");
        assert_eq!(len(&rows), 3);
        let paths: Vec<String> = paths(&rows[..3], 7).iter().map(|p| p.join(">")).collect();
        assert_eq!(
            paths,
            ["编码", "名称", "合计", "基本支出>小计", "基本支出>人员经费", "基本支出>公用经费", "项目支出"]
        );
    }

    #[test]
    fn a_head_without_its_spans_is_known() {
        assert!(is_packed(&rows("三公|机关运行经费||\n合计|出国|用车|接待\n小计|购置|运行|")));
        assert!(!is_packed(&rows("编码|名称|合计|基本支出||\n|||小计|人员经费|公用经费")));
        assert!(!is_packed(&rows("收入|支出||\n项目|决算数|项目|决算数")));
    }

    #[test]
    fn the_first_item_ends_the_head() {
        assert_eq!(len(&rows("收入||支出|\n项目|决算数|项目|决算数\n一、财政拨款||一、教育支出|3")), 2);
        assert_eq!(len(&rows("项目|小计|三公\n预算数||\n决算数|1.00|")), 1);
    }
}
