//! From the rows of a table to a form: indicators under their groups, totals, money. The numbers become facts.

mod cell;
mod indicator;
mod money;
mod total;

pub use total::{TOTALS, names_conclusion};

use super::align::align;
use super::funds::{self, Part};
use super::head::{self, Column};
use super::narrative::{self, Statement};
use super::row::{Row, is_total};
use super::{Form, Group, tasks};
use crate::document::Document;
use crate::facts::{Fact, FactId, Paragraph, Reading};
use crate::numbers::Scale;
use crate::source::{ByteSpan, Source};
use cell::cell_fact;

/// Reads rows into forms.
pub struct Reader<'r> {
    text: &'r str,
    reading: &'r mut Reading,
    /// The passage of the form's figures, and where its facts and forms begin.
    paragraph: usize,
    first_fact: usize,
    first_form: usize,
    section: usize,
    form: Form,
    columns: Option<Vec<Column>>,
    /// The row above, which may be the upper half of a head.
    above: Vec<String>,
    /// The head of the rows of money.
    parts: Option<Vec<Part>>,
    /// The head of the tasks with their money.
    tasks: Option<tasks::Head>,
    /// The points that the head gives the row of money, and whether it says that the rate earns its part of them.
    earned: (Option<FactId>, bool),
    /// What the money is multiplied by; none where the form does not say.
    scale: Option<Scale>,
    /// The groups that the rows stand in.
    path: Vec<String>,
    /// The groups whose weight is printed and whose rows go on.
    open: Vec<Group>,
    /// What was reached in the last row, where its parts were not all found: a page's end may have torn the cell.
    torn: Option<Vec<ByteSpan>>,
}

impl<'r> Reader<'r> {
    /// A reader of forms that stand at a block.
    pub fn new(source: &'r Source, document: &Document, block: usize, reading: &'r mut Reading) -> Reader<'r> {
        let section = document.blocks[block].section;
        Reader {
            text: source.text(),
            paragraph: reading.paragraphs.len(),
            first_fact: reading.facts.len(),
            first_form: reading.forms.len(),
            section,
            form: Form { block, scope: document.sections[section].scope, ..Form::default() },
            reading,
            columns: None,
            above: Vec::new(),
            parts: None,
            tasks: None,
            earned: (None, false),
            scale: None,
            path: Vec::new(),
            open: Vec::new(),
            torn: None,
        }
    }

    /// How many rows the form has so far.
    pub fn rows(&self) -> usize {
        self.form.indicators.len()
    }

    /// Takes the next row, whatever it is.
    pub fn row(&mut self, row: &Row) {
        let texts = &row.texts;
        let Some(first) = texts.iter().find(|text| !text.is_empty()) else { return };
        texts.iter().for_each(|text| self.unit(text));
        let above = std::mem::replace(&mut self.above, texts.clone());
        if first.contains("项目名称") || first.starts_with("专项（项目）名称") {
            self.begin(texts);
            return;
        }
        if let Some(columns) = head::lower(&above, texts).or_else(|| head::columns(texts)) {
            // The head comes again on each page; behind a total it opens another form.
            if self.form.total().is_some() {
                self.close();
            }
            self.columns = Some(columns);
            self.parts = None;
            return;
        }
        if narrative::is_head(&above)
            && let Some([target, actual]) = narrative::texts(texts)
        {
            self.narrative([&row.cells[target], &row.cells[actual]]);
            return;
        }
        if narrative::is_head(texts) {
            self.parts = None;
            return;
        }
        if let Some(head) = tasks::Head::read(texts) {
            self.tasks = Some(head);
            self.parts = None;
            self.columns = None;
            return;
        }
        if self.tasks.is_some() && self.task(row) {
            return;
        }
        if let Some(parts) = funds::head(texts) {
            self.parts = Some(parts);
            self.columns = None;
            self.earned(row);
            return;
        }
        if names_conclusion(first) {
            let behind = texts.iter().position(|text| text == first).map_or(0, |cell| cell + 1);
            let pieces: Vec<ByteSpan> =
                row.cells[behind..].iter().flatten().copied().filter(|span| span.end > span.start).collect();
            self.conclusion(&pieces);
            return;
        }
        if first.starts_with("注：")
            || first.starts_with("备注")
            || first.starts_with("注1")
            || first.starts_with("说明")
        {
            return;
        }
        if self.columns.is_none() && self.parts.is_none() && self.headed(row) {
            return;
        }
        if self.columns.is_none()
            && self.parts.is_none()
            && let Some((label, figures)) = funds::pairs(texts)
        {
            self.money(row, label, figures);
        } else if let Some(parts) = self.parts.clone() {
            self.fund(row, &parts);
        } else if let Some(columns) = self.columns.clone() {
            let subtotal = || texts.iter().filter(|text| !text.is_empty()).take(3).any(|text| text == "小计");
            if is_total(first) {
                self.total(row, &columns, true);
            } else if subtotal() {
                self.total(row, &columns, false);
            } else {
                let cells = align(&columns, texts);
                self.indicator(row, &columns, &cells);
            }
        }
    }

    /// The goals in words: what was to be done, and what was.
    pub fn narrative(&mut self, [target, actual]: [&[ByteSpan]; 2]) {
        self.form.narrative.target = self.statements(target);
        self.form.narrative.actual = self.statements(actual);
    }

    /// The same where the two texts have run together.
    pub fn joint_narrative(&mut self, text: &[ByteSpan]) {
        self.form.narrative.either = self.statements(text);
    }

    fn statements(&mut self, pieces: &[ByteSpan]) -> Vec<Statement> {
        let place = (self.form.block, 0, 0);
        let (paragraph, facts) = (self.paragraph, &mut self.reading.facts);
        narrative::statements(self.text, pieces, &mut |quantity, span| {
            facts.push(cell_fact(quantity, span, paragraph, place, "年度总体目标"));
            facts.len() - 1
        })
    }

    /// A project's name opens a form of its own.
    fn begin(&mut self, row: &[String]) {
        if !self.form.indicators.is_empty() || !self.form.funds.is_empty() {
            self.close();
        }
        self.form.project = row.iter().filter(|text| !text.is_empty()).nth(1).cloned().unwrap_or_default();
    }

    fn close(&mut self) {
        while let Some(mut group) = self.open.pop() {
            group.rows.end = self.form.indicators.len();
            self.form.groups.push(group);
        }
        self.path.clear();
        self.columns = None;
        self.parts = None;
        self.tasks = None;
        self.earned = (None, false);
        self.form.indicators.shrink_to_fit();
        let next = Form { block: self.form.block, scope: self.form.scope, ..Form::default() };
        self.reading.forms.push(std::mem::replace(&mut self.form, next));
    }

    /// Ends the last form, and gives all that were read.
    pub fn finish(mut self) -> (&'r mut [Form], &'r [Fact]) {
        if !self.form.indicators.is_empty() || !self.form.funds.is_empty() {
            self.close();
        }
        let facts = self.first_fact..self.reading.facts.len();
        self.reading.paragraphs.push(Paragraph::of_figures(self.section, self.form.scope, facts));
        (&mut self.reading.forms[self.first_form..], &self.reading.facts)
    }
}
