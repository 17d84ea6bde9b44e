//! The codes of a document's tables, and which of two that differ is the right one.

use super::tree::Node;
use super::{Place, Tree};
use crate::document::{Code, Document};
use crate::facts::{Reading, label};
use crate::source::ByteSpan;
use crate::taxonomy::{official, tables};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What the tables of a document say of codes and names.
#[derive(Debug, Default)]
pub struct Codes {
    /// The codes that are mistyped, by their row.
    wrong: BTreeMap<Place, Mistyped>,
    /// The rows of one name under one name, where more than one table has them.
    pub named: Vec<Vec<Place>>,
    /// The rows of each code.
    pub rows: BTreeMap<String, Vec<Place>>,
}

/// A mistyped code.
#[derive(Debug, Clone)]
pub struct Mistyped {
    /// What it should be.
    pub right: String,
    /// Who says so.
    pub by: Authority,
}

/// What tells the right code.
#[derive(Debug, Clone, Copy)]
pub enum Authority {
    /// The same account, or the beginning of one below it, printed there.
    Same(ByteSpan),
    /// The code above it.
    Above(ByteSpan),
    /// The official classification.
    Official(u32),
}

/// Whether a row can have a code: no other row of its table has it, and the rows above and below it go with it. Else it is the name that
/// is wrong.
fn has_room(document: &Document, reading: &Reading, tree: &Tree, node: &Node, digits: &str) -> bool {
    let code = |node: &Node| node.place.code(document, reading);
    let taken = tree.nodes.iter().any(|other| code(other).is_some_and(|code| code.digits == digits));
    let above = node.parent.and_then(|parent| code(&tree.nodes[parent]));
    let mut below = node.children.iter().filter_map(|&child| code(&tree.nodes[child]));
    !taken
        && above.is_none_or(|above| digits.starts_with(&above.digits))
        && below.all(|below| below.digits.starts_with(digits))
}

impl Codes {
    /// Gathers the codes of all tables.
    pub fn of(document: &Document, reading: &Reading, trees: &[Tree]) -> Codes {
        let mut codes = Codes::default();
        for tree in trees {
            codes.levels(document, reading, tree);
        }
        let mut named: BTreeMap<(usize, &str, &str, usize), Vec<Place>> = BTreeMap::new();
        for tree in trees {
            for node in &tree.nodes {
                let row = node.place.row(document, reading);
                let Some(code) = &row.code else { continue };
                codes.rows.entry(code.digits.clone()).or_default().push(node.place);
                let above = node
                    .parent
                    .map_or("", |parent| label::short(&tree.nodes[parent].place.row(document, reading).label));
                // A row without the one above it is known by its name only where that is a class.
                if !codes.wrong.contains_key(&node.place)
                    && let Some(official) = official::mistyped(&row.label, &code.digits)
                    && has_room(document, reading, tree, node, &official.to_string())
                {
                    let by = Authority::Official(official);
                    codes.wrong.insert(node.place, Mistyped { right: official.to_string(), by });
                }
                if !row.label.is_empty() && (node.parent.is_some() || code.digits.len() == 3) {
                    let set = reading.sheets[node.place.sheet].set;
                    let key = (set, above, label::short(&row.label), code.digits.len());
                    named.entry(key).or_default().push(node.place);
                }
            }
        }
        codes.named = named.into_values().filter(|places| places.len() > 1).collect();
        for at in 0..codes.named.len() {
            codes.names(document, reading, at);
        }
        codes
    }

    /// The code that a row means, whatever it prints.
    pub fn right(&self, place: Place, printed: u32) -> u32 {
        self.wrong.get(&place).and_then(|wrong| wrong.right.parse().ok()).unwrap_or(printed)
    }

    /// What is wrong with a row's code.
    pub fn mistyped(&self, place: Place) -> Option<&Mistyped> {
        self.wrong.get(&place)
    }

    /// Where a row's code does not begin with the one above it, the one that less speaks for is mistyped.
    fn levels(&mut self, document: &Document, reading: &Reading, tree: &Tree) {
        let code = |node: usize| tree.nodes[node].place.code(document, reading);
        let fits = |above: usize, below: usize| {
            code(above).zip(code(below)).is_some_and(|(above, below)| below.digits.starts_with(&above.digits))
        };
        for (index, node) in tree.nodes.iter().enumerate() {
            let strays: Vec<usize> = node.children.iter().copied().filter(|&row| tree.nodes[row].misfit).collect();
            let (Some(own), Some(&first)) = (code(index), strays.first()) else { continue };
            let Some(begins) = code(first) else { continue };
            let len = own.digits.len();
            let alike = |row: usize| code(row).is_some_and(|code| code.digits[..len] == begins.digits[..len]);
            let of_class = (len == 3).then(|| tables::class(&node.place.row(document, reading).label)).flatten();
            let is_class = |digits: &str| of_class.is_some_and(|class| digits.parse() == Ok(class));
            let for_own = usize::from(node.parent.is_some_and(|above| fits(above, index)))
                + node.children.iter().filter(|&&row| fits(index, row)).count()
                + 2 * usize::from(is_class(&own.digits));
            let for_strays = usize::from(node.parent.is_some_and(|above| fits(above, first)))
                + strays[1..].iter().filter(|&&row| alike(row)).count()
                + tree.nodes[first].children.iter().filter(|&&row| fits(first, row)).count()
                + 2 * usize::from(is_class(&begins.digits[..len]));
            if strays.len() == node.children.len() && strays.iter().all(|&row| alike(row)) && for_strays > for_own {
                let shown = ByteSpan { end: begins.span.end.min(begins.span.start + len), ..begins.span };
                let right = begins.digits[..len].to_owned();
                self.wrong.insert(node.place, Mistyped { right, by: Authority::Same(shown) });
                continue;
            }
            for stray in strays {
                if let Some(code) = code(stray) {
                    let right = format!("{}{}", own.digits, &code.digits[len..]);
                    let wrong = Mistyped { right, by: Authority::Above(own.span) };
                    self.wrong.insert(tree.nodes[stray].place, wrong);
                }
            }
        }
    }

    /// One account has one code: what most tables print is right, and of two that are printed as often, the one printed first.
    fn names(&mut self, document: &Document, reading: &Reading, named: usize) {
        let places = &self.named[named];
        let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        let mut tables: FxHashMap<usize, &str> = FxHashMap::default();
        for (at, place) in places.iter().enumerate() {
            let Some(code) = place.code(document, reading) else { continue };
            // Two codes of one name in one table: the name is not the account's.
            let before = tables.insert(reading.sheets[place.sheet].table, &code.digits);
            if before.is_some_and(|before| before != code.digits) {
                return;
            }
            let sound = usize::from(!self.wrong.contains_key(place));
            let (count, _) = counts.entry(&code.digits).or_insert((0, usize::MAX - at));
            *count += sound;
        }
        let Some((&usual, _)) = counts.iter().max_by_key(|(_, standing)| **standing) else { return };
        let first = places.iter().find_map(|place| place.code(document, reading).filter(|code| code.digits == usual));
        let shown = first.map_or(ByteSpan::default(), |code| code.span);
        let wrong: Vec<Place> = places
            .iter()
            .copied()
            .filter(|place| place.code(document, reading).is_some_and(|code| code.digits != usual))
            .collect();
        let right = usual.to_owned();
        for place in wrong {
            self.wrong.insert(place, Mistyped { right: right.clone(), by: Authority::Same(shown) });
        }
    }

    /// The code of a row among others of its name that prints what they mean.
    pub fn usual<'d>(&self, document: &'d Document, reading: &Reading, places: &[Place]) -> Option<&'d Code> {
        places.iter().find(|place| !self.wrong.contains_key(place)).and_then(|place| place.code(document, reading))
    }
}
