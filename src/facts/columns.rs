//! The columns of figures whose blank neighbours a layout has lost.
//!
//! A row with fewer figures than its table has columns keeps their order. Which columns they are is decided by what must hold: the sums
//! within the row, the sums over the rows of its class, and what other tables and the prose say of the same amounts. Where that leaves more
//! than one way, or none, the cells stay unread.

use super::{Entry, Reading, Role, Sheet, Unit};
use crate::document::Document;
use crate::numbers::{Interval, slip};
use crate::taxonomy::tables::{self, Item, Meaning, Money, Side, Subject};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

/// More ways than this for one row, or steps for the rows of one class, decide nothing.
const MOST_WAYS: usize = 2_000;
const MOST_STEPS: usize = 20_000;

/// What the rows around a row must say for its columns to be decided by them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Evidence {
    /// Their amounts.
    Known,
    /// At least what the amounts that are still to be settled can be.
    Estimated,
}

/// What must hold of a way to lay a row's figures into columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Must {
    /// Every total is its parts.
    AddUp,
    /// No part stands without its total, nor a total without a part; the first total has the first figure.
    Pair,
    /// The same, and no more totals miss their parts than one figure is in: its own, and the one above it.
    Nearly,
    /// The first total has the first figure.
    Begin,
}

/// What each column of a row holds.
type Way = Vec<Place>;

/// What one column of a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing.
    Blank,
    /// An amount that the layout has lost with the blanks, which the row's sums ask for.
    Lost(Interval),
    /// The row's figure of this number.
    Figure(usize),
    /// One of the row's figures or nothing: the ways differ.
    Open,
}

impl Place {
    fn figure(self) -> Option<usize> {
        match self {
            Place::Figure(figure) => Some(figure),
            _ => None,
        }
    }
}

/// Finds the columns of all loose figures, as far as they can be known.
pub fn settle(document: &Document, reading: &mut Reading) {
    let is_open = |reading: &Reading, sheet: usize| reading.sheets[sheet].rows.iter().any(|row| !row.loose.is_empty());
    let mut open: Vec<usize> = (0..reading.sheets.len()).filter(|&sheet| is_open(reading, sheet)).collect();
    // What one table settles is evidence for the next; where nothing more is certain, estimates tell of one.
    let mut known = Known::of(reading);
    // The tables that were looked at in vain since the last one that was not.
    let mut vain: FxHashSet<(usize, Evidence)> = FxHashSet::default();
    let mut laid = Laid::default();
    loop {
        let mut settle = |sheet: usize, by: Evidence| {
            if !vain.insert((sheet, by)) {
                return false;
            }
            let settled = Table::new(document, reading, sheet, &known).settle(by, laid.entry(sheet).or_default());
            if settled.is_empty() {
                return false;
            }
            let rows: Vec<usize> = settled.iter().map(|(row, _)| *row).collect();
            apply(document, reading, sheet, settled);
            rows.iter().for_each(|&row| known.learn(reading, sheet, row));
            vain.clear();
            true
        };
        let certain = open.iter().filter(|&&sheet| settle(sheet, Evidence::Known)).count();
        if certain == 0 && !open.iter().any(|&sheet| settle(sheet, Evidence::Estimated)) {
            break;
        }
        open.retain(|&sheet| is_open(reading, sheet));
    }
    for &sheet in &open {
        leave(document, reading, sheet, &known);
    }
}

/// Writes the settled rows into their sheet.
fn apply(document: &Document, reading: &mut Reading, sheet: usize, settled: Vec<(usize, Way)>) {
    for (row, way) in settled {
        let loose = std::mem::take(&mut reading.sheets[sheet].rows[row].loose);
        lay_out(document, reading, sheet, row, &loose, &way);
    }
}

/// Of the rows that are not settled, writes what is certain; all their figures stay loose.
fn leave(document: &Document, reading: &mut Reading, sheet: usize, known: &Known) {
    for (row, way) in Table::new(document, reading, sheet, known).common() {
        let loose = reading.sheets[sheet].rows[row].loose.clone();
        lay_out(document, reading, sheet, row, &loose, &way);
    }
}

fn lay_out(document: &Document, reading: &mut Reading, sheet: usize, row: usize, loose: &[usize], way: &Way) {
    for (column, place) in way.iter().enumerate() {
        let entry = match *place {
            Place::Blank => Entry::Blank,
            Place::Open => Entry::Unsure,
            Place::Lost(amount) => {
                reading.sheets[sheet].rows[row].lost = Some(amount);
                Entry::Unsure
            }
            Place::Figure(figure) => Entry::Amount(loose[figure]),
        };
        if let Entry::Amount(id) = entry {
            stand_in(document, reading, sheet, id, column);
        }
        reading.sheets[sheet].rows[row].entries[column] = entry;
    }
}

/// Names the column of a fact that has found it.
fn stand_in(document: &Document, reading: &mut Reading, sheet: usize, id: usize, column: usize) {
    let sheet = &reading.sheets[sheet];
    let column = &document.tables[sheet.table].panels[sheet.panel].columns[column];
    let fact = &mut reading.facts[id];
    if let Some(cell) = &mut fact.cell {
        cell.column = column.index as u32;
    }
    if let Some(head) = column.path.last() {
        fact.subject = format!("{} {head}", fact.subject).into();
    }
}

/// What the prose and the settled tables say.
struct Known {
    /// The different amounts of a meaning; of most there is one.
    amounts: FxHashMap<Meaning, Vec<Interval>>,
}

impl Known {
    fn of(reading: &Reading) -> Known {
        let mut known = Known { amounts: FxHashMap::default() };
        for fact in reading
            .facts
            .iter()
            .filter(|fact| fact.cell.is_none() && fact.quantity.unit == Unit::Money && fact.is_actual())
        {
            if let (Some(concept), Role::Value(basis)) = (fact.concept, &fact.role)
                && let Some(&meaning) = tables::meanings(concept, *basis).first()
            {
                known.add(meaning, fact.quantity.interval());
            }
        }
        for (index, sheet) in reading.sheets.iter().enumerate() {
            for row in 0..sheet.rows.len() {
                known.learn(reading, index, row);
            }
        }
        known
    }

    fn add(&mut self, meaning: Meaning, amount: Interval) {
        let amounts = self.amounts.entry(meaning).or_default();
        if !amounts.contains(&amount) {
            amounts.push(amount);
        }
    }

    /// Takes in what one row says.
    fn learn(&mut self, reading: &Reading, sheet: usize, row: usize) {
        let sheet = &reading.sheets[sheet];
        for (column, entry) in sheet.rows[row].entries.iter().enumerate() {
            let amount = match entry {
                Entry::Amount(id) => reading.facts[*id].quantity.interval(),
                Entry::Blank => Interval::point(Decimal::ZERO),
                Entry::Unsure => continue,
            };
            if let Some(meaning) = sheet.meaning(row, column) {
                self.add(meaning, amount);
            }
        }
    }

    /// How much speaks for an amount where a cell has this meaning: that it stands elsewhere, of this money or of a wider or narrower one.
    fn supports(&self, meaning: Meaning, amount: Interval) -> u32 {
        let says =
            |money: Money| self.elsewhere(Meaning { money, ..meaning }).any(|other| other.meet(amount).is_some());
        let alike = MONEYS.contains(&meaning.money) && MONEYS.into_iter().any(says);
        let own = if says(meaning.money) { 2 } else { u32::from(alike) };
        own + u32::from(self.was_spent(meaning, amount) || self.was_received(meaning, amount))
    }

    /// Whether so much of a budget as was spent in all was received, as it is without balances.
    fn was_received(&self, meaning: Meaning, amount: Interval) -> bool {
        let of_budget = [Money::General, Money::Fund, Money::Capital];
        meaning.side == Side::Expenditure
            && meaning.item == Item::Total
            && of_budget.contains(&meaning.money)
            && self.elsewhere(Meaning { side: Side::Income, ..meaning }).any(|other| other.meet(amount).is_some())
    }

    /// Whether an income of the 财政拨款 was spent on its item in full, as most is.
    fn was_spent(&self, meaning: Meaning, amount: Interval) -> bool {
        let of_budget = [Money::Fiscal, Money::General];
        meaning.side == Side::Income
            && of_budget.contains(&meaning.money)
            && of_budget
                .into_iter()
                .flat_map(|money| self.elsewhere(Meaning { money, side: Side::Expenditure, ..meaning }))
                .any(|other| other.meet(amount).is_some())
    }

    /// Whether a cell of this meaning is blank in the other tables that have it; none where they differ or have none.
    fn is_blank(&self, meaning: Meaning) -> Option<bool> {
        let mut blanks = MONEYS
            .into_iter()
            .flat_map(|money| self.elsewhere(Meaning { money, ..meaning }))
            .map(|other| other.lo.is_zero() && other.hi.is_zero());
        let first = blanks.next()?;
        blanks.all(|blank| blank == first).then_some(first)
    }

    fn elsewhere(&self, meaning: Meaning) -> impl Iterator<Item = &Interval> {
        self.amounts.get(&meaning).into_iter().flatten()
    }
}

/// The moneys of which one office's amounts are mostly the same.
const MONEYS: [Money; 3] = [Money::All, Money::Fiscal, Money::General];

/// A table that is being settled.
struct Table<'r> {
    reading: &'r Reading,
    sheet: &'r Sheet,
    known: &'r Known,
    /// The amounts of each row's loose figures.
    loose: Vec<Vec<Interval>>,
    /// The rows of each row with a code, and the row of the total.
    children: BTreeMap<usize, Vec<usize>>,
    /// The row above each.
    parents: BTreeMap<usize, usize>,
    total: Option<usize>,
    is_overview: bool,
    /// Whether some amount is negative.
    takes_back: bool,
    /// Of each of the sheet's totals the last column that it or its parts stand in, with which it is decided.
    decided_by: Vec<usize>,
}

impl<'r> Table<'r> {
    fn new(document: &'r Document, reading: &'r Reading, index: usize, known: &'r Known) -> Self {
        let sheet = &reading.sheets[index];
        let rows = &document.tables[sheet.table].panels[sheet.panel].rows;
        let code = |row: usize| rows[row].code.as_ref().map(|code| code.digits.as_str());
        let by_code: FxHashMap<&str, usize> = (0..rows.len()).filter_map(|row| Some((code(row)?, row))).collect();
        let total = (0..rows.len()).find(|&row| code(row).is_none() && tables::is_total(&rows[row].label));
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut parents = BTreeMap::new();
        // The items of an overview make its total.
        let is_overview = sheet.form.is_some_and(|form| form.subject == Subject::Overview) && by_code.is_empty();
        if let Some(total) = total.filter(|_| is_overview) {
            let items: Vec<usize> = (0..total).filter(|&row| tables::is_item(&rows[row].label)).collect();
            parents.extend(items.iter().map(|&row| (row, total)));
            children.insert(total, items);
        }
        for row in 0..rows.len() {
            let Some(digits) = code(row) else { continue };
            let above = [5, 3]
                .into_iter()
                .filter(|&len| len < digits.len())
                .find_map(|len| by_code.get(&digits[..len]).copied());
            if let Some(above) = above.or(total) {
                children.entry(above).or_default().push(row);
                parents.insert(row, above);
            }
        }
        let amount = |&id: &usize| reading.facts[id].quantity.interval();
        let loose: Vec<Vec<Interval>> = sheet.rows.iter().map(|row| row.loose.iter().map(amount).collect()).collect();
        let placed = sheet.rows.iter().flat_map(|row| &row.entries).filter_map(|entry| entry.fact());
        let takes_back =
            placed.map(|id| amount(&id)).chain(loose.iter().flatten().copied()).any(|amount| amount.hi < Decimal::ZERO);
        let last = |(total, parts): &(usize, Vec<usize>)| parts.iter().fold(*total, |last, &part| last.max(part));
        let decided_by = sheet.totals.iter().map(last).collect();
        Table { reading, sheet, known, loose, children, parents, total, is_overview, takes_back, decided_by }
    }

    fn width(&self) -> usize {
        self.sheet.columns.len()
    }

    fn amount(&self, id: usize) -> Interval {
        self.reading.facts[id].quantity.interval()
    }

    /// The amount of a row's cell; zero where it is blank.
    fn cell(&self, row: usize, column: usize) -> Option<Interval> {
        match self.sheet.rows[row].entries[column] {
            Entry::Amount(id) => Some(self.amount(id)),
            Entry::Blank => Some(Interval::point(Decimal::ZERO)),
            Entry::Unsure => None,
        }
    }

    /// The amount of a row's cell, or between what it must be: no cell of a row is more than the row.
    fn estimate(&self, row: usize, column: usize, by: Evidence) -> Option<Interval> {
        self.cell(row, column).or_else(|| {
            let most = self.loose[row].first().filter(|_| by == Evidence::Estimated && !self.takes_back)?;
            Some(Interval { lo: Decimal::ZERO, hi: most.hi })
        })
    }

    fn is_loose(&self, row: usize) -> bool {
        !self.sheet.rows[row].loose.is_empty()
    }

    fn is_settled(&self, row: usize) -> bool {
        (0..self.width()).all(|column| self.sheet.rows[row].entries[column] != Entry::Unsure)
    }

    /// The rows whose columns are certain.
    fn settle(&self, by: Evidence, laid: &mut LaidRows) -> Vec<(usize, Way)> {
        let active = self.active();
        let mut ways: BTreeMap<usize, Rc<Vec<Way>>> = BTreeMap::new();
        for row in (0..self.sheet.rows.len()).filter(|&row| self.is_loose(row)) {
            let blanks = Blanks::of(self, row, &active);
            let known = laid.get(&row).filter(|(other, _)| *other == blanks).map(|(_, ways)| Rc::clone(ways));
            let of_row = known.unwrap_or_else(|| {
                let ways = Rc::new(self.ways(row, &blanks));
                laid.insert(row, (blanks, Rc::clone(&ways)));
                ways
            });
            ways.insert(row, of_row);
        }
        let total_is_settled = self.total.is_some_and(|total| {
            self.is_settled(total) || ways.get(&total).is_some_and(|ways| self.borne_out(total, ways).is_some())
        });
        let mut settled: BTreeMap<usize, Way> = BTreeMap::new();
        for (row, ways) in &ways {
            // The columns of the total are all columns that the table has: other figures must bear them out.
            let alone = ways.len() == 1 && Some(*row) != self.total;
            let best = if alone {
                ways.first().cloned()
            } else if ways.is_empty() {
                self.patterned(*row, &active).or_else(|| self.nearest(*row, &active, by))
            } else if self.is_overview && self.parents.contains_key(row) && total_is_settled {
                // Its sums tell more than what other tables say of other moneys.
                None
            } else {
                let alike = || self.alike(*row, ways).filter(|_| by == Evidence::Estimated);
                self.borne_out(*row, ways).or_else(alike)
            };
            settled.extend(best.map(|way| (*row, way)));
        }
        // Only the rows of its class can tell which amount a row has lost.
        for (&row, ways) in ways.iter_mut().filter(|(row, ways)| ways.is_empty() && !settled.contains_key(row)) {
            *ways = Rc::new(self.ways_with_one_lost(row, &active));
        }
        for (&parent, children) in &self.children {
            self.by_class(parent, children, &ways, &mut settled);
        }
        settled.into_iter().collect()
    }

    /// What all ways to lay out a row have in common, for the rows that are not settled.
    fn common(&self) -> Vec<(usize, Way)> {
        let active = self.active();
        let common = |row: usize| {
            let blanks = Blanks::of(self, row, &active);
            let mut ways = self.ways(row, &blanks);
            if ways.is_empty() {
                ways = self.candidates(row, &blanks, Must::Nearly);
                ways.retain(|way| self.is_mistyped(row, way));
            }
            let Some(mut common) = ways.pop() else {
                // Its total is first whatever else it holds.
                let total = self.sheet.totals.first().filter(|(total, _)| *total == 0)?;
                let mut way = vec![Place::Open; self.width()];
                way[total.0] = Place::Figure(0);
                return Some((row, way));
            };
            for way in ways {
                common.iter_mut().zip(way).filter(|(a, b)| **a != *b).for_each(|(a, _)| *a = Place::Open);
            }
            Some((row, common))
        };
        (0..self.sheet.rows.len()).filter(|&row| self.is_loose(row)).filter_map(common).collect()
    }

    /// Whether one keystroke in one figure explains why a row laid out in this way does not add up.
    fn is_mistyped(&self, row: usize, way: &Way) -> bool {
        let Some((total, parts)) = self.sheet.totals.iter().find(|total| !self.makes(row, way, total)) else {
            return false;
        };
        let amount = |column: usize| self.placed(row, way[column]);
        let Some(sum) = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &part| sum.plus(amount(part)))
        else {
            return false;
        };
        let Some(gap) = amount(*total).minus(sum) else { return false };
        parts.iter().chain([total]).any(|&column| {
            let Some(figure) = way[column].figure() else { return false };
            let quantity = &self.reading.facts[self.sheet.rows[row].loose[figure]].quantity;
            let gap = gap.middle() / quantity.scale;
            let right = if column == *total { quantity.figure - gap } else { quantity.figure + gap };
            let mended = |at: usize| match at == column {
                true => Interval::point(right * quantity.scale),
                false => amount(at),
            };
            slip(quantity.figure, right, quantity.decimals).is_some()
                && self.sheet.totals.iter().all(|(total, parts)| {
                    let sum =
                        parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &part| sum.plus(mended(part)));
                    sum.is_some_and(|sum| sum.meet(mended(*total)).is_some())
                })
        })
    }

    /// The columns that hold anything: those of the total row, where that is settled.
    fn active(&self) -> BTreeSet<usize> {
        match self.total.filter(|&total| self.is_settled(total)) {
            Some(total) => {
                (0..self.width()).filter(|&column| self.sheet.rows[total].entries[column] != Entry::Blank).collect()
            }
            None => (0..self.width()).collect(),
        }
    }

    /// The ways to lay a row's figures into columns, in order, with every sum within the row.
    fn ways(&self, row: usize, blanks: &Blanks) -> Vec<Way> {
        let ways = self.ways_with(row, &blanks.possible, Must::AddUp);
        if ways.is_empty() {
            // Where the blanks leave one way, the order of the figures tells, whether or not they add up.
            let candidates = self.candidates(row, blanks, Must::Pair);
            return if candidates.len() == 1 { candidates } else { Vec::new() };
        }
        let fitting: Vec<Way> = ways.iter().filter(|way| blanks.fit(way)).cloned().collect();
        let ways = if fitting.is_empty() { ways } else { fitting };
        // With no sum to tell, any way would do.
        if self.sheet.totals.is_empty() && ways.len() > 1 { Vec::new() } else { ways }
    }

    /// The ways in order, adding up or not, with figures and blanks where they can be.
    fn candidates(&self, row: usize, blanks: &Blanks, must: Must) -> Vec<Way> {
        let mut ways = self.ways_with(row, &blanks.possible, must);
        ways.retain(|way| blanks.fit(way));
        ways
    }

    /// The ways in order. None where there are too many to tell.
    fn ways_with(&self, row: usize, active: &BTreeSet<usize>, must: Must) -> Vec<Way> {
        let figures = self.sheet.rows[row].loose.len();
        let mut laying = Laying { table: self, row, must, columns: active.iter().copied().collect(), ways: Vec::new() };
        let misses = if must == Must::Nearly { 2 } else { 0 };
        laying.lay(figures, 0, 0, misses, &mut vec![Place::Blank; self.width()]);
        if laying.ways.len() > MOST_WAYS { Vec::new() } else { laying.ways }
    }

    fn adds_up(&self, row: usize, way: &Way) -> bool {
        self.sheet.totals.iter().all(|total| self.makes(row, way, total))
    }

    /// Whether the parts of a total make it.
    fn makes(&self, row: usize, way: &Way, (total, parts): &(usize, Vec<usize>)) -> bool {
        let amount = |column: usize| self.placed(row, way[column]);
        let sum = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &part| sum.plus(amount(part)));
        sum.is_some_and(|sum| sum.meet(amount(*total)).is_some())
    }

    /// The one way that other tables and the prose support more than any other.
    fn borne_out(&self, row: usize, ways: &[Way]) -> Option<Way> {
        let mut ranked: Vec<(u32, &Way)> = ways.iter().map(|way| (self.support(row, way), way)).collect();
        ranked.sort_by_key(|(support, _)| std::cmp::Reverse(*support));
        match ranked[..] {
            [(support, way)] if support > 0 => Some(way.clone()),
            [(first, way), (second, _), ..] if first > second => Some(way.clone()),
            _ => None,
        }
    }

    /// How much other tables and the prose speak for a way.
    fn support(&self, row: usize, way: &Way) -> u32 {
        let placed = way
            .iter()
            .enumerate()
            .filter_map(|(column, place)| Some((self.sheet.meaning(row, column)?, place.figure()?)));
        placed.map(|(meaning, figure)| self.known.supports(meaning, self.loose[row][figure])).sum()
    }

    /// The one way that has figures where other tables have them and blanks where they have none.
    fn alike(&self, row: usize, ways: &[Way]) -> Option<Way> {
        let blanks: Vec<Option<bool>> = (0..self.width())
            .map(|column| self.sheet.meaning(row, column).and_then(|meaning| self.known.is_blank(meaning)))
            .collect();
        let is_alike = |way: &&Way| {
            way.iter().zip(&blanks).all(|(place, blank)| blank.is_none_or(|blank| blank == (*place == Place::Blank)))
        };
        let mut alike = ways.iter().filter(is_alike);
        alike.next().filter(|_| alike.next().is_none()).cloned()
    }

    /// A row that adds up in no way holds a slip. Where other tables say of each of its cells whether it is blank, that is its way still.
    fn patterned(&self, row: usize, active: &BTreeSet<usize>) -> Option<Way> {
        let blank: Option<Vec<(usize, bool)>> = active
            .iter()
            .map(|&column| Some((column, self.known.is_blank(self.sheet.meaning(row, column)?)?)))
            .collect();
        let blank = blank?;
        let mut fitting = self
            .ways_with(row, active, Must::Begin)
            .into_iter()
            .filter(|way| blank.iter().all(|&(column, blank)| (way[column] == Place::Blank) == blank));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// What a column of a loose row holds.
    fn placed(&self, row: usize, place: Place) -> Interval {
        match place {
            Place::Blank | Place::Open => Interval::point(Decimal::ZERO),
            Place::Lost(amount) => amount,
            Place::Figure(figure) => self.loose[row][figure],
        }
    }

    /// The ways to lay out a row that has lost one amount: what its sums lack stands in a column that no figure has.
    fn ways_with_one_lost(&self, row: usize, active: &BTreeSet<usize>) -> Vec<Way> {
        let mut ways = Vec::new();
        for way in self.ways_with(row, active, Must::Begin) {
            for &column in active.iter().filter(|&&column| way[column] == Place::Blank) {
                let part_of = self.sheet.totals.iter().find(|(_, parts)| parts.contains(&column));
                let Some((total, parts)) = part_of else { continue };
                let rest = parts
                    .iter()
                    .try_fold(self.placed(row, way[*total]), |left, &part| left.minus(self.placed(row, way[part])));
                let mut way = way.clone();
                if let Some(rest) = rest.filter(|rest| rest.lo > Decimal::ZERO) {
                    way[column] = Place::Lost(rest);
                    if self.adds_up(row, &way) {
                        ways.push(way);
                    }
                }
            }
            if ways.len() > MOST_WAYS {
                return Vec::new();
            }
        }
        ways
    }

    /// A row that adds up in no way holds a slip, or the layout has lost one of its amounts. The rows of its class say what stands in each
    /// column: it is laid out as they say, where most of its figures bear that out.
    fn nearest(&self, row: usize, active: &BTreeSet<usize>, by: Evidence) -> Option<Way> {
        self.sheet.totals.first()?;
        let wanted = self.of_children(row).or_else(|| self.of_siblings(row, by))?;
        // Of ways with as many figures that agree, the one whose blanks agree as well, or which other tables speak for.
        let agreeing = |way: &Way| {
            let agrees = |column: usize| self.placed(row, way[column]).meet(wanted[column]).is_some();
            let count = |figures: bool| {
                (0..self.width()).filter(|&column| way[column].figure().is_some() == figures && agrees(column)).count()
            };
            (count(true), count(false), self.support(row, way))
        };
        let mut ranked: Vec<_> =
            self.ways_with(row, active, Must::Begin).into_iter().map(|way| (agreeing(&way), way)).collect();
        ranked.sort_by_key(|(agreeing, _)| std::cmp::Reverse(*agreeing));
        let ((best, ..), mut way) = match &ranked[..] {
            [(first, way)] => (*first, way.clone()),
            [(first, way), (second, _), ..] if first > second => (*first, way.clone()),
            _ => return None,
        };
        for (column, place) in way.iter_mut().enumerate() {
            if *place == Place::Blank && !wanted[column].contains(Decimal::ZERO) {
                *place = Place::Lost(wanted[column]);
            }
        }
        (best > 0).then_some(way)
    }

    /// What the rows below a row make in each column.
    fn of_children(&self, row: usize) -> Option<Vec<Interval>> {
        let children = self.children.get(&row)?;
        (0..self.width())
            .map(|column| {
                children
                    .iter()
                    .try_fold(Interval::point(Decimal::ZERO), |sum, &child| sum.plus(self.cell(child, column)?))
            })
            .collect()
    }

    /// What the row above a row has left in each column for it.
    fn of_siblings(&self, row: usize, by: Evidence) -> Option<Vec<Interval>> {
        let &parent = self.parents.get(&row)?;
        let children = &self.children[&parent];
        (0..self.width())
            .map(|column| {
                children
                    .iter()
                    .filter(|&&child| child != row)
                    .try_fold(self.cell(parent, column)?, |left, &child| left.minus(self.estimate(child, column, by)?))
            })
            .collect()
    }

    /// The rows of a class whose columns must add up to its own.
    fn by_class(
        &self,
        parent: usize,
        children: &[usize],
        ways: &BTreeMap<usize, Rc<Vec<Way>>>,
        settled: &mut BTreeMap<usize, Way>,
    ) {
        let open: Vec<usize> =
            children.iter().copied().filter(|row| self.is_loose(*row) && !settled.contains_key(row)).collect();
        if open.is_empty() || open.iter().any(|row| ways[row].is_empty()) {
            return;
        }
        let mut rest: Vec<Option<Interval>> = Vec::with_capacity(self.width());
        for column in 0..self.width() {
            let mut left = self.cell(parent, column);
            for &row in children.iter().filter(|row| !open.contains(row)) {
                let amount = match settled.get(&row) {
                    Some(way) => Some(self.placed(row, way[column])),
                    None => self.cell(row, column),
                };
                left = left.zip(amount).and_then(|(left, amount)| left.minus(amount));
            }
            rest.push(left);
        }
        // The totals of the rows add up in any layout: another column must tell.
        if rest.iter().flatten().count() < 2 {
            return;
        }
        let mut search = Search { table: self, open: &open, ways, steps: 0, chosen: Vec::new(), common: None };
        search.go(&rest);
        if search.steps < MOST_STEPS
            && let Some(common) = search.common
        {
            for (row, way) in open.iter().zip(common) {
                settled.extend(way.map(|way| (*row, ways[row][way].clone())));
            }
        }
    }
}

/// The ways of the rows of each sheet as they were last found: they are the same while the rows around them are.
type Laid = FxHashMap<usize, LaidRows>;
type LaidRows = FxHashMap<usize, (Blanks, Rc<Vec<Way>>)>;

/// The columns in which a row can hold something, and those in which it must: the rows above and below it tell, as amounts only add up.
#[derive(PartialEq, Eq)]
struct Blanks {
    possible: BTreeSet<usize>,
    needed: BTreeSet<usize>,
}

impl Blanks {
    fn of(table: &Table, row: usize, active: &BTreeSet<usize>) -> Blanks {
        let is_blank = |row: usize, column: usize| table.sheet.rows[row].entries[column] == Entry::Blank;
        let mut blanks = Blanks { possible: active.clone(), needed: BTreeSet::new() };
        // What is taken back may leave a class with nothing.
        if table.takes_back {
            return blanks;
        }
        if let Some(&parent) = table.parents.get(&row) {
            blanks.possible.retain(|&column| !is_blank(parent, column));
        }
        for &child in table.children.get(&row).into_iter().flatten() {
            let amount = |&column: &usize| table.cell(child, column).is_some_and(|cell| !cell.contains(Decimal::ZERO));
            blanks.needed.extend(active.iter().copied().filter(amount));
        }
        blanks
    }

    fn fit(&self, way: &Way) -> bool {
        self.needed.iter().all(|&column| way[column] != Place::Blank)
    }
}

/// Lays the figures of a row into columns, keeping their order.
struct Laying<'t, 'r> {
    table: &'t Table<'r>,
    row: usize,
    must: Must,
    columns: Vec<usize>,
    ways: Vec<Way>,
}

impl Laying<'_, '_> {
    /// Lays the last `left` figures into the columns from `at` on; `done` is where the columns that are decided end, and `misses` how many
    /// more totals may miss their parts.
    fn lay(&mut self, left: usize, at: usize, done: usize, misses: usize, way: &mut Way) {
        if self.ways.len() > MOST_WAYS || self.columns.len() - at < left {
            return;
        }
        let decided = if left == 0 { self.table.width() } else { self.columns[at] };
        let Some(misses) = self.misses(way, done..decided).and_then(|missing| misses.checked_sub(missing)) else {
            return;
        };
        if left == 0 {
            self.ways.push(way.clone());
            return;
        }
        way[self.columns[at]] = Place::Figure(self.table.loose[self.row].len() - left);
        self.lay(left - 1, at + 1, decided, misses, way);
        way[self.columns[at]] = Place::Blank;
        self.lay(left, at + 1, decided, misses, way);
    }

    /// How many of the totals whose last column is among these miss their parts; none where they stand as they cannot.
    fn misses(&self, way: &Way, decided: Range<usize>) -> Option<usize> {
        let totals = &self.table.sheet.totals;
        let first = totals.first().map(|(total, _)| *total).filter(|total| decided.contains(total));
        let begins = self.must == Must::AddUp || first.is_none_or(|total| way[total] == Place::Figure(0));
        let of_these = || {
            let with_last = totals.iter().zip(&self.table.decided_by);
            with_last.filter(|(_, last)| decided.contains(last)).map(|(total, _)| total)
        };
        let stands = |column: usize| way[column] != Place::Blank;
        let pairs = |(total, parts): &(usize, Vec<usize>)| stands(*total) == parts.iter().any(|&part| stands(part));
        let paired = || matches!(self.must, Must::AddUp | Must::Begin) || of_these().all(pairs);
        let adds = matches!(self.must, Must::AddUp | Must::Nearly);
        let missing = |total: &&(usize, Vec<usize>)| adds && !self.table.makes(self.row, way, total);
        (begins && paired()).then(|| of_these().filter(missing).count())
    }
}

/// All choices of ways for the rows of a class that add up to it, and what they have in common.
struct Search<'t, 'r> {
    table: &'t Table<'r>,
    open: &'t [usize],
    ways: &'t BTreeMap<usize, Rc<Vec<Way>>>,
    steps: usize,
    chosen: Vec<usize>,
    /// For each row the way that it takes in every solution.
    common: Option<Vec<Option<usize>>>,
}

impl Search<'_, '_> {
    fn go(&mut self, rest: &[Option<Interval>]) {
        self.steps += 1;
        if self.steps >= MOST_STEPS {
            return;
        }
        let Some(&row) = self.open.get(self.chosen.len()) else {
            if rest.iter().flatten().all(|left| left.contains(Decimal::ZERO)) {
                let solution: Vec<Option<usize>> = self.chosen.iter().map(|&way| Some(way)).collect();
                self.common = Some(match self.common.take() {
                    None => solution,
                    Some(common) => common.into_iter().zip(solution).map(|(a, b)| a.filter(|_| a == b)).collect(),
                });
            }
            return;
        };
        for (index, way) in self.ways[&row].iter().enumerate() {
            let left: Option<Vec<Option<Interval>>> = (0..rest.len())
                .map(|column| match rest[column] {
                    Some(left) => left.minus(self.table.placed(row, way[column])).map(Some),
                    None => Some(None),
                })
                .collect();
            let overdrawn = |left: &[Option<Interval>]| {
                !self.table.takes_back && left.iter().flatten().any(|left| left.hi < Decimal::ZERO)
            };
            if let Some(left) = left.filter(|left| !overdrawn(left)) {
                self.chosen.push(index);
                self.go(&left);
                self.chosen.pop();
            }
        }
    }
}
