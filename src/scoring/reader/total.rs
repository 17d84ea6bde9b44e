//! What a form arrives at: its subtotals and totals, the total above its rows, and the one that its conclusion repeats.

use super::Reader;
use super::cell::cell_fact;
use crate::document::Flow;
use crate::facts::{TokenKind, Unit, tokens};
use crate::scoring::Total;
use crate::scoring::head::Column;
use crate::scoring::row::{Row, points};
use crate::source::ByteSpan;
use rust_decimal::Decimal;

/// Words that name the total of a self-evaluation.
pub const TOTALS: [&str; 15] = [
    "自评得分",
    "综合得分",
    "评价得分",
    "自评总分",
    "总得分",
    "总计得分",
    "自评分",
    "最终得分",
    "自评综合得分",
    "自评分值",
    "综合评分",
    "总分",
    "绩效得分",
    "项目得分",
    "评分结果",
];

/// Whether a cell's text stands beside what a form concludes.
pub fn names_conclusion(text: &str) -> bool {
    matches!(text.trim_end_matches('：'), "评价结论" | "自评结论")
}

impl Reader<'_> {
    /// What follows 评价结论: the points that it begins with, or that it calls the total.
    pub fn conclusion(&mut self, pieces: &[ByteSpan]) {
        let flow = Flow::read(self.text, pieces);
        let chars = flow.chars();
        let is_total = |start: usize| {
            let before: String = chars[..start].iter().filter(|c| **c != ' ').collect();
            let clause =
                before.rsplit(['，', '。', '；', '：']).next().unwrap_or_default().trim_end_matches(['为', '是', '达']);
            before.is_empty() || TOTALS.iter().any(|name| clause.ends_with(name))
        };
        let stated = tokens(chars).into_iter().find_map(|token| match token.kind {
            TokenKind::Quantity(quantity)
                if quantity.unit == Unit::Score && !quantity.loose && is_total(token.start) =>
            {
                Some((quantity, token.start, token.end))
            }
            _ => None,
        });
        if let Some((quantity, start, end)) = stated {
            let place = (self.form.block, 0, 0);
            let fact = cell_fact(quantity, flow.span(start, end), self.paragraph, place, "评价结论");
            self.reading.facts.push(fact);
            self.form.conclusion = Some(self.reading.facts.len() - 1);
        }
    }

    /// The total that a form prints above its rows: 自评得分 | 96.5 | 自评等级 | 优.
    pub(super) fn headed(&mut self, row: &Row) -> bool {
        let filled: Vec<usize> = (0..row.texts.len()).filter(|&cell| !row.texts[cell].is_empty()).collect();
        let of_total = |pair: &&[usize]| {
            let name = row.texts[pair[0]].trim_end_matches(['：', '分']).trim_end_matches("（");
            TOTALS.iter().any(|total| name == *total || name == total.trim_end_matches('分'))
                && points(&row.texts[pair[1]]).is_some_and(|points| points <= Decimal::ONE_HUNDRED)
        };
        let Some(cell) = filled.windows(2).find(of_total).map(|pair| pair[1]) else { return false };
        self.form.conclusion = Some(self.number(row, cell, "自评得分"));
        true
    }

    /// A row of totals: one number for the weights, one for the scores.
    pub fn total(&mut self, row: &Row, columns: &[Column], grand: bool) {
        let numbers: Vec<usize> = (0..row.texts.len()).filter(|&cell| points(&row.texts[cell]).is_some()).collect();
        let place = |wanted: Column| columns.iter().position(|column| *column == wanted);
        let (weight, score) = match (place(Column::Weight), place(Column::Score), &numbers[..]) {
            (Some(weight), Some(score), [a, b]) => {
                if weight < score {
                    (Some(*a), Some(*b))
                } else {
                    (Some(*b), Some(*a))
                }
            }
            (None, Some(_), [a]) => (None, Some(*a)),
            // One number that stands under neither head is the score, unless it is the whole that weights make.
            (Some(weight), Some(score), [a]) if *a != weight && *a != score => {
                let whole = points(&row.texts[*a]) == Some(Decimal::ONE_HUNDRED);
                (None, (!whole).then_some(*a))
            }
            (weight, score, [a]) => (weight.filter(|w| w == a).map(|_| *a), score.filter(|s| s == a).map(|_| *a)),
            _ => (None, None),
        };
        let kinds =
            || columns.iter().filter(|column| matches!(column, Column::GroupWeight | Column::Weight | Column::Score));
        let (weight, score) =
            if weight.is_none() && score.is_none() && numbers.len() > 2 && kinds().count() == numbers.len() {
                let of = |wanted: Column| kinds().position(|column| *column == wanted).map(|at| numbers[at]);
                (of(Column::Weight), of(Column::Score))
            } else {
                (weight, score)
            };
        let weight = weight.map(|cell| self.number(row, cell, "合计"));
        let score = score.map(|cell| self.number(row, cell, "合计"));
        let end = self.form.indicators.len();
        let start = if grand { 0 } else { self.form.totals.iter().rev().find(|t| !t.grand).map_or(0, |t| t.rows.end) };
        self.form.totals.push(Total { rows: start..end, grand, weight, score });
    }
}
