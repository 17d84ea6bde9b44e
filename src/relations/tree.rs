//! The tree of codes in a table: classes over groups over items (类, 款, 项), and the total over all.

use crate::document::{Code, Document, Row};
use crate::facts::{Entry, Reading, Sheet};
use crate::verdicts::Interval;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rows of one table that bear codes, across its panels.
#[derive(Debug)]
pub struct Tree {
    /// The table.
    pub table: usize,
    /// Its rows in order.
    pub nodes: Vec<Node>,
    /// The row that sums up all (合计).
    pub total: Option<Place>,
}

/// A row of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

fn tree(document: &Document, reading: &Reading, sheets: std::ops::Range<usize>) -> Option<Tree> {
    let table = reading.sheets[sheets.start].table;
    let panel = |sheet: &Sheet| &document.tables[table].panels[sheet.panel];
    let mut nodes: Vec<Node> = Vec::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut total = None;
    let mut width = None;
    for index in sheets {
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
                // A code's second row (a heading repeated, another office) is not counted twice.
                Some(code) if !codes.contains_key(code.digits.as_str()) => {
                    codes.insert(&code.digits, nodes.len());
                    nodes.push(Node { place, parent: None, children: Vec::new(), misfit: false });
                }
                Some(_) => {}
                None if total.is_none()
                    && matches!(content.label.as_str(), "合计" | "总计" | "本年支出合计" | "本年收入合计") =>
                {
                    total = Some(place)
                }
                None => {}
            }
        }
    }
    if nodes.len() < 2 {
        return None;
    }
    let digits = |node: &Node| node.place.code(document, reading).map_or("", |code| code.digits.as_str());
    let above = |code: &str| {
        [5, 3].into_iter().filter(|&len| len < code.len()).find_map(|len| codes.get(&code[..len]).copied())
    };
    for node in &mut nodes {
        node.parent = above(digits(node));
    }
    adopt(&mut nodes, |node| digits(node).to_owned());
    return_home(reading, &mut nodes, |node| digits(node).len());
    for index in 0..nodes.len() {
        if let Some(parent) = nodes[index].parent {
            nodes[parent].children.push(index);
        }
    }
    Some(Tree { table, nodes, total })
}

/// A row whose code leads to another parent than its position does, and that the sum of the rows above it lacks, stands where it belongs:
/// its code is mistyped.
fn return_home(reading: &Reading, nodes: &mut [Node], length: impl Fn(&Node) -> usize) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..nodes.len() {
        let len = length(&nodes[index]);
        while open.last().is_some_and(|&above| length(&nodes[above]) >= len) {
            open.pop();
        }
        if let Some(&above) = open.last()
            && nodes[index].parent != Some(above)
            && lacks(reading, nodes, above, index)
        {
            nodes[index].parent = Some(above);
            nodes[index].misfit = true;
        }
        open.push(index);
    }
}

/// Whether the rows below `above` make its first amount only with the row `stray`.
fn lacks(reading: &Reading, nodes: &[Node], above: usize, stray: usize) -> bool {
    let amount = |node: usize, column: usize| match nodes[node].place.entries(reading).get(column) {
        Some(Entry::Amount(id)) => Some(reading.facts[*id].quantity.interval()),
        Some(Entry::Blank) => Some(Interval::point(Decimal::ZERO)),
        _ => None,
    };
    let first = |entry: &Entry| matches!(entry, Entry::Amount(_));
    let Some(column) = nodes[above].place.entries(reading).iter().position(first) else { return false };
    let mut children = (0..nodes.len()).filter(|&node| nodes[node].parent == Some(above));
    let sum = children.try_fold(Interval::point(Decimal::ZERO), |sum, node| sum.plus(amount(node, column)?));
    let (Some(sum), Some(whole), Some(stray)) = (sum, amount(above, column), amount(stray, column)) else {
        return false;
    };
    let with = sum.plus(stray);
    sum.meet(whole).is_none() && with.is_some_and(|with| with.meet(whole).is_some())
}

/// A row that no code stands above belongs to the row before it of a higher level, where that one has no rows of its own: its code, or
/// this one's, is mistyped.
fn adopt(nodes: &mut [Node], digits: impl Fn(&Node) -> String) {
    let mut has_children = vec![false; nodes.len()];
    nodes.iter().filter_map(|node| node.parent).for_each(|parent| has_children[parent] = true);
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, node) in nodes.iter_mut().enumerate() {
        let len = digits(node).len();
        while open.last().is_some_and(|&(_, above)| above >= len) {
            open.pop();
        }
        if node.parent.is_none()
            && len > 3
            && let Some(&(above, _)) = open.last()
            && !has_children[above]
        {
            node.parent = Some(above);
            node.misfit = true;
        }
        open.push((index, len));
    }
}
