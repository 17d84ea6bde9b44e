//! Which cell of a row belongs to which column of the head.
//!
//! Text extraction loses and adds cells, so a row may stand a column beside its head, in part or in whole. The columns know what they hold;
//! the cells are laid under them as two sequences are aligned, each lost or added cell at a price.

use super::group::group;
use super::head::Column;
use super::row::{comparison_sign, points};
use rust_decimal::Decimal;

/// A cell that is left out costs this where it is empty, and never pays where it is not.
const EMPTY: i32 = -2;
const FILLED: i32 = -40;
/// A column without a cell.
const MISSING: i32 = -2;
/// A group without a cell before the first of a row: the rows of a group name it once.
const REPEATED: i32 = -1;

/// The cell of each column, by its place in the row.
pub fn align(columns: &[Column], row: &[String]) -> Vec<Option<usize>> {
    lay(columns, row).0
}

/// The cell of each column, by its place in the row, and how well all of them fit.
pub fn lay(columns: &[Column], row: &[String]) -> (Vec<Option<usize>>, i32) {
    let (n, m) = (columns.len(), row.len());
    let deepest = columns.iter().rposition(|column| *column == Column::Level);
    let needed = |column: usize| Some(column) == deepest || matches!(columns[column], Column::Target | Column::Actual);
    let missing = |column: usize, cell: usize| match columns[column] {
        _ if needed(column) => MISSING * 2,
        Column::Level | Column::GroupWeight if cell == 0 => REPEATED,
        _ => MISSING,
    };
    let level = |column: usize| columns[..column].iter().filter(|column| **column == Column::Level).count();
    let fit = |column: usize, cell: usize| match group(&row[cell]) {
        // 质量指标 alone is a group within the last one.
        Some(of) if columns[column] == Column::Level && Some(column) != deepest => {
            if of == level(column) {
                3
            } else {
                1
            }
        }
        _ => fit(columns[column], Some(column) == deepest, &row[cell]),
    };
    let left_out = |cell: usize| {
        if row[cell].is_empty() { if row[cell..].iter().all(String::is_empty) { 0 } else { EMPTY } } else { FILLED }
    };
    let mut best = vec![vec![0_i32; m + 1]; n + 1];
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            best[i][j] = match (i < n, j < m) {
                (false, false) => 0,
                (false, true) => best[i][j + 1] + left_out(j),
                (true, false) => {
                    best[i + 1][j]
                        + if matches!(columns[i], Column::Reason | Column::Other) { 0 } else { missing(i, j) }
                }
                (true, true) => {
                    let pair = best[i + 1][j + 1] + fit(i, j);
                    pair.max(best[i][j + 1] + left_out(j)).max(best[i + 1][j] + missing(i, j))
                }
            };
        }
    }
    let mut cells = vec![None; n];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if best[i][j] == best[i + 1][j + 1] + fit(i, j) {
            cells[i] = Some(j);
            i += 1;
            j += 1;
        } else if best[i][j] == best[i + 1][j] + missing(i, j) {
            i += 1;
        } else {
            j += 1;
        }
    }
    (cells, best[0][0])
}

/// How well a text fits under a head.
fn fit(column: Column, deepest: bool, text: &str) -> i32 {
    let number = points(text).is_some_and(|points| points <= Decimal::ONE_HUNDRED);
    let figure = text.chars().count() <= 8
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | '≥' | '≤' | '=' | '>' | '<'));
    if text.is_empty() {
        return match column {
            Column::Target | Column::Actual => -3,
            Column::Level if deepest => -2,
            _ => 0,
        };
    }
    match column {
        Column::Weight | Column::GroupWeight | Column::Score if number => 6,
        Column::Coefficient | Column::Completion => {
            if figure {
                5
            } else {
                -4
            }
        }
        Column::Weight | Column::Score if matches!(text, "/" | "-" | "—" | "——") => 1,
        // A weight is sometimes misread; its group's name may print it again.
        Column::Weight | Column::GroupWeight => -3,
        Column::Score => -7,
        Column::Rule if figure => -5,
        Column::Rule if text.contains('分') => 5,
        Column::Rule => 1,
        Column::Level if figure || text.ends_with('。') => -4,
        Column::Level if text.chars().count() > 40 => -2,
        // Groups are called 产出指标, 数量指标; the innermost names are of another kind.
        Column::Level => {
            if deepest || text.ends_with("指标") {
                2
            } else {
                1
            }
        }
        Column::Target | Column::Initial | Column::Actual if is_rule(text) => -5,
        Column::Target | Column::Initial | Column::Actual => {
            if text.contains(|c: char| c.is_ascii_digit()) {
                3
            } else {
                1
            }
        }
        Column::Nature => {
            if text == "定性" || comparison_sign(text).is_some() {
                6
            } else {
                -5
            }
        }
        Column::Unit if number => -4,
        Column::Unit => 1,
        Column::Reason | Column::Other if number => -2,
        Column::Reason | Column::Other => 0,
    }
}

/// 正常运行得4分，否则0分: a text that gives points.
fn is_rule(text: &str) -> bool {
    let gives = ["得分", "满分"].iter().any(|word| text.contains(word));
    gives
        || text
            .split('得')
            .skip(1)
            .any(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with('分'))
}

/// Whether the cells of the numbers stand exactly under their heads.
pub fn is_straight(columns: &[Column], cells: &[Option<usize>]) -> bool {
    columns.iter().zip(cells).enumerate().all(|(i, (_, cell))| cell.is_none_or(|cell| cell == i))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::*;

    fn read(columns: &[Column], row: &str) -> Vec<String> {
        let row: Vec<String> = row.split('|').map(str::to_owned).collect();
        align(columns, &row).iter().map(|cell| cell.map_or(String::new(), |cell| row[cell].clone())).collect()
    }

    #[test]
    fn a_row_beside_its_head_is_laid_under_it() {
        let head = [Level, Level, Level, Target, Rule, Weight, Score];
        assert_eq!(read(&head, "决策|过程|程序规范|完整|①论证（3分）②审批（3分）|6|6.00|").last().unwrap(), "6.00");
        let wide = read(&head, "||||年度分解|①按时（1分）②一致（1分）|2|2.00");
        assert_eq!(wide[5..], ["2", "2.00"]);
        let short = read(&head, "管理|制度健全|执行有效|①遵守（3分）②规范（3分）|6|6.00||");
        assert_eq!(short[5..], ["6", "6.00"]);
        let blank = read(&head, "||||执行率|≥90%|执行数/预算数*4分|4");
        assert_eq!(blank[2..], ["执行率", "≥90%", "执行数/预算数*4分", "4", ""]);
    }

    #[test]
    fn a_lost_name_of_a_group_moves_its_row() {
        let head = [Other, Level, Level, Level, Target, Actual, Other];
        assert_eq!(
            read(&head, "|质量指标|指标1：运行情况|有效完成|100%||")[3..],
            ["指标1：运行情况", "有效完成", "100%", ""]
        );
    }

    #[test]
    fn a_lost_cell_shifts_only_what_stands_behind_it() {
        let head = [Level, Level, Weight, Other, Rule, Other, Target, Actual, Score, Other];
        let row = read(&head, "效果|产出|40|甲；乙。|完成值达到指标值，记满分|100%|100%|40||");
        assert_eq!((row[2].as_str(), row[6].as_str(), row[7].as_str(), row[8].as_str()), ("40", "100%", "100%", "40"));
    }

    #[test]
    fn figures_under_their_heads_stay_there() {
        let head = [Level, Level, Target, Actual, Weight, Score, Other];
        assert_eq!(read(&head, "产出|册数|700|555|9|7.14|"), ["产出", "册数", "700", "555", "9", "7.14", ""]);
        assert_eq!(read(&head, "|册数|700|555|9||")[4..], ["9", "", ""]);
    }
}
