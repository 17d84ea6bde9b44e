//! The rows of money: what their head says, the whole with its sources, the tasks of an office.

use super::Reader;
use crate::facts::{Quantity, Unit};
use crate::numbers::Scale;
use crate::scoring::funds::{self, Fund, Part};
use crate::scoring::row::Row;
use crate::scoring::tasks;

impl Reader<'_> {
    /// What the head of the money says of its score.
    pub fn earned(&mut self, head: &Row) {
        let by_rate = head.texts.iter().any(|text| funds::is_by_rate(text));
        let place = (0..head.texts.len()).rev().find_map(|cell| Some((cell, funds::weight(&head.texts[cell])?)));
        let weight = place.and_then(|(cell, (start, end))| self.figure(head, cell, start, end, "预算执行率"));
        self.earned = (weight, by_rate);
    }

    /// The unit that a text states for the form's money: （万元）, 单位：元.
    pub fn unit(&mut self, text: &str) {
        let says = |unit: &str| {
            let mut places = text.match_indices(unit).map(|(at, _)| &text[..at]);
            places.any(|before| before.ends_with(['（', '(']) || before.ends_with("单位："))
        };
        if !text.contains('元') {
            return;
        }
        if says("万元") {
            self.scale = Some(Scale::TEN_THOUSAND);
        } else if says("元") {
            self.scale = Some(Scale::ONE);
        }
    }

    /// A row of money.
    pub fn fund(&mut self, row: &Row, parts: &[Part]) {
        if let Some((label, figures)) = funds::figures(parts, &row.texts) {
            self.money(row, label, figures);
        }
    }

    /// A row of money that names each of its figures, where it does so from its first cell on.
    pub fn named_fund(&mut self, row: &Row) -> bool {
        let found = funds::pairs(&row.texts).filter(|(_, figures)| figures[0].1 == 1);
        found.map(|(label, figures)| self.money(row, label, figures)).is_some()
    }

    pub(super) fn money(&mut self, row: &Row, label: String, figures: funds::Figures) {
        let mut fund = Fund { label, by_rate: self.earned.1, ..Fund::default() };
        for (part, cell, mut quantity) in figures {
            if matches!(part, Part::Initial | Part::Budget | Part::Executed) {
                quantity = self.of_money(quantity);
            }
            if matches!(part, Part::Weight | Part::Score) {
                quantity.unit = Unit::Score;
            }
            let chars = row.flows[cell].chars().len();
            let id = self.fact(quantity, (row, cell), (0, chars), &fund.label);
            match part {
                Part::Initial => fund.initial = Some(id),
                Part::Budget => fund.budget = Some(id),
                Part::Executed => fund.executed = Some(id),
                Part::Rate => fund.rate = Some(id),
                Part::Weight => fund.weight = Some(id),
                Part::Score => fund.score = Some(id),
            }
        }
        if fund.score.is_some() && fund.weight.is_none() {
            fund.weight = self.earned.0;
        }
        self.form.funds.push(fund);
    }

    /// A row of the tasks with their money: the head's lower half, a task, or their sum, which is the last.
    pub(super) fn task(&mut self, row: &Row) -> bool {
        let Some(head) = &mut self.tasks else { return false };
        if head.divide(&row.texts) {
            return true;
        }
        let Some(figures) = head.figures(&row.texts).filter(|figures| !figures.is_empty()) else { return false };
        let named = row.texts.iter().find(|text| !text.is_empty() && funds::amount(text).is_none());
        let mut fund = Fund { label: named.cloned().unwrap_or_default(), ..Fund::default() };
        for (part, cell, quantity) in figures {
            use tasks::Part;
            let quantity = match part {
                Part::Rate => quantity,
                Part::Weight | Part::Score => Quantity { unit: Unit::Score, ..quantity },
                _ => self.of_money(quantity),
            };
            let id = self.fact(quantity, (row, cell), (0, row.flows[cell].chars().len()), &fund.label);
            match part {
                Part::Budget => fund.budget = Some(id),
                Part::Executed => fund.executed = Some(id),
                Part::BudgetOf => fund.sources[0].push(id),
                Part::ExecutedOf => fund.sources[1].push(id),
                Part::Rate => fund.rate = Some(id),
                Part::Weight => fund.weight = Some(id),
                Part::Score => fund.score = Some(id),
            }
        }
        if tasks::is_total(&row.texts) {
            self.form.funds.push(fund);
            self.tasks = None;
        } else {
            self.form.tasks.push(fund);
        }
        true
    }

    /// An amount in the unit that the form states.
    pub(super) fn of_money(&self, quantity: Quantity) -> Quantity {
        let scale = if quantity.scale > Scale::ONE { Some(quantity.scale) } else { self.scale };
        match scale.filter(|_| quantity.unit == Unit::Bare) {
            Some(scale) => Quantity { unit: Unit::Money, scale, ..quantity },
            None => quantity,
        }
    }
}
