//! The tree of codes in a table: classes over groups over items (类, 款, 项), and the total over all.

use crate::document::{Code, Document, Row};
use crate::facts::{Entry, Reading, Sheet};
use crate::numbers::Interval;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// The rows of one table that bear codes, across its panels.
#[derive(Debug)]
pub struct Tree {
    /// The table.
    pub table: usize,
    /// Its sheets, as indices of [`Reading::sheets`].
    pub sheets: Range<usize>,
    /// Its rows in order.
    pub nodes: Vec<Node>,
    /// The row that sums up all (合计).
    pub total: Option<Place>,
    /// Whether some row between them was not read: it may be a part of any sum that it stands in.
    pub has_unread: bool,
}

/// A row of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet, as an index of [`Reading::sheets`].
    pub sheet: usize,
    /// The row.
    pub row: usize,
}

/// A row with a code.
#[derive(Debug)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// The row above it in the tree.
    pub parent: Option<usize>,
    /// The rows below it.
    pub children: Vec<usize>,
    /// Whether only its position says whose child it is, its code begins otherwise.
    pub misfit: bool,
    /// Whether a row that was not read may be one of those below it.
    pub has_unread: bool,
}

impl Place {
    /// The cells of the row.
    pub fn entries(self, reading: &Reading) -> &[Entry] {
        &reading.sheets[self.sheet].rows[self.row].entries
    }

    /// The row as the document has it.
    pub fn row<'d>(self, document: &'d Document, reading: &Reading) -> &'d Row {
        let sheet = &reading.sheets[self.sheet];
        &document.tables[sheet.table].panels[sheet.panel].rows[self.row]
    }

    /// The row's code.
    pub fn code<'d>(self, document: &'d Document, reading: &Reading) -> Option<&'d Code> {
        self.row(document, reading).code.as_ref()
    }
}

impl Tree {
    /// The rows that nothing stands above.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|&node| self.nodes[node].parent.is_none())
    }

    /// The rows below a node that have none below them.
    pub fn leaves(&self, node: usize) -> Vec<usize> {
        let children = &self.nodes[node].children;
        if children.is_empty() { vec![node] } else { children.iter().flat_map(|&child| self.leaves(child)).collect() }
    }

    /// The facts of some rows in one column; none where a cell was not read.
    pub fn column(&self, reading: &Reading, nodes: &[usize], column: usize) -> Option<Vec<usize>> {
        let mut facts = Vec::with_capacity(nodes.len());
        for &node in nodes {
            match self.nodes[node].place.entries(reading).get(column)? {
                Entry::Blank => {}
                Entry::Amount(id) => facts.push(*id),
                Entry::Unsure => return None,
            }
        }
        Some(facts)
    }
}

/// The trees of a document's tables.
pub fn trees(document: &Document, reading: &Reading) -> Vec<Tree> {
    let mut trees = Vec::new();
    let mut from = 0;
    while from < reading.sheets.len() {
        let table = reading.sheets[from].table;
        let to = from + reading.sheets[from..].iter().take_while(|sheet| sheet.table == table).count();
        trees.extend(tree(document, reading, from..to));
        from = to;
    }
    trees
}

fn tree(document: &Document, reading: &Reading, sheets: Range<usize>) -> Option<Tree> {
    let table = reading.sheets[sheets.start].table;
    let panel = |sheet: &Sheet| &document.tables[table].panels[sheet.panel];
    let mut nodes: Vec<Node> = Vec::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut total = None;
    // The nodes with a row below them that was not read.
    let mut unread: Vec<usize> = Vec::new();
    let mut has_unread = false;
    let mut width = None;
    for index in sheets.clone() {
        let sheet = &reading.sheets[index];
        let rows = &panel(sheet).rows;
        if !rows.iter().any(|row| row.code.is_some())
            || *width.get_or_insert(sheet.columns.len()) != sheet.columns.len()
        {
            continue;
        }
        for (row, content) in rows.iter().enumerate() {
            let place = Place { sheet: index, row };
            match &content.code {
                Some(code) => {
                    let first = codes.get(code.digits.as_str()).map(|&node| &nodes[node].place);
                    // A code's second row (a heading repeated, another office) is not counted twice. Under another name it is a code mistyped.
                    let repeats = first.is_some_and(|first| {
                        let name = &first.row(document, reading).label;
                        content.label.is_empty() || name.is_empty() || *name == content.label
                    });
                    if !repeats {
                        codes.entry(&code.digits).or_insert(nodes.len());
                        nodes.push(Node {
                            place,
                            parent: None,
                            children: Vec::new(),
                            misfit: false,
                            has_unread: false,
                        });
                    }
                }
                None if total.is_none()
                    && matches!(content.label.as_str(), "合计" | "总计" | "本年支出合计" | "本年收入合计") =>
                {
                    total = Some(place)
                }
                None if content.is_unread() => {
                    has_unread = true;
                    unread.extend(nodes.len().checked_sub(1));
                }
                None => {}
            }
        }
    }
    if nodes.len() < 2 {
        return None;
    }
    let digits: Vec<&str> =
        nodes.iter().map(|node| node.place.code(document, reading).map_or("", |code| code.digits.as_str())).collect();
    let above = |code: &str| {
        [5, 3].into_iter().filter(|&len| len < code.len()).find_map(|len| codes.get(&code[..len]).copied())
    };
    for (node, code) in nodes.iter_mut().zip(&digits) {
        node.parent = above(code);
    }
    let positions = positions(&digits);
    for node in unread {
        std::iter::successors(Some(node), |&node| positions[node]).for_each(|node| nodes[node].has_unread = true);
    }
    bring_home(reading, &mut nodes, &digits);
    for index in 0..nodes.len() {
        if let Some(parent) = nodes[index].parent {
            nodes[parent].children.push(index);
        }
    }
    Some(Tree { table, sheets, nodes, total, has_unread })
}

/// Classes, groups and items stand below each other: the row that each stands below by its position.
fn positions(digits: &[&str]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut above = Vec::with_capacity(digits.len());
    for (index, code) in digits.iter().enumerate() {
        while open.last().is_some_and(|&last| digits[last].len() >= code.len()) {
            open.pop();
        }
        above.push(open.last().copied());
        open.push(index);
    }
    above
}

/// A code that does not begin with the one that it stands below is mistyped, or that one is, where the row belongs there: the sums need it,
/// or nothing else stands there and no other row is above it.
fn bring_home(reading: &Reading, nodes: &mut [Node], digits: &[&str]) {
    let positions = positions(digits);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut by_code: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        positions[index].into_iter().for_each(|above| below[above].push(index));
        node.parent.into_iter().for_each(|parent| by_code[parent].push(index));
    }
    for above in 0..nodes.len() {
        let strays: Vec<usize> =
            below[above].iter().copied().filter(|&row| !digits[row].starts_with(digits[above])).collect();
        if strays.is_empty() {
            continue;
        }
        let homeless = by_code[above].is_empty() && strays.iter().all(|&row| nodes[row].parent.is_none());
        let with = fit(reading, nodes, above, &below[above]);
        let without = fit(reading, nodes, above, &by_code[above]);
        // 21013 printed as 41013: the rows below it begin as the row above does, and make its amounts.
        let is_link = |stray: &usize| {
            let rows = &below[*stray];
            rows.iter().all(|&row| nodes[row].parent == Some(above)) && fit(reading, nodes, *stray, rows).sums > 0
        };
        let links: Vec<usize> =
            strays.iter().copied().filter(|stray| !below[*stray].is_empty() && is_link(stray)).collect();
        let linked = with.sums > 0 && with >= without && links.len() == strays.len();
        if (with.sums > 0 && with > without) || (homeless && with >= without) || linked {
            for row in strays {
                nodes[row].parent = Some(above);
                nodes[row].misfit = true;
            }
            for link in links {
                for &row in &below[link] {
                    nodes[row].parent = Some(link);
                    nodes[row].misfit = true;
                }
            }
        }
    }
}

/// How well some rows add up to the row above them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// In how many columns they do.
    sums: usize,
    /// By how much they miss it as printed, in all of these; a figure printed with few decimals can hide that a row is missing.
    gap: Reverse<Decimal>,
}

fn fit(reading: &Reading, nodes: &[Node], above: usize, rows: &[usize]) -> Fit {
    let amount = |node: usize, column: usize| match nodes[node].place.entries(reading).get(column) {
        Some(Entry::Amount(id)) => Some(reading.facts[*id].quantity.interval()),
        Some(Entry::Blank) => Some(Interval::point(Decimal::ZERO)),
        _ => None,
    };
    let mut fit = Fit { sums: 0, gap: Reverse(Decimal::ZERO) };
    for (column, entry) in nodes[above].place.entries(reading).iter().enumerate() {
        let mut rows = rows.iter();
        let sum = rows.try_fold(Interval::point(Decimal::ZERO), |sum, &row| sum.plus(amount(row, column)?));
        if let (Entry::Amount(_), Some((sum, whole))) = (entry, sum.zip(amount(above, column)))
            && sum.meet(whole).is_some()
        {
            fit.sums += 1;
            fit.gap.0 = fit.gap.0.saturating_add(sum.middle().saturating_sub(whole.middle()).abs());
        }
    }
    fit
}
