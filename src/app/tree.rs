//! The indicators of a scorecard as a tree: its rows under the headings of their groups.

use rust_decimal::Decimal;

use super::what_if::number;
use crate::report::{Indicator, ScoreGroup, Scorecard};

/// A line of the tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Line<'c> {
    /// The heading of a group.
    Group {
        /// How many groups are around it.
        depth: usize,
        /// Its name.
        name: &'c str,
        /// What its rows weigh together; nothing where one of them has no weight.
        weight: Option<Decimal>,
        /// Its weight and score as the form states them.
        stated: Option<&'c ScoreGroup>,
    },
    /// A row, by its place in the scorecard.
    Row(usize),
}

/// The tree of a scorecard, line by line.
pub fn lines(card: &Scorecard) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut open: &[String] = &[];
    for (row, indicator) in card.indicators.iter().enumerate() {
        let path = &indicator.path[..];
        let kept = open.iter().zip(path).take_while(|(open, own)| open == own).count();
        for depth in kept..path.len() {
            let within = |indicator: &&Indicator| indicator.path.get(..=depth) == path.get(..=depth);
            let rows = card.indicators[row..].iter().take_while(within);
            lines.push(Line::Group {
                depth,
                name: &path[depth],
                weight: rows.map(weight).sum(),
                stated: card.groups.iter().find(|group| group.path[..] == path[..=depth]),
            });
        }
        open = path;
        lines.push(Line::Row(row));
    }
    lines
}

/// The weight of a row.
pub fn weight(indicator: &Indicator) -> Option<Decimal> {
    number(&indicator.weight.as_ref()?.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Place;

    fn row(path: &[&str], weight: &str) -> Indicator {
        let weight = (!weight.is_empty()).then(|| Place { text: weight.into(), ..Place::default() });
        Indicator { path: path.iter().map(|&name| name.into()).collect(), weight, ..Indicator::default() }
    }

    #[test]
    fn rows_stand_under_the_groups_that_they_open() {
        let card = Scorecard {
            indicators: vec![
                row(&[], "10"),
                row(&["产出", "数量"], "20分"),
                row(&["产出", "数量"], "15"),
                row(&["产出", "质量"], ""),
                row(&["效益", "质量"], "30"),
            ],
            ..Scorecard::default()
        };
        let told: Vec<String> = lines(&card)
            .iter()
            .map(|line| match line {
                Line::Group { depth, name, weight, .. } => {
                    format!("{depth} {name} {}", weight.map_or("—".to_owned(), |weight| weight.to_string()))
                }
                Line::Row(row) => row.to_string(),
            })
            .collect();
        assert_eq!(told, ["0", "0 产出 —", "1 数量 35", "1", "2", "1 质量 —", "3", "0 效益 30", "1 质量 30", "4"]);
    }
}
