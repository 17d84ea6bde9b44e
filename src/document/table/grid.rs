//! A grid of cells, and how its columns share it: codes, names, line numbers and amounts.

use super::figure::{Look, is_code, look};
use super::merged::{self, List, Short};
use super::{Caption, Code, Column, Content, Panel, Row, caption, head, plain};
use crate::source::ByteSpan;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The cells of a table with their text.
pub struct Grid<'r, 't> {
    rows: Cow<'r, [Vec<ByteSpan>]>,
    texts: Vec<Vec<Cow<'t, str>>>,
    /// The texts above each column.
    paths: Vec<Vec<String>>,
    /// The rows whose figures may stand in other columns than theirs.
    open: BTreeSet<usize>,
    /// The rows of the caption, which some documents keep in the grid.
    captioned: usize,
    /// The rows of the head, behind the caption.
    head: usize,
    /// The rows below the head, without those that number the columns or repeat the head.
    body: Vec<usize>,
    width: usize,
}

/// What the columns of a grid are.
#[derive(Debug, Clone)]
pub struct Layout {
    paths: Vec<Vec<String>>,
    panels: Vec<PanelColumns>,
}

impl Layout {
    /// The lists that have names, side by side.
    fn lists(&self) -> Vec<List> {
        let mut start = 0;
        let mut lists = Vec::with_capacity(self.panels.len());
        for panel in &self.panels {
            let end = panel.amounts.iter().chain(&panel.rates).max().map_or(start, |last| last + 1);
            lists.extend(panel.label.map(|name| List { columns: start..end, name }));
            start = end;
        }
        lists
    }
}

/// The columns of one panel.
#[derive(Debug, Clone, Default)]
struct PanelColumns {
    /// One column, or three for 类, 款 and 项.
    code: Vec<usize>,
    label: Option<usize>,
    amounts: Vec<usize>,
    rates: Vec<usize>,
}

/// Words in the head of a column that make it one of percentages.
const RATES: [&str; 5] = ["%", "率", "比重", "占比", "幅度"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Label,
    Amount,
    Rate,
    Ignored,
}

/// The widest table: no accounts have so many columns, and what is wider is no table of figures.
const MOST_COLUMNS: usize = 100;

impl<'r, 't> Grid<'r, 't> {
    /// Reads the cells' texts. None for what is no table of figures: one column, or no row below the head.
    pub fn read(text: &'t str, rows: &'r [Vec<ByteSpan>], caption: &mut Caption) -> Option<Self> {
        let texts: Vec<Vec<Cow<str>>> =
            rows.iter().map(|row| row.iter().map(|&cell| plain(text, cell)).collect()).collect();
        let is_caption = |row: &Vec<Cow<str>>| {
            let filled: Vec<&Cow<str>> = row.iter().filter(|cell| !cell.is_empty()).collect();
            let says = filled.iter().any(|cell| caption::is_caption(cell))
                || (filled.len() == 1 && caption::is_title(filled[0]));
            says || filled.is_empty()
        };
        let captioned = texts.iter().take_while(|row| is_caption(row)).count();
        for row in texts[..captioned].iter().rev() {
            row.iter().for_each(|cell| caption.take(cell));
        }
        if caption.scale.is_none() {
            caption.scale = texts[captioned..].iter().take(5).flatten().find_map(|cell| caption::scale(cell));
        }
        let head = head::len(&texts[captioned..]);
        let heads = &texts[captioned..captioned + head];
        let is_number_row = |row: &Vec<Cow<str>>| head::is_number_row(row.iter().map(AsRef::as_ref));
        let is_body = |row: &Vec<Cow<str>>| !heads.contains(row) && !is_number_row(row);
        let body: Vec<usize> = (captioned + head..texts.len()).filter(|&row| is_body(&texts[row])).collect();
        // A row that numbers the columns under 类, 款 and 项 has more cells than those where these are merged.
        let width = texts.iter().filter(|row| !is_number_row(row)).map(Vec::len).max()?;
        if !(2..=MOST_COLUMNS).contains(&width) || captioned + head >= texts.len() {
            return None;
        }
        let paths = merged::paths(heads, width, body.first().map_or(&[], |&row| &texts[row]))?;
        let rows = Cow::Borrowed(rows);
        let mut grid = Grid { rows, texts, paths, open: BTreeSet::new(), captioned, head, body, width };
        grid.part_merged();
        Some(grid)
    }

    /// Gives the rows back the blanks beside merged cells, where a paste has dropped them.
    fn part_merged(&mut self) {
        let is_short = |&row: &usize| self.texts[row].len() < self.width;
        let (short, whole): (Vec<usize>, Vec<usize>) = self.body.iter().copied().partition(is_short);
        if short.is_empty() || whole.is_empty() {
            return;
        }
        // The whole rows say what the columns are.
        let all = std::mem::replace(&mut self.body, whole);
        let lists = self.layout().lists();
        self.body = all;
        for row in short {
            match merged::short(&self.texts[row], &lists, self.width) {
                Short::AtEnd => {}
                Short::Before(blanks) => {
                    self.texts[row] = merged::lay(&self.texts[row], &blanks, |_| Cow::Borrowed(""));
                    let start = |cell: &ByteSpan| ByteSpan { start: cell.start, end: cell.start };
                    let rows = self.rows.to_mut();
                    rows[row] = merged::lay(&rows[row], &blanks, start);
                }
                Short::Open => {
                    self.open.insert(row);
                }
            }
        }
    }

    fn head(&self) -> &[Vec<Cow<'t, str>>] {
        &self.texts[self.captioned..self.captioned + self.head]
    }

    fn body(&self) -> impl Iterator<Item = (usize, &Vec<Cow<'t, str>>)> {
        self.body.iter().map(|&row| (row, &self.texts[row]))
    }

    /// Whether this is the table before, going on behind a page break.
    pub fn goes_on(&self, before: &Layout, caption: &Caption, previous: &Caption) -> bool {
        if before.paths.len() != self.width {
            return false;
        }
        let same_head = self.paths == before.paths;
        let untitled = caption.title.is_empty() && self.head == 0;
        untitled || caption.comes_again(previous) && (same_head || self.head == 0)
    }

    /// Reads what each column is.
    pub fn layout(&self) -> Layout {
        let mut kinds: Vec<Kind> = (0..self.width).map(|column| self.kind(column)).collect();
        self.join_codes(&mut kinds);
        let mut panels = vec![PanelColumns::default()];
        for (column, kind) in kinds.into_iter().enumerate() {
            let full = panels.last().is_some_and(|panel| !panel.amounts.is_empty());
            match kind {
                Kind::Ignored => {}
                Kind::Amount => panels.last_mut().expect("there is a panel").amounts.push(column),
                Kind::Rate => panels.last_mut().expect("there is a panel").rates.push(column),
                Kind::Code | Kind::Label if full => {
                    let mut panel = PanelColumns::default();
                    if kind == Kind::Code {
                        panel.code.push(column)
                    } else {
                        panel.label = Some(column)
                    }
                    panels.push(panel);
                }
                Kind::Code => panels.last_mut().expect("there is a panel").code.push(column),
                Kind::Label => panels.last_mut().expect("there is a panel").label = Some(column),
            }
        }
        panels.retain(|panel| !panel.amounts.is_empty());
        Layout { paths: self.paths.clone(), panels }
    }

    /// The columns between a code's column and its name's that have no head of their own and hold two digits are parts of the code: 类, 款 and
    /// 项 under one merged head.
    fn join_codes(&self, kinds: &mut [Kind]) {
        let paths = &self.paths;
        for column in 1..self.width {
            let is_part = |(_, row): (usize, &Vec<Cow<str>>)| {
                let cell = row.get(column).map_or("", AsRef::as_ref);
                cell.is_empty() || is_code(cell) || (cell.len() == 2 && cell.bytes().all(|b| b.is_ascii_digit()))
            };
            let unnamed = paths[column].is_empty() || paths[column] == paths[column - 1];
            if kinds[column - 1] == Kind::Code && kinds[column] != Kind::Label && unnamed && self.body().all(is_part) {
                kinds[column] = Kind::Code;
            }
        }
    }

    fn kind(&self, column: usize) -> Kind {
        let path = &self.paths[column];
        let leaf = path.last().map_or("", String::as_str);
        if matches!(leaf, "行次" | "序号" | "备注" | "说明") || leaf.contains("行次") {
            return Kind::Ignored;
        }
        let (mut codes, mut figures, mut words, mut percents) = (0, 0, 0, 0);
        for (_, row) in self.body() {
            let cell = row.get(column).map_or("", AsRef::as_ref);
            percents += usize::from(cell.ends_with('%'));
            match look(cell) {
                Look::Blank => {}
                Look::Code => codes += 1,
                Look::Figure => figures += 1,
                Look::Words => words += 1,
            }
        }
        // 类, 款 and 项 in columns of their own are parts of one code.
        let is_level = self
            .head()
            .iter()
            .filter(|row| row.len() <= self.width)
            .any(|row| row.get(column).is_some_and(|cell| matches!(cell.as_ref(), "类" | "款" | "项")));
        let says_code = is_level || path.iter().any(|text| text.contains("编码") || text.contains("代码"));
        let filled = codes + figures + words;
        if filled == 0 {
            return if path.is_empty() {
                Kind::Ignored
            } else if says_code {
                Kind::Code
            } else {
                Kind::Amount
            };
        }
        // Amounts can have three digits too: codes stand in front of names, and under no head that speaks of amounts.
        let names_behind = || {
            let names = self
                .body()
                .filter(|(_, row)| look(row.get(column + 1).map_or("", AsRef::as_ref)) == Look::Words)
                .count();
            names * 2 > codes
        };
        let says_amount =
            path.iter().any(|text| ["决算数", "预算数", "执行数", "金额"].iter().any(|word| text.contains(word)));
        if (says_code && codes + figures > 0) || (!says_amount && codes > figures + words && names_behind()) {
            Kind::Code
        } else if words * 2 > filled {
            Kind::Label
        } else if percents * 2 > filled || path.iter().any(|text| RATES.iter().any(|word| text.contains(word))) {
            Kind::Rate
        } else {
            Kind::Amount
        }
    }

    /// The panels of the grid.
    pub fn panels(&self, layout: &Layout) -> Vec<Panel> {
        layout.panels.iter().map(|columns| self.panel(layout, columns)).collect()
    }

    fn panel(&self, layout: &Layout, columns: &PanelColumns) -> Panel {
        let head = columns
            .label
            .or(columns.code.first().copied())
            .map(|column| layout.paths[column].clone())
            .unwrap_or_default();
        let heads = |columns: &[usize]| {
            columns.iter().map(|&index| Column { path: layout.paths[index].clone(), index }).collect()
        };
        let mut panel =
            Panel { head, columns: heads(&columns.amounts), rates: heads(&columns.rates), rows: Vec::new() };
        for row in self.body().filter_map(|(index, texts)| self.row(index, texts, columns)) {
            // The head comes again between two pages.
            let is_next_page = panel.rows.last().is_some_and(|last| last.index + 1 < row.index);
            if is_next_page { panel.go_on(vec![row]) } else { panel.rows.push(row) }
        }
        panel
    }

    /// The digits of a row's code. Of three columns each may hold its own digits, those above left out or not, or the whole code.
    fn code(&self, index: usize, columns: &PanelColumns) -> Option<String> {
        let cell = |row: usize, column: usize| self.texts[row].get(column).map_or("", AsRef::as_ref);
        let deepest = columns.code.iter().rposition(|&column| !cell(index, column).is_empty())?;
        let own = cell(index, columns.code[deepest]);
        if is_code(own) && (deepest == 0 || own.len() > 3) {
            return Some(own.to_owned());
        }
        let first = self.captioned + self.head;
        let digits: String = columns.code[..=deepest]
            .iter()
            .map(|&column| {
                (first..=index).rev().map(|row| cell(row, column)).find(|cell| !cell.is_empty()).unwrap_or("")
            })
            .collect();
        is_code(&digits).then_some(digits)
    }

    fn row(&self, index: usize, texts: &[Cow<str>], columns: &PanelColumns) -> Option<Row> {
        let text = |column: usize| texts.get(column).map_or("", AsRef::as_ref);
        let span = |column: usize| self.rows[index].get(column).copied().unwrap_or_default();
        let content = |&column: &usize| match look(text(column)) {
            Look::Blank => Content::Blank,
            Look::Figure | Look::Code => Content::Figure(span(column)),
            Look::Words => Content::Unsure,
        };
        let open = self.open.contains(&index);
        let contents = |columns: &[usize]| -> Vec<Content> {
            if open { vec![Content::Unsure; columns.len()] } else { columns.iter().map(content).collect() }
        };
        let (cells, rates) = (contents(&columns.amounts), contents(&columns.rates));
        let code = self.code(index, columns).map(|digits| {
            let filled = columns.code.iter().filter(|&&column| !text(column).is_empty());
            let span = filled.map(|&column| span(column)).reduce(ByteSpan::to).unwrap_or_default();
            Code { digits, span }
        });
        // 合计 often stands in the column of the codes.
        let label = columns
            .label
            .filter(|&column| !text(column).is_empty())
            .or_else(|| code.is_none().then(|| columns.code.first().copied()).flatten());
        let label = if open { Some(0) } else { label };
        let words = label.map_or("", text).to_owned();
        let label_span = label.map(span).unwrap_or_default();
        let empty = code.is_none() && words.is_empty() && cells.iter().all(|cell| *cell == Content::Blank);
        let note = words.starts_with("注：") || words.starts_with("备注");
        (!empty && !note).then_some(Row { code, label: words, label_span, cells, rates, loose: Vec::new(), index })
    }
}
