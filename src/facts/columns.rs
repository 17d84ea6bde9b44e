//! The columns of figures whose blank neighbours a layout has lost.
//!
//! A row with fewer figures than its table has columns keeps their order. Which columns they are is decided by what must hold: the sums
//! within the row, the sums over the rows of its class, and what other tables and the prose say of the same amounts. Where that leaves more
//! than one way, or none, the cells stay unread.

use super::{Entry, Reading, Role, Sheet, Unit};
use crate::document::Document;
use crate::taxonomy::tables::{self, Item, Meaning, Money, Side, Subject};
use crate::verdicts::Interval;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More ways than this for one row, or steps for the rows of one class, decide nothing.
const MOST_WAYS: usize = 2_000;
const MOST_STEPS: usize = 20_000;

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
    let open: Vec<usize> = (0..reading.sheets.len())
        .filter(|&sheet| reading.sheets[sheet].rows.iter().any(|row| !row.loose.is_empty()))
        .collect();
    // What one table settles is evidence for the next.
    let mut known = Known::of(reading);
    let mut before = usize::MAX;
    loop {
        let left: usize = open
            .iter()
            .map(|&sheet| reading.sheets[sheet].rows.iter().filter(|row| !row.loose.is_empty()).count())
            .sum();
        if left == 0 || left == before {
            break;
        }
        before = left;
        for &sheet in &open {
            let settled = Table::new(document, reading, sheet, &known).settle();
            let rows: Vec<usize> = settled.iter().map(|(row, _)| *row).collect();
            apply(document, reading, sheet, settled);
            for row in rows {
                known.learn(reading, sheet, row);
            }
        }
    }
    for &sheet in &open {
        leave_totals(document, reading, sheet);
    }
}

/// Writes the settled rows into their sheet.
fn apply(document: &Document, reading: &mut Reading, sheet: usize, settled: Vec<(usize, Way)>) {
    for (row, way) in settled {
        let loose = std::mem::take(&mut reading.sheets[sheet].rows[row].loose);
        for (column, place) in way.into_iter().enumerate() {
            let entry = match place {
                Place::Blank => Entry::Blank,
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
}

/// A row that is not settled still has its total first.
fn leave_totals(document: &Document, reading: &mut Reading, sheet: usize) {
    if reading.sheets[sheet].totals.first().is_none_or(|(total, _)| *total != 0) {
        return;
    }
    for row in 0..reading.sheets[sheet].rows.len() {
        if let Some(&first) = reading.sheets[sheet].rows[row].loose.first() {
            stand_in(document, reading, sheet, first, 0);
            reading.sheets[sheet].rows[row].entries[0] = Entry::Amount(first);
        }
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
        fact.subject = format!("{} {head}", fact.subject);
    }
}

/// What the prose and the settled tables say.
struct Known {
    /// The different amounts of a meaning; of most there is one.
    amounts: HashMap<Meaning, Vec<Interval>>,
}

impl Known {
    fn of(reading: &Reading) -> Known {
        let mut known = Known { amounts: HashMap::new() };
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
}

impl<'r> Table<'r> {
    fn new(document: &'r Document, reading: &'r Reading, index: usize, known: &'r Known) -> Self {
        let sheet = &reading.sheets[index];
        let rows = &document.tables[sheet.table].panels[sheet.panel].rows;
        let code = |row: usize| rows[row].code.as_ref().map(|code| code.digits.as_str());
        let by_code: HashMap<&str, usize> = (0..rows.len()).filter_map(|row| Some((code(row)?, row))).collect();
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
        let loose = sheet.rows.iter().map(|row| row.loose.iter().map(amount).collect()).collect();
        Table { reading, sheet, known, loose, children, parents, total, is_overview }
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

    fn is_loose(&self, row: usize) -> bool {
        !self.sheet.rows[row].loose.is_empty()
    }

    fn is_settled(&self, row: usize) -> bool {
        (0..self.width()).all(|column| self.sheet.rows[row].entries[column] != Entry::Unsure)
    }

    /// The rows whose columns are certain.
    fn settle(&self) -> Vec<(usize, Way)> {
        let active = self.active();
        let mut ways: BTreeMap<usize, Vec<Way>> = BTreeMap::new();
        for row in (0..self.sheet.rows.len()).filter(|&row| self.is_loose(row)) {
            ways.insert(row, self.ways(row, &active));
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
                self.patterned(*row, &active).or_else(|| self.nearest(*row, &active))
            } else if self.is_overview && self.parents.contains_key(row) && total_is_settled {
                // Its sums tell more than what other tables say of other moneys.
                None
            } else {
                self.borne_out(*row, ways)
            };
            settled.extend(best.map(|way| (*row, way)));
        }
        // Only the rows of its class can tell which amount a row has lost.
        for (&row, ways) in ways.iter_mut().filter(|(row, ways)| ways.is_empty() && !settled.contains_key(row)) {
            *ways = self.ways_with_one_lost(row, &active);
        }
        for (&parent, children) in &self.children {
            self.by_class(parent, children, &ways, &mut settled);
        }
        settled.into_iter().collect()
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
    fn ways(&self, row: usize, active: &BTreeSet<usize>) -> Vec<Way> {
        let ways = self.ways_with(row, active, true);
        if ways.is_empty() && self.sheet.rows[row].loose.len() == active.len() {
            // As many figures as columns: their order alone tells, whether or not they add up.
            return self.ways_with(row, active, false);
        }
        // With no sum to tell, any way would do.
        if self.sheet.totals.is_empty() && ways.len() > 1 { Vec::new() } else { ways }
    }

    /// The ways in order; only those that add up, or all that have the total first.
    fn ways_with(&self, row: usize, active: &BTreeSet<usize>, adding_up: bool) -> Vec<Way> {
        let loose = &self.sheet.rows[row].loose;
        let columns: Vec<usize> = active.iter().copied().collect();
        let first = self.sheet.totals.first().map(|(total, _)| *total);
        let fits = |way: &Way| {
            if adding_up { self.adds_up(row, way) } else { first.is_none_or(|total| way[total] == Place::Figure(0)) }
        };
        let mut ways = Vec::new();
        let mut laid = 0;
        lay(loose.len(), &columns, 0, 0, &mut vec![Place::Blank; self.width()], &mut |way| {
            ways.extend(fits(way).then(|| way.clone()));
            laid += 1;
            laid <= MOST_WAYS
        });
        ways
    }

    fn adds_up(&self, row: usize, way: &Way) -> bool {
        let amount = |column: usize| self.placed(row, way[column]);
        self.sheet.totals.iter().all(|(total, parts)| {
            let sum = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &part| sum.plus(amount(part)));
            sum.is_some_and(|sum| sum.meet(amount(*total)).is_some())
        })
    }

    /// The one way that other tables and the prose support more than any other.
    fn borne_out(&self, row: usize, ways: &[Way]) -> Option<Way> {
        let support = |way: &Way| -> u32 {
            let placed = way
                .iter()
                .enumerate()
                .filter_map(|(column, place)| Some((self.sheet.meaning(row, column)?, place.figure()?)));
            placed.map(|(meaning, figure)| self.known.supports(meaning, self.loose[row][figure])).sum()
        };
        let mut ranked: Vec<(u32, &Way)> = ways.iter().map(|way| (support(way), way)).collect();
        ranked.sort_by_key(|(support, _)| std::cmp::Reverse(*support));
        match ranked[..] {
            [(support, way)] if support > 0 => Some(way.clone()),
            [(first, way), (second, _), ..] if first > second => Some(way.clone()),
            _ => None,
        }
    }

    /// A row that adds up in no way holds a slip. Where other tables say of each of its cells whether it is blank, that is its way still.
    fn patterned(&self, row: usize, active: &BTreeSet<usize>) -> Option<Way> {
        let blank: Option<Vec<(usize, bool)>> = active
            .iter()
            .map(|&column| Some((column, self.known.is_blank(self.sheet.meaning(row, column)?)?)))
            .collect();
        let blank = blank?;
        let mut fitting = self
            .ways_with(row, active, false)
            .into_iter()
            .filter(|way| blank.iter().all(|&(column, blank)| (way[column] == Place::Blank) == blank));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// What a column of a loose row holds.
    fn placed(&self, row: usize, place: Place) -> Interval {
        match place {
            Place::Blank => Interval::point(Decimal::ZERO),
            Place::Lost(amount) => amount,
            Place::Figure(figure) => self.loose[row][figure],
        }
    }

    /// The ways to lay out a row that has lost one amount: what its sums lack stands in a column that no figure has.
    fn ways_with_one_lost(&self, row: usize, active: &BTreeSet<usize>) -> Vec<Way> {
        let mut ways = Vec::new();
        for way in self.ways_with(row, active, false) {
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
    fn nearest(&self, row: usize, active: &BTreeSet<usize>) -> Option<Way> {
        let (total, _) = self.sheet.totals.first()?;
        let wanted = self.of_children(row).or_else(|| self.of_siblings(row))?;
        let agreeing = |way: &Way| {
            let agrees = |&(column, place): &(usize, &Place)| {
                column != *total && place.figure().is_some() && self.placed(row, *place).meet(wanted[column]).is_some()
            };
            way.iter().enumerate().filter(agrees).count()
        };
        let mut ranked: Vec<(usize, Way)> =
            self.ways_with(row, active, false).into_iter().map(|way| (agreeing(&way), way)).collect();
        ranked.sort_by_key(|(agreeing, _)| std::cmp::Reverse(*agreeing));
        let (best, mut way) = match &ranked[..] {
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
    fn of_siblings(&self, row: usize) -> Option<Vec<Interval>> {
        let &parent = self.parents.get(&row)?;
        let children = &self.children[&parent];
        (0..self.width())
            .map(|column| {
                children
                    .iter()
                    .filter(|&&child| child != row)
                    .try_fold(self.cell(parent, column)?, |left, &child| left.minus(self.cell(child, column)?))
            })
            .collect()
    }

    /// The rows of a class whose columns must add up to its own.
    fn by_class(
        &self,
        parent: usize,
        children: &[usize],
        ways: &BTreeMap<usize, Vec<Way>>,
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
        let taken_back = open.iter().flat_map(|&row| &self.loose[row]).any(|amount| amount.lo < Decimal::ZERO);
        let mut search =
            Search { table: self, open: &open, ways, taken_back, steps: 0, chosen: Vec::new(), common: None };
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

/// Lays the figures from `figure` on into the columns from `from` on, keeping their order, as long as each way that is `found` asks for more;
/// whether it still does.
fn lay(
    figures: usize,
    columns: &[usize],
    figure: usize,
    from: usize,
    way: &mut Way,
    found: &mut dyn FnMut(&Way) -> bool,
) -> bool {
    if figure == figures {
        return found(way);
    }
    let last = (columns.len() + figure + 1).saturating_sub(figures);
    (from..last).all(|at| {
        way[columns[at]] = Place::Figure(figure);
        let more = lay(figures, columns, figure + 1, at + 1, way, found);
        way[columns[at]] = Place::Blank;
        more
    })
}

/// All choices of ways for the rows of a class that add up to it, and what they have in common.
struct Search<'t, 'r> {
    table: &'t Table<'r>,
    open: &'t [usize],
    ways: &'t BTreeMap<usize, Vec<Way>>,
    /// Whether some amount is negative, so that a sum that is overdrawn may come back.
    taken_back: bool,
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
                !self.taken_back && left.iter().flatten().any(|left| left.hi < Decimal::ZERO)
            };
            if let Some(left) = left.filter(|left| !overdrawn(left)) {
                self.chosen.push(index);
                self.go(&left);
                self.chosen.pop();
            }
        }
    }
}
