//! The cells of a row behind its name.

use super::layout::Layout;
use super::page::Word;
use crate::scoring::group::group;
use crate::scoring::head::Column;
use crate::scoring::row::{comparison_sign, is_total, points};
use rust_decimal::Decimal;

/// How many words a row takes at most behind its sign.
const ROW: usize = 16;

/// A cell, as the words that hold it.
pub type Cell<'p, 't> = &'p [Word<'t>];

/// A row behind the name: each column's cell, and the first word behind.
pub struct Found<'p, 't> {
    pub cells: Vec<(Column, Cell<'p, 't>)>,
    pub end: usize,
}

pub fn is_sign(text: &str) -> bool {
    text == "定性" || comparison_sign(text).is_some()
}

/// A number, alone or with its sign of per cent.
pub fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && !text.contains(char::is_alphabetic)
        && text.replace([',', '，'], "").trim_end_matches(['%', '％']).parse::<Decimal>().is_ok()
}

/// A number with or without unit and comparison: what a head never holds.
pub fn is_figure(text: &str) -> bool {
    let bare = text.trim_start_matches(['≥', '≤', '＝', '=', '>', '<', '》', '《']);
    bare.starts_with(|c: char| c.is_ascii_digit())
}

/// The cells behind the sign at `at`.
pub fn signed<'p, 't>(words: &'p [Word<'t>], at: usize, columns: &[Column]) -> Option<Found<'p, 't>> {
    let end = words.len().min(at + 1 + ROW);
    let stop = (at + 1..end).find(|&i| is_sign(words[i].text) || is_total(words[i].text)).unwrap_or(end);
    let run = |from: usize, number: bool| (from..stop).find(|&i| is_number(words[i].text) != number).unwrap_or(stop);
    let behind: Vec<Column> = columns
        .iter()
        .copied()
        .skip_while(|column| *column != Column::Nature)
        .skip(1)
        .filter(|column| matches!(column, Column::Actual | Column::Weight | Column::Score))
        .collect();
    let mut cells: Vec<(Column, &[Word])> = vec![(Column::Nature, &words[at..=at])];
    if let Some(found) = one_by_one(&words[..stop], at, columns) {
        return sound(found);
    }
    let first = run(at + 1, true);
    if first == at + 1 {
        // 定性 优良中差 优 20 18: the last word is what was reached; 定性 优 10 优 where the weight stands first.
        let text_end = run(at + 1, false);
        let numbers = run(text_end, true);
        let few = text_end <= at + 6;
        if behind == [Column::Actual, Column::Weight, Column::Score]
            && few
            && text_end >= at + 3
            && numbers - text_end == 2
        {
            cells.push((Column::Target, &words[at + 1..text_end - 1]));
            cells.push((Column::Actual, &words[text_end - 1..text_end]));
            cells.push((Column::Weight, &words[text_end..=text_end]));
            cells.push((Column::Score, &words[text_end + 1..numbers]));
            return sound(Found { cells, end: numbers });
        }
        if behind == [Column::Weight, Column::Actual] && few && numbers == text_end + 1 && numbers < words.len() {
            cells.push((Column::Target, &words[at + 1..text_end]));
            cells.push((Column::Weight, &words[text_end..numbers]));
            cells.push((Column::Actual, &words[numbers..=numbers]));
            return sound(Found { cells, end: numbers + 1 });
        }
        return None;
    }
    // A number that a line's end has torn goes on alone on the next line.
    let torn = |from: usize, to: usize| words[from..to].windows(2).all(|pair| pair[0].line != pair[1].line);
    if first - at - 1 == behind.len() + 1 {
        cells.push((Column::Target, &words[at + 1..at + 2]));
        cells.extend(behind.iter().enumerate().map(|(i, &column)| (column, &words[at + 2 + i..at + 3 + i])));
        return sound(Found { cells, end: first });
    }
    // A figure in each of the columns: 指标性质 年初指标值 调整指标值 全年完成值 得分系数 权重 指标得分.
    let all: Vec<Column> = columns
        .iter()
        .copied()
        .skip_while(|column| *column != Column::Nature)
        .filter(|column| !matches!(column, Column::Nature | Column::Unit | Column::Other))
        .collect();
    if all.len() > behind.len() + 1 {
        if first - at - 1 != all.len() {
            return None;
        }
        cells.extend(all.iter().enumerate().map(|(i, &column)| (column, &words[at + 1 + i..at + 2 + i])));
        return sound(Found { cells, end: first });
    }
    let unit = run(first, false);
    let rest = run(unit, true);
    let short = |word: &Word| word.text.chars().count() <= 6;
    if !torn(at + 1, first) || unit - first > 2 || !words[first..unit].iter().all(short) {
        return None;
    }
    cells.push((Column::Target, &words[at + 1..first]));
    cells.push((Column::Unit, &words[first..unit]));
    // What stands on the line of the last cell belongs to the row; a number on the next line may be the page's.
    let line_end = (unit..rest).find(|&i| words[i].line != words[unit].line).unwrap_or(rest);
    let rest = if line_end - unit == behind.len() { line_end } else { rest };
    let extra = (rest - unit).checked_sub(behind.len())?;
    if extra > 0 && (behind.first() != Some(&Column::Actual) || !torn(unit, unit + extra + 1)) {
        return None;
    }
    let mut from = unit;
    for (i, &column) in behind.iter().enumerate() {
        let to = from + 1 + if i == 0 { extra } else { 0 };
        cells.push((column, &words[from..to]));
        from = to;
    }
    sound(Found { cells, end: rest })
}

/// A row that fills each of its columns with one word, under a head with columns of its own between target and score: 指标性质 指标值 计量单位
/// 调整指标值 全年完成值 得分系数 权重 指标得分, 完成值 完成率 分值 得分.
fn one_by_one<'p, 't>(words: &'p [Word<'t>], at: usize, columns: &[Column]) -> Option<Found<'p, 't>> {
    let from = columns.iter().position(|column| *column == Column::Nature)? + 1;
    let to = columns.iter().rposition(|column| matches!(column, Column::Weight | Column::Score))? + 1;
    let columns = columns.get(from..to)?;
    let own = |column: &Column| matches!(column, Column::Initial | Column::Coefficient | Column::Other);
    let row = words.get(at + 1..at + 1 + columns.len()).filter(|_| columns.iter().any(own))?;
    let fits = |(column, word): (&Column, &Word)| match column {
        Column::Unit => !is_number(word.text) && word.text.chars().count() <= 6,
        _ => is_number(word.text),
    };
    let end = at + 1 + columns.len();
    let goes_on = words.get(end).is_some_and(|word| is_number(word.text));
    let cells = columns.iter().copied().zip(row.chunks(1));
    let cells = std::iter::once((Column::Nature, &words[at..=at])).chain(cells).collect();
    (columns.iter().zip(row).all(fits) && !goes_on).then_some(Found { cells, end })
}

/// A row whose weight and score are points.
fn sound<'p, 't>(found: Found<'p, 't>) -> Option<Found<'p, 't>> {
    let is_points = |cell: Cell| cell.len() == 1 && points(cell[0].text).is_some();
    found
        .cells
        .iter()
        .all(|(column, cell)| !matches!(column, Column::Weight | Column::Score) || is_points(cell))
        .then_some(found)
}

/// The cells that begin with the word at `at`, where no sign leads them: each word one cell, weight and score points, a name before.
pub fn plain<'p, 't>(words: &'p [Word<'t>], at: usize, behind: usize, layout: &Layout) -> Option<Found<'p, 't>> {
    let columns: Vec<Column> = layout
        .columns
        .iter()
        .copied()
        .take(layout.columns.iter().rposition(|column| *column != Column::Other)? + 1)
        .collect();
    let cells: Vec<(Column, &[Word])> = columns
        .iter()
        .enumerate()
        .map(|(i, &column)| Some((column, words.get(at + i..at + i + 1)?)))
        .collect::<Option<_>>()?;
    let end = at + columns.len();
    let is_points = |word: &Word| points(word.text).is_some_and(|points| points <= Decimal::ONE_HUNDRED);
    let scores = cells.iter().all(|(column, cell)| match column {
        Column::Weight | Column::Score => is_points(&cell[0]),
        // Without scores a row is known by two figures with their units.
        Column::Target | Column::Actual => {
            group(cell[0].text).is_none() && (layout.is_scored() || is_figure(cell[0].text))
        }
        // Between the weights of two groups stands a name and no rule.
        Column::Rule if layout.weighs_levels() => cell[0].text.contains(['分', '，', '；', '。']),
        _ => true,
    });
    // 0 in the column of reasons says that there is none.
    let reason = |i: usize| words.get(i).is_some_and(|word| word.text == "0") && layout.columns.len() > columns.len();
    let goes_on = |i: usize| {
        let beside = |word: &Word| word.line == words[end - 1].line || layout.a_cell_a_line;
        words.get(i).is_some_and(|word| is_points(word) && beside(word))
    };
    let ends = *columns.last()? != Column::Score || !goes_on(end) || reason(end) && !goes_on(end + 1);
    let named = at > behind && !is_number(words[at - 1].text);
    let ends = ends && (layout.is_scored() || words.get(end).is_none_or(|word| !is_figure(word.text)));
    if !scores || !ends || !named {
        return None;
    }
    // Of a row that is torn over lines only the numbers at its end are certain, and so where the words of a cell are apart.
    let together = layout.a_cell_a_line || words[at..end].iter().all(|word| word.line == words[end - 1].line);
    let figure = |wanted: Column| {
        cells
            .iter()
            .find(|(column, _)| *column == wanted)
            .map(|(_, cell)| cell[0].text.contains(|c: char| c.is_ascii_digit()))
    };
    // A target that is a figure was reached by one; a head may have no column for it.
    let alike = figure(Column::Target).zip(figure(Column::Actual)).is_none_or(|(target, actual)| target == actual);
    let kept = cells
        .into_iter()
        .filter(|(column, _)| matches!(column, Column::Weight | Column::Score) || together && alike)
        .collect();
    Some(Found { cells: kept, end })
}

#[cfg(test)]
mod tests {
    use super::super::page::{Page, joined};
    use super::*;

    const SIGNED: [Column; 6] =
        [Column::Nature, Column::Target, Column::Unit, Column::Actual, Column::Weight, Column::Score];

    fn cells(text: &str) -> Option<Vec<String>> {
        let page = Page::read(text);
        let sign = page.words.iter().position(|word| is_sign(word.text))?;
        let found = signed(&page.words, sign, &SIGNED)?;
        let wanted = [Column::Target, Column::Actual, Column::Weight, Column::Score];
        Some(
            wanted
                .iter()
                .map(|column| {
                    found.cells.iter().find(|(c, _)| c == column).map_or(String::new(), |(_, cell)| joined(cell))
                })
                .collect(),
        )
    }

    #[test]
    fn the_sign_leads_target_actual_weight_and_score() {
        assert_eq!(cells("走访户数 ≥ 5 户 7 5 5").unwrap(), ["5", "7", "5", "5"]);
        assert_eq!(cells("≤ 30000 元 30000 10 10").unwrap(), ["30000", "30000", "10", "10"]);
        assert_eq!(cells("≥ 30 30 10 10").unwrap(), ["30", "30", "10", "10"]);
        assert_eq!(cells("健全性 定性 100 % 100 20 18.5 材料不全").unwrap(), ["100", "100", "20", "18.5"]);
        assert_eq!(cells("≥ 5 户 7 5 5 3"), None);
        let page = Page::read("管网长度 ≥ 12 公里 15 12 80 30 24 否");
        let columns =
            super::super::super::head::order("指标性质指标值计量单位调整指标值全年完成值得分系数指标权重指标得分").0;
        let found = signed(&page.words, 1, &columns).unwrap();
        let score = found.cells.iter().find(|(column, _)| *column == Column::Score).unwrap();
        assert_eq!((found.cells.len(), joined(score.1).as_str()), (8, "24"));
        assert_eq!(cells("年初预算 3.00 3.00"), None);
    }

    #[test]
    fn a_row_torn_over_lines_is_put_together() {
        assert_eq!(
            cells("≤\n152\n000\n0\n元\n1066135.0\n4\n10 6\n流程未完").unwrap(),
            ["1520000", "1066135.04", "10", "6"]
        );
        assert_eq!(cells("定性\n高中\n低\n中 10 8\n满意度").unwrap(), ["高中低", "中", "10", "8"]);
        assert_eq!(cells("≥ 5 户 7 5 5\n\n34\n\n质量指标").unwrap(), ["5", "7", "5", "5"]);
    }
}
