//! From the cells of a row to facts.

use super::Reader;
use crate::document::Flow;
use crate::facts::{Basis, Cell, Fact, FactId, Joint, Period, Quantity, Role, Unit};
use crate::numbers::Scale;
use crate::scoring::goal::{self, Goal};
use crate::scoring::row::{Row, points, score_points};
use crate::scoring::when::When;
use crate::scoring::wording;
use crate::source::ByteSpan;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// The points that stand in a cell.
    pub(super) fn number(&mut self, row: &Row, cell: usize, subject: &str) -> FactId {
        let value = score_points(&row.texts[cell]).unwrap_or_default();
        let quantity = Quantity {
            figure: value,
            scale: Scale::ONE,
            decimals: value.scale(),
            unit: Unit::Score,
            loose: false,
            garbled: false,
        };
        self.fact(quantity, (row, cell), (0, row.flows[cell].chars().len()), subject)
    }

    /// The part of the weight or of the target that a cell states, in per cent: 80%, 0.8.
    pub(super) fn coefficient(&mut self, row: &Row, cell: usize, subject: &str) -> Option<FactId> {
        let flow = Flow::read(self.text, &row.cells[cell]);
        let (mut quantity, start, end, _) = goal::quantity(flow.chars())?;
        if quantity.unit == Unit::Bare {
            let scale = if quantity.figure <= Decimal::ONE { Scale::HUNDRED } else { Scale::ONE };
            quantity = Quantity { unit: Unit::Percent, scale, ..quantity };
        }
        (quantity.unit == Unit::Percent).then(|| self.fact(quantity, (row, cell), (start, end), subject))
    }

    /// The points at a place of a cell, counted in characters without spaces.
    pub(super) fn figure(&mut self, row: &Row, cell: usize, start: usize, end: usize, subject: &str) -> Option<FactId> {
        let flow = &row.flows[cell];
        let places: Vec<usize> = (0..flow.chars().len()).filter(|&i| flow.chars()[i] != ' ').collect();
        let text: String = places.get(start..end)?.iter().map(|&i| flow.chars()[i]).collect();
        let value = points(&text)?;
        let quantity = Quantity {
            figure: value,
            scale: Scale::ONE,
            decimals: value.scale(),
            unit: Unit::Score,
            loose: false,
            garbled: false,
        };
        Some(self.fact(quantity, (row, cell), (places[start], places[end - 1] + 1), subject))
    }

    /// A cell of what was to be reached or was; a bare figure is of the unit that the row prints in a cell of its own.
    pub(super) fn goal(&mut self, row: &Row, cell: usize, unit: Option<&str>, subject: &str) -> Goal {
        let flow = &row.flows[cell];
        let found = goal::quantity(flow.chars());
        let range = goal::ends(flow.chars())
            .map(|ends| ends.map(|(quantity, start, end)| self.fact(quantity, (row, cell), (start, end), subject)));
        let fact = found.map(|(quantity, start, end, _)| {
            let quantity =
                unit.filter(|_| quantity.unit == Unit::Bare).map_or(quantity, |unit| goal::of_unit(quantity, unit));
            self.fact(quantity, (row, cell), (start, end), subject)
        });
        Goal {
            text: row.texts[cell].clone(),
            span: row.cell(cell),
            fact,
            comparison: found.and_then(|(.., comparison)| comparison),
            range,
            day: When::read(flow.chars()),
        }
    }

    pub(super) fn wording(&mut self, row: &Row, cell: usize, subject: &str) -> Option<wording::Wording> {
        let flow = &row.flows[cell];
        wording::read(flow.chars(), &mut |mut quantity, start, end| {
            quantity.loose = false;
            self.fact(quantity, (row, cell), (start, end), subject)
        })
    }

    pub(super) fn fact(
        &mut self,
        quantity: Quantity,
        (row, cell): (&Row, usize),
        (start, end): (usize, usize),
        subject: &str,
    ) -> FactId {
        let span = row.flows[cell].span(start, end);
        let place = (self.form.block, row.index, cell);
        self.reading.add(cell_fact(quantity, span, self.paragraph, place, subject));
        self.reading.facts.len() - 1
    }
}

/// The fact of a number in a cell: block, row and column.
pub fn cell_fact(
    quantity: Quantity,
    span: ByteSpan,
    paragraph: usize,
    (table, row, column): (usize, usize, usize),
    subject: &str,
) -> Fact {
    let role = if quantity.unit == Unit::Money { Role::Value(Basis::Actual) } else { Role::Other };
    Fact {
        quantity,
        role,
        subject: subject.into(),
        concept: None,
        period: Period::Current,
        span,
        paragraph,
        sentence: 0,
        depth: 0,
        opens: None,
        joint: Joint::Start,
        at: (0, 0),
        cell: Some(Cell::at(table, row, column)),
    }
}
