//! The rows of indicators, under the groups that they stand in.

use super::Reader;
use super::cell::cell_fact;
use crate::document::Flow;
use crate::scoring::align::is_straight;
use crate::scoring::goal::{self, Goal};
use crate::scoring::head::Column;
use crate::scoring::row::{Row, comparison_sign, points, score_points, weighted};
use crate::scoring::{Group, Indicator, Reason, wording};
use crate::source::ByteSpan;

impl Reader<'_> {
    /// A row of an indicator, where it is one; `cells` has the place of each column's cell.
    pub fn indicator(&mut self, row: &Row, columns: &[Column], cells: &[Option<usize>]) {
        let texts = &row.texts;
        let cell = |wanted: Column| {
            columns
                .iter()
                .position(|column| *column == wanted)
                .and_then(|i| cells[i])
                .filter(|&cell| !texts[cell].is_empty())
        };
        let mut levels: Vec<(usize, usize)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| **column == Column::Level)
            .enumerate()
            .filter_map(|(level, (i, _))| cells[i].filter(|&cell| !texts[cell].is_empty()).map(|cell| (level, cell)))
            .collect();
        // The rate of the money is of no other group, though it may stand behind one whose name comes only once.
        if let [(level, cell)] = &mut levels[..]
            && texts[*cell].starts_with("预算执行率（")
        {
            *level = 0;
        }
        // The narrative that a page repeats above the head names no indicator.
        if levels.iter().any(|&(_, cell)| texts[cell].ends_with('。') || texts[cell].chars().count() > 60) {
            return;
        }
        // The weight of a group may have a column of its own behind the name.
        let own_column = |level: usize| {
            let at = columns.iter().enumerate().filter(|(_, column)| **column == Column::Level).nth(level)?.0 + 1;
            let cell = columns.get(at).filter(|column| **column == Column::GroupWeight).and_then(|_| cells[at])?;
            points(&texts[cell]).map(|_| (cell, (0, texts[cell].chars().count())))
        };
        let deepest = columns.iter().filter(|column| **column == Column::Level).count() - 1;
        for &(level, cell) in &levels {
            let (name, weight) = weighted(&texts[cell]);
            let innermost = level == deepest;
            let weight = weight.map(|range| (cell, range)).or_else(|| own_column(level));
            self.enter(row, level, name, weight.filter(|_| !innermost));
        }
        let name = levels.last().map_or(String::new(), |&(_, cell)| weighted(&texts[cell]).0);
        let own_weight = levels
            .last()
            .filter(|(level, _)| *level == deepest)
            .and_then(|&(_, cell)| weighted(&texts[cell]).1.map(|range| (cell, range)));
        let weight_cell = cell(Column::Weight).filter(|&cell| points(&texts[cell]).is_some());
        let score_cell = cell(Column::Score);
        let (target, actual) = (cell(Column::Target).or_else(|| cell(Column::Initial)), cell(Column::Actual));
        let numbered = weight_cell.is_some()
            || own_weight.is_some()
            || score_cell.is_some_and(|cell| score_points(&texts[cell]).is_some());
        let scoring = columns.contains(&Column::Weight) || columns.contains(&Column::Score);
        if !numbered && let (Some(mut pieces), Some(cell)) = (self.torn.take(), actual) {
            pieces.extend_from_slice(&row.cells[cell]);
            return self.parts(row, pieces);
        }
        if !(numbered || (!scoring && !name.is_empty() && target.is_some() && actual.is_some())) {
            return;
        }
        let named_weight = own_weight.and_then(|(cell, (start, end))| self.figure(row, cell, start, end, &name));
        let weight = weight_cell.map(|cell| self.number(row, cell, &name)).or(named_weight);
        let score =
            score_cell.filter(|&cell| score_points(&texts[cell]).is_some()).map(|cell| self.number(row, cell, &name));
        let coefficient = cell(Column::Coefficient).and_then(|cell| self.coefficient(row, cell, &name));
        let completion = cell(Column::Completion).and_then(|cell| self.coefficient(row, cell, &name));
        let straight = is_straight(columns, cells);
        let garbled = cell(Column::Weight).is_some_and(|cell| points(&texts[cell]).is_none()) && own_weight.is_none()
            || score_cell.is_some_and(|cell| {
                score_points(&texts[cell]).is_none() && !matches!(texts[cell].as_str(), "/" | "-" | "—" | "——")
            });
        let nature = cell(Column::Nature).and_then(|cell| comparison_sign(&texts[cell]));
        let unit = cell(Column::Unit).map(|cell| texts[cell].clone());
        let mut target = target.map(|cell| self.goal(row, cell, unit.as_deref(), &name));
        if let Some(target) = &mut target
            && nature.is_some()
        {
            target.comparison = nature;
        }
        let mut actual = actual.map(|cell| self.goal(row, cell, unit.as_deref(), &name));
        // A qualitative indicator is graded in words; its figures are no measure.
        if cell(Column::Nature).is_some_and(|cell| texts[cell] == "定性") {
            for goal in [&mut target, &mut actual].into_iter().flatten() {
                (goal.fact, goal.range, goal.text) = (None, None, String::new());
            }
        }
        let rule = cell(Column::Rule);
        let wording = rule.and_then(|cell| self.wording(row, cell, &name));
        let beside = |word: &str| self.path.iter().any(|name| name.starts_with(word));
        let extra = weight.is_none() && (beside("扣分") || beside("加分"));
        let takes = extra && beside("扣分") && score_cell.is_some_and(|cell| !texts[cell].starts_with('-'));
        let above = self.path.len().min(levels.last().map_or(self.path.len(), |(level, _)| *level));
        self.form.indicators.push(Indicator {
            path: self.path[..above].iter().filter(|name| !name.is_empty()).cloned().collect(),
            name,
            span: row.span(),
            weight,
            named_weight,
            score,
            coefficient,
            completion,
            extra,
            takes,
            straight,
            bonus: texts.iter().any(|text| gives_bonus(text)),
            unscored: columns.contains(&Column::Score) && score_cell.is_none() && weight.is_some(),
            target,
            actual,
            reason: cell(Column::Reason).map(|cell| Reason { text: texts[cell].clone(), span: row.cell(cell) }),
            parts: Vec::new(),
            rule: rule.map(|cell| row.cell(cell)),
            wording,
            unread: garbled,
        });
        self.torn = None;
        if let Some(cell) = cell(Column::Actual) {
            self.parts(row, row.cells[cell].clone());
        }
    }

    /// What was reached in each part of the last row's rule: behind each part's name one figure.
    pub(super) fn parts(&mut self, row: &Row, pieces: Vec<ByteSpan>) {
        let Some(indicator) = self.form.indicators.last() else { return };
        let Some(wording::Wording::Parts(parts)) = &indicator.wording else { return };
        let flow = Flow::read(self.text, &pieces);
        let text = flow.text(0, flow.chars().len());
        let places: Option<Vec<usize>> =
            parts.iter().map(|part| text.find(part.name.as_str()).map(|at| text[..at].chars().count())).collect();
        let goals = places.filter(|places| places.is_sorted()).and_then(|places| {
            let ends = places.iter().skip(1).copied().chain([flow.chars().len()]);
            let figures = places.iter().zip(ends).map(|(&start, end)| {
                let (quantity, from, to, comparison) = goal::quantity(&flow.chars()[start..end])?;
                Some((quantity, start + from, start + to, comparison))
            });
            figures.collect::<Option<Vec<_>>>()
        });
        let Some(goals) = goals else {
            self.torn = Some(pieces);
            return;
        };
        let name = indicator.name.clone();
        let mut read = Vec::new();
        for (quantity, start, end, comparison) in goals {
            let span = flow.span(start, end);
            let place = (self.form.block, row.index, 0);
            self.reading.add(cell_fact(quantity, span, self.paragraph, place, &name));
            let fact = Some(self.reading.facts.len() - 1);
            read.push(Goal { text: flow.text(start, end), span, fact, comparison, range: None, day: None });
        }
        if let Some(indicator) = self.form.indicators.last_mut() {
            indicator.parts = read;
        }
    }

    /// A row that was seen and could not be read.
    pub fn unread(&mut self, span: ByteSpan) {
        self.form.indicators.push(Indicator { span, unread: true, ..Indicator::default() });
    }

    /// Enters a group or names an indicator; the groups at and below its level end.
    pub(super) fn enter(&mut self, row: &Row, level: usize, name: String, weight: Option<(usize, (usize, usize))>) {
        // A page begins with the groups that it goes on with.
        if self.path.get(level) == Some(&name) {
            let open = self.open.iter().position(|group| group.path.len() == level + 1);
            if let (Some((cell, (start, end))), Some(open)) = (weight, open) {
                let again = self.figure(row, cell, start, end, &name);
                self.open[open].again.extend(again);
            }
            return;
        }
        self.path.resize(level, String::new());
        self.path.push(name);
        let rows = self.form.indicators.len();
        while self.open.last().is_some_and(|group| group.path.len() > level) {
            let mut group = self.open.pop().expect("it was looked at");
            group.rows.end = rows;
            self.form.groups.push(group);
        }
        if let Some((cell, (start, end))) = weight
            && let Some(weight) =
                self.figure(row, cell, start, end, self.path.last().map_or("", String::as_str).to_owned().as_str())
        {
            self.open.push(Group { path: self.path.clone(), weight, again: Vec::new(), rows: rows..rows });
        }
    }
}

/// 有批示的，一个加1分: whether a text gives points beside the weight.
fn gives_bonus(text: &str) -> bool {
    text.match_indices('加').any(|(at, word)| {
        let behind = &text[at + word.len()..];
        let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        rest.len() < behind.len() && rest.starts_with('分') && !text[..at].ends_with(['增', '追'])
    })
}
