//! The cells of tables as facts.

use super::quantity::MOST_DIGITS;
use super::{Basis, Cell, Fact, Joint, Paragraph, Period, Quantity, Reading, Role, Unit};
use crate::document::garbled;
use crate::document::{Column, Content, Document, Flow, Panel, Row, Table};
use crate::numbers::{Interval, Scale};
use crate::source::{ByteSpan, Source};
use crate::taxonomy;
use crate::taxonomy::tables::{self, Form, Meaning, RowMeaning, Subject};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A panel of a table with its facts.
#[derive(Debug)]
pub struct Sheet {
    /// The table, as an index of [`Document::tables`].
    pub table: usize,
    /// The panel of the table.
    pub panel: usize,
    /// Whose accounts it belongs to: where a title comes again, those of the next office begin.
    pub set: usize,
    /// What the title says.
    pub form: Option<Form>,
    /// What each column adds to it.
    pub columns: Vec<Option<tables::Column>>,
    /// The columns that are the sum of others, with those.
    pub totals: Vec<(usize, Vec<usize>)>,
    /// The rows, as in the panel.
    pub rows: Vec<SheetRow>,
    /// The first of the amounts that stand beside other codes than theirs, in a table that has slipped.
    pub shifted: Option<usize>,
}

/// A row of a sheet.
#[derive(Debug)]
pub struct SheetRow {
    /// What it is about.
    pub meaning: Option<RowMeaning>,
    /// Its cells.
    pub entries: Vec<Entry>,
    /// Its percentages.
    pub rates: Vec<Entry>,
    /// Amounts in order whose columns are still to be found.
    pub loose: Vec<usize>,
    /// What its sums ask for and no figure says: an amount that the layout has lost.
    pub lost: Option<Interval>,
}

/// A cell of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: zero.
    Blank,
    /// Not read.
    Unsure,
    /// A fact, by its index in [`Reading::facts`].
    Amount(usize),
}

impl Entry {
    /// The fact.
    pub fn fact(self) -> Option<usize> {
        match self {
            Entry::Amount(id) => Some(id),
            _ => None,
        }
    }
}

impl Sheet {
    /// The amounts of some columns of a row. A figure whose column is open counts where all columns that it can stand in are among them.
    pub fn amounts(&self, row: usize, columns: &[usize]) -> Option<Vec<usize>> {
        let SheetRow { entries, loose, .. } = &self.rows[row];
        let unsure = entries.iter().filter(|entry| **entry == Entry::Unsure).count();
        // Of a row that is not laid out at all, or has lost an amount, nothing is known.
        if unsure == 0 || loose.is_empty() || unsure + 1 >= entries.len() {
            return columns
                .iter()
                .all(|&column| entries[column] != Entry::Unsure)
                .then(|| columns.iter().filter_map(|&column| entries[column].fact()).collect());
        }
        let open = |range: std::ops::Range<usize>| range.filter(|&column| entries[column] == Entry::Unsure);
        let mut amounts: Vec<usize> = columns.iter().filter_map(|&column| entries[column].fact()).collect();
        let mut covered: BTreeSet<usize> = BTreeSet::new();
        let mut from = 0;
        let mut between: Vec<usize> = Vec::new();
        let ends = loose.iter().map(|&id| (id, entries.iter().position(|entry| *entry == Entry::Amount(id))));
        for (id, column) in ends.chain([(usize::MAX, Some(entries.len()))]) {
            let Some(to) = column else {
                between.push(id);
                continue;
            };
            if open(from..to).all(|column| columns.contains(&column)) {
                covered.extend(open(from..to));
                amounts.append(&mut between);
            }
            between.clear();
            from = to;
        }
        columns.iter().all(|column| entries[*column] != Entry::Unsure || covered.contains(column)).then_some(amounts)
    }

    /// What the cell of a row and a column says.
    pub fn meaning(&self, row: usize, column: usize) -> Option<Meaning> {
        Some(tables::meaning(self.form?, self.rows[row].meaning?, self.columns[column]?))
    }
}

/// What is known of all tables before their cells are read.
pub struct Tables {
    /// The scale of the tables that do not name theirs.
    scale: Option<Scale>,
    /// The number of the set of tables that is being read, and the titles in it.
    set: usize,
    titles: BTreeSet<String>,
    last: String,
}

impl Tables {
    /// Looks at the captions.
    pub fn of(document: &Document) -> Self {
        let mut scales: BTreeMap<Scale, usize> = BTreeMap::new();
        for scale in document.tables.iter().filter_map(|table| table.caption.scale) {
            *scales.entry(scale).or_default() += 1;
        }
        Tables {
            scale: scales.into_iter().max_by_key(|(_, count)| *count).map(|(scale, _)| scale),
            set: 0,
            titles: BTreeSet::new(),
            last: String::new(),
        }
    }

    /// Reads the cells of a table.
    pub fn read(&mut self, source: &Source, document: &Document, index: usize, reading: &mut Reading) {
        let table = &document.tables[index];
        let form = tables::form(&table.caption.title);
        // A grid without a unit and without a title of the accounts may hold anything; a total says that its figures add up.
        let is_sum = |row: &Row| matches!(row.label.as_str(), "合计" | "总计");
        let sums_up = || table.panels.iter().any(|panel| panel.rows.len() > 2 && panel.rows.iter().any(is_sum));
        if form.is_none() && table.caption.scale.is_none() && !sums_up() {
            return;
        }
        let scale = table.caption.scale.or(self.scale);
        let title = &table.caption.title;
        // The same title right below is the table that goes on.
        if !title.is_empty() && *title != self.last {
            if self.titles.contains(title) {
                self.set += 1;
                self.titles.clear();
            }
            self.titles.insert(title.clone());
        }
        self.last.clone_from(title);
        let first_fact = reading.facts.len();
        for (panel_index, panel) in table.panels.iter().enumerate() {
            let mut reader = PanelReader {
                source,
                table,
                panel,
                form: form.filter(|_| scale.is_some()),
                scale: scale.unwrap_or(Scale::ONE),
            };
            let sheet = reader.read(index, panel_index, self.set, reading);
            reading.sheets.push(sheet);
        }
        let scope = document.sections[table.section].scope;
        reading.paragraphs.push(Paragraph::of_figures(table.section, scope, first_fact..reading.facts.len()));
    }
}

struct PanelReader<'p> {
    source: &'p Source<'p>,
    table: &'p Table,
    panel: &'p Panel,
    form: Option<Form>,
    scale: Scale,
}

impl PanelReader<'_> {
    fn read(&mut self, table: usize, panel: usize, set: usize, reading: &mut Reading) -> Sheet {
        let heads: Vec<&[String]> = self.panel.columns.iter().map(|column| column.path.as_slice()).collect();
        let columns = match self.form {
            Some(form) => tables::columns(&heads, form),
            None => vec![None; heads.len()],
        };
        let totals = tables::totals(self.form, &heads, &columns);
        let mut rows = Vec::with_capacity(self.panel.rows.len());
        let mut under = None;
        // Beside 会议费 and 培训费 the total is of more than the 三公, or is not: nothing says.
        let of_sangong = self.form.is_some_and(|form| form.subject == Subject::Sangong);
        let other = |row: &Row| matches!(tables::sangong(&row.label), Some(taxonomy::MEETINGS | taxonomy::TRAINING));
        let beside = of_sangong && self.panel.rows.iter().any(other);
        for row in &self.panel.rows {
            let code = row.code.as_ref().map(|code| code.digits.as_str());
            let meaning = self.form.and_then(|form| {
                let unsaid = beside && tables::is_total(&row.label);
                tables::row(code, &row.label, &self.panel.head, form, under).filter(|_| !unsaid)
            });
            under = if row.label.is_empty() { under } else { meaning.and_then(|m| m.balance()) };
            let amount = |span| quantity(self.source.text(), span, self.scale);
            let rate = |span| percentage(self.source.text(), span);
            let entries = self.entries(row, &row.cells, &self.panel.columns, amount, reading);
            let rates = self.entries(row, &row.rates, &self.panel.rates, rate, reading);
            let loose =
                row.loose.iter().filter_map(|&span| Some(self.fact(row, span, amount(span)?, None, reading))).collect();
            rows.push(SheetRow { meaning, entries, rates, loose, lost: None });
        }
        Sheet { table, panel, set, form: self.form, columns, totals, rows, shifted: None }
    }

    /// The facts of a row's cells under their heads.
    fn entries(
        &self,
        row: &Row,
        cells: &[Content],
        heads: &[Column],
        read: impl Fn(ByteSpan) -> Option<Quantity>,
        reading: &mut Reading,
    ) -> Vec<Entry> {
        let entry = |(content, head): (&Content, &Column)| match *content {
            Content::Blank => Entry::Blank,
            Content::Unsure => Entry::Unsure,
            Content::Figure(span) => match read(span) {
                Some(quantity) => Entry::Amount(self.fact(row, span, quantity, Some(head), reading)),
                None => {
                    // A percentage or a count among amounts is read, and is none.
                    if self.source.slice(span).trim_end().ends_with(|c: char| c.is_ascii_digit()) {
                        reading.too_long.push(span);
                    }
                    Entry::Unsure
                }
            },
        };
        cells.iter().zip(heads).map(entry).collect()
    }

    fn fact(
        &self,
        row: &Row,
        span: ByteSpan,
        quantity: Quantity,
        head: Option<&Column>,
        reading: &mut Reading,
    ) -> usize {
        let name = self.table.caption.number.as_deref().unwrap_or("");
        let leaf = head.and_then(|head| head.path.last()).map_or("", String::as_str);
        let subject =
            [name, &row.label, leaf].iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let role = if quantity.unit == Unit::Percent { Role::Other } else { Role::Value(Basis::Actual) };
        reading.add(Fact {
            quantity,
            role,
            subject: subject.into(),
            concept: None,
            period: Period::Current,
            span,
            paragraph: reading.paragraphs.len(),
            sentence: 0,
            depth: 0,
            opens: None,
            joint: Joint::Start,
            at: (0, 0),
            cell: Some(Cell::at(self.table.block, row.index, head.map_or(0, |head| head.index))),
        });
        reading.facts.len() - 1
    }
}

/// The percentage that a cell prints, with its sign or without.
fn percentage(text: &str, span: ByteSpan) -> Option<Quantity> {
    let figure = text[span.start..span.end].trim_end_matches(['%', '％', ' ']);
    let span = ByteSpan { end: span.start + figure.len(), ..span };
    Some(Quantity { unit: Unit::Percent, ..quantity(text, span, Scale::ONE)? })
}

/// The amount that a cell prints; none for percentages and counts.
fn quantity(text: &str, span: ByteSpan, scale: Scale) -> Option<Quantity> {
    let flow = Flow::read(text, &[span]);
    let plain: String = flow.chars().iter().filter(|c| **c != ' ').collect();
    let mut figure = plain.as_str();
    let scale = if let Some(rest) = figure.strip_suffix("万元").or_else(|| figure.strip_suffix('万')) {
        figure = rest;
        Scale::TEN_THOUSAND
    } else if let Some(rest) = figure.strip_suffix('元') {
        figure = rest;
        Scale::ONE
    } else {
        scale
    };
    let figure = figure.trim_end_matches(['*', '＊', '※']);
    let negative = figure.starts_with(['-', '（']);
    let digits: String = figure
        .trim_start_matches(['-', '（', '¥', '￥'])
        .trim_end_matches('）')
        .chars()
        .filter(|c| *c != ',')
        .collect();
    let meant = garbled::meant(figure);
    let garbled = meant.is_some();
    let digits = meant.unwrap_or(digits);
    let is_figure = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.len() <= 2 * MOST_DIGITS;
    let value: Decimal = is_figure.then(|| digits.parse().ok()).flatten()?;
    Some(Quantity {
        figure: if negative { -value } else { value },
        scale,
        decimals: value.scale(),
        unit: Unit::Money,
        loose: false,
        garbled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_as_tables_print_them() {
        let read = |text: &str| {
            quantity(text, ByteSpan { start: 0, end: text.len() }, Scale::TEN_THOUSAND)
                .map(|q| (q.value().normalize().to_string(), q.decimals))
        };
        assert_eq!(read("1,358.87"), Some(("13588700".to_owned(), 2)));
        assert_eq!(read("（7.53）"), Some(("-75300".to_owned(), 2)));
        assert_eq!(read("27.78 万"), Some(("277800".to_owned(), 2)));
        assert_eq!(read("20.00*"), Some(("200000".to_owned(), 2)));
        assert_eq!(read("2O.00"), Some(("200000".to_owned(), 2)));
        assert_eq!(read("123456789012345678901234567890.12"), None);
        assert_eq!(read("99.21%"), None);
        assert_eq!(read("9499人"), None);
    }
}
