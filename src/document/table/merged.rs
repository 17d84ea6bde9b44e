//! Cells that were merged over several columns. Some pastes keep the blanks beside such a cell, some drop them: the row is so many cells short
//! then, and what stands behind the merged cell stands under heads that are not its own.

use super::figure::{Look, look};
use super::{head, spaced};
use std::borrow::Cow;
use std::ops::Range;

/// A list of a table, by its columns.
pub struct List {
    /// All of its columns, with those before its names.
    pub columns: Range<usize>,
    /// The column of its names.
    pub name: usize,
}

/// How a row that is shorter than its table is to be laid out.
#[derive(Debug, PartialEq, Eq)]
pub enum Short {
    /// As it stands: what it lacks are blanks at its end.
    AtEnd,
    /// With so many blanks before each of these cells, which then stand in the column of the names; every column has its cell.
    Before(Vec<(usize, usize)>),
    /// Its name is merged, and it lacks more than that: which columns its figures stand in is open.
    Open,
}

/// Tells what a row lacks that is shorter than its table. A figure in the column of the names says that the name before it, or the group in
/// front of the name, was merged: 合计 over code and name, 类, 款 and 项 over one code.
pub fn short(row: &[Cow<str>], lists: &[List], width: usize) -> Short {
    let mut blanks: Vec<(usize, usize)> = Vec::new();
    let mut lost = 0;
    for list in lists {
        let Some(named) = list.name.checked_sub(lost) else { break };
        // A row may be so short that it ends before the column of the names.
        let Some(figure) = row.len().checked_sub(1).map(|last| named.min(last)) else { break };
        if !matches!(look(&row[figure]), Look::Figure | Look::Code) {
            continue;
        }
        let first = list.columns.start.saturating_sub(lost);
        // A code whose name is gone keeps its own column.
        let name = (first..figure).rev().find(|&at| look(&row[at]) == Look::Words);
        if name.is_none() && figure < named {
            continue;
        }
        // Behind a code or a group of its own nothing tells which of the columns the name was merged over.
        if name.is_some_and(|name| name > first) {
            return Short::Open;
        }
        let missing = name.map_or(1, |name| named - name);
        blanks.push((name.unwrap_or(named), missing));
        lost += missing;
    }
    match (row.len() + lost).cmp(&width) {
        _ if blanks.is_empty() => Short::AtEnd,
        std::cmp::Ordering::Equal => Short::Before(blanks),
        _ => Short::Open,
    }
}

/// Lays a row out, each blank as `blank`.
pub fn lay<T: Clone>(row: &[T], blanks: &[(usize, usize)], blank: impl Fn(&T) -> T) -> Vec<T> {
    let mut laid = Vec::with_capacity(row.len() + 3);
    for (at, cell) in row.iter().enumerate() {
        let before = blanks.iter().find(|(cell, _)| *cell == at).map_or(0, |(_, count)| *count);
        laid.extend(std::iter::repeat_n(blank(cell), before));
        laid.push(cell.clone());
    }
    laid
}

/// The most columns before the amounts: 类, 款, 项 and the name.
const MOST_NAMES: usize = 4;

/// The texts above each column. A head that has lost which columns its cells span is read by the order of its words, as that of a PDF is; none
/// where they are not those of a form of the accounts.
pub fn paths(head: &[Vec<Cow<str>>], width: usize, first: &[Cow<str>]) -> Option<Vec<Vec<String>>> {
    if !head::is_packed(head) {
        let is_number_row = |row: &Vec<Cow<str>>| head::is_number_row(row.iter().map(AsRef::as_ref));
        let below = |at: usize| head.get(at + 1).filter(|row| !is_number_row(row));
        let row = |at: usize| below(at).and_then(|below| spread(&head[at], below));
        let rows: Vec<Vec<Cow<str>>> = (0..head.len()).map(|at| row(at).unwrap_or_else(|| head[at].clone())).collect();
        return Some(head::paths(&rows, width));
    }
    let amounts = spaced::amounts(head, first)?;
    let names = width.checked_sub(amounts.len()).filter(|names| *names <= MOST_NAMES)?;
    let coded = head.iter().flatten().any(|cell| cell.contains("编码") || cell.contains("代码"));
    let name = |at: usize| match (at + 1 == names, coded) {
        (true, _) => vec!["科目名称".to_owned()],
        (false, true) => vec!["科目编码".to_owned()],
        (false, false) => Vec::new(),
    };
    Some((0..names).map(name).chain(amounts).collect())
}

/// Spreads the cells of a head's row over the row below it, which has a text for every column: each begins where that row begins anew
/// (收入 and 支出 over 项目 决算数 项目 决算数), or takes as many columns as the others.
fn spread<'t>(row: &[Cow<'t, str>], below: &[Cow<'t, str>]) -> Option<Vec<Cow<'t, str>>> {
    let width = below.len();
    let filled = row.iter().rposition(|cell| !cell.is_empty())? + 1;
    let packed = filled > 1 && filled < width && row[..filled].iter().all(|cell| !cell.is_empty());
    if !packed || row[0] == below[0] || below.iter().any(|cell| cell.is_empty()) {
        return None;
    }
    let is_anew = |cell: &Cow<str>| {
        cell.strip_prefix(below[0].as_ref()).is_some_and(|rest| rest.is_empty() || rest.starts_with('（'))
    };
    let anew: Vec<usize> = (0..width).filter(|&at| is_anew(&below[at])).collect();
    let starts = if anew.len() == filled {
        anew
    } else if row.len() == filled && width.is_multiple_of(filled) {
        (0..width).step_by(width / filled).collect()
    } else if row.len() == filled {
        Vec::new()
    } else {
        return None;
    };
    let of = |column: usize| starts.iter().position(|start| *start == column);
    Some((0..width).map(|column| of(column).map_or(Cow::Borrowed(""), |at| row[at].clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<Cow<'_, str>> {
        row.split('|').map(Cow::Borrowed).collect()
    }

    fn laid(row: &str, lists: &[List], width: usize) -> Option<String> {
        match short(&cells(row), lists, width) {
            Short::Before(blanks) => Some(lay(&cells(row), &blanks, |_| Cow::Borrowed("")).join("|")),
            Short::AtEnd => Some(row.to_owned()),
            Short::Open => None,
        }
    }

    #[test]
    fn a_merged_name_stands_in_its_own_column() {
        let list = |name: usize, columns: Range<usize>| List { columns, name };
        let coded = [list(1, 0..5)];
        assert_eq!(laid("合计|9.00|6.00|3.00", &coded, 5).unwrap(), "|合计|9.00|6.00|3.00");
        assert_eq!(laid("205|9.00|6.00|3.00", &coded, 5).unwrap(), "205||9.00|6.00|3.00");
        assert_eq!(laid("205|教育支出|9.00|9.00", &coded, 5).unwrap(), "205|教育支出|9.00|9.00");
        assert_eq!(laid("合计|9.00|9.00", &coded, 5), None);
        let levels = [list(3, 0..6)];
        assert_eq!(laid("合计|9.00|900", &levels, 6).unwrap(), "|||合计|9.00|900");
        assert_eq!(laid("205|合计|9.00|900", &levels, 6), None);
        let beside = [list(1, 0..3), list(4, 3..6)];
        assert_eq!(laid("人员合计|9.00|公用合计|3.00", &beside, 6).unwrap(), "|人员合计|9.00||公用合计|3.00");
    }

    #[test]
    fn a_head_is_spread_over_the_lists_below_it() {
        let spread = |row: &str, below: &str| spread(&cells(row), &cells(below)).map(|row| row.join("|"));
        assert_eq!(spread("收入|支出", "项目|行次|金额|项目|金额").unwrap(), "收入|||支出|");
        assert_eq!(spread("收入|支出||", "项目|金额|项目（按功能）|金额").unwrap(), "收入||支出|");
        assert_eq!(spread("本年|上年", "甲|乙|丙|丁").unwrap(), "本年||上年|");
        assert_eq!(spread("名称|支出||", "名称|合计|基本|项目"), None);
        assert_eq!(spread("本年|上年", "甲|乙|丙").unwrap(), "||");
        assert_eq!(spread("编码|名称|支出", "||合计|基本"), None);
    }
}
