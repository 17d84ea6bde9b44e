//! The codes of a document's tables, and which of two that differ is the right one.

use super::{Place, Tree};
use crate::document::{Code, Document};
use crate::facts::{Reading, label};
use std::collections::BTreeMap;

/// What the tables of a document say of codes and names.
#[derive(Debug, Default)]
pub struct Codes {
    /// The code that is meant where a table prints another one.
    right: BTreeMap<u32, u32>,
    /// Where a code and its name are printed as most tables print them: by what comes before the last two digits, and the name.
    pub named: BTreeMap<(String, String), Vec<Place>>,
    /// The rows of each code.
    pub rows: BTreeMap<String, Vec<Place>>,
}

impl Codes {
    /// Gathers the codes of all tables.
    pub fn of(document: &Document, reading: &Reading, trees: &[Tree]) -> Codes {
        let mut codes = Codes::default();
        for node in trees.iter().flat_map(|tree| &tree.nodes) {
            let row = node.place.row(document, reading);
            let Some(code) = &row.code else { continue };
            codes.rows.entry(code.digits.clone()).or_default().push(node.place);
            if !row.label.is_empty() {
                codes
                    .named
                    .entry((family(&code.digits).to_owned(), label::short(&row.label).to_owned()))
                    .or_default()
                    .push(node.place);
            }
        }
        for places in codes.named.values() {
            let digits = |place: &Place| place.code(document, reading).and_then(|code| code.digits.parse::<u32>().ok());
            let Some(most) = codes.usual(document, reading, places).and_then(|code| code.digits.parse().ok()) else {
                continue;
            };
            for code in places.iter().filter_map(digits).filter(|&code| code != most) {
                codes.right.insert(code, most);
            }
        }
        // 299 over 22960: the class that its rows name.
        for tree in trees {
            for node in tree.nodes.iter().filter(|node| node.misfit) {
                let (Some(parent), Some(code)) = (node.parent, node.place.code(document, reading)) else { continue };
                let above = tree.nodes[parent].place.code(document, reading);
                if let Some((wrong, right)) = above.and_then(|above| {
                    Some((above.digits.parse().ok()?, code.digits.get(..above.digits.len())?.parse().ok()?))
                }) {
                    codes.right.insert(wrong, right);
                }
            }
        }
        codes
    }

    /// The code that is meant by a printed one.
    pub fn right(&self, code: u32) -> u32 {
        self.right.get(&code).copied().unwrap_or(code)
    }

    /// The code that most of the places print; of two that are printed as often, the one printed first.
    pub fn usual<'d>(&self, document: &'d Document, reading: &Reading, places: &[Place]) -> Option<&'d Code> {
        let digits = |place: &Place| place.code(document, reading).map(|code| code.digits.as_str());
        let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for place in places {
            *counts.entry(digits(place)).or_default() += 1;
        }
        let best = places.iter().rev().max_by_key(|place| counts[&digits(place)])?;
        best.code(document, reading)
    }
}

/// What comes before the last two digits: 21015 of 2101550; of a class only its first digit, functional or economic.
fn family(digits: &str) -> &str {
    if digits.len() > 3 { &digits[..digits.len() - 2] } else { &digits[..1] }
}
